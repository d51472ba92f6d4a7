//! Ratings that a named rule found odd. They are counted like all others; who reads a report is
//! told how many there are.

use super::{Store, StoreError, reading};
use uuid::Uuid;

/// The visit began shortly after the answer before it at the same tablet, and nobody had invited
/// to it.
pub const QUICK_REPEAT: &str = "quick_repeat";

/// The dossier had been rated at the same stage before.
pub const DOSSIER_TWICE: &str = "dossier_twice";

/// A rating with a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flagged {
    /// Its session.
    pub rating: Uuid,
    /// The rule, one word of a fixed set.
    pub rule: String,
    /// The moment that decides the day the rating counts for, milliseconds since 1970.
    pub asked_at: i64,
}

impl Store {
    /// Flags of the ratings asked from `from` until, not including, `until`, in their order. A
    /// rating that two rules found stands twice.
    pub async fn flagged(&self, from: i64, until: i64) -> Result<Vec<Flagged>, StoreError> {
        let rows: Vec<(Uuid, String, i64)> = reading!(self, pool => sqlx::query_as(
            "select f.rating_id, f.rule, r.asked_at from rating_flags f
             join ratings r on r.id = f.rating_id
             where r.asked_at >= $1 and r.asked_at < $2 order by r.asked_at, r.num, f.rule",
        )
        .bind(from)
        .bind(until)
        .fetch_all(pool)
        .await?);
        let flagged = |(rating, rule, asked_at)| Flagged { rating, rule, asked_at };
        Ok(rows.into_iter().map(flagged).collect())
    }
}
