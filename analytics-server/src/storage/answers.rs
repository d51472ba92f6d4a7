//! When somebody answered last, for dashboards that are open.

use super::{Store, StoreError, reading};

impl Store {
    /// Per department (id) the moment of its last answer in `from..until` among the visits that
    /// changed after `position`.
    pub async fn last_answers_after(
        &self,
        position: i64,
        from: i64,
        until: i64,
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select department_id, max(answered_at) from ratings
             where position > $1 and answered_at >= $2 and answered_at < $3 and level is not null
             group by department_id order by department_id",
        )
        .bind(position)
        .bind(from)
        .bind(until)
        .fetch_all(pool)
        .await?))
    }
}
