//! The way from the ratings to the statistics: what changed after a position of the change clock.
//! A reader that follows it sees every change that was committed before it asked.

use super::rows::RatingRow;
use super::{Store, StoreError, reading};
use protocol::Level;
use std::collections::{BTreeMap, HashMap};

/// A row as the database gives it; the JSON in it is read afterwards.
struct ChangedRow {
    row: RatingRow,
    source: i16,
    stage: Option<i16>,
    scale: i16,
    level: Option<i16>,
    abandoned_at: Option<i64>,
    reasons: Option<String>,
    aspects: Option<String>,
}

const COLUMNS: &str = "select num, position, source, simulated, counter_id, officer_id, \
     department_id, stage, scale, level, abandoned_at, asked_at, procedure_id, channel, reasons, \
     aspects, ruled_out_at from ratings ";

macro_rules! changed_row_from {
    ($Row:ty) => {
        impl sqlx::FromRow<'_, $Row> for ChangedRow {
            fn from_row(row: &$Row) -> Result<Self, sqlx::Error> {
                use sqlx::Row;
                let channel: Option<i16> = row.try_get("channel")?;
                let procedure: Option<i64> = row.try_get("procedure_id")?;
                let ruled_out_at: Option<i64> = row.try_get("ruled_out_at")?;
                Ok(Self {
                    row: RatingRow {
                        num: row.try_get("num")?,
                        position: row.try_get("position")?,
                        imported: false,
                        simulated: row.try_get("simulated")?,
                        counter: row.try_get("counter_id")?,
                        officer: row.try_get("officer_id")?,
                        department: row.try_get("department_id")?,
                        stage: 0,
                        scale: 0,
                        level: 0,
                        abandoned: false,
                        ruled_out: ruled_out_at.is_some(),
                        asked_at: row.try_get("asked_at")?,
                        procedure: procedure.unwrap_or(0),
                        channel: small(channel),
                        reasons: Vec::new(),
                        aspects: Vec::new(),
                        flags: Vec::new(),
                    },
                    source: row.try_get("source")?,
                    stage: row.try_get("stage")?,
                    scale: row.try_get("scale")?,
                    level: row.try_get("level")?,
                    abandoned_at: row.try_get("abandoned_at")?,
                    reasons: row.try_get("reasons")?,
                    aspects: row.try_get("aspects")?,
                })
            }
        }
    };
}
changed_row_from!(sqlx::sqlite::SqliteRow);
changed_row_from!(sqlx::postgres::PgRow);

impl Store {
    /// The rows of some numbers, without their flags.
    pub async fn rows_numbered(&self, nums: &[i64]) -> Result<Vec<RatingRow>, StoreError> {
        let mut rows = Vec::new();
        for num in nums {
            let sql = format!("{COLUMNS} where num = $1");
            let row: Option<ChangedRow> = reading!(self, pool => sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .bind(*num).fetch_optional(pool).await?);
            rows.extend(row.map(rating_row));
        }
        Ok(rows)
    }

    /// Where the change clock stands: every committed change has a position up to it.
    pub async fn position(&self) -> Result<i64, StoreError> {
        Ok(
            reading!(self, pool => sqlx::query_scalar("select position from installation").fetch_one(pool).await?),
        )
    }

    /// Rows that changed after `position`, in the order of changes, about `limit` of them: a
    /// position is never cut in two, so that the last one seen says where to go on. One that was
    /// ruled out comes with all it said, and with the mark.
    pub async fn changes_after(
        &self,
        position: i64,
        limit: u32,
    ) -> Result<Vec<RatingRow>, StoreError> {
        // One statement sees one snapshot; the inner query finds where the limit falls.
        let sql = format!(
            "{COLUMNS} where position > $1 and position <= coalesce(
               (select position from ratings where position > $1 order by position
                limit 1 offset $2), $3)
             order by position, num"
        );
        let rows: Vec<ChangedRow> = reading!(self, pool => sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(position)
            .bind(i64::from(limit))
            .bind(i64::MAX).fetch_all(pool).await?);
        let mut rows: Vec<RatingRow> = rows.into_iter().map(rating_row).collect();
        let Some(last) = rows.last().map(|row| row.position) else { return Ok(rows) };
        // A flag that is set between the two statements moves its rating to a later position, and
        // comes again with it. The cross join keeps SQLite from walking through all flags.
        let flags: Vec<(i64, String)> = reading!(self, pool => sqlx::query_as(
            "select r.num, f.rule from ratings r cross join rating_flags f
             where f.rating_id = r.id and r.position > $1 and r.position <= $2
             order by r.num, f.rule",
        )
        .bind(position)
        .bind(last)
        .fetch_all(pool)
        .await?);
        put_flags(&mut rows, flags);
        Ok(rows)
    }

    /// Rows asked from `from` until, not including, `until`, in the order of that moment, after a
    /// moment and number, at most `limit`: a month is walked through with it.
    pub async fn rows_asked(
        &self,
        (from, until): (i64, i64),
        (asked_at, num): (i64, i64),
        limit: u32,
    ) -> Result<Vec<RatingRow>, StoreError> {
        let sql = format!(
            "{COLUMNS} where asked_at >= $1 and asked_at < $2 and asked_at >= $3
               and (asked_at > $3 or num > $4) order by asked_at, num limit $5"
        );
        let rows: Vec<ChangedRow> = reading!(self, pool => sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(from)
            .bind(until)
            .bind(asked_at)
            .bind(num)
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await?);
        let mut rows: Vec<RatingRow> = rows.into_iter().map(rating_row).collect();
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(rows) };
        let flags: Vec<(i64, String)> = reading!(self, pool => sqlx::query_as(
            "select r.num, f.rule from ratings r cross join rating_flags f
             where f.rating_id = r.id and r.asked_at >= $1 and r.asked_at <= $2
             order by r.num, f.rule",
        )
        .bind(first.asked_at)
        .bind(last.asked_at)
        .fetch_all(pool)
        .await?);
        put_flags(&mut rows, flags);
        Ok(rows)
    }
}

/// Gives rows the flags of their numbers.
fn put_flags(rows: &mut [RatingRow], flags: Vec<(i64, String)>) {
    if flags.is_empty() {
        return;
    }
    let mut by_num: HashMap<i64, Vec<String>> = HashMap::new();
    for (num, rule) in flags {
        by_num.entry(num).or_default().push(rule);
    }
    for row in rows {
        row.flags = by_num.remove(&row.num).unwrap_or_default();
    }
}

/// A code of few values; 0 where there is none.
fn small(code: Option<i16>) -> u8 {
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(0)
}

fn rating_row(fields: ChangedRow) -> RatingRow {
    let ChangedRow { row, source, stage, scale, level, abandoned_at, reasons, aspects } = fields;
    // What can not be read was not written by us; the rating itself still counts.
    let reasons = reasons.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    let aspects: BTreeMap<String, Level> =
        aspects.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    RatingRow {
        imported: source == 2,
        stage: small(stage),
        scale: small(Some(scale)),
        level: small(level),
        abandoned: abandoned_at.is_some() && level.is_none(),
        reasons,
        aspects: aspects.into_iter().map(|(id, level)| (id, level.code())).collect(),
        ..row
    }
}
