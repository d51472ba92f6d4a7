//! The batch with which events came, and what the tablet's clocks stood at then: the moments of the events
//! follow from it, so that a check of the database can compute them again.

use super::append::NewEvents;
use super::statement::pieces;
use super::{StoreError, for_both_databases, signed};
use sqlx::QueryBuilder;

for_both_databases! {
    /// The statement of a batch's transaction.
    pub(super) trait BatchSteps: sqlx::Database {
        /// Writes down batches with the numbers of their new events.
        async fn insert_batches(
            tx: &mut Self::Connection,
            group: &[NewEvents<'_>],
        ) -> Result<(), StoreError> {
            for news in pieces(group) {
                let mut query = QueryBuilder::<Self>::new(
                    "insert into batches (tablet_id, first_number, last_number, received_at,
                     sent_at, tablet_at, boot, uptime) ",
                );
                query.push_values(news, |mut row, new| {
                    let (arrival, (first, last)) = (new.arrival, new.numbers());
                    row.push_bind(arrival.tablet)
                        .push_bind(signed(first))
                        .push_bind(signed(last))
                        .push_bind(arrival.received_at)
                        .push_bind(arrival.sent_at)
                        .push_bind(arrival.sent.at)
                        .push_bind(arrival.sent.boot)
                        .push_bind(arrival.sent.uptime.cast_signed());
                });
                query.build().execute(&mut *tx).await?;
            }
            Ok(())
        }
    }
}
