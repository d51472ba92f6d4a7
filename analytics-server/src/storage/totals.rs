//! How much there is, for metrics. The ratings are counted by walking one of their indexes; everything
//! else reads few rows.

use super::continuations::continued_by;
use super::{Store, StoreError, read_by_name, reading};

/// How much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Events of all tablets.
    pub events: i64,
    /// Visits that were asked.
    pub ratings: i64,
    /// When the last of them was asked, milliseconds since 1970.
    pub last: Option<i64>,
    /// Tablets.
    pub tablets: i64,
    /// Tablets that were not heard of since the given moment.
    pub silent: i64,
    /// The change clock.
    pub position: i64,
}

read_by_name!(Totals { events, ratings, last, tablets, silent, position });

impl Store {
    /// How much there is. Tablets without a word since `heard_ms` count as silent.
    pub async fn totals(&self, heard_ms: i64) -> Result<Totals, StoreError> {
        // Chains have no gaps, so the heads add up to the events without reading those.
        Ok(reading!(self, pool => {
            sqlx::query_as(concat!(
                "select (select cast(coalesce(sum(head_number), 0) as bigint) from tablets) as events,
                        (select count(*) from ratings) as ratings,
                        (select max(asked_at) from ratings) as last,
                        (select count(*) from tablets where retired_at is null) as tablets,
                        (select count(*) from tablets t
                         where retired_at is null and coalesce(last_contact_at, enrolled_at) < $1
                         and ",
                continued_by!(),
                " is null) as silent,
                        (select position from installation) as position",
            ))
            .bind(heard_ms)
            .fetch_one(pool)
            .await?
        }))
    }
}
