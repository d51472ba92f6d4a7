//! What a check of the database reads: events with what stands beside their bytes, visits as their rating
//! rows have them, and everything that vouches for one or the other. Read page by page, so that a database
//! of any size can be checked.

use super::ratings::{VISIT_COLUMNS, VisitColumns, visit_of};
use super::{Store, StoreError, read_by_name, reading, signed};
use crate::projections::visit::Visit;
use protocol::exchange::Sent;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

/// Events that are read at once.
pub const EVENTS: usize = 5_000;
/// Rows of other kinds that are read at once.
const PAGE: i64 = 5_000;
/// Ids that one statement names.
const IDS: usize = 500;

/// An event with all that is stored of it.
#[derive(Clone, Debug)]
pub struct StoredEvent {
    /// Its number in the chain.
    pub number: i64,
    /// Digest of the chain up to it.
    pub digest: Vec<u8>,
    /// Its visit; none where the bytes could not be read.
    pub session_id: Option<Uuid>,
    /// Its kind.
    pub kind: Option<String>,
    /// The tablet's clock.
    pub claimed_at: Option<i64>,
    /// When it happened, by our clock.
    pub corrected_at: i64,
    /// When it arrived.
    pub received_at: i64,
    /// Its exact bytes.
    pub bytes: Vec<u8>,
}
read_by_name!(StoredEvent {
    number,
    digest,
    session_id,
    kind,
    claimed_at,
    corrected_at,
    received_at,
    bytes
});

/// A batch as it was written down.
#[derive(Clone, Debug)]
pub struct StoredBatch {
    /// Number of its first new event.
    pub first_number: i64,
    /// Number of its last one.
    pub last_number: i64,
    /// When it arrived.
    pub received_at: i64,
    /// When it was sent, by our clock.
    pub sent_at: i64,
    tablet_at: i64,
    boot: Uuid,
    uptime: i64,
    /// The tablet's signature; none: stored by a version that let it go.
    pub signature: Option<Vec<u8>>,
}
read_by_name!(StoredBatch {
    first_number,
    last_number,
    received_at,
    sent_at,
    tablet_at,
    boot,
    uptime,
    signature
});

impl StoredBatch {
    /// The tablet's clocks when it sent.
    pub fn sent(&self) -> Sent {
        Sent { at: self.tablet_at, boot: self.boot, uptime: self.uptime.cast_unsigned() }
    }
}

/// An event that is or was in quarantine.
#[derive(Clone, Debug)]
pub struct QuarantinedEvent {
    /// Its number in the chain.
    pub number: i64,
    /// One word of a fixed set.
    pub reason: String,
    /// When it was released; none: it waits.
    pub resolved_at: Option<i64>,
}
read_by_name!(QuarantinedEvent { number, reason, resolved_at });

/// What is known of a tablet beside its chain.
#[derive(Clone, Debug)]
pub struct TabletFacts {
    /// When it was enrolled.
    pub enrolled_at: i64,
    /// Whether its ratings are simulated.
    pub simulated: bool,
    /// How many of its events it said were acknowledged, with its last heartbeat.
    pub acknowledged: Option<i64>,
    /// The highest number that a batch of it ended with.
    pub batched: Option<i64>,
}
read_by_name!(TabletFacts { enrolled_at, simulated, acknowledged, batched });

/// A visit as its rating row has it.
#[derive(Debug)]
pub struct VisitRow {
    /// Its number.
    pub num: i64,
    /// 1 tablet, 2 imported.
    pub source: i16,
    /// Whether it is marked as simulated.
    pub simulated: bool,
    /// When its comment was redacted or expired.
    pub redacted_at: Option<i64>,
    /// Its session.
    pub id: Uuid,
    /// What it says; none where a value in it has no meaning.
    pub visit: Option<Visit>,
}

struct CheckedVisit {
    num: i64,
    source: i16,
    simulated: bool,
    redacted_at: Option<i64>,
    id: Uuid,
    visit: VisitColumns,
}

macro_rules! visit_row {
    ($Row:ty) => {
        impl FromRow<'_, $Row> for CheckedVisit {
            fn from_row(row: &$Row) -> Result<Self, sqlx::Error> {
                use sqlx::Row;
                Ok(Self {
                    num: row.try_get("num")?,
                    source: row.try_get("source")?,
                    simulated: row.try_get("simulated")?,
                    redacted_at: row.try_get("redacted_at")?,
                    id: row.try_get("id")?,
                    visit: VisitColumns::from_row(row)?,
                })
            }
        }
    };
}
visit_row!(sqlx::sqlite::SqliteRow);
visit_row!(sqlx::postgres::PgRow);

impl Store {
    /// Events of a tablet after `number`, in order, as they are stored.
    pub async fn stored_events(
        &self,
        tablet: Uuid,
        number: u64,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select number, digest, session_id, kind, claimed_at, corrected_at, received_at, bytes
             from events where tablet_id = $1 and number > $2 order by number limit $3",
        )
        .bind(tablet)
        .bind(signed(number))
        .bind(i64::try_from(EVENTS).unwrap_or(PAGE))
        .fetch_all(pool)
        .await?))
    }

    /// The batches of a tablet that end at or after one number and begin at or before another.
    pub async fn stored_batches(
        &self,
        tablet: Uuid,
        (from, to): (i64, i64),
    ) -> Result<Vec<StoredBatch>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select first_number, last_number, received_at, sent_at, tablet_at, boot, uptime,
               signature from batches where tablet_id = $1 and last_number >= $2 and first_number <= $3
             order by last_number limit $4",
        )
        .bind(tablet)
        .bind(from)
        .bind(to)
        // Each has an event of its own between the two numbers.
        .bind(i64::try_from(EVENTS).unwrap_or(PAGE) + 1)
        .fetch_all(pool)
        .await?))
    }

    /// All events of a tablet that are or were in quarantine.
    pub async fn quarantined_events(
        &self,
        tablet: Uuid,
    ) -> Result<Vec<QuarantinedEvent>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select number, reason, resolved_at from quarantine where tablet_id = $1",
        )
        .bind(tablet)
        .fetch_all(pool)
        .await?))
    }

    /// What is known of a tablet beside its chain.
    pub async fn tablet_facts(&self, tablet: Uuid) -> Result<Option<TabletFacts>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select t.enrolled_at, t.simulated, h.recorded - h.pending as acknowledged,
             (select max(b.last_number) from batches b where b.tablet_id = t.id) as batched
             from tablets t left join heartbeats h on h.tablet_id = t.id where t.id = $1",
        )
        .bind(tablet)
        .fetch_optional(pool)
        .await?))
    }

    /// Whether a code that admitted this tablet marked its ratings as simulated, or as real.
    pub async fn was_simulated(&self, tablet: Uuid) -> Result<Vec<bool>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(
            "select distinct simulated from enrolment_codes where tablet_id = $1",
        )
        .bind(tablet)
        .fetch_all(pool)
        .await?))
    }

    /// The rating rows of some sessions.
    pub async fn visit_rows(&self, sessions: &[Uuid]) -> Result<Vec<VisitRow>, StoreError> {
        let mut rows = Vec::with_capacity(sessions.len());
        for ids in sessions.chunks(IDS) {
            let found: Vec<CheckedVisit> = match self {
                Self::Sqlite(sqlite) => {
                    named::<sqlx::Sqlite>(ids).build_query_as().fetch_all(&sqlite.readers).await?
                }
                Self::Postgres(postgres) => {
                    named::<sqlx::Postgres>(ids).build_query_as().fetch_all(&postgres.pool).await?
                }
            };
            rows.extend(found.into_iter().map(|row| VisitRow {
                num: row.num,
                source: row.source,
                simulated: row.simulated,
                redacted_at: row.redacted_at,
                id: row.id,
                visit: visit_of(row.visit).ok(),
            }));
        }
        Ok(rows)
    }

    /// How many rating rows name a tablet.
    pub async fn rows_of_tablet(&self, tablet: Uuid) -> Result<i64, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(
            "select count(*) from ratings where tablet_id = $1",
        )
        .bind(tablet)
        .fetch_one(pool)
        .await?))
    }

    /// Numbers and sessions of the rating rows that name a tablet, above a number.
    pub async fn sessions_of_tablet(
        &self,
        tablet: Uuid,
        above: i64,
    ) -> Result<Vec<(i64, Uuid)>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select num, id from ratings where tablet_id = $1 and num > $2 order by num limit $3",
        )
        .bind(tablet)
        .bind(above)
        .bind(PAGE)
        .fetch_all(pool)
        .await?))
    }
}

/// The query that reads the visits of some ids.
fn named<D: sqlx::Database>(ids: &[Uuid]) -> QueryBuilder<D>
where
    Uuid: sqlx::Type<D> + for<'q> sqlx::Encode<'q, D>,
{
    let mut query = QueryBuilder::<D>::new("select num, source, simulated, redacted_at, ");
    query.push(VISIT_COLUMNS).push(" from ratings where id in (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    query.push(")");
    query
}
