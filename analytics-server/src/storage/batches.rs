//! The batch with which events came, and what the tablet's clocks stood at then: the moments of the events
//! follow from it, so that a check of the database can compute them again.

use super::events::Arrival;
use super::{StoreError, for_both_databases, signed};

for_both_databases! {
    /// The statement of a batch's transaction.
    pub(super) trait BatchSteps: sqlx::Database {
        /// Writes down a batch whose new events have the numbers from the one to the other.
        async fn insert_batch(
            tx: &mut Self::Connection,
            arrival: &Arrival<'_>,
            numbers: (u64, u64),
        ) -> Result<(), StoreError> {
            let (first, last) = numbers;
            sqlx::query(
                "insert into batches (tablet_id, first_number, last_number, received_at,
                 sent_at, tablet_at, boot, uptime) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(arrival.tablet)
            .bind(signed(first))
            .bind(signed(last))
            .bind(arrival.received_at)
            .bind(arrival.sent_at)
            .bind(arrival.sent.at)
            .bind(arrival.sent.boot)
            .bind(arrival.sent.uptime.cast_signed())
            .execute(tx)
            .await?;
            Ok(())
        }
    }
}
