//! The way from the ratings to the statistics: what changed after a position of the change clock.
//! A reader that follows it sees every change that was committed before it asked.

use super::rows::RatingRow;
use super::{Store, StoreError, reading};
use protocol::Level;
use std::collections::{BTreeMap, HashMap};

type Fields = (
    i64,
    i64,
    i16,
    bool,
    i64,
    i64,
    i64,
    Option<i16>,
    i16,
    Option<i16>,
    Option<i64>,
    i64,
    Option<i64>,
    Option<i16>,
    Option<String>,
    Option<String>,
);

impl Store {
    /// Where the change clock stands: every committed change has a position up to it.
    pub async fn position(&self) -> Result<i64, StoreError> {
        Ok(
            reading!(self, pool => sqlx::query_scalar("select position from installation").fetch_one(pool).await?),
        )
    }

    /// Rows that changed after `position`, in the order of changes, about `limit` of them: a
    /// position is never cut in two, so that the last one seen says where to go on.
    pub async fn changes_after(
        &self,
        position: i64,
        limit: u32,
    ) -> Result<Vec<RatingRow>, StoreError> {
        const COLUMNS: &str = "select num, position, source, simulated, counter_id, officer_id, \
             department_id, stage, scale, level, abandoned_at, asked_at, procedure_id, channel, \
             reasons, aspects from ratings ";
        // One statement sees one snapshot; the inner query finds where the limit falls.
        let sql = format!(
            "{COLUMNS} where position > $1 and position <= coalesce(
               (select position from ratings where position > $1 order by position
                limit 1 offset $2), $3)
             order by position, num"
        );
        let rows: Vec<Fields> = reading!(self, pool => sqlx::query_as(sqlx::AssertSqlSafe(sql))
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
        if !flags.is_empty() {
            let mut by_num: HashMap<i64, Vec<String>> = HashMap::new();
            for (num, rule) in flags {
                by_num.entry(num).or_default().push(rule);
            }
            for row in &mut rows {
                row.flags = by_num.remove(&row.num).unwrap_or_default();
            }
        }
        Ok(rows)
    }
}

fn rating_row(fields: Fields) -> RatingRow {
    let small = |code: Option<i16>| code.and_then(|code| u8::try_from(code).ok()).unwrap_or(0);
    let (num, position, source, simulated, counter, officer, department, stage, scale, ..) = fields;
    let (.., level, abandoned_at, asked_at, procedure, channel, reasons, aspects) = fields;
    // What can not be read was not written by us; the rating itself still counts.
    let reasons = reasons.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    let aspects: BTreeMap<String, Level> =
        aspects.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    RatingRow {
        num,
        position,
        imported: source == 2,
        simulated,
        counter,
        officer,
        department,
        stage: small(stage),
        scale: small(Some(scale)),
        level: small(level),
        abandoned: abandoned_at.is_some() && level.is_none(),
        asked_at,
        procedure: procedure.unwrap_or(0),
        channel: small(channel),
        reasons,
        aspects: aspects.into_iter().map(|(id, level)| (id, level.code())).collect(),
        flags: Vec::new(),
    }
}
