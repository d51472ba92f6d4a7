//! What is written in the journal, each in one transaction. An append that failed in an unclear
//! way and is tried again is written once.

use super::Identity;
use super::error::JournalError;
use super::memory::follow_duty;
use super::read::{self, Standing, signed};
use crate::entry::Entry;
use protocol::limits::EVENT_BYTES;
use protocol::{Event, Head, What};
use sqlx::{Connection, SqliteConnection};
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Notify;
use uuid::Uuid;

/// Commands between two foldings of the write-ahead log: an append writes three or four pages, so
/// the log stays near the 1,000 pages at which SQLite would do it by itself, in front of the answer.
const TIDY_AFTER: u32 = 300;

/// How old the stored time of contact may become, milliseconds. It is written once a minute at
/// most: flash wears out, and nobody looks closer.
const CONTACT_MS: i64 = 60_000;

/// The open journal.
pub(super) struct Store {
    pub(super) connection: SqliteConnection,
    pub(super) path: PathBuf,
    pub(super) boot: Uuid,
    pub(super) tablet: Option<Uuid>,
    pub(super) head: Option<Head>,
    /// The head that an append would have led to whose commit gave an error: it may have been
    /// written after all.
    pub(super) doubtful: Option<Head>,
    pub(super) keep_ms: i64,
    /// The server's own time when it last told it in this run, milliseconds since 1970.
    pub(super) proven_at: Option<i64>,
    /// How often settings were kept in this run.
    pub(super) settings_revision: u64,
    /// Commands since the log was folded back.
    pub(super) untidied: u32,
    pub(super) appended: Arc<Notify>,
    /// Held as long as the journal is open.
    pub(super) lock: File,
}

/// An event with everything that stands in its row.
struct Numbered<'a> {
    head: Head,
    session: Uuid,
    at: i64,
    what: &'a What,
    bytes: Vec<u8>,
}

impl Store {
    pub(super) fn explain(&self, error: &sqlx::Error) -> JournalError {
        JournalError::from_sqlx(&self.path, error)
    }

    pub(super) async fn append(&mut self, entries: &[Entry]) -> Result<Head, JournalError> {
        let mut before = self.head.ok_or(JournalError::NotEnrolled)?;
        if let Some(doubtful) = self.doubtful {
            let stored = read::progress(&mut self.connection, &self.path).await?;
            let stored = stored.ok_or(JournalError::NotEnrolled)?.head;
            let same = number(before, self.boot, entries)?.last().map(|last| last.head);
            self.doubtful = None;
            self.head = Some(stored);
            if stored == doubtful && same == Some(doubtful) {
                self.appended.notify_one();
                return Ok(stored);
            }
            before = stored;
        }
        let numbered = number(before, self.boot, entries)?;
        let Some(head) = numbered.last().map(|last| last.head) else { return Ok(before) };
        if let Err(error) = insert(&mut self.connection, &numbered, head).await {
            self.doubtful = Some(head);
            return Err(self.explain(&error));
        }
        self.head = Some(head);
        self.appended.notify_one();
        Ok(head)
    }

    pub(super) async fn acknowledge(
        &mut self,
        head: Head,
        contact: i64,
    ) -> Result<Standing, JournalError> {
        let standing = self.compare(head).await?;
        if standing == Standing::Same {
            sqlx::query("update progress set acknowledged = max(acknowledged, $1), contact = $2")
                .bind(signed(head.number))
                .bind(contact)
                .execute(&mut self.connection)
                .await
                .map_err(|error| self.explain(&error))?;
        }
        Ok(standing)
    }

    pub(super) async fn rewind(&mut self, head: Head) -> Result<Standing, JournalError> {
        let standing = self.compare(head).await?;
        if standing == Standing::Same {
            sqlx::query("update progress set acknowledged = $1")
                .bind(signed(head.number))
                .execute(&mut self.connection)
                .await
                .map_err(|error| self.explain(&error))?;
        }
        Ok(standing)
    }

    pub(super) async fn contact(&mut self, contact: i64) -> Result<(), JournalError> {
        // Also when the clock was set back.
        sqlx::query(
            "update progress set contact = $1 where contact is null or abs($1 - contact) >= $2",
        )
        .bind(contact)
        .bind(CONTACT_MS)
        .execute(&mut self.connection)
        .await
        .map_err(|error| self.explain(&error))?;
        Ok(())
    }

    pub(super) async fn put_identity(&mut self, identity: &Identity) -> Result<(), JournalError> {
        let enrolled = identity.enrolled.as_ref();
        if let Some(tablet) = self.tablet
            && enrolled.map(|enrolled| enrolled.tablet) != Some(tablet)
        {
            return Err(JournalError::OtherTablet { path: self.path.clone(), tablet });
        }
        let start = enrolled.map(|enrolled| Head::start(enrolled.tablet));
        save_identity(&mut self.connection, identity, start)
            .await
            .map_err(|error| self.explain(&error))?;
        self.tablet = enrolled.map(|enrolled| enrolled.tablet);
        self.head = self.head.or(start);
        Ok(())
    }

    pub(super) async fn put_settings(
        &mut self,
        json: &str,
        etag: Option<&str>,
    ) -> Result<(), JournalError> {
        sqlx::query(
            "insert into settings (id, json, etag) values (1, $1, $2)
             on conflict (id) do update set json = excluded.json, etag = excluded.etag",
        )
        .bind(json)
        .bind(etag)
        .execute(&mut self.connection)
        .await
        .map_err(|error| self.explain(&error))?;
        self.settings_revision += 1;
        Ok(())
    }

    /// Folds the write-ahead log back after every [`TIDY_AFTER`] commands. Where that fails the log
    /// only grows on, and the next append says what is wrong.
    pub(super) async fn tidy(&mut self) {
        self.untidied += 1;
        if self.untidied < TIDY_AFTER {
            return;
        }
        self.untidied = 0;
        let folded =
            sqlx::query("pragma wal_checkpoint(passive)").execute(&mut self.connection).await;
        if let Err(error) = folded {
            tracing::warn!(%error, "the journal's log could not be folded back");
        }
    }

    pub(super) async fn close(self) {
        if let Err(error) = self.connection.close().await {
            tracing::warn!(%error, "the journal was not closed cleanly; nothing is lost");
        }
        // Unlocked before it is closed: a child process that was forked just now has inherited the
        // descriptor and would keep the lock until it executes its program. Closing is the second try.
        let _ = self.lock.unlock();
    }
}

/// Gives entries their numbers, bytes and digests.
fn number(before: Head, boot: Uuid, entries: &[Entry]) -> Result<Vec<Numbered<'_>>, JournalError> {
    let mut head = before;
    entries
        .iter()
        .map(|Entry { session, what, at }| {
            let event = Event {
                number: head.number + 1,
                session: *session,
                at: at.wall_ms,
                boot,
                uptime: at.uptime_ms,
                what: what.clone(),
            };
            let bytes = event.to_bytes();
            if bytes.len() > EVENT_BYTES {
                return Err(JournalError::TooLong { bytes: bytes.len() });
            }
            head = head.extend(&bytes);
            Ok(Numbered { head, session: *session, at: at.wall_ms, what, bytes })
        })
        .collect()
}

async fn insert(
    connection: &mut SqliteConnection,
    numbered: &[Numbered<'_>],
    head: Head,
) -> sqlx::Result<()> {
    let mut transaction = connection.begin().await?;
    for event in numbered {
        sqlx::query(
            "insert into events (number, session, at, bytes, digest) values ($1, $2, $3, $4, $5)",
        )
        .bind(signed(event.head.number))
        .bind(event.session)
        .bind(event.at)
        .bind(&event.bytes)
        .bind(event.head.digest.0.as_slice())
        .execute(&mut *transaction)
        .await?;
        follow_duty(&mut transaction, event.what, event.at).await?;
    }
    sqlx::query("update progress set head_number = $1, head_digest = $2")
        .bind(signed(head.number))
        .bind(head.digest.0.as_slice())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

pub(super) async fn save_identity(
    connection: &mut SqliteConnection,
    identity: &Identity,
    start: Option<Head>,
) -> sqlx::Result<()> {
    let enrolled = identity.enrolled.as_ref();
    let mut transaction = connection.begin().await?;
    sqlx::query(
        "insert into tablet (id, server, secret_key, token, tablet, counter)
         values (1, $1, $2, $3, $4, $5)
         on conflict (id) do update set server = excluded.server,
             secret_key = excluded.secret_key, token = excluded.token,
             tablet = excluded.tablet, counter = excluded.counter",
    )
    .bind(&identity.server)
    .bind(identity.secret_key.as_slice())
    .bind(identity.token.as_slice())
    .bind(enrolled.map(|enrolled| enrolled.tablet))
    .bind(enrolled.map(|enrolled| &enrolled.counter))
    .execute(&mut *transaction)
    .await?;
    if let Some(start) = start {
        sqlx::query(
            "insert into progress (id, head_number, head_digest) values (1, 0, $1)
             on conflict (id) do nothing",
        )
        .bind(start.digest.0.as_slice())
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Now;
    use crate::journal::{Options, open};
    use protocol::Level;
    use protocol::exchange::Enrolled;

    fn entry(level: Level) -> Vec<Entry> {
        let at = Now { wall_ms: 5, uptime_ms: 5 };
        vec![Entry { session: Uuid::nil(), what: What::Rated { level }, at }]
    }

    #[tokio::test]
    async fn a_commit_that_gave_an_error_and_was_written_is_not_written_twice() {
        let dir = tempfile::tempdir().unwrap();
        let notify = Arc::new(Notify::new());
        let opened = open::open(dir.path(), Uuid::nil(), Options::default(), notify).await;
        let mut store = opened.unwrap();
        let enrolled = Some(Enrolled { tablet: Uuid::nil(), counter: String::new() });
        let server = String::new();
        let identity = Identity { server, secret_key: [1; 32], token: [1; 32], enrolled };
        store.put_identity(&identity).await.unwrap();
        let before = store.head.unwrap();
        let written = store.append(&entry(Level::Neutral)).await.unwrap();

        // SQLite is not known to fail like this, so the state is set by hand: the commit is durable, and
        // the caller got an error.
        store.head = Some(before);
        store.doubtful = Some(written);
        assert_eq!(store.append(&entry(Level::Neutral)).await, Ok(written), "the same retried");
        assert_eq!(store.status().await.unwrap().recorded, 1);

        // The commit was not durable.
        store.doubtful = Some(written.extend(b"never written"));
        let next = store.append(&entry(Level::Satisfied)).await.unwrap();
        assert_eq!((next.number, store.doubtful), (2, None));

        // Something else after a doubtful commit goes behind it.
        store.head = Some(written);
        store.doubtful = Some(next);
        assert_eq!(store.append(&entry(Level::Neutral)).await.unwrap().number, 3);
    }
}
