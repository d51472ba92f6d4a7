//! Who was asked and said why they give no level. These are few beside the ratings, so they are
//! counted as rows where a page tells of them.

use super::{Store, StoreError, reading, row_struct};
use crate::projections::visit::Unrated;

/// Visits of one place that ended without a level for the same reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnratedRow {
    /// Why.
    pub why: Unrated,
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer who stood on the screen.
    pub officer: i64,
    /// Id of the department.
    pub department: i64,
    /// 1 receive, 2 return, 0 not known.
    pub stage: u8,
    /// How many.
    pub count: u64,
}

row_struct! {
    struct UnratedCount {
        unrated: i16,
        counter_id: i64,
        officer_id: i64,
        department_id: i64,
        stage: Option<i16>,
        visits: i64,
    }
}

impl Store {
    /// Visits asked from one moment until, not including, another (milliseconds since 1970) whose
    /// people said why they gave no level.
    pub async fn unrated_between(
        &self,
        from: i64,
        until: i64,
    ) -> Result<Vec<UnratedRow>, StoreError> {
        let rows: Vec<UnratedCount> = reading!(self, pool => sqlx::query_as(
            "select unrated, counter_id, officer_id, department_id, stage, count(*) as visits
             from ratings
             where unrated is not null and level is null and asked_at >= $1 and asked_at < $2
             group by unrated, counter_id, officer_id, department_id, stage
             order by unrated, counter_id, officer_id, department_id, stage",
        )
        .bind(from)
        .bind(until)
        .fetch_all(pool)
        .await?);
        let row = |row: UnratedCount| {
            Ok(UnratedRow {
                why: Unrated::of_code(row.unrated).ok_or(StoreError::Meaningless("ratings"))?,
                counter: row.counter_id,
                officer: row.officer_id,
                department: row.department_id,
                stage: row.stage.and_then(|code| u8::try_from(code).ok()).unwrap_or(0),
                count: row.visits.unsigned_abs(),
            })
        };
        rows.into_iter().map(row).collect()
    }
}
