//! The right of reply: an officer may write beside a low or flagged rating of theirs.

use super::disputed::span_of;
use super::officer::own_officer;
use super::page::{Refused, RefusedReply, page, path};
use crate::pages::prelude::*;
use crate::pages::records::notes::{add_note, note_text};
use crate::storage::notes::NoteKind;

/// A reply.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ReplyForm {
    /// Handle of the rating.
    rating: String,
    text: String,
}

/// `POST /me/reply`.
pub(super) async fn send(context: Context, CsrfForm(form): CsrfForm<ReplyForm>) -> PageResult {
    let store = &context.app.store;
    let directory = store.directory().await?;
    let officer = own_officer(&context, &directory)?;
    let handle = hex::decode(&form.rating).map_err(|_| PageError::Missing)?;
    let item = store.published_item(officer.id, &handle).await?;
    let (rating, key) = item.ok_or(PageError::Missing)?;
    let (_, period) = span_of(&key).ok_or(PageError::Missing)?;
    let period = period.to_string();
    match note_text(&form.text, context.texts) {
        Ok(text) => {
            add_note(&context, rating, NoteKind::Reply, &text).await?;
            Ok(context.redirect(&path(&period)))
        }
        Err(sentence) => {
            let reply = RefusedReply { rating: form.rating, sentence, typed: form.text };
            page(&context, Some(&period), Some(Refused::Reply(reply))).await
        }
    }
}
