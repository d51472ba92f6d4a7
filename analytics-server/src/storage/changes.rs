//! The change clock as those see it who only want to know whether anything happened.

use super::{Store, StoreError, reading};

impl Store {
    /// The last position of the change clock: it moves with every stored change of a rating. One
    /// row is read, so it may be asked every second.
    pub async fn position(&self) -> Result<i64, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar("select position from installation")
            .fetch_one(pool).await?))
    }

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
