//! What an officer sees of single ratings of theirs. They need to know that there is one, and
//! nothing that names who gave it: it comes with the step that counts it, under a random handle,
//! with its reasons and the period alone. Neither day, stage, level, counter nor dossier; a comment
//! stands apart from its rating; and a ruling is shown with the next step.

use super::Disputed;
use crate::period::{Policy, Span};
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::notes::{Note, NoteKind};
use crate::storage::published::ItemKind;
use crate::storage::rows::Officer;
use crate::storage::users::User;
use crate::table_files::visible;
use reports::figures::Period;

/// So many digits in one word could be a dossier's code, a telephone or an identity card.
const DIGITS: usize = 6;

/// A low or flagged rating, which its officer may reply to.
#[derive(Clone, Debug)]
pub struct DisputedRating {
    /// Random, so that it says nothing about the rating.
    pub handle: String,
    /// The period that it came with.
    pub period: Option<Period>,
    /// Why it may be replied to.
    pub told: Disputed,
    /// What the person replied and how it was ruled on.
    pub notes: Vec<Note>,
}

impl DisputedRating {
    /// Whether the last ruling took it out of the figures.
    pub fn is_ruled_out(&self) -> bool {
        let last = self.notes.iter().rfind(|note| note.kind != NoteKind::Reply);
        last.is_some_and(|note| note.kind == NoteKind::RuledOut)
    }
}

/// The policy and the span of the key of a stored period.
pub fn span_of(key: &str) -> Option<(Policy, Span)> {
    let (policy, span) = key.split_once(' ')?;
    Some((policy.parse().ok()?, span.parse().ok()?))
}

/// What an officer may reply to of the periods of some keys, in the order of the handles, which tells
/// nothing. `user` is the officer's account.
pub async fn disputed(
    app: &App,
    officer: &Officer,
    user: &User,
    keys: &[String],
) -> Result<Vec<DisputedRating>, StoreError> {
    // A ruling between two steps would say which rating came between.
    let settled = app.store.last_published(officer.id).await?.unwrap_or(i64::MIN);
    let mut list = Vec::new();
    for key in keys {
        let items = app.store.published_items(officer.id, key, ItemKind::Disputed).await?;
        let nums: Vec<i64> = items.iter().map(|item| item.rating).collect();
        let mut all_notes = app.store.notes_of(&nums).await?;
        let period = span_of(key).map(|(policy, span)| span.under(policy));
        for item in items {
            let mut notes = all_notes.remove(&item.rating).unwrap_or_default();
            notes.retain(|note| match note.kind {
                NoteKind::Reply => note.user == user.id,
                // Who replied learns how it was decided, and why.
                NoteKind::RuledOut | NoteKind::RuledIn => note.at <= settled,
                NoteKind::Handled
                | NoteKind::Further
                | NoteKind::Redacted
                | NoteKind::Proposed
                | NoteKind::Declined
                | NoteKind::Restored => false,
            });
            let told = serde_json::from_str(&item.told).unwrap_or_default();
            let (handle, period) = (hex::encode(&item.handle), period.clone());
            list.push(DisputedRating { handle, period, told, notes });
        }
    }
    Ok(list)
}

/// The comments on an officer of the periods of some keys, in an order that tells nothing, with `code`
/// in the place of codes and numbers of persons.
pub async fn comments(
    app: &App,
    officer: &Officer,
    keys: &[String],
    code: &str,
) -> Result<Vec<String>, StoreError> {
    let mut comments = Vec::new();
    for key in keys {
        let items = app.store.published_items(officer.id, key, ItemKind::Commented).await?;
        let texts = items.into_iter().filter_map(|item| item.comment);
        comments.extend(texts.map(|one| visible(&without_codes(&one, code)).into_owned()));
    }
    Ok(comments)
}

/// The text with `code` in the place of every word that could be a code or a number of a person.
fn without_codes(text: &str, code: &str) -> String {
    let word = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        if digits >= DIGITS { code.to_owned() } else { word.to_owned() }
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::without_codes;

    #[test]
    fn numbers_of_persons_and_dossiers_are_left_out() {
        let text = "Hồ sơ H53.02-230914-0027 chờ 3 ngày, gọi 0912345678";
        assert_eq!(without_codes(text, "[mã]"), "Hồ sơ [mã] chờ 3 ngày, gọi [mã]");
    }
}
