//! Tablets of whose identity two chains are known: their data was copied, or set back to an older
//! state. The one whose events are here carries on; the other one has to be enrolled anew.

use super::{Store, StoreError, reading, row_struct};
use uuid::Uuid;

/// Two chains under one identity, until somebody closes the alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The identity.
    pub tablet: Uuid,
    /// Code of the counter where it stands.
    pub counter: String,
    /// When it was noticed, milliseconds since 1970.
    pub since: i64,
    /// What the machine that can not carry on last told.
    pub other: Option<OtherMachine>,
}

/// A machine that reports under the identity of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherMachine {
    /// When it last told, milliseconds since 1970.
    pub received_at: i64,
    /// Events that it could not send.
    pub pending: i64,
}

row_struct! {
    struct ForkRow {
        id: Uuid,
        code: String,
        since: i64,
        other_at: Option<i64>,
        other_pending: Option<i64>,
    }
}

impl Store {
    /// The tablets of which a fork is noted, by counter.
    pub async fn forks(&self) -> Result<Vec<Fork>, StoreError> {
        let rows: Vec<ForkRow> = reading!(self, pool => sqlx::query_as(
            "select t.id, c.code, min(a.created_at) as since, h.other_at, h.other_pending
             from alarms a join tablets t on t.id = a.tablet_id
             join counters c on c.id = t.counter_id
             left join heartbeats h on h.tablet_id = t.id
             where a.closed_at is null and a.kind = 'fork'
             group by t.id, c.code, h.other_at, h.other_pending order by c.code, t.id",
        )
        .fetch_all(pool)
        .await?);
        let fork = |row: ForkRow| {
            let other = row.other_at.zip(row.other_pending);
            let other = other.map(|(received_at, pending)| OtherMachine { received_at, pending });
            Fork { tablet: row.id, counter: row.code, since: row.since, other }
        };
        Ok(rows.into_iter().map(fork).collect())
    }
}
