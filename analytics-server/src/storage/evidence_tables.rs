//! What a check of the database asks of whole tables: counts, moments between which there is
//! something, and what the audit log tells of earlier states.

use super::{Store, StoreError, read_by_name, reading};

/// Rows that are read at once.
const PAGE: i64 = 5_000;

/// A rating row whose comment was taken away.
#[derive(Clone, Copy, Debug)]
pub struct RedactedRow {
    /// Its number.
    pub num: i64,
    /// The moment that decides the day it counts for.
    pub asked_at: i64,
    /// When its comment was taken away.
    pub redacted_at: i64,
}
read_by_name!(RedactedRow { num, asked_at, redacted_at });

/// Visits of one department, origin and level, as the database counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recounted {
    /// Id of the department.
    pub department_id: i64,
    /// 1 tablet, 2 imported.
    pub source: i16,
    /// 1 to 5; 0: not answered.
    pub level: i16,
    /// Whether a ruling took them out.
    pub ruled_out: bool,
    /// How many.
    pub count: i64,
}
read_by_name!(Recounted { department_id, source, level, ruled_out, count });

/// How many rows a check found, and the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offending {
    /// How many.
    pub count: i64,
    /// The number of the first; none: there are none.
    pub first: Option<i64>,
}
read_by_name!(Offending { count, first });

impl Store {
    /// How many rows a query finds, and the lowest number of them. The query selects `num`.
    pub(super) async fn offending(&self, query: &str) -> Result<Offending, StoreError> {
        let sql = format!("select count(*) as count, min(num) as first from ({query}) as found");
        Ok(reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await?
        }))
    }

    /// The rating rows above a number whose comment was taken away without a note of a redaction.
    pub async fn redacted_without_note(&self, above: i64) -> Result<Vec<RedactedRow>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select num, asked_at, redacted_at from ratings r
             where redacted_at is not null and num > $1 and not exists (
               select 1 from rating_notes n where n.rating_num = r.num and n.kind = 'redacted'
                 and n.at = r.redacted_at)
             order by num limit $2",
        )
        .bind(above)
        .bind(PAGE)
        .fetch_all(pool)
        .await?))
    }

    /// When comments expired, and the moment before which their visits had been asked, as the audit
    /// log tells.
    pub async fn expiries(&self) -> Result<Vec<(i64, i64)>, StoreError> {
        let rows: Vec<(i64, Option<String>)> = reading!(self, pool => sqlx::query_as(
            "select distinct at, before from audit_log
             where action = 'expire' and subject = 'comments'",
        )
        .fetch_all(pool)
        .await?);
        let read = |(at, before): (i64, Option<String>)| Some((at, before?.parse().ok()?));
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// The earliest and the latest moment at which a visit was asked.
    pub async fn asked_span(&self) -> Result<Option<(i64, i64)>, StoreError> {
        let (first, last): (Option<i64>, Option<i64>) = reading!(self, pool => sqlx::query_as(
            "select min(asked_at), max(asked_at) from ratings",
        )
        .fetch_one(pool)
        .await?);
        Ok(first.zip(last))
    }

    /// The visits asked from one moment until, not including, another, counted by the database.
    pub async fn recount(&self, from: i64, until: i64) -> Result<Vec<Recounted>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select department_id, source, coalesce(level, cast(0 as smallint)) as level,
             ruled_out_at is not null as ruled_out, count(*) as count from ratings
             where asked_at >= $1 and asked_at < $2
             group by department_id, source, coalesce(level, cast(0 as smallint)), ruled_out_at is not null",
        )
        .bind(from)
        .bind(until)
        .fetch_all(pool)
        .await?))
    }

    /// What officers were before each change, as the audit log tells: whom, and JSON.
    pub async fn officers_before(&self) -> Result<Vec<(String, String)>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select subject, before from audit_log
             where action = 'change' and subject like 'officer %' and before is not null",
        )
        .fetch_all(pool)
        .await?))
    }

    /// Every value that a setting had, as far as the audit log tells, and its present one.
    pub async fn setting_history(&self, name: &str) -> Result<Vec<String>, StoreError> {
        let subject = format!("setting {name}");
        let rows: Vec<(Option<String>, Option<String>)> = reading!(self, pool => {
            sqlx::query_as("select before, after from audit_log where subject = $1")
                .bind(subject)
                .fetch_all(pool)
                .await?
        });
        let now = self.setting(name).await?;
        Ok(rows
            .into_iter()
            .flat_map(|(before, after)| [before, after])
            .chain([now])
            .flatten()
            .collect())
    }
}
