//! The chains as they are stored, for a check of the database.

use super::{Store, StoreError, head, reading, row_struct};
use protocol::Head;
use std::collections::HashMap;
use uuid::Uuid;

/// Where a tablet's chain ends, as the tablet's row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredChain {
    /// Code of the counter where it stands.
    pub counter: String,
    /// The head that its first event follows: the tablet's beginning, or the end of the tablet that it
    /// continues under its old name.
    pub start: Head,
    /// The Ed25519 key that it was enrolled with.
    pub public_key: Vec<u8>,
    /// Whose id its batches are signed under: its own, but for a journal that somebody brought by hand, which
    /// is stored as the tablet it belongs to signed it.
    pub signer: Uuid,
    /// Its last event.
    pub head: Head,
}

row_struct! {
    struct ChainRow {
        counter: String,
        head_number: i64,
        head_digest: Vec<u8>,
        public_key: Vec<u8>,
        continues_id: Option<Uuid>,
        start_number: Option<i64>,
        start_digest: Option<Vec<u8>>,
    }
}

row_struct! {
    struct HeadRow {
        id: Uuid,
        head_number: i64,
        head_digest: Vec<u8>,
    }
}

impl Store {
    /// Ids of all tablets by their counters, retired ones included.
    pub async fn chains(&self) -> Result<Vec<Uuid>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(
            "select t.id from tablets t join counters c on c.id = t.counter_id
             order by c.code, t.id",
        )
        .fetch_all(pool)
        .await?))
    }

    /// A tablet's chain.
    pub async fn chain(&self, tablet: Uuid) -> Result<Option<StoredChain>, StoreError> {
        let row: Option<ChainRow> = reading!(self, pool => sqlx::query_as(
            "select c.code as counter, t.head_number, t.head_digest,
               t.public_key, b.continues_id, b.head_number as start_number, b.head_digest as start_digest
             from tablets t join counters c on c.id = t.counter_id
             left join continuations b on b.tablet_id = t.id and b.number = 0 where t.id = $1",
        )
        .bind(tablet)
        .fetch_optional(pool)
        .await?);
        row.map(|row| {
            let start = match row.start_number.zip(row.start_digest) {
                Some((number, digest)) => head("continuations", number, &digest)?,
                None => Head::start(tablet),
            };
            let head = head("tablets", row.head_number, &row.head_digest)?;
            let (public_key, signer) = (row.public_key, row.continues_id.unwrap_or(tablet));
            Ok(StoredChain { counter: row.counter, start, public_key, signer, head })
        })
        .transpose()
    }

    /// Where the chains of all tablets end, retired ones included, by tablet.
    pub async fn chain_heads(&self) -> Result<HashMap<Uuid, Head>, StoreError> {
        let rows: Vec<HeadRow> = reading!(self, pool => {
            sqlx::query_as("select id, head_number, head_digest from tablets")
                .fetch_all(pool)
                .await?
        });
        let known =
            |row: HeadRow| Ok((row.id, head("tablets", row.head_number, &row.head_digest)?));
        rows.into_iter().map(known).collect()
    }

    /// Where the chain of a known tablet ends.
    pub async fn chain_head(&self, tablet: Uuid) -> Result<Head, StoreError> {
        let (number, digest): (i64, Vec<u8>) = reading!(self, pool => {
            sqlx::query_as("select head_number, head_digest from tablets where id = $1")
                .bind(tablet)
                .fetch_one(pool)
                .await?
        });
        head("tablets", number, &digest)
    }

    /// When the first and the last of a tablet's events were, by our clock, milliseconds since 1970.
    pub async fn events_span(&self, tablet: Uuid) -> Result<Option<(i64, i64)>, StoreError> {
        let (first, last): (Option<i64>, Option<i64>) = reading!(self, pool => sqlx::query_as(
            "select min(corrected_at), max(corrected_at) from events where tablet_id = $1",
        )
        .bind(tablet)
        .fetch_one(pool)
        .await?);
        Ok(first.zip(last))
    }
}
