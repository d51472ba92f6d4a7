//! What people write beside a visit, never into it: what was done, a further note, an officer's
//! reply, an auditor's ruling. All of it is append-only. The audit log tells that it was written and
//! not what: comments and what is said about them have a term, the log has none.

use super::alert_closing::close_alerts_of;
use super::event_steps::EventSteps;
use super::portions::Portions;
use super::{Store, StoreError, listed, log_change, reading, row_struct, writing};
use crate::clock;
use std::collections::HashMap;
use std::time::Instant;
use uuid::Uuid;

/// What a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// What was done about the visit.
    Handled,
    /// A further note.
    Further,
    /// The reply of the officer or of who answers for them.
    Reply,
    /// It is not counted, with the reason.
    RuledOut,
    /// It is counted again, with the reason.
    RuledIn,
    /// Its comment was redacted; the text is the word of the reason.
    Redacted,
    /// Somebody who may not redact asks for it; the text is the word of the reason.
    Proposed,
    /// The comment stays although somebody asked for a redaction, with the reason.
    Declined,
    /// A redacted comment was put back; without a text.
    Restored,
}

impl NoteKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Handled,
        Self::Further,
        Self::Reply,
        Self::RuledOut,
        Self::RuledIn,
        Self::Redacted,
        Self::Proposed,
        Self::Declined,
        Self::Restored,
    ];

    /// How it is stored and named in texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Handled => "handled",
            Self::Further => "further",
            Self::Reply => "reply",
            Self::RuledOut => "ruled_out",
            Self::RuledIn => "ruled_in",
            Self::Redacted => "redacted",
            Self::Proposed => "proposed",
            Self::Declined => "declined",
            Self::Restored => "restored",
        }
    }
}

/// Who writes.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    /// Id of the person.
    pub user: i64,
    /// How the audit log names them.
    pub actor: &'a str,
}

/// A note as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub kind: NoteKind,
    /// When it was written, milliseconds since 1970.
    pub at: i64,
    /// Id of who wrote it.
    pub user: i64,
    /// Their name.
    pub name: String,
    /// What was written.
    pub text: String,
}

/// What became of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    /// It stands.
    Written,
    /// It stood already, or there was nothing to change: a form that came twice.
    AlreadyThere,
    /// There is no such answered visit.
    Missing,
}

impl NoteKind {
    /// Whether there is nothing to change: the visit is ruled so already, or the same was said.
    fn is_done(self, ruled_out_at: Option<i64>, same: bool) -> bool {
        match self {
            Self::RuledOut => ruled_out_at.is_some(),
            Self::RuledIn => ruled_out_at.is_none(),
            _ => same,
        }
    }
}

row_struct! {
    struct NoteRow {
        rating_num: i64,
        kind: String,
        at: i64,
        user_id: i64,
        full_name: String,
        text: String,
    }
}

impl Store {
    /// Writes a note beside a visit. The same words of the same person are written once; a ruling
    /// counts the visit or not, and moves it, so that the statistics see it; what was done closes the
    /// alert of the visit.
    pub async fn add_note(
        &self,
        rating: i64,
        kind: NoteKind,
        author: Author<'_>,
        text: &str,
        now: i64,
    ) -> Result<Noted, StoreError> {
        let ruling = matches!(kind, NoteKind::RuledOut | NoteKind::RuledIn);
        Ok(writing!(self, Db, tx => {
            // The clock before the row, as all who write ratings do: they would else wait for each
            // other for ever.
            let position = if ruling { Some(Db::next_position(&mut tx).await?) } else { None };
            // Locks the row, so that of two forms that came at once one sees the other's.
            let state: Option<(Option<i64>, Uuid)> = sqlx::query_as(
                "update ratings set handled_at = handled_at where num = $1 and level is not null
                 returning ruled_out_at, id",
            )
            .bind(rating)
            .fetch_optional(&mut *tx)
            .await?;
            let Some((ruled_out, session)) = state else { return Ok(Noted::Missing) };
            let last: Option<(String, i64, String)> = sqlx::query_as(
                "select kind, user_id, text from rating_notes
                 where rating_num = $1 and kind = $2 order by num desc limit 1",
            )
            .bind(rating)
            .bind(kind.word())
            .fetch_optional(&mut *tx)
            .await?;
            let same = last.is_some_and(|(_, user, said)| user == author.user && said == text);
            // A proposal may come again after it was decided on; the caller knows whether it was.
            let same = same && !matches!(kind, NoteKind::Proposed | NoteKind::Declined);
            if kind.is_done(ruled_out, same) {
                return Ok(Noted::AlreadyThere);
            }
            sqlx::query(
                "insert into rating_notes (rating_num, kind, at, user_id, text)
                 values ($1, $2, $3, $4, $5)",
            )
            .bind(rating)
            .bind(kind.word())
            .bind(now)
            .bind(author.user)
            .bind(text)
            .execute(&mut *tx)
            .await?;
            if kind == NoteKind::Handled {
                let sql = "update ratings set handled_at = coalesce(handled_at, $2) where num = $1";
                sqlx::query(sql).bind(rating).bind(now).execute(&mut *tx).await?;
                close_alerts_of!(tx, session, rating, text, author.actor, now);
            }
            let subject = format!("rating {rating}");
            log_change!(tx, now, author.actor, kind.word(), subject, None::<String>, None::<String>);
            if let Some(position) = position {
                sqlx::query("update ratings set ruled_out_at = $2, position = $3 where num = $1")
                    .bind(rating)
                    .bind((kind == NoteKind::RuledOut).then_some(now))
                    .bind(position)
                    .execute(&mut *tx)
                    .await?;
            }
            Noted::Written
        }))
    }

    /// The notes beside a visit, in the order in which they were written.
    pub async fn notes(&self, rating: i64) -> Result<Vec<Note>, StoreError> {
        Ok(self.notes_of(&[rating]).await?.remove(&rating).unwrap_or_default())
    }

    /// The same of several visits, by their numbers.
    pub async fn notes_of(&self, ratings: &[i64]) -> Result<HashMap<i64, Vec<Note>>, StoreError> {
        let nums = listed(ratings);
        let sql = format!(
            "select n.rating_num, n.kind, n.at, n.user_id, u.full_name, n.text from rating_notes n
             join users u on u.id = n.user_id where n.rating_num in ({nums}) order by n.num"
        );
        let rows: Vec<NoteRow> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await?
        });
        let mut notes: HashMap<i64, Vec<Note>> = HashMap::new();
        for row in rows {
            let kind = NoteKind::ALL.into_iter().find(|one| one.word() == row.kind);
            let kind = kind.ok_or(StoreError::Meaningless("rating_notes"))?;
            let NoteRow { rating_num, at, user_id: user, full_name: name, text, .. } = row;
            notes.entry(rating_num).or_default().push(Note { kind, at, user, name, text });
        }
        Ok(notes)
    }

    /// Takes away the comments of visits asked before a moment, for good; how many. The visits
    /// stay, and count as before. In portions, each with its own position and its own line in the
    /// audit log: what was done before an interruption stays done, and is told.
    pub async fn expire_comments(
        &self,
        before: i64,
        actor: &str,
        now: i64,
    ) -> Result<u64, StoreError> {
        Portions::until_done(|limit| self.expire_some(before, limit, actor, now)).await
    }

    /// Takes away some of them; how many, and since when others had to wait.
    async fn expire_some(
        &self,
        before: i64,
        limit: i64,
        actor: &str,
        now: i64,
    ) -> Result<(u64, Instant), StoreError> {
        Ok(writing!(self, Db, tx => {
            let position = Db::next_position(&mut tx).await?;
            let begun = clock::started();
            let gone = sqlx::query(
                "update ratings set comment = null, comment_digest = null, redacted_at = $2,
                   position = $3
                 where num in (select num from ratings where comment is not null and asked_at < $1
                   order by asked_at, num limit $4)",
            )
            .bind(before)
            .bind(now)
            .bind(position)
            .bind(limit)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            // What was kept of redacted ones goes with them. They are few: no portion is needed.
            sqlx::query(
                "delete from redacted_comments where exists (select 1 from ratings r
                   where r.num = redacted_comments.rating_num and r.asked_at < $1)",
            )
            .bind(before)
            .execute(&mut *tx)
            .await?;
            if gone > 0 {
                let after = Some(gone.to_string());
                log_change!(tx, now, actor, "expire", "comments", Some(before.to_string()), after);
            }
            (gone, begun)
        }))
    }
}
