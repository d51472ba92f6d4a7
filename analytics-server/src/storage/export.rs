//! Ratings row by row, for files and other software: pages with a cursor, so that any amount passes through
//! a small memory. A dossier code never leaves this room; what takes its place is a hash keyed with the
//! installation's secret, so that the same dossier has the same one in every export of this centre and in
//! none of another.

use super::{Store, StoreError, listed, reading};
use sqlx::Row;

/// What the mark of a dossier begins with, so that it can be no other hash.
const MARK_CONTEXT: &str = "hai-long dossier mark v1";
/// Hexadecimal digits of a mark: 64 bits, so that two dossiers of one centre hardly ever share one.
const MARK_DIGITS: usize = 16;
/// Stands before them, so that no mark can be taken for a number.
const MARK_LETTER: char = 'h';

/// Which ratings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportFilter {
    /// Asked at this moment or later, milliseconds since 1970.
    pub from: i64,
    /// Asked before this moment.
    pub until: i64,
    /// Only of these departments, by id; none: of all.
    pub departments: Option<Vec<i64>>,
    /// Only of these counters, by id; none: of all.
    pub counters: Option<Vec<i64>>,
    /// Only of this officer, by id.
    pub officer: Option<i64>,
    /// Only about dossiers of this procedure, by id.
    pub procedure: Option<i64>,
    /// Only of this stage: 1 receive, 2 return, 0 not known.
    pub stage: Option<i16>,
    /// Only about dossiers that came through this channel, 1 to 4; 0 not known.
    pub channel: Option<i16>,
}

/// In which order ratings leave. An index gives either, so that a page costs what is on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutBy {
    /// As they were asked.
    Asked,
    /// In the order in which they were stored or changed last: a program that goes on from the last
    /// one gets what is new and what changed, and misses none.
    Changed,
}

/// The place of a rating in an order: of several at one moment or in one change the number decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutCursor {
    /// When it was asked, or the position of its last change.
    pub at: i64,
    /// Its number.
    pub num: i64,
}

impl OutCursor {
    /// Before the first.
    pub const START: Self = Self { at: i64::MIN, num: 0 };
}

/// A rating as it leaves the centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingOut {
    /// Its place in the order that was asked for.
    pub place: OutCursor,
    /// Its id (UUID).
    pub id: uuid::Uuid,
    /// 1 tablet, 2 imported.
    pub source: i16,
    /// Made by a demonstration.
    pub simulated: bool,
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer.
    pub officer: i64,
    /// Id of the department.
    pub department: i64,
    /// 1 receive, 2 return; none: not known.
    pub stage: Option<i16>,
    /// Id of the procedure of its dossier.
    pub procedure: Option<i64>,
    /// How the dossier came: 1 in person, 2 by post, 3 online in full, 4 online in part.
    pub channel: Option<i16>,
    /// 1 five levels, 2 three.
    pub scale: i16,
    /// 1 very satisfied … 5 very dissatisfied.
    pub level: i16,
    /// When it was asked, milliseconds since 1970.
    pub asked_at: i64,
    /// The mark of its dossier.
    pub dossier: Option<String>,
    /// JSON: ids of reasons.
    pub reasons: Option<String>,
    /// JSON: levels by aspect.
    pub aspects: Option<String>,
    /// Free text, where it was asked for.
    pub comment: Option<String>,
    /// Names of the rules that found it odd, a space between them.
    pub flags: String,
    /// Version of the questionnaire it was given under; none: not known.
    pub questionnaire: Option<i64>,
    /// When an auditor ruled that it does not count, milliseconds since 1970; none: it counts.
    pub ruled_out_at: Option<i64>,
    /// What the auditor wrote about it, where comments were asked for: it is free text like these.
    pub ruled_out_reason: Option<String>,
}

/// How many ratings a cut has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutCounts {
    /// All of them: a row each.
    pub raw: u64,
    /// Those that were ruled out.
    pub ruled_out: u64,
    /// Of those that count, those that a rule found odd.
    pub flagged: u64,
}

impl OutCounts {
    /// Those that count: what figures call the number of ratings.
    pub const fn counted(&self) -> u64 {
        self.raw.saturating_sub(self.ruled_out)
    }

    /// Those that count and that no rule found odd.
    pub const fn cleaned(&self) -> u64 {
        self.counted().saturating_sub(self.flagged)
    }

    /// Counts one more.
    pub fn add(&mut self, row: &RatingOut) {
        self.raw += 1;
        self.ruled_out += u64::from(row.ruled_out_at.is_some());
        self.flagged += u64::from(row.ruled_out_at.is_none() && !row.flags.is_empty());
    }
}

/// The mark that takes the place of a dossier code.
fn mark(key: &[u8; 32], code: &str) -> String {
    let hash = blake3::keyed_hash(key, code.trim().as_bytes()).to_hex();
    format!("{MARK_LETTER}{}", &hash[..MARK_DIGITS])
}

/// Words in their order, for databases give them in any.
fn sorted(words: &str) -> String {
    let mut words: Vec<_> = words.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

impl ExportFilter {
    /// The condition of its answered ratings. Its numbers are our own and stand in it as they are.
    fn condition(&self) -> String {
        let mut sql = "where r.level is not null".to_owned();
        let mut also = |part: String| {
            sql.push_str(" and ");
            sql.push_str(&part);
        };
        // A bound that leaves nothing out would only lead a database to the wrong index.
        if self.from > i64::MIN {
            also(format!("r.asked_at >= {}", self.from));
        }
        if self.until < i64::MAX {
            also(format!("r.asked_at < {}", self.until));
        }
        if let Some(ids) = &self.departments {
            also(format!("r.department_id in ({})", listed(ids)));
        }
        if let Some(ids) = &self.counters {
            also(format!("r.counter_id in ({})", listed(ids)));
        }
        let numbers = [
            (self.officer, "r.officer_id"),
            (self.procedure, "r.procedure_id"),
            (self.stage.map(i64::from), "coalesce(r.stage, 0)"),
            (self.channel.map(i64::from), "coalesce(r.channel, 0)"),
        ];
        for (number, place) in numbers {
            if let Some(number) = number {
                also(format!("{place} = {number}"));
            }
        }
        sql
    }
}

impl ExportFilter {
    /// The query of a page: after which moment or position, after which number, how many.
    fn page(&self, by: OutBy) -> String {
        // The flags come as one text: a rule's name has no space.
        const COLUMNS: &str = "r.num, r.id, r.source, r.simulated, r.counter_id, r.officer_id,
             r.department_id, r.stage, r.procedure_id, r.channel, r.scale, r.level, r.asked_at,
             r.dossier, r.reasons, r.aspects, r.comment, r.questionnaire, r.ruled_out_at,
             case when r.ruled_out_at is not null then (select n.text from rating_notes n
               where n.rating_num = r.num and n.kind = 'ruled_out'
               order by n.num desc limit 1) end as ruling,
             coalesce((select string_agg(f.rule, ' ') from rating_flags f
                       where f.rating_id = r.id), '') as flags ";
        let at = match by {
            OutBy::Asked => "r.asked_at",
            OutBy::Changed => "r.position",
        };
        format!(
            "select {at} as place, {COLUMNS} from ratings r {} and ({at}, r.num) > ($1, $2)
             order by {at}, r.num limit $3",
            self.condition()
        )
    }
}

impl Store {
    /// Up to `limit` answered ratings of a cut that come after a place in an order. Comments are
    /// left out unless they are asked for.
    pub async fn ratings_out(
        &self,
        cut: &ExportFilter,
        comments: bool,
        (by, after): (OutBy, OutCursor),
        limit: u32,
    ) -> Result<Vec<RatingOut>, StoreError> {
        let sql = cut.page(by);
        let key = self.mark_key().await?;
        Ok(reading!(self, pool => {
            let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(after.at)
                .bind(after.num)
                .bind(i64::from(limit))
                .fetch_all(pool)
                .await?;
            let mut out = Vec::with_capacity(rows.len());
            for row in rows {
                let dossier: Option<String> = row.try_get("dossier")?;
                let comment: Option<String> = row.try_get("comment")?;
                let ruling: Option<String> = row.try_get("ruling")?;
                out.push(RatingOut {
                    place: OutCursor { at: row.try_get("place")?, num: row.try_get("num")? },
                    id: row.try_get("id")?,
                    source: row.try_get("source")?,
                    simulated: row.try_get("simulated")?,
                    counter: row.try_get("counter_id")?,
                    officer: row.try_get("officer_id")?,
                    department: row.try_get("department_id")?,
                    stage: row.try_get("stage")?,
                    procedure: row.try_get("procedure_id")?,
                    channel: row.try_get("channel")?,
                    scale: row.try_get("scale")?,
                    level: row.try_get("level")?,
                    asked_at: row.try_get("asked_at")?,
                    dossier: dossier.map(|code| mark(&key, &code)),
                    reasons: row.try_get("reasons")?,
                    aspects: row.try_get("aspects")?,
                    comment: comment.filter(|_| comments),
                    flags: sorted(row.try_get("flags")?),
                    questionnaire: row.try_get("questionnaire")?,
                    ruled_out_at: row.try_get("ruled_out_at")?,
                    ruled_out_reason: ruling.filter(|_| comments),
                });
            }
            out
        }))
    }

    /// How many ratings a cut has: all of them, those that were ruled out and those that a rule
    /// found odd. The last two are few and found from their own side.
    pub async fn ratings_out_count(&self, cut: &ExportFilter) -> Result<OutCounts, StoreError> {
        let condition = cut.condition();
        let all = format!("select count(*) from ratings r {condition}");
        let ruled_out = format!("{all} and r.ruled_out_at is not null");
        let flagged = format!(
            "select count(distinct r.num) from rating_flags f cross join ratings r {condition}
             and r.id = f.rating_id and r.ruled_out_at is null"
        );
        let mut counts = [0_i64; 3];
        for (count, sql) in counts.iter_mut().zip([all, ruled_out, flagged]) {
            *count = reading!(self, pool => {
                sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await?
            });
        }
        let [raw, ruled_out, flagged] = counts.map(i64::unsigned_abs);
        Ok(OutCounts { raw, ruled_out, flagged })
    }

    /// The key of the marks, made from the installation's secret.
    async fn mark_key(&self) -> Result<[u8; 32], StoreError> {
        let secret: Vec<u8> = reading!(self, pool => {
            sqlx::query_scalar("select secret from installation").fetch_one(pool).await?
        });
        Ok(blake3::derive_key(MARK_CONTEXT, &secret))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Birth;

    /// A page must cost what is on it, so an index gives its order and nothing is sorted.
    #[tokio::test]
    async fn each_page_is_found_by_an_index() {
        let dir = tempfile::TempDir::new().unwrap();
        let birth = Birth { id: uuid::Uuid::nil(), secret: [3; 32], now: 0 };
        let store = Store::open(dir.path(), None, &birth).await.unwrap();
        let plan = async |cut: &ExportFilter, by| -> Result<String, StoreError> {
            let sql = format!("explain query plan {}", cut.page(by));
            let steps: Vec<String> = reading!(&store, pool => {
                let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
                    .bind(0_i64)
                    .bind(0_i64)
                    .bind(100_i64)
                    .fetch_all(pool)
                    .await?;
                let mut steps = Vec::new();
                for row in rows {
                    steps.push(row.try_get::<String, _>("detail")?);
                }
                steps
            });
            Ok(steps.join("\n"))
        };
        let all = ExportFilter { from: i64::MIN, until: i64::MAX, ..ExportFilter::default() };
        let year =
            ExportFilter { from: 0, until: 1 << 35, departments: Some(vec![3]), ..all.clone() };
        for (cut, by, index) in [
            (&all, OutBy::Changed, "ratings_by_position"),
            (&all, OutBy::Asked, "ratings_by_asked"),
            (&year, OutBy::Asked, "ratings_by_department"),
        ] {
            let plan = plan(cut, by).await.unwrap();
            assert!(plan.contains(index) && !plan.contains("B-TREE"), "{by:?} {cut:?}: {plan}");
        }
    }
}
