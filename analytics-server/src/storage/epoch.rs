//! The epoch: which history the positions of the change clock belong to. A database that was put back to an
//! earlier state gives the same positions again to other changes; its history then gets another number, so
//! that a cursor from before is refused instead of missing what lies between.

use super::{Store, StoreError, reading, writing};
use uuid::Uuid;

/// Where the changes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedHead {
    /// Identity of the database.
    pub database: Uuid,
    /// Which history this is.
    pub epoch: i64,
    /// The position of the last change.
    pub position: i64,
}

impl Store {
    /// Where the changes stand.
    pub async fn feed_head(&self) -> Result<FeedHead, StoreError> {
        let (database, epoch, position): (Uuid, i64, i64) = reading!(self, pool => {
            sqlx::query_as("select id, epoch, position from installation").fetch_one(pool).await?
        });
        Ok(FeedHead { database, epoch, position })
    }

    /// Begins another history, unless somebody did since `was` was read.
    pub async fn begin_epoch(&self, was: i64, fresh: i64) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query("update installation set epoch = $2 where epoch = $1")
                .bind(was)
                .bind(fresh)
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }

    /// Identity of the rating of a number, and the position of its last change.
    pub async fn rating_position(&self, num: i64) -> Result<Option<(Uuid, i64)>, StoreError> {
        Ok(reading!(self, pool => {
            sqlx::query_as("select id, position from ratings where num = $1")
                .bind(num)
                .fetch_optional(pool)
                .await?
        }))
    }
}

/// The number of a history from random bytes: never 0, which stands for none.
pub fn epoch_of(random: [u8; 8]) -> i64 {
    (i64::from_be_bytes(random) & i64::MAX).max(1)
}
