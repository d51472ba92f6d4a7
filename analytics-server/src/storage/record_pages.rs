//! Pages of visits, newest first: those after a place in the list and those before it, so that one can
//! leaf in both directions while new ones come. And the numbers of visits, from their sessions.

use super::records::{COLUMNS, Record, RecordRow, VisitCursor};
use super::visit_filter::VisitFilter;
use super::{Store, StoreError, reading};
use std::collections::HashMap;
use uuid::Uuid;

impl Store {
    /// The visits that are wanted, newest first, after the place of the last one seen, at most
    /// `limit`.
    pub async fn records(
        &self,
        wanted: &VisitFilter,
        after: Option<VisitCursor>,
        limit: u32,
    ) -> Result<Vec<Record>, StoreError> {
        let after = after.map_or_else(String::new, |VisitCursor { asked_at, num }| {
            format!(" and (r.asked_at, r.num) < ({asked_at}, {num})")
        });
        let rest = format!("{after} order by r.asked_at desc, r.num desc limit {limit}");
        self.page_of_records(wanted, &rest).await
    }

    /// The visits that are wanted and stand before a place, newest first: the nearest ones, at most
    /// `limit`.
    pub async fn records_before(
        &self,
        wanted: &VisitFilter,
        before: VisitCursor,
        limit: u32,
    ) -> Result<Vec<Record>, StoreError> {
        let VisitCursor { asked_at, num } = before;
        let place = format!(" and (r.asked_at, r.num) > ({asked_at}, {num})");
        let rest = format!("{place} order by r.asked_at, r.num limit {limit}");
        let mut nearest = self.page_of_records(wanted, &rest).await?;
        nearest.reverse();
        Ok(nearest)
    }

    /// The visits that are wanted, with the rest of the condition, the order and the limit. There are
    /// only numbers of our own in `rest`.
    async fn page_of_records(
        &self,
        wanted: &VisitFilter,
        rest: &str,
    ) -> Result<Vec<Record>, StoreError> {
        let (condition, texts) = wanted.condition();
        let sql = format!("{COLUMNS}{condition}{rest}");
        let rows: Vec<RecordRow> = reading!(self, pool => {
            let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
            for text in &texts {
                query = query.bind(text);
            }
            query.fetch_all(pool).await?
        });
        self.with_flags(rows).await
    }

    /// The numbers of the answered visits among some sessions.
    pub async fn record_numbers(
        &self,
        sessions: &[Uuid],
    ) -> Result<HashMap<Uuid, i64>, StoreError> {
        let mut numbers = HashMap::with_capacity(sessions.len());
        reading!(self, pool => {
            for session in sessions {
                let num: Option<i64> = sqlx::query_scalar(
                    "select num from ratings where id = $1 and level is not null",
                )
                .bind(*session)
                .fetch_optional(pool)
                .await?;
                numbers.extend(num.map(|num| (*session, num)));
            }
        });
        Ok(numbers)
    }
}
