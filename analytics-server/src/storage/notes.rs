//! What people write beside a visit, never into it: what was done, a further note, an officer's
//! reply and the answer to it, an auditor's ruling. All of it is append-only. The audit log tells that
//! it was written and not what: comments and what is said about them have a term, the log has none.

use super::alert_closing::close_alerts_of;
use super::event_steps::EventSteps;
use super::{Store, StoreError, listed, log_change, reading, row_struct, writing};
use std::collections::HashMap;
use uuid::Uuid;

/// Between the word of a proposal's reason and what was typed, where both are stored.
const BETWEEN: &str = ": ";

/// Why somebody proposes a redaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its word, such as `personal`.
    pub reason: String,
    /// What was typed as the reason.
    pub why: Option<String>,
}

impl Proposal {
    /// As the text of a note, which is often the word alone.
    pub fn stored(&self) -> String {
        let Self { reason, why } = self;
        why.as_ref().map_or_else(|| reason.clone(), |why| format!("{reason}{BETWEEN}{why}"))
    }

    /// The proposal that a note's text holds.
    pub fn of(stored: &str) -> Self {
        let (reason, why) = stored.split_once(BETWEEN).unzip();
        Self { reason: reason.unwrap_or(stored).to_owned(), why: why.map(str::to_owned) }
    }
}

/// What a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// What was done about the visit.
    Handled,
    /// A further note.
    Further,
    /// The reply of the officer or of who answers for them.
    Reply,
    /// The reply was considered and accepted, with the reason; a ruling is still another matter.
    Accepted,
    /// The reply was considered and not accepted, with the reason.
    NotAccepted,
    /// It is not counted, with the reason.
    RuledOut,
    /// It is counted, with the reason: again, or a flagged one that was examined.
    RuledIn,
    /// Its comment was redacted; the text is the word of the reason.
    Redacted,
    /// Somebody who may not redact asks for it; the text is the word of the reason, and behind it what
    /// was typed as one.
    Proposed,
    /// The comment stays although somebody asked for a redaction, with the reason.
    Declined,
    /// A redacted comment was put back; without a text.
    Restored,
}

impl NoteKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Handled,
        Self::Further,
        Self::Reply,
        Self::Accepted,
        Self::NotAccepted,
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
            Self::Accepted => "accepted",
            Self::NotAccepted => "not_accepted",
            Self::RuledOut => "ruled_out",
            Self::RuledIn => "ruled_in",
            Self::Redacted => "redacted",
            Self::Proposed => "proposed",
            Self::Declined => "declined",
            Self::Restored => "restored",
        }
    }

    /// Whether it answers the replies before it: what was said to them, or a ruling. What was done about
    /// the visit answers nobody.
    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Accepted | Self::NotAccepted) || self.is_ruling()
    }

    /// Whether it says that the visit counts, or that it does not.
    pub const fn is_ruling(self) -> bool {
        matches!(self, Self::RuledOut | Self::RuledIn)
    }

    /// Whether the same words may come again: a proposal after it was decided on, an answer to a further
    /// reply. Whether it is their turn is looked up.
    const fn may_repeat(self) -> bool {
        matches!(self, Self::Proposed | Self::Declined | Self::Accepted | Self::NotAccepted)
    }

    /// The statement that finds the last word of the matter that it belongs to; none: it may be written
    /// at any time.
    const fn matter(self) -> Option<&'static str> {
        match self {
            Self::Accepted | Self::NotAccepted => Some(LAST_OF_REPLIES),
            Self::Proposed | Self::Declined => Some(LAST_OF_PROPOSALS),
            _ => None,
        }
    }

    /// Whether it is its turn after the last word of its matter: a reply is answered once.
    fn is_due(self, last: Option<&str>) -> bool {
        match self {
            Self::Accepted | Self::NotAccepted => last == Some(Self::Reply.word()),
            Self::Declined => last == Some(Self::Proposed.word()),
            Self::Proposed => last != Some(Self::Proposed.word()),
            _ => true,
        }
    }

    /// Whether there is nothing to change: the visit is ruled so already, or the same was said.
    fn is_done(self, ruled_out_at: Option<i64>, same: bool) -> bool {
        match self {
            Self::RuledOut => ruled_out_at.is_some(),
            Self::RuledIn => ruled_out_at.is_none(),
            _ => same,
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
    /// Whether it was written when what was done about the visit answered a reply, too; of other kinds it
    /// says nothing ([`Self::answers`]).
    pub answers_reply: bool,
}

/// What became of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    /// It stands.
    Written,
    /// It stood already, or there was nothing to change: a form that came twice.
    AlreadyThere,
    /// Somebody ruled since the form was shown, so nothing was written.
    Stale,
    /// There is no such answered visit.
    Missing,
}

impl Note {
    /// Whether it answers the replies before it: by its kind, or because it was written when what was
    /// done about the visit did.
    pub fn answers(&self) -> bool {
        let is_deed = matches!(self.kind, NoteKind::Handled | NoteKind::Further);
        (self.answers_reply && is_deed) || self.kind.is_answer()
    }
}

/// Whether a reply waits: nothing that answers it was written after it.
pub fn is_reply_waiting(notes: &[Note]) -> bool {
    let last = notes.iter().rfind(|note| note.kind == NoteKind::Reply || note.answers());
    last.is_some_and(|note| note.kind == NoteKind::Reply)
}

/// The last reply, or what answers it (`Note::answers`).
const LAST_OF_REPLIES: &str = "select kind from rating_notes where rating_num = $1
     and (kind in ('reply', 'accepted', 'not_accepted', 'ruled_out', 'ruled_in')
       or (answers_reply and kind in ('handled', 'further')))
     order by num desc limit 1";

/// The last proposal of a redaction, or what decides on it.
const LAST_OF_PROPOSALS: &str = "select kind from rating_notes where rating_num = $1
     and kind in ('proposed', 'redacted', 'declined', 'restored') order by num desc limit 1";

/// The rulings on a visit.
const RULINGS: &str = "select kind, user_id, text from rating_notes where rating_num = $1
     and kind in ('ruled_out', 'ruled_in') order by num";

row_struct! {
    struct NoteRow {
        rating_num: i64,
        kind: String,
        at: i64,
        user_id: i64,
        full_name: String,
        text: String,
        answers_reply: bool,
    }
}

impl Store {
    /// Writes a note beside a visit. The same words of the same person are written once; a ruling
    /// counts the visit or not, and moves it, so that the statistics see it; what was done closes the
    /// alert of the visit. That a flagged one counts is written once also where it counted all along:
    /// nothing moves then.
    pub async fn add_note(
        &self,
        rating: i64,
        kind: NoteKind,
        author: Author<'_>,
        text: &str,
        now: i64,
    ) -> Result<Noted, StoreError> {
        self.add_note_seen(rating, kind, author, text, now, None).await
    }

    /// The same, from a form that was shown when the visit had been ruled on `seen` times: where that has
    /// changed, nothing is written.
    pub async fn add_note_seen(
        &self,
        rating: i64,
        kind: NoteKind,
        author: Author<'_>,
        text: &str,
        now: i64,
        seen: Option<usize>,
    ) -> Result<Noted, StoreError> {
        let ruling = kind.is_ruling();
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
            if let Some(sql) = kind.matter() {
                let last: Option<String> =
                    sqlx::query_scalar(sql).bind(rating).fetch_optional(&mut *tx).await?;
                if !kind.is_due(last.as_deref()) {
                    return Ok(Noted::AlreadyThere);
                }
            }
            if let Some(seen) = seen {
                let rulings: Vec<(String, i64, String)> =
                    sqlx::query_as(RULINGS).bind(rating).fetch_all(&mut *tx).await?;
                if rulings.len() != seen {
                    let again = rulings.last().is_some_and(|(word, user, said)| {
                        word == kind.word() && *user == author.user && said == text
                    });
                    return Ok(if again { Noted::AlreadyThere } else { Noted::Stale });
                }
            }
            let last: Option<(String, i64, String)> = sqlx::query_as(
                "select kind, user_id, text from rating_notes
                 where rating_num = $1 and kind = $2 order by num desc limit 1",
            )
            .bind(rating)
            .bind(kind.word())
            .fetch_optional(&mut *tx)
            .await?;
            let examined = kind == NoteKind::RuledIn && ruled_out.is_none() && last.is_none() && {
                let sql = "select count(*) from rating_flags where rating_id = $1";
                let flags: i64 = sqlx::query_scalar(sql).bind(session).fetch_one(&mut *tx).await?;
                flags > 0
            };
            let same = last.is_some_and(|(_, user, said)| user == author.user && said == text);
            let same = same && !kind.may_repeat();
            if !examined && kind.is_done(ruled_out, same) {
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
            if let Some(position) = position.filter(|_| !examined) {
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
            "select n.rating_num, n.kind, n.at, n.user_id, u.full_name, n.text, n.answers_reply
             from rating_notes n join users u on u.id = n.user_id
             where n.rating_num in ({nums}) order by n.num"
        );
        let rows: Vec<NoteRow> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await?
        });
        let mut notes: HashMap<i64, Vec<Note>> = HashMap::new();
        for row in rows {
            let kind = NoteKind::ALL.into_iter().find(|one| one.word() == row.kind);
            let kind = kind.ok_or(StoreError::Meaningless("rating_notes"))?;
            let NoteRow { rating_num, at, user_id: user, full_name: name, text, .. } = row;
            let answers_reply = row.answers_reply;
            let note = Note { kind, at, user, name, text, answers_reply };
            notes.entry(rating_num).or_default().push(note);
        }
        Ok(notes)
    }
}

#[cfg(test)]
mod tests {
    use super::NoteKind as K;
    use super::*;

    #[test]
    fn a_reply_waits_until_something_that_answers_it() {
        let note = |kind, answers_reply| Note {
            kind,
            at: 1,
            user: 1,
            name: String::new(),
            text: String::new(),
            answers_reply,
        };
        let waits = |kinds: &[NoteKind]| {
            let notes: Vec<Note> = kinds.iter().map(|kind| note(*kind, false)).collect();
            is_reply_waiting(&notes)
        };
        assert!(!waits(&[]) && !waits(&[K::Handled]));
        assert!(waits(&[K::Reply]) && waits(&[K::Reply, K::Handled, K::Further, K::Proposed]));
        for answer in [K::Accepted, K::NotAccepted, K::RuledOut, K::RuledIn] {
            assert!(!waits(&[K::Reply, answer, K::Further]), "{answer:?}");
            assert!(waits(&[answer, K::Reply]), "{answer:?}");
        }
        // Written when any later note answered it.
        assert!(!is_reply_waiting(&[note(K::Reply, false), note(K::Further, true)]));
        // Of other kinds the column says nothing: there it is true of all that was written by then.
        assert!(is_reply_waiting(&[note(K::Reply, true), note(K::Proposed, true)]));
    }

    #[test]
    fn a_proposal_keeps_what_was_typed_as_its_reason() {
        for why in [None, Some("Nêu số hồ sơ: 12")] {
            let proposal = Proposal { reason: "other".into(), why: why.map(str::to_owned) };
            assert_eq!(Proposal::of(&proposal.stored()), proposal);
        }
        assert_eq!(Proposal::of("names").stored(), "names", "as it was stored before");
    }
}
