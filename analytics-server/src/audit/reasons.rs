//! Why somebody ruled, or what they did, beside a line that says only that they did. The log does not keep
//! these words: they stand beside their rating and are looked up there each time. What was typed for a
//! proposal goes with the comment that it is about, when that is redacted or its term is over.

use super::wording::{Wording, in_words};
use crate::storage::audit::Change;
use crate::storage::notes::{Note, NoteKind, Proposal};
use crate::storage::{Store, StoreError};
use crate::table_files::visible;
use std::collections::{BTreeSet, HashMap};

/// What is told of: what was decided and done. Replies and further notes are read beside their rating.
const TOLD: [NoteKind; 7] = [
    NoteKind::Handled,
    NoteKind::Accepted,
    NoteKind::NotAccepted,
    NoteKind::RuledOut,
    NoteKind::RuledIn,
    NoteKind::Proposed,
    NoteKind::Declined,
];

/// The words beside the ratings of some lines.
#[derive(Default)]
pub(super) struct Reasons(HashMap<i64, Vec<Note>>);

impl Reasons {
    /// Those of the ratings that lines are about.
    pub(super) async fn beside(store: &Store, changes: &[Change]) -> Result<Self, StoreError> {
        let ratings: BTreeSet<i64> = changes.iter().filter_map(rating_of).collect();
        if ratings.is_empty() {
            return Ok(Self::default());
        }
        Ok(Self(store.notes_of(&Vec::from_iter(ratings)).await?))
    }

    /// The words that belong to a line: written in the same transaction, so at the same moment.
    pub(super) fn of(&self, change: &Change, wording: Wording<'_>) -> Option<String> {
        let notes = self.0.get(&rating_of(change)?)?;
        let is_its = |note: &&Note| note.at == change.at && note.kind.word() == change.action;
        let note = notes.iter().find(is_its).filter(|note| !note.text.is_empty())?;
        let text = visible(&note.text);
        let (field, words) = match note.kind {
            NoteKind::Handled | NoteKind::Accepted | NoteKind::NotAccepted => {
                ("text", text.into_owned())
            }
            NoteKind::Proposed => ("reason", proposal(&text, wording)),
            _ => ("reason", text.into_owned()),
        };
        Some(format!("{}: {words}", wording.label(field)))
    }
}

/// The rating of a line whose words stand beside it.
fn rating_of(change: &Change) -> Option<i64> {
    let is_told = TOLD.iter().any(|kind| kind.word() == change.action);
    change.subject.strip_prefix("rating ").filter(|_| is_told)?.parse().ok()
}

/// The word of a reason in the reader's, with what was typed besides.
fn proposal(text: &str, wording: Wording<'_>) -> String {
    let Proposal { reason, why } = Proposal::of(text);
    let reason = in_words(wording.texts, "account-is", &reason);
    why.map_or_else(|| reason.clone(), |why| format!("{reason}: {why}"))
}
