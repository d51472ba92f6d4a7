//! Tablets: where they stand, and how they were when they last told.

use super::codes::stage_of;
use super::continuations::continued_by;
use super::heartbeats::{Health, not_here};
use super::rows::{Tablet, TabletAssignment};
use super::{Store, StoreError, reading, row_struct, writing};
use uuid::Uuid;

/// One tablet in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabletRow {
    /// Its id.
    pub id: Uuid,
    /// Code of its counter.
    pub counter: String,
    /// Number of its last event here.
    pub head: i64,
    /// Last contact, milliseconds since 1970.
    pub last_contact_at: Option<i64>,
    /// Version of its program.
    pub app_version: String,
    /// How it was when it last told; none when it never did.
    pub health: Option<Health>,
    /// The tablet that continues it, where it was not heard of since.
    pub continued_by: Option<Uuid>,
}

/// How exactly a last contact is known, in milliseconds.
const CONTACT_MS: i64 = 60_000;

row_struct! {
    struct IdentityRow {
        counter_id: i64,
        officer_id: Option<i64>,
        stage: Option<i16>,
        simulated: bool,
        public_key: Vec<u8>,
        token_hash: Vec<u8>,
        last_contact_at: Option<i64>,
        retired: bool,
    }
}

impl Store {
    /// The tablet of an id.
    pub async fn tablet(&self, id: Uuid) -> Result<Option<Tablet>, StoreError> {
        let row: Option<IdentityRow> = reading!(self, pool => {
            sqlx::query_as(
            "select counter_id, officer_id, stage, simulated, public_key, token_hash,
             last_contact_at, retired_at is not null as retired
             from tablets where id = $1",
        )
        .bind(id).fetch_optional(pool).await?
        });
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Tablet {
            id,
            post: TabletAssignment {
                counter: row.counter_id,
                officer: row.officer_id,
                stage: stage_of(row.stage),
                simulated: row.simulated,
            },
            public_key: thirty_two(&row.public_key)?,
            token_hash: thirty_two(&row.token_hash)?,
            last_contact_at: row.last_contact_at,
            retired: row.retired,
        }))
    }

    /// Notes that a tablet was heard of, at most once a minute: it asks for its settings more often
    /// than that, and each write keeps the one writer of SQLite busy.
    pub async fn touch(&self, tablet: &Tablet, now: i64) -> Result<(), StoreError> {
        if tablet.last_contact_at.is_some_and(|last| now - last < CONTACT_MS) {
            return Ok(());
        }
        writing!(self, Db, tx => {
            sqlx::query("update tablets set last_contact_at = $2 where id = $1")
                .bind(tablet.id)
                .bind(now)
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }

    /// All tablets in use, by counter, with what they last told of themselves.
    pub async fn tablets(&self) -> Result<Vec<TabletRow>, StoreError> {
        let rows: Vec<ListedTablet> = reading!(self, pool => sqlx::query_as(concat!(
            "select t.id, c.code, t.head_number, t.last_contact_at, t.app_version, h.received_at,
             h.pending, h.recorded, h.skew_ms, h.battery, h.charging, h.storage_free, h.officer,
             h.questionnaire, h.trouble, ",
            continued_by!(),
            " as continued_by from tablets t join counters c on c.id = t.counter_id
             left join heartbeats h on h.tablet_id = t.id
             where t.retired_at is null order by c.code, t.id",
        ))
        .fetch_all(pool)
        .await?);
        Ok(rows.into_iter().map(listed).collect())
    }
}

row_struct! {
    struct ListedTablet {
        id: Uuid,
        code: String,
        head_number: i64,
        last_contact_at: Option<i64>,
        app_version: String,
        received_at: Option<i64>,
        pending: Option<i64>,
        recorded: Option<i64>,
        skew_ms: Option<i64>,
        battery: Option<i16>,
        charging: Option<bool>,
        storage_free: Option<i64>,
        officer: Option<String>,
        questionnaire: Option<i64>,
        trouble: Option<String>,
        continued_by: Option<Uuid>,
    }
}

fn listed(row: ListedTablet) -> TabletRow {
    let (pending, recorded) = (row.pending.unwrap_or(0), row.recorded.unwrap_or(0));
    let health = row.received_at.map(|received_at| Health {
        received_at,
        pending: not_here(pending, recorded, row.head_number),
        skew_ms: row.skew_ms,
        battery: row.battery,
        charging: row.charging,
        storage_free: row.storage_free,
        officer: row.officer,
        questionnaire: row.questionnaire,
        trouble: row.trouble,
    });
    TabletRow {
        id: row.id,
        counter: row.code,
        head: row.head_number,
        last_contact_at: row.last_contact_at,
        app_version: row.app_version,
        health,
        continued_by: row.continued_by,
    }
}

fn thirty_two(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Meaningless("tablets"))
}
