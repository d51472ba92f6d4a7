//! The batch with which events came, and what the tablet's clocks stood at then: the moments of the events
//! follow from it, so that a check of the database can compute them again.

use super::events::Arrival;
use super::{StoreError, signed};

/// The statement of a batch's transaction.
pub(super) trait BatchSteps: sqlx::Database {
    /// Writes down a batch whose new events have the numbers from the one to the other.
    async fn insert_batch(
        tx: &mut Self::Connection,
        arrival: &Arrival<'_>,
        numbers: (u64, u64),
    ) -> Result<(), StoreError>;
}

macro_rules! batch_steps {
    ($Db:ty) => {
        impl BatchSteps for $Db {
            async fn insert_batch(
                tx: &mut Self::Connection,
                arrival: &Arrival<'_>,
                (first, last): (u64, u64),
            ) -> Result<(), StoreError> {
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
    };
}
batch_steps!(sqlx::Sqlite);
batch_steps!(sqlx::Postgres);
