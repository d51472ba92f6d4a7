//! Tablets: where they stand, and how they were when they last told.

use super::continuations::continued_by;
use super::heartbeats::{Health, not_here};
use super::rows::{Post, Tablet};
use super::{Store, StoreError, reading, writing};
use protocol::Stage;
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

type TabletFields = (i64, Option<i64>, Option<i16>, bool, Vec<u8>, Vec<u8>, Option<i64>, bool);

impl Store {
    /// The tablet of an id.
    pub async fn tablet(&self, id: Uuid) -> Result<Option<Tablet>, StoreError> {
        let row: Option<TabletFields> = reading!(self, pool => {
            sqlx::query_as(
            "select counter_id, officer_id, stage, simulated, public_key, token_hash,
             last_contact_at, retired_at is not null
             from tablets where id = $1",
        )
        .bind(id).fetch_optional(pool).await?
        });
        let Some((counter, officer, stage, simulated, key, token, last_contact_at, retired)) = row
        else {
            return Ok(None);
        };
        Ok(Some(Tablet {
            id,
            post: Post { counter, officer, stage: stage_of(stage), simulated },
            public_key: thirty_two(&key)?,
            token_hash: thirty_two(&token)?,
            last_contact_at,
            retired,
        }))
    }

    /// Notes that a tablet was heard of, at most once a minute: it asks for its settings more often
    /// than that, and the writer has better things to do.
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
        let rows: Vec<ListFields> = reading!(self, pool => sqlx::query_as(concat!(
            "select t.id, c.code, t.head_number, t.last_contact_at, t.app_version, h.received_at,
             h.pending, h.recorded, h.skew_ms, h.battery, h.charging, h.storage_free, h.officer,
             h.questionnaire, h.trouble, ",
            continued_by!(),
            " from tablets t join counters c on c.id = t.counter_id
             left join heartbeats h on h.tablet_id = t.id
             where t.retired_at is null order by c.code, t.id",
        ))
        .fetch_all(pool)
        .await?);
        Ok(rows.into_iter().map(listed).collect())
    }
}

type ListFields = (
    Uuid,
    String,
    i64,
    Option<i64>,
    String,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i16>,
    Option<bool>,
    Option<i64>,
    Option<String>,
    Option<i64>,
    Option<String>,
    Option<Uuid>,
);

fn listed(row: ListFields) -> TabletRow {
    let (
        id,
        counter,
        head,
        last_contact_at,
        app_version,
        received_at,
        pending,
        recorded,
        skew_ms,
        battery,
        charging,
        storage_free,
        officer,
        questionnaire,
        trouble,
        continued_by,
    ) = row;
    let health = received_at.map(|received_at| Health {
        received_at,
        pending: not_here(pending.unwrap_or(0), recorded.unwrap_or(0), head),
        skew_ms,
        battery,
        charging,
        storage_free,
        officer,
        questionnaire,
        trouble,
    });
    TabletRow { id, counter, head, last_contact_at, app_version, health, continued_by }
}

/// How a stage is stored.
pub(super) fn stage_code(stage: Stage) -> i16 {
    stage.code().into()
}

/// The stage of a stored code.
pub(super) fn stage_of(code: Option<i16>) -> Option<Stage> {
    code.and_then(|code| u8::try_from(code).ok()).and_then(Stage::from_code)
}

fn thirty_two(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Meaningless("tablets"))
}
