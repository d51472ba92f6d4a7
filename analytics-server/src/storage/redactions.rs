//! Redaction: a part of a comment, or all of it, leaves every list, search, file and API at once. What
//! stood there before is kept apart for some days, for an auditor alone, who may look at it and put it
//! back; each look stands in the audit log. Nothing else reads `redacted_comments`.

use super::comment_terms::cut_proposals;
use super::event_steps::EventSteps;
use super::notes::{Author, NoteKind, Noted};
use super::portions::Portions;
use super::{Store, StoreError, log_change, read_by_name, reading, writing};
use crate::clock;
use protocol::event::{Detailed, Event, What};
use std::time::Instant;
use uuid::Uuid;

/// Milliseconds that an original is kept: thirty days, in which a redaction that was a mistake is
/// noticed and complained of.
pub const KEPT_MS: i64 = 30 * 24 * 60 * 60_000;

/// A redaction whose original is still there. Without the text: that is read by
/// [`Store::read_original`] alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptOriginal {
    /// Number of the redaction's note.
    pub note_num: i64,
    /// When it was redacted, milliseconds since 1970.
    pub at: i64,
    /// Who did it.
    pub full_name: String,
    /// The word of the reason.
    pub text: String,
}
read_by_name!(KeptOriginal { note_num, at, full_name, text });

/// A row of the table, for the check of the database (`verify`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginalRow {
    /// Number of the redaction's note.
    pub note_num: i64,
    /// The visit.
    pub rating_num: i64,
    /// Its session.
    pub id: Uuid,
    /// Its tablet; none: it came from a file.
    pub tablet_id: Option<Uuid>,
    /// What stood there.
    pub was: String,
    /// Digest of an imported comment.
    pub was_digest: Option<Vec<u8>>,
}
read_by_name!(OriginalRow { note_num, rating_num, id, tablet_id, was, was_digest });

/// What a redaction took the place of.
struct Taken {
    rating_num: i64,
    at: i64,
    was: String,
    was_redacted_at: Option<i64>,
    was_digest: Option<Vec<u8>>,
}
read_by_name!(Taken { rating_num, at, was, was_redacted_at, was_digest });

/// A visit's last countable details, within a transaction or from a pool; none:
/// no such event is stored. Newest first, so little is read.
macro_rules! last_details {
    ($executor:expr, $tablet:expr, $session:expr) => {{
        let found: Option<(i64, Vec<u8>)> = sqlx::query_as(
            "select e.number, e.bytes from events e where e.tablet_id = $1 and e.session_id = $2
               and e.kind = 'detailed' and not exists (select 1 from quarantine q
                 where q.tablet_id = e.tablet_id and q.number = e.number and q.resolved_at is null)
             order by e.number desc limit 1",
        )
        .bind($tablet)
        .bind($session)
        .fetch_optional($executor)
        .await?;
        found.and_then(|(number, bytes)| details_of(&bytes, number))
    }};
}

/// What an event of details says; none: it is no such event.
fn details_of(bytes: &[u8], number: i64) -> Option<Detailed> {
    match Event::read(bytes, number.unsigned_abs()).ok()?.what {
        What::Detailed(detailed) => Some(detailed),
        _ => None,
    }
}

impl Store {
    /// Puts `left` in the place of a comment: no later event brings it back. Only if the comment is
    /// still `was`, which is kept apart for [`KEPT_MS`]. Neither the note nor the audit log has the
    /// text; they have the word of the reason.
    pub async fn redact(
        &self,
        rating: i64,
        (was, left): (&str, &str),
        reason: &str,
        author: Author<'_>,
        now: i64,
    ) -> Result<Noted, StoreError> {
        Ok(writing!(self, Db, tx => {
            // Moved to a new position, so that a program that follows the changes replaces the
            // comment it has by what is left.
            let position = Db::next_position(&mut tx).await?;
            let before: Option<(Option<i64>, Option<Vec<u8>>)> = sqlx::query_as(
                "select redacted_at, comment_digest from ratings
                 where num = $1 and comment = $2 and comment <> $3",
            )
            .bind(rating)
            .bind(was)
            .bind(left)
            .fetch_optional(&mut *tx)
            .await?;
            let Some((was_redacted_at, was_digest)) = before else {
                return Ok(Noted::AlreadyThere);
            };
            sqlx::query(
                "update ratings set comment = $2, comment_digest = null, redacted_at = $3,
                   position = $4 where num = $1",
            )
            .bind(rating)
            .bind(left)
            .bind(now)
            .bind(position)
            .execute(&mut *tx)
            .await?;
            let note: i64 = sqlx::query_scalar(
                "insert into rating_notes (rating_num, kind, at, user_id, text)
                 values ($1, $2, $3, $4, $5) returning num",
            )
            .bind(rating)
            .bind(NoteKind::Redacted.word())
            .bind(now)
            .bind(author.user)
            .bind(reason)
            .fetch_one(&mut *tx)
            .await?;
            let proposals: Vec<(i64, String)> = sqlx::query_as(
                "select num, text from rating_notes
                 where rating_num = $1 and kind = 'proposed' and text like '%: %'",
            )
            .bind(rating)
            .fetch_all(&mut *tx)
            .await?;
            cut_proposals!(tx, proposals);
            sqlx::query(
                "insert into redacted_comments
                   (note_num, rating_num, at, was, was_redacted_at, was_digest)
                 values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(note)
            .bind(rating)
            .bind(now)
            .bind(was)
            .bind(was_redacted_at)
            .bind(was_digest)
            .execute(&mut *tx)
            .await?;
            let (subject, after) = (format!("rating {rating}"), Some(reason.to_owned()));
            log_change!(tx, now, author.actor, "redacted", subject, None::<String>, after);
            Noted::Written
        }))
    }

    /// The redactions of a visit whose originals are kept, the last first, of those made since a
    /// moment.
    pub async fn kept_originals(
        &self,
        rating: i64,
        since: i64,
    ) -> Result<Vec<KeptOriginal>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select c.note_num, c.at, u.full_name, n.text from redacted_comments c
             join rating_notes n on n.num = c.note_num join users u on u.id = n.user_id
             where c.rating_num = $1 and c.at >= $2 order by c.note_num desc",
        )
        .bind(rating)
        .bind(since)
        .fetch_all(pool)
        .await?))
    }

    /// What stood in a visit's comment before a redaction made since a moment; none: it is not
    /// kept. The look is written to the audit log before the text is handed out.
    pub async fn read_original(
        &self,
        (rating, note): (i64, i64),
        since: i64,
        actor: &str,
        now: i64,
    ) -> Result<Option<String>, StoreError> {
        Ok(writing!(self, Db, tx => {
            let was: Option<String> = sqlx::query_scalar(
                "select was from redacted_comments
                 where note_num = $1 and rating_num = $2 and at >= $3",
            )
            .bind(note)
            .bind(rating)
            .bind(since)
            .fetch_optional(&mut *tx)
            .await?;
            if was.is_some() {
                let subject = format!("rating {rating}");
                log_change!(tx, now, actor, "read original", subject, None::<String>, None::<String>);
            }
            was
        }))
    }

    /// Puts back what stood in a visit's comment before its last redaction, if that was made since a
    /// moment: the comment is what the visitor's last words were, also where they came meanwhile.
    pub async fn restore_comment(
        &self,
        (rating, note): (i64, i64),
        since: i64,
        author: Author<'_>,
        now: i64,
    ) -> Result<Noted, StoreError> {
        Ok(writing!(self, Db, tx => {
            let position = Db::next_position(&mut tx).await?;
            let taken: Option<Taken> = sqlx::query_as(
                "delete from redacted_comments where note_num = $1 and rating_num = $2 and at >= $3
                   and not exists (select 1 from redacted_comments later
                     where later.rating_num = $2 and later.note_num > $1)
                 returning rating_num, at, was, was_redacted_at, was_digest",
            )
            .bind(note)
            .bind(rating)
            .bind(since)
            .fetch_optional(&mut *tx)
            .await?;
            let Some(taken) = taken else { return Ok(Noted::AlreadyThere) };
            let mut comment = Some(taken.was);
            let visit: (Uuid, Option<Uuid>) =
                sqlx::query_as("select id, tablet_id from ratings where num = $1")
                    .bind(rating)
                    .fetch_one(&mut *tx)
                    .await?;
            if let (session, Some(tablet), None) = (visit.0, visit.1, taken.was_redacted_at)
                && let Some(told) = last_details!(&mut *tx, tablet, session)
            {
                comment = told.comment;
            }
            let put = sqlx::query(
                "update ratings set comment = $2, comment_digest = $3, redacted_at = $4,
                   position = $5 where num = $1 and redacted_at = $6",
            )
            .bind(rating)
            .bind(comment)
            .bind(taken.was_digest)
            .bind(taken.was_redacted_at)
            .bind(position)
            .bind(taken.at)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if put == 0 {
                // The comment's own term came first.
                return Ok(Noted::AlreadyThere);
            }
            sqlx::query(
                "insert into rating_notes (rating_num, kind, at, user_id, text)
                 values ($1, $2, $3, $4, '')",
            )
            .bind(taken.rating_num)
            .bind(NoteKind::Restored.word())
            .bind(now)
            .bind(author.user)
            .execute(&mut *tx)
            .await?;
            let subject = format!("rating {rating}");
            log_change!(tx, now, author.actor, "restored", subject, None::<String>, None::<String>);
            Noted::Written
        }))
    }

    /// Deletes the originals of redactions made before a moment, for good and in portions; how many.
    pub async fn expire_originals(
        &self,
        before: i64,
        actor: &str,
        now: i64,
    ) -> Result<u64, StoreError> {
        Portions::until_done(|limit| self.expire_some_originals(before, limit, actor, now)).await
    }

    async fn expire_some_originals(
        &self,
        before: i64,
        limit: i64,
        actor: &str,
        now: i64,
    ) -> Result<(u64, Instant), StoreError> {
        Ok(writing!(self, Db, tx => {
            let begun = clock::started();
            let gone = sqlx::query(
                "delete from redacted_comments where note_num in (select note_num
                   from redacted_comments where at < $1 order by at, note_num limit $2)",
            )
            .bind(before)
            .bind(limit)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if gone > 0 {
                let after = Some(gone.to_string());
                log_change!(tx, now, actor, "expire", "originals", None::<String>, after);
            }
            (gone, begun)
        }))
    }

    /// Some originals above a number of a note, for the check of the database (`verify`).
    pub async fn originals_after(&self, note: i64) -> Result<Vec<OriginalRow>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select c.note_num, c.rating_num, r.id, r.tablet_id, c.was, c.was_digest
             from redacted_comments c join ratings r on r.num = c.rating_num
             where c.note_num > $1 order by c.note_num limit 500",
        )
        .bind(note)
        .fetch_all(pool)
        .await?))
    }

    /// Every comment that the events of a tablet tell of one visit, for the check of the database
    /// (`verify`).
    pub async fn comments_told(
        &self,
        tablet: Uuid,
        session: Uuid,
    ) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(i64, Vec<u8>)> = reading!(self, pool => sqlx::query_as(
            "select number, bytes from events where tablet_id = $1 and session_id = $2
               and kind = 'detailed' order by number",
        )
        .bind(tablet)
        .bind(session)
        .fetch_all(pool)
        .await?);
        let told = rows.into_iter().filter_map(|(number, bytes)| details_of(&bytes, number));
        Ok(told.filter_map(|details| details.comment).collect())
    }
}
