//! The batch with which events came: what the tablet's clocks stood at then, from which the moments of the
//! events follow, and its signature, which vouches for its chain up to the last event of the batch.

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
                     sent_at, tablet_at, boot, uptime, signature) ",
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
                        .push_bind(arrival.sent.uptime.cast_signed())
                        .push_bind(arrival.signature.to_vec());
                });
                query.build().execute(&mut *tx).await?;
            }
            Ok(())
        }
    }
}
