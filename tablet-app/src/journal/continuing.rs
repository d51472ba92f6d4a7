//! A tablet that goes on as another one. Where the server has another chain under this tablet's
//! identity, what was recorded here can never be sent under it. So the tablet is enrolled under a
//! new id with a new key, and its new chain carries every event that is kept, unchanged but for its
//! number. The server has some of them already, perhaps by a copy of this tablet, and counts a
//! visit once.

use super::error::JournalError;
use super::read::{self, signed};
use super::write::{Store, save_identity};
use super::{Identity, Standing};
use crate::clock::Now;
use protocol::event::{Continues, renumbered};
use protocol::{Event, Head, What};
use sqlx::{Connection, SqliteConnection};
use uuid::Uuid;

/// Events that are read at once: some 300 KB.
const PAGE: i64 = 1_000;

/// Events of an earlier tablet that are deleted in one step, so that a tap never waits long.
const AT_ONCE: i64 = 500;

impl Store {
    /// Notes why the chain of `tablet` and the server's have forked, or that they have not.
    pub(super) async fn put_forked(
        &mut self,
        tablet: Uuid,
        reason: Option<&str>,
    ) -> Result<(), JournalError> {
        // The caller may still name the tablet that this one was before.
        sqlx::query(
            "update progress set forked = $1
             where forked is not $1 and (select tablet from tablet) = $2",
        )
        .bind(reason)
        .bind(tablet)
        .execute(&mut self.connection)
        .await
        .map_err(|error| self.explain(&error))?;
        Ok(())
    }

    /// Key and token with which this tablet asks to become another one: those that it asked with
    /// before, else `fresh`.
    pub(super) async fn next_identity(
        &mut self,
        fresh: ([u8; 32], [u8; 32]),
    ) -> Result<([u8; 32], [u8; 32]), JournalError> {
        let kept = async {
            sqlx::query(
                "insert into next_identity (id, secret_key, token) values (1, $1, $2)
                 on conflict (id) do nothing",
            )
            .bind(fresh.0.as_slice())
            .bind(fresh.1.as_slice())
            .execute(&mut self.connection)
            .await?;
            sqlx::query_as("select secret_key, token from next_identity")
                .fetch_one(&mut self.connection)
                .await
        };
        let kept: sqlx::Result<(Vec<u8>, Vec<u8>)> = kept.await;
        let (key, token) = kept.map_err(|error| self.explain(&error))?;
        Ok((read::array(&key), read::array(&token)))
    }

    /// Becomes the tablet of `identity`, in one transaction: a new chain that begins with
    /// *continues* and carries everything that is kept. Nothing of it is acknowledged.
    pub(super) async fn continue_as(
        &mut self,
        identity: &Identity,
        session: Uuid,
        at: Now,
    ) -> Result<(), JournalError> {
        let enrolled = identity.enrolled.as_ref().ok_or(JournalError::NotEnrolled)?;
        let before = self.tablet.ok_or(JournalError::NotEnrolled)?;
        if enrolled.tablet == before {
            return Err(JournalError::OtherTablet { path: self.path.clone(), tablet: before });
        }
        let progress = read::progress(&mut self.connection, &self.path).await?;
        let progress = progress.ok_or(JournalError::NotEnrolled)?;
        let acknowledged = progress.acknowledged;
        let digest = self.digest_at(acknowledged).await?.ok_or_else(|| {
            JournalError::damaged(&self.path, format!("event {acknowledged} is missing"))
        })?;
        let head = Head { number: acknowledged, digest };
        let what = What::Continues(Continues { tablet: before, head });
        let (at, uptime, boot) = (at.wall_ms, at.uptime_ms, self.boot);
        let first = Event { number: 1, session, at, boot, uptime, what };
        let tablets = (enrolled.tablet, before);
        let end = progress.head;
        let done = rewrite(&mut self.connection, identity, tablets, &first, end).await;
        // An error of the commit does not tell whether it was written: the file does.
        let stored = read::identity(&mut self.connection).await;
        let stored = stored.map_err(|error| self.explain(&error))?;
        let stored = stored.and_then(|identity| identity.enrolled);
        if stored.as_ref().map(|now| now.tablet) != Some(enrolled.tablet) {
            return Err(match done {
                Err(Failed::Sql(error)) => self.explain(&error),
                Err(Failed::Unnumbered(number)) => {
                    let detail = format!("event {number} does not begin with its number");
                    JournalError::damaged(&self.path, detail)
                }
                Ok(()) => JournalError::OtherTablet { path: self.path.clone(), tablet: before },
            });
        }
        let progress = read::progress(&mut self.connection, &self.path).await?;
        self.tablet = Some(enrolled.tablet);
        self.head = progress.map(|progress| progress.head);
        self.doubtful = None;
        self.proven_at = None;
        self.appended.notify_one();
        Ok(())
    }

    /// Whether the first events of the chain were deleted.
    pub(super) async fn begins_late(&mut self) -> Result<bool, JournalError> {
        let start = self.tablet.map(Head::start).ok_or(JournalError::NotEnrolled)?;
        Ok(self.compare(start).await? == Standing::Pruned)
    }

    /// Deletes events of earlier tablets in one step, once the server has everything that was
    /// carried over from them; how many.
    pub(super) async fn let_go_of_continued(&mut self) -> Result<u64, JournalError> {
        let deleted = sqlx::query(
            "delete from continued_events where rowid in (
               select e.rowid from continued_events e join continued c on c.tablet = e.tablet
               where c.carried <= (select acknowledged from progress) limit $1)",
        )
        .bind(AT_ONCE)
        .execute(&mut self.connection)
        .await;
        Ok(deleted.map_err(|error| self.explain(&error))?.rows_affected())
    }
}

/// Why nothing was rewritten.
enum Failed {
    Sql(sqlx::Error),
    /// The event of this number has another form than events are written in.
    Unnumbered(i64),
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

/// All of it in one transaction: a power cut leaves the one tablet or the other.
async fn rewrite(
    connection: &mut SqliteConnection,
    identity: &Identity,
    (tablet, before): (Uuid, Uuid),
    first: &Event,
    end: Head,
) -> Result<(), Failed> {
    let mut transaction = connection.begin().await?;
    sqlx::query(
        "insert into continued (tablet, head_number, head_digest, carried)
         select $1, $2, $3, count(*) + 1 from events",
    )
    .bind(before)
    .bind(signed(end.number))
    .bind(end.digest.0.as_slice())
    .execute(&mut *transaction)
    .await?;
    sqlx::query(
        "insert into continued_events (tablet, number, session, at, bytes, digest)
         select $1, number, session, at, bytes, digest from events",
    )
    .bind(before)
    .execute(&mut *transaction)
    .await?;
    sqlx::query("delete from events").execute(&mut *transaction).await?;

    let start = Head::start(tablet);
    let begun = (first.session, first.at, first.to_bytes());
    let mut head = insert(&mut transaction, start, begun).await?;
    let mut above = 0;
    loop {
        let page: Vec<(i64, Uuid, i64, Vec<u8>)> = sqlx::query_as(
            "select number, session, at, bytes from continued_events
             where tablet = $1 and number > $2 order by number limit $3",
        )
        .bind(before)
        .bind(above)
        .bind(PAGE)
        .fetch_all(&mut *transaction)
        .await?;
        let Some((last, ..)) = page.last() else { break };
        above = *last;
        for (number, session, at, bytes) in page {
            let there = renumbered(&bytes, read::unsigned(number), head.number + 1);
            let there = there.ok_or(Failed::Unnumbered(number))?;
            head = insert(&mut transaction, head, (session, at, there)).await?;
        }
    }
    save_identity(&mut transaction, identity, None).await?;
    sqlx::query(
        "update progress set head_number = $1, head_digest = $2, acknowledged = 0, forked = null",
    )
    .bind(signed(head.number))
    .bind(head.digest.0.as_slice())
    .execute(&mut *transaction)
    .await?;
    // Its numbers are those of the other chain.
    sqlx::query("delete from carried_days").execute(&mut *transaction).await?;
    sqlx::query("delete from next_identity").execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// Writes one event, given by session, wall time and bytes, behind a head; the head after it.
async fn insert(
    connection: &mut SqliteConnection,
    before: Head,
    (session, at, bytes): (Uuid, i64, Vec<u8>),
) -> sqlx::Result<Head> {
    let head = before.extend(&bytes);
    sqlx::query(
        "insert into events (number, session, at, bytes, digest) values ($1, $2, $3, $4, $5)",
    )
    .bind(signed(head.number))
    .bind(session)
    .bind(at)
    .bind(bytes)
    .bind(head.digest.0.as_slice())
    .execute(connection)
    .await?;
    Ok(head)
}
