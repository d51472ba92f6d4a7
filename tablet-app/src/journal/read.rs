//! What is read from the journal: identity, progress, settings, and slices of the chain. Nothing
//! here writes.

use super::error::JournalError;
use super::migrations;
use super::open;
use super::write::Store;
use super::{FILE, Identity, Status};
use protocol::exchange::Enrolled;
use protocol::settings::Settings;
use protocol::{Digest, Head};
use serde_json::value::RawValue;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;

/// Consecutive events and the head they follow.
#[derive(Debug)]
pub struct Slice {
    /// The head before the first of them.
    pub previous: Head,
    /// The events, in their exact bytes.
    pub events: Vec<Box<RawValue>>,
}

/// How a head that the server names stands to the journal's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The same digest under that number: the server has this chain up to there.
    Same,
    /// Another digest under that number, or a number that was never recorded here: the chains
    /// have forked.
    Other,
    /// The event of that number was pruned, so nothing can be said; or it is the beginning, and
    /// what follows it was pruned.
    Pruned,
}

/// How far recording and upload have come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Progress {
    pub(super) head: Head,
    pub(super) acknowledged: u64,
    pub(super) contact: Option<i64>,
}

type Row = (i64, Vec<u8>, Vec<u8>);

/// SQLite's integers are signed; the schema keeps numbers from being negative.
pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn array(bytes: &[u8]) -> [u8; 32] {
    // The schema checks the length.
    bytes.try_into().unwrap_or_default()
}

pub(super) async fn identity(connection: &mut SqliteConnection) -> sqlx::Result<Option<Identity>> {
    type Row = (String, Vec<u8>, Vec<u8>, Option<Uuid>, Option<String>);
    let row: Option<Row> =
        sqlx::query_as("select server, secret_key, token, tablet, counter from tablet")
            .fetch_optional(connection)
            .await?;
    Ok(row.map(|(server, secret_key, token, tablet, counter)| Identity {
        server,
        secret_key: array(&secret_key),
        token: array(&token),
        enrolled: tablet.map(|tablet| Enrolled { tablet, counter: counter.unwrap_or_default() }),
    }))
}

pub(super) async fn progress(
    connection: &mut SqliteConnection,
    path: &Path,
) -> Result<Option<Progress>, JournalError> {
    let row: Option<(i64, Vec<u8>, i64, Option<i64>)> =
        sqlx::query_as("select head_number, head_digest, acknowledged, contact from progress")
            .fetch_optional(connection)
            .await
            .map_err(|error| JournalError::from_sqlx(path, &error))?;
    Ok(row.map(|(number, digest, acknowledged, contact)| Progress {
        head: Head { number: unsigned(number), digest: Digest(array(&digest)) },
        acknowledged: unsigned(acknowledged),
        contact,
    }))
}

/// Why the chains have forked. A file of an earlier version, which only its status is asked of, does
/// not have the column yet.
async fn forked(connection: &mut SqliteConnection) -> sqlx::Result<Option<String>> {
    let columns = "select count(*) from pragma_table_info('progress') where name = 'forked'";
    let known: i64 = sqlx::query_scalar(columns).fetch_one(&mut *connection).await?;
    if known == 0 {
        return Ok(None);
    }
    let reason = sqlx::query_scalar("select forked from progress").fetch_optional(connection);
    reason.await.map(Option::flatten)
}

/// At most `limit` events after `number`, in their order: number, bytes, digest.
pub(super) async fn events_after(
    connection: &mut SqliteConnection,
    number: u64,
    limit: i64,
) -> sqlx::Result<Vec<(u64, Vec<u8>, Digest)>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select number, bytes, digest from events where number > $1 order by number limit $2",
    )
    .bind(signed(number))
    .bind(limit)
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(number, bytes, digest)| (unsigned(number), bytes, Digest(array(&digest))))
        .collect())
}

async fn status(connection: &mut SqliteConnection, path: &Path) -> Result<Status, JournalError> {
    let explain = |error: sqlx::Error| JournalError::from_sqlx(path, &error);
    let identity = identity(connection).await.map_err(explain)?;
    let boots: Option<i64> = sqlx::query_scalar("select boots from tablet")
        .fetch_optional(&mut *connection)
        .await
        .map_err(explain)?;
    let progress = progress(connection, path).await?;
    let recorded = progress.map_or(0, |progress| progress.head.number);
    let acknowledged = progress.map_or(0, |progress| progress.acknowledged);
    let (server, enrolled) = match identity {
        Some(identity) => (Some(identity.server), identity.enrolled),
        None => (None, None),
    };
    Ok(Status {
        recorded,
        acknowledged,
        pending: recorded.saturating_sub(acknowledged),
        head_digest: progress.map(|progress| progress.head.digest),
        last_contact: progress
            .and_then(|progress| jiff::Timestamp::from_millisecond(progress.contact?).ok())
            .map(|contact| contact.to_string()),
        tablet: enrolled.as_ref().map(|enrolled| enrolled.tablet),
        counter: enrolled.map(|enrolled| enrolled.counter),
        server,
        boots: unsigned(boots.unwrap_or_default()),
        forked: forked(connection).await.map_err(explain)?,
    })
}

/// The status of the journal in `dir`, also while a tablet is running on it. Opens for reading
/// and takes no lock.
pub fn read_status(dir: &Path) -> Result<Status, JournalError> {
    let path = dir.join(FILE);
    if !path.is_file() {
        return Err(JournalError::Missing { path });
    }
    open::check_magic(&path)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| JournalError::from_io(&path, &error))?;
    runtime.block_on(async {
        let mut connection = SqliteConnectOptions::new()
            .filename(&path)
            .read_only(true)
            .busy_timeout(Duration::from_secs(5))
            .connect()
            .await
            .map_err(|error| JournalError::from_sqlx(&path, &error))?;
        let status = match migrations::check_version(&mut connection, &path).await {
            Ok(()) => status(&mut connection, &path).await,
            Err(error) => Err(error),
        };
        let _ = connection.close().await;
        status
    })
}

impl Store {
    pub(super) async fn status(&mut self) -> Result<Status, JournalError> {
        status(&mut self.connection, &self.path).await
    }

    pub(super) async fn identity(&mut self) -> Result<Option<Identity>, JournalError> {
        identity(&mut self.connection).await.map_err(|error| self.explain(&error))
    }

    pub(super) async fn settings(
        &mut self,
    ) -> Result<Option<(Settings, Option<String>)>, JournalError> {
        let row: Option<(String, Option<String>)> =
            sqlx::query_as("select json, etag from settings")
                .fetch_optional(&mut self.connection)
                .await
                .map_err(|error| self.explain(&error))?;
        // Settings of another version are fetched anew, so what can not be read is not there.
        Ok(row.and_then(|(json, etag)| Some((serde_json::from_str(&json).ok()?, etag))))
    }

    pub(super) async fn digest_at(&mut self, number: u64) -> Result<Option<Digest>, JournalError> {
        if number == 0 {
            return Ok(self.tablet.map(Digest::genesis));
        }
        let digest: Option<Vec<u8>> =
            sqlx::query_scalar("select digest from events where number = $1")
                .bind(signed(number))
                .fetch_optional(&mut self.connection)
                .await
                .map_err(|error| self.explain(&error))?;
        Ok(digest.map(|digest| Digest(array(&digest))))
    }

    /// Wall time of the last event, milliseconds since 1970.
    pub(super) async fn last_event_at(&mut self) -> Result<Option<i64>, JournalError> {
        sqlx::query_scalar("select at from events order by number desc limit 1")
            .fetch_optional(&mut self.connection)
            .await
            .map_err(|error| self.explain(&error))
    }

    pub(super) async fn oldest(&mut self) -> Result<Option<u64>, JournalError> {
        let oldest: Option<i64> = sqlx::query_scalar("select min(number) from events")
            .fetch_one(&mut self.connection)
            .await
            .map_err(|error| self.explain(&error))?;
        Ok(oldest.map(unsigned))
    }

    pub(super) async fn compare(&mut self, head: Head) -> Result<Standing, JournalError> {
        let recorded = self.head.ok_or(JournalError::NotEnrolled)?.number;
        let beginning = head.number == 0 && recorded > 0;
        if beginning && self.digest_at(1).await?.is_none() {
            return Ok(Standing::Pruned);
        }
        Ok(match self.digest_at(head.number).await? {
            Some(digest) if digest == head.digest => Standing::Same,
            None if head.number < recorded => Standing::Pruned,
            _ => Standing::Other,
        })
    }

    pub(super) async fn batch_after(
        &mut self,
        number: u64,
        max_events: usize,
        max_bytes: usize,
    ) -> Result<Slice, JournalError> {
        let digest = self.digest_at(number).await?;
        let detail = || format!("event {number} is missing");
        let digest = digest.ok_or_else(|| JournalError::damaged(&self.path, detail()))?;
        let limit = i64::try_from(max_events).unwrap_or(i64::MAX);
        let rows = events_after(&mut self.connection, number, limit).await;
        let rows = rows.map_err(|error| self.explain(&error))?;

        let mut head = Head { number, digest };
        let mut slice = Slice { previous: head, events: Vec::new() };
        let mut total = 0;
        for (number, bytes, digest) in rows {
            total += bytes.len();
            if total > max_bytes && !slice.events.is_empty() {
                break;
            }
            head = head.extend(&bytes);
            let raw =
                String::from_utf8(bytes).ok().and_then(|json| RawValue::from_string(json).ok());
            match raw {
                Some(raw) if head == (Head { number, digest }) => slice.events.push(raw),
                _ => {
                    let detail = format!("event {} is not the one that was recorded", head.number);
                    return Err(JournalError::damaged(&self.path, detail));
                }
            }
        }
        Ok(slice)
    }
}
