//! Single visits, read by people: filtered, and one by one; their pages stand in `record_pages`. The caller
//! limits the filter to the scope of the person.

use super::codes::stage_of;
use super::{Store, StoreError, listed, reading};
use protocol::{Level, Stage};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Which visits are read. What is none narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each narrows by itself")]
pub struct VisitFilter {
    /// Of these departments, by id; an empty set finds nothing.
    pub departments: Option<BTreeSet<i64>>,
    /// Of these counters, by id; an empty set finds nothing.
    pub counters: Option<BTreeSet<i64>>,
    /// Of one officer, by id.
    pub officer: Option<i64>,
    /// About dossiers of one procedure, by id.
    pub procedure: Option<i64>,
    /// At one step of the service: 1 receive, 2 return, 0 not stated.
    pub stage: Option<u8>,
    /// About dossiers that came through one channel, 1 to 4; 0: the dossier is not known.
    pub channel: Option<u8>,
    /// Whether it came from a file of an earlier system.
    pub imported: Option<bool>,
    /// Asked from this moment on, milliseconds since 1970.
    pub from: Option<i64>,
    /// Asked before this moment.
    pub until: Option<i64>,
    /// Asked in this hour of the day, 0 to 23.
    pub hour: Option<u8>,
    /// Asked on this day of the week, 1 Monday to 7 Sunday.
    pub weekday: Option<u8>,
    /// How far the zone's clock is ahead of UTC, in milliseconds: for the two before.
    pub offset: i64,
    /// The best and the worst level.
    pub levels: Option<(Level, Level)>,
    /// Id of a reason, or the words of an earlier system.
    pub reason: Option<String>,
    /// Id of an aspect that was judged, with the best and the worst level given to it.
    pub aspect: Option<(String, Level, Level)>,
    /// Which flags.
    pub flag: Option<FlagFilter>,
    /// Only those with a comment.
    pub commented: bool,
    /// Whether somebody wrote down what was done.
    pub handled: Option<bool>,
    /// Whether it was ruled out.
    pub ruled_out: Option<bool>,
    /// Only flagged ones that count: whether somebody ruled that they do.
    pub examined: Option<bool>,
    /// Only those that were replied to.
    pub replied: bool,
    /// Only those with a reply that nobody has answered.
    pub unanswered: bool,
    /// Only those of which somebody proposed a redaction that nobody has decided on.
    pub proposed: bool,
    /// Low or flagged: what may be disputed.
    pub disputable: bool,
}

/// Which flags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlagFilter {
    /// Any.
    Any,
    /// None at all.
    None,
    /// Of one rule.
    Rule(String),
}

/// The place of a visit in a list, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VisitCursor {
    /// When it was asked.
    pub asked_at: i64,
    /// Its number.
    pub num: i64,
}

/// A visit that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number.
    pub num: i64,
    /// Its session.
    pub id: Uuid,
    /// When it was asked, milliseconds since 1970.
    pub asked_at: i64,
    /// Id of its counter.
    pub counter: i64,
    /// Id of its officer.
    pub officer: i64,
    /// Id of the officer's department then.
    pub department: i64,
    /// Id of the dossier's procedure.
    pub procedure: Option<i64>,
    /// Step of the service.
    pub stage: Option<Stage>,
    /// What was answered.
    pub level: Level,
    /// Ids of reasons, or the words of an earlier system.
    pub reasons: Vec<String>,
    /// Levels by aspect.
    pub aspects: BTreeMap<String, Level>,
    /// What the person wrote, or what was left of it.
    pub comment: Option<String>,
    /// When its comment was redacted.
    pub redacted_at: Option<i64>,
    /// When what was done was first written down.
    pub handled_at: Option<i64>,
    /// When it was ruled out.
    pub ruled_out_at: Option<i64>,
    /// Code of the dossier.
    pub dossier: Option<String>,
    /// It was simulated.
    pub simulated: bool,
    /// Rules that found it odd.
    pub flags: Vec<String>,
}

impl Record {
    /// Its cursor in a list.
    pub fn cursor(&self) -> VisitCursor {
        VisitCursor { asked_at: self.asked_at, num: self.num }
    }

    /// Whether its level is one of the two lowest.
    pub fn is_low(&self) -> bool {
        self.level.code() >= LOW
    }
}

/// Code of the second lowest level: it and the one below are read one by one.
const LOW: u8 = 4;

/// Columns of a record.
pub(super) const COLUMNS: &str = "select r.num, r.id, r.asked_at, r.counter_id, r.officer_id, \
     r.department_id, r.procedure_id, r.stage, r.level, r.reasons, r.aspects, r.comment, \
     r.redacted_at, r.handled_at, r.ruled_out_at, r.dossier, r.simulated from ratings r ";

/// A row as the database gives it; the JSON in it is read afterwards.
pub(super) struct RecordRow {
    record: Record,
    level: i16,
    stage: Option<i16>,
    reasons: Option<String>,
    aspects: Option<String>,
}

macro_rules! fields_from_row {
    ($Row:ty) => {
        impl sqlx::FromRow<'_, $Row> for RecordRow {
            fn from_row(row: &$Row) -> Result<Self, sqlx::Error> {
                use sqlx::Row;
                let record = Record {
                    num: row.try_get("num")?,
                    id: row.try_get("id")?,
                    asked_at: row.try_get("asked_at")?,
                    counter: row.try_get("counter_id")?,
                    officer: row.try_get("officer_id")?,
                    department: row.try_get("department_id")?,
                    procedure: row.try_get("procedure_id")?,
                    stage: None,
                    level: Level::Neutral,
                    reasons: Vec::new(),
                    aspects: BTreeMap::new(),
                    comment: row.try_get("comment")?,
                    redacted_at: row.try_get("redacted_at")?,
                    handled_at: row.try_get("handled_at")?,
                    ruled_out_at: row.try_get("ruled_out_at")?,
                    dossier: row.try_get("dossier")?,
                    simulated: row.try_get("simulated")?,
                    flags: Vec::new(),
                };
                Ok(Self {
                    record,
                    level: row.try_get("level")?,
                    stage: row.try_get("stage")?,
                    reasons: row.try_get("reasons")?,
                    aspects: row.try_get("aspects")?,
                })
            }
        }
    };
}
fields_from_row!(sqlx::sqlite::SqliteRow);
fields_from_row!(sqlx::postgres::PgRow);

impl Store {
    /// The answered visit of a number.
    pub async fn record(&self, num: i64) -> Result<Option<Record>, StoreError> {
        self.one_record("r.num = $1", num).await
    }

    /// The answered visit of a session.
    pub async fn record_of(&self, session: Uuid) -> Result<Option<Record>, StoreError> {
        let num: Option<i64> = reading!(self, pool => {
            sqlx::query_scalar("select num from ratings where id = $1")
                .bind(session)
                .fetch_optional(pool)
                .await?
        });
        match num {
            Some(num) => self.record(num).await,
            None => Ok(None),
        }
    }

    async fn one_record(&self, condition: &str, num: i64) -> Result<Option<Record>, StoreError> {
        let sql = format!("{COLUMNS} where r.level is not null and {condition}");
        let rows: Vec<RecordRow> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(num).fetch_all(pool).await?
        });
        Ok(self.with_flags(rows).await?.pop())
    }

    /// How many visits are wanted, counted no further than `most`.
    pub async fn count_records(&self, wanted: &VisitFilter, most: u32) -> Result<u64, StoreError> {
        let (condition, texts) = wanted.condition();
        let sql = format!(
            "select count(*) from (select 1 from ratings r {condition} limit {most}) found"
        );
        let count: i64 = reading!(self, pool => {
            let mut query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql));
            for text in &texts {
                query = query.bind(text);
            }
            query.fetch_one(pool).await?
        });
        Ok(count.unsigned_abs())
    }

    /// The records of some rows, with what rules found odd about them.
    pub(super) async fn with_flags(&self, rows: Vec<RecordRow>) -> Result<Vec<Record>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let nums = listed(rows.iter().map(|row| &row.record.num));
        let sql = format!(
            "select r.num, f.rule from ratings r cross join rating_flags f
             where f.rating_id = r.id and r.num in ({nums}) order by r.num, f.rule"
        );
        let found: Vec<(i64, String)> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await?
        });
        let mut flags: HashMap<i64, Vec<String>> = HashMap::new();
        for (num, rule) in found {
            flags.entry(num).or_default().push(rule);
        }
        rows.into_iter().map(|row| record(row, &mut flags)).collect()
    }
}

fn record(row: RecordRow, flags: &mut HashMap<i64, Vec<String>>) -> Result<Record, StoreError> {
    let level = u8::try_from(row.level).ok().and_then(Level::from_code);
    let list = row.reasons.and_then(|json| serde_json::from_str(&json).ok());
    let aspects = row.aspects.and_then(|json| serde_json::from_str(&json).ok());
    Ok(Record {
        level: level.ok_or(StoreError::Meaningless("ratings"))?,
        stage: stage_of(row.stage),
        reasons: list.unwrap_or_default(),
        aspects: aspects.unwrap_or_default(),
        flags: flags.remove(&row.record.num).unwrap_or_default(),
        ..row.record
    })
}

/// Code of the source of ratings that came from a file.
const FROM_FILE: i64 = 2;

/// From the few replies to their visits.
const REPLIED: &str = "r.num in (select n.rating_num from rating_notes n where n.kind = 'reply')";
/// Likewise from the replies that no answer and no ruling has followed (`Note::answers`).
const UNANSWERED: &str = "r.num in (select n.rating_num from rating_notes n where n.kind = 'reply' \
     and not exists (select 1 from rating_notes m where m.rating_num = n.rating_num \
     and m.num > n.num and ((m.answers_reply and m.kind in ('handled', 'further')) \
       or m.kind in ('accepted', 'not_accepted', 'ruled_out', 'ruled_in'))))";
/// Likewise from the proposals that no redaction, refusal or restoration has followed.
const PROPOSED: &str = "r.comment is not null and r.num in (select n.rating_num from rating_notes n \
     where n.kind = 'proposed' and not exists (select 1 from rating_notes m \
     where m.rating_num = n.rating_num and m.num > n.num \
     and m.kind in ('redacted', 'declined', 'restored')))";
/// Somebody ruled that it counts: of one that is not ruled out that is the last ruling.
const RULED_IN: &str = "exists (select 1 from rating_notes n where n.rating_num = r.num \
     and n.kind = 'ruled_in')";

/// Whether a column holds the text of a place, letter for letter.
fn holds(column: &str, place: usize) -> String {
    format!("replace({column}, ${place}, '') <> {column}")
}

impl VisitFilter {
    /// The condition with the texts of its places. Numbers are our own and stand in it as they
    /// are; nothing that somebody typed does.
    pub(super) fn condition(&self) -> (String, Vec<String>) {
        let (mut sql, mut texts) = ("where r.level is not null".to_owned(), Vec::new());
        let mut also = |part: String| {
            sql.push_str(" and ");
            sql.push_str(&part);
        };
        let sets = [(&self.departments, "r.department_id"), (&self.counters, "r.counter_id")];
        for (own, column) in sets {
            let Some(own) = own else { continue };
            also(format!("{column} in ({})", listed(own)));
        }
        let numbers = [
            (self.officer, "r.officer_id ="),
            (self.procedure, "r.procedure_id ="),
            (self.stage.map(i64::from), "coalesce(r.stage, 0) ="),
            (self.channel.map(i64::from), "coalesce(r.channel, 0) ="),
            (self.imported.filter(|is| *is).map(|_| FROM_FILE), "r.source ="),
            (self.imported.filter(|is| !is).map(|_| FROM_FILE), "r.source <>"),
            (self.from, "r.asked_at >="),
            (self.until, "r.asked_at <"),
        ];
        for (number, place) in numbers {
            if let Some(number) = number {
                also(format!("{place} {number}"));
            }
        }
        let offset = self.offset;
        if let Some(hour) = self.hour {
            also(format!("(r.asked_at + {offset}) / 3600000 % 24 = {hour}"));
        }
        if let Some(weekday) = self.weekday {
            // 1970-01-01 was a Thursday.
            also(format!("((r.asked_at + {offset}) / 86400000 + 3) % 7 + 1 = {weekday}"));
        }
        if let Some((best, worst)) = self.levels {
            // In these words the index of low levels is found.
            also(format!("r.level >= {} and r.level <= {}", best.code(), worst.code()));
            if best.code() > LOW {
                also(format!("r.level >= {LOW}"));
            }
        }
        if let Some(reason) = &self.reason {
            texts.push(serde_json::Value::from(reason.as_str()).to_string());
            // In these words the index is found. Capitals count, as where reasons are counted.
            let holds = holds("r.reasons", texts.len());
            also(format!("r.reasons is not null and {holds}"));
        }
        if let Some((aspect, best, worst)) = &self.aspect {
            let quoted = serde_json::Value::from(aspect.as_str()).to_string();
            let given = Level::ALL
                .into_iter()
                .filter(|level| (best.code()..=worst.code()).contains(&level.code()));
            let mut any = Vec::new();
            for level in given {
                texts.push(format!("{quoted}:\"{}\"", level.name()));
                any.push(holds("r.aspects", texts.len()));
            }
            also(format!("r.aspects is not null and ({})", any.join(" or ")));
        }
        // From the flags to their visits: flags are few.
        let flagged = "r.id in (select f.rating_id from rating_flags f";
        match &self.flag {
            Some(FlagFilter::Any) => also(format!("{flagged})")),
            Some(FlagFilter::None) => also(format!("not {flagged})")),
            Some(FlagFilter::Rule(rule)) => {
                texts.push(rule.clone());
                also(format!("{flagged} where f.rule = ${})", texts.len()));
            }
            None => {}
        }
        if let Some(is) = self.examined {
            let not = if is { "" } else { "not " };
            also(format!("r.ruled_out_at is null and {flagged}) and {not}{RULED_IN}"));
        }
        let states = [(self.handled, "r.handled_at"), (self.ruled_out, "r.ruled_out_at")];
        for (state, column) in states {
            let Some(is) = state else { continue };
            also(format!("{column} is {}null", if is { "not " } else { "" }));
        }
        let plain = [
            (self.commented, "r.comment is not null"),
            (self.replied, REPLIED),
            (self.unanswered, UNANSWERED),
            (self.proposed, PROPOSED),
        ];
        for (_, part) in plain.into_iter().filter(|(is_wanted, _)| *is_wanted) {
            also(part.to_owned());
        }
        if self.disputable {
            also(format!("(r.level >= {LOW} or {flagged}))"));
        }
        (sql, texts)
    }
}
