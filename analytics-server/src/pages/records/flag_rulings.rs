//! A ruling on several flagged ratings at once: one reason for all that were chosen. Each is written down by
//! itself, beside its rating, as if it had been ruled on alone. None is where one of them was ruled on since
//! the form was shown; one that somebody rules on while they are written is left as it is, and that is told.

use super::flags::page;
use super::one::visible_record;
use super::rulings::{Outcome, Rulings, ruling_of, stale_sentence};
use crate::pages::came_from::CameFrom;
use crate::pages::prelude::*;
use crate::storage::notes::{NoteKind, Noted};
use crate::storage::records::Record;
use crate::visits::notes::{add_note_seen, note_text};
use axum::http::Uri;

/// As many ratings as stand on one page of the list.
const MOST: usize = 50;

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RulingsForm {
    /// The chosen ratings, as [`chosen_value`] writes them.
    num: Vec<String>,
    /// `out` or `in`.
    ruling: String,
    text: String,
    /// The list that it was sent from.
    list: String,
}

/// A rating that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Chosen {
    num: i64,
    /// How often it had been ruled on when the form was shown.
    shown: Option<usize>,
}

/// A form that was not taken.
pub(super) struct RefusedRulings {
    /// Why, in a sentence.
    pub sentence: String,
    pub chosen: Vec<i64>,
    pub typed: String,
    /// Whether they were to be counted.
    pub is_in: bool,
}

/// How the form names a rating that was ruled on so often.
pub(super) fn chosen_value(num: i64, rulings: usize) -> String {
    format!("{num}.{rulings}")
}

/// The rating that the form names.
fn chosen(value: &str) -> Option<Chosen> {
    let (num, shown) = match value.split_once('.') {
        Some((num, shown)) => (num, Some(shown.parse().ok()?)),
        None => (value, None),
    };
    Some(Chosen { num: num.parse().ok()?, shown })
}

/// `POST /flags/ruling`.
pub(super) async fn send(context: Context, CsrfForm(sent): CsrfForm<RulingsForm>) -> PageResult {
    if !sent.list.starts_with("/flags") {
        return Err(PageError::Request);
    }
    // An address that is too long to be carried leads to the whole list; what was typed is not lost.
    let list = CameFrom::at(&sent.list);
    let uri = list.address().and_then(|list| list.parse().ok());
    let uri = uri.unwrap_or(Uri::from_static("/flags"));
    let kind = ruling_of(&sent.ruling).ok_or(PageError::Request)?;
    if sent.num.len() > MOST {
        return Err(PageError::Request);
    }
    let chosen: Option<Vec<Chosen>> = sent.num.iter().map(|value| chosen(value)).collect();
    let chosen = chosen.ok_or(PageError::Request)?;
    let text = match note_text(&sent.text, context.texts) {
        _ if chosen.is_empty() => Err(context.text("records-flags-unchosen")),
        text => text,
    };
    let done = match text {
        Ok(text) => rule(&context, &chosen, kind, &text).await?,
        Err(sentence) => Err(sentence),
    };
    match done {
        Ok(word) => Ok(context.done(&uri.to_string(), word)),
        Err(sentence) => {
            let chosen = chosen.iter().map(|one| one.num).collect();
            let is_in = kind == NoteKind::RuledIn;
            let refused = RefusedRulings { sentence, chosen, typed: sent.text, is_in };
            page(&context, &uri, Some(refused)).await
        }
    }
}

/// Rules on the chosen ratings: the word of what was done, or the sentence that says what was not.
async fn rule(
    context: &Context,
    chosen: &[Chosen],
    kind: NoteKind,
    text: &str,
) -> PageResult<Result<&'static str, String>> {
    let (app, viewer) = (&context.app, &context.viewer);
    // All are looked for first: what lies outside is answered like what does not exist.
    let mut records = Vec::with_capacity(chosen.len());
    for one in chosen {
        records.push(visible_record(context, &one.num.to_string()).await?);
    }
    let nums: Vec<i64> = records.iter().map(|record| record.num).collect();
    let notes = app.store.notes_of(&nums).await?;
    let (mut new, mut already) = (Vec::new(), 0);
    for (record, one) in records.iter().zip(chosen) {
        let notes = notes.get(&record.num).map(Vec::as_slice).unwrap_or_default();
        match Rulings::of(record, notes).outcome(kind, (viewer.user.id, text), one.shown) {
            Outcome::New => new.push((record, one.shown)),
            Outcome::Again => {}
            Outcome::Already => already += 1,
            Outcome::Stale(last) => return Ok(Err(stale_sentence(context, record, last))),
        }
    }
    if already == records.len() {
        return Ok(Err(context.text("records-flags-already")));
    }
    let (mut written, mut late) = (0, Vec::new());
    for (record, shown) in new {
        match add_note_seen(app, viewer, record.num, kind, text, shown).await? {
            Noted::Written => written += 1,
            Noted::Stale => late.push(record),
            // The form does not say what it was shown with, and somebody was faster.
            Noted::AlreadyThere if shown.is_none() => already += 1,
            Noted::AlreadyThere | Noted::Missing => {}
        }
    }
    if let Some(first) = late.first() {
        return Ok(Err(late_sentence(context, first, late.len(), written).await?));
    }
    Ok(Ok(if already == 0 { "ruled" } else { "ruled-some" }))
}

/// What is said where `late` ratings, `first` among them, were ruled on by somebody else while `written`
/// others were written.
async fn late_sentence(
    context: &Context,
    first: &Record,
    late: usize,
    written: usize,
) -> PageResult<String> {
    let notes = context.app.store.notes(first.num).await?;
    Ok(match Rulings::of(first, &notes).last() {
        Some(last) if written == 0 => stale_sentence(context, first, last),
        _ => context.texts.with("records-flags-late", &[("count", &late.to_string())]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_rating_says_how_often_it_was_ruled_on() {
        let one = Chosen { num: 12, shown: Some(3) };
        assert_eq!(chosen(&chosen_value(12, 3)), Some(one));
        assert_eq!(chosen("12"), Some(Chosen { shown: None, ..one }));
        for odd in ["", "x", "12.", "12.x", ".3", "12.-1"] {
            assert_eq!(chosen(odd), None, "{odd}");
        }
    }
}
