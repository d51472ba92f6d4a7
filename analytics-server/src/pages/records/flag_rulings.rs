//! A ruling on several flagged ratings at once: one reason for all that were chosen. Each is written down by
//! itself, beside its rating, as if it had been ruled on alone.

use super::flags::page;
use super::one::visible_record;
use crate::pages::came_from::CameFrom;
use crate::pages::prelude::*;
use crate::storage::notes::NoteKind;
use crate::visits::notes::{add_note, note_text};
use axum::http::Uri;

/// As many ratings as stand on one page of the list.
const MOST: usize = 50;

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RulingsForm {
    /// Numbers of the chosen ratings.
    num: Vec<i64>,
    /// `out` or `in`.
    ruling: String,
    text: String,
    /// The list that it was sent from.
    list: String,
}

/// A form that was not taken.
pub(super) struct RefusedRulings {
    /// Why, in a sentence.
    pub sentence: String,
    pub chosen: Vec<i64>,
    pub typed: String,
    /// Whether they were to be counted again.
    pub is_in: bool,
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
    let kind = match sent.ruling.as_str() {
        "out" => NoteKind::RuledOut,
        "in" => NoteKind::RuledIn,
        _ => return Err(PageError::Request),
    };
    if sent.num.len() > MOST {
        return Err(PageError::Request);
    }
    let text = match note_text(&sent.text, context.texts) {
        _ if sent.num.is_empty() => Err(context.text("records-flags-unchosen")),
        text => text,
    };
    let text = match text {
        Ok(text) => text,
        Err(sentence) => {
            let is_in = kind == NoteKind::RuledIn;
            let (chosen, typed) = (sent.num, sent.text);
            let refused = RefusedRulings { sentence, chosen, typed, is_in };
            return page(&context, &uri, Some(refused)).await;
        }
    };
    // All are looked for first: what lies outside is answered like what does not exist.
    for num in &sent.num {
        visible_record(&context, &num.to_string()).await?;
    }
    for num in &sent.num {
        add_note(&context.app, &context.viewer, *num, kind, &text).await?;
    }
    Ok(context.done(&uri.to_string(), "ruled"))
}
