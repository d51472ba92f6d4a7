//! What an officer sees of single ratings of theirs. They need to know that there is one, and
//! nothing that names who gave it: it comes with the step that counts it, under a random handle,
//! with its reasons and the period alone. Neither day, stage, level, counter nor dossier; a comment
//! stands apart from its rating; and a ruling is shown with the next step.

use super::{Disputed, Subject, published_figures};
use crate::period::{Policy, Span};
use crate::state::App;
use crate::stats::StatsError;
use crate::stats::slice::{Filter, Slice};
use crate::storage::StoreError;
use crate::storage::notes::{Note, NoteKind, is_reply_waiting};
use crate::storage::published::ItemKind;
use crate::storage::rows::Officer;
use crate::storage::users::User;
use crate::table_files::visible;
use jiff::ToSpan as _;
use reports::figures::{PUBLISHED_FROM, Period};
use std::collections::{BTreeMap, BTreeSet};

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
    /// What the person replied, what was answered (the kinds of `NoteKind::is_answer`) and how it was
    /// ruled on.
    pub notes: Vec<Note>,
    /// Whether the person's last reply waits for an answer, as far as they may know.
    pub is_waiting: bool,
}

impl DisputedRating {
    /// Whether they replied to it.
    pub fn is_replied(&self) -> bool {
        self.notes.iter().any(|note| note.kind == NoteKind::Reply)
    }

    /// Whether their last reply was answered: on the page of the visit it waits no more.
    pub fn is_answered(&self) -> bool {
        self.is_replied() && !self.is_waiting
    }

    /// Whether the last ruling took it out of the figures.
    pub fn is_ruled_out(&self) -> bool {
        let is_ruling = |one: &&Note| one.kind.is_ruling();
        let last = self.notes.iter().rfind(is_ruling);
        last.is_some_and(|note| note.kind == NoteKind::RuledOut)
    }
}

/// The policy and the span of the key of a stored period.
pub fn span_of(key: &str) -> Option<(Policy, Span)> {
    let (policy, span) = key.split_once(' ')?;
    Some((policy.parse().ok()?, span.parse().ok()?))
}

/// The months and years of which anything is published of an officer. One of this year and the last with
/// enough ratings that nobody has opened is published first, as by opening it; that others have ratings is
/// not told.
pub async fn publish_recent_spans(
    app: &App,
    officer: &Officer,
) -> Result<BTreeSet<Span>, StatsError> {
    let policy = app.centre().policy;
    let keys = app.store.published_periods(officer.id).await?;
    let stored = keys.iter().filter_map(|key| span_of(key)).filter(|(of, _)| *of == policy);
    let mut told: BTreeSet<Span> = stored.map(|(_, span)| span).collect();
    for span in spans_with_enough(app, officer, policy).await? {
        let is_told = match span {
            Span::Year(year) => told.iter().any(|one| one.year() == year),
            _ => told.contains(&span),
        };
        if !is_told && published_figures(app, Subject::Officer(officer.id), span).await?.is_some() {
            told.insert(span);
        }
    }
    let years: Vec<Span> = told.iter().map(|one| Span::Year(one.year())).collect();
    told.extend(years);
    Ok(told)
}

/// The months and years with enough ratings of days that are over, of this year and the last alone: each
/// look at the page counts them. The months before the years.
async fn spans_with_enough(
    app: &App,
    officer: &Officer,
    policy: Policy,
) -> Result<BTreeSet<Span>, StatsError> {
    let this_year = Span::month_of(app.today(), policy).year();
    let from = Span::Year(this_year - 1).under(policy).from;
    let days = Span::Days(from, app.today().saturating_sub(1.day()));
    let filter = Filter { officer: Some(officer.id), ..Filter::default() };
    let figures = app.figures(Slice { period: days.under(policy), filter }).await?;
    let mut counts: BTreeMap<Span, u64> = BTreeMap::new();
    for day in &figures.days {
        let month = Span::month_of(day.date, policy);
        for span in [month, Span::Year(month.year())] {
            *counts.entry(span).or_default() += day.total;
        }
    }
    Ok(counts.into_iter().filter(|(_, total)| *total >= PUBLISHED_FROM).map(|one| one.0).collect())
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
            // Another's reply is not theirs, and a ruling is not told before its step.
            notes.retain(|note| match note.kind {
                NoteKind::Reply => note.user == user.id,
                NoteKind::RuledOut | NoteKind::RuledIn => note.at <= settled,
                _ => true,
            });
            let is_waiting = is_reply_waiting(&notes);
            let mut has_replied = false;
            notes.retain(|note| match note.kind {
                NoteKind::Reply => {
                    has_replied = true;
                    true
                }
                // Who replied learns what was answered, and how it was decided and why.
                NoteKind::Accepted | NoteKind::NotAccepted => has_replied,
                NoteKind::RuledOut | NoteKind::RuledIn => true,
                NoteKind::Handled
                | NoteKind::Further
                | NoteKind::Redacted
                | NoteKind::Proposed
                | NoteKind::Declined
                | NoteKind::Restored => false,
            });
            let told = serde_json::from_str(&item.told).unwrap_or_default();
            let (handle, period) = (hex::encode(&item.handle), period.clone());
            list.push(DisputedRating { handle, period, told, notes, is_waiting });
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
