//! Who was asked and said why they give no level. These are few beside the ratings, so they are
//! counted as rows where a page tells of them.

use super::{Store, StoreError, reading};
use crate::fold::Unrated;

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

impl Store {
    /// Visits asked from one moment until, not including, another (milliseconds since 1970) whose
    /// people said why they gave no level.
    pub async fn unrated_between(
        &self,
        from: i64,
        until: i64,
    ) -> Result<Vec<UnratedRow>, StoreError> {
        let rows: Vec<(i16, i64, i64, i64, Option<i16>, i64)> = reading!(self, pool => sqlx::query_as(
            "select unrated, counter_id, officer_id, department_id, stage, count(*) from ratings
             where unrated is not null and level is null and asked_at >= $1 and asked_at < $2
             group by unrated, counter_id, officer_id, department_id, stage
             order by unrated, counter_id, officer_id, department_id, stage",
        )
        .bind(from)
        .bind(until)
        .fetch_all(pool)
        .await?);
        let row = |(why, counter, officer, department, stage, count): (
            i16,
            _,
            _,
            _,
            Option<i16>,
            i64,
        )| {
            Ok(UnratedRow {
                why: Unrated::of_code(why).ok_or(StoreError::Meaningless("ratings"))?,
                counter,
                officer,
                department,
                stage: stage.and_then(|code| u8::try_from(code).ok()).unwrap_or(0),
                count: count.unsigned_abs(),
            })
        };
        rows.into_iter().map(row).collect()
    }
}
