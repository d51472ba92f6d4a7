//! Single visits, read by people: filtered, and one by one; their pages stand in `record_pages`. The caller
//! limits the filter to the scope of the person.

use super::codes::stage_of;
use super::visit_filter::{LOW, VisitFilter};
use super::{Store, StoreError, listed, reading};
use protocol::{Level, Stage};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

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
        // Nothing of a row is wanted, so that an index alone can tell where it has all that is asked.
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
