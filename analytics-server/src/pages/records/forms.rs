//! What is written about a visit: each form is answered by a redirect to the visit, so that a reload
//! sends nothing twice; a form that comes again changes nothing. What was done closes the visit's alert.

use super::one::{RefusedForm, page, path, visible_record};
use super::redaction::decided;
use crate::pages::prelude::*;
use crate::storage::notes::NoteKind;
use crate::storage::records::Record;
use crate::visits::notes::{add_note, note_text};
use crate::visits::redaction::is_proposed;

/// A text about a visit.
#[derive(Deserialize)]
pub(super) struct TextForm {
    #[serde(default)]
    text: String,
    /// Of a ruling: `out` or `in`.
    #[serde(default)]
    ruling: String,
}

type SentText = CsrfForm<TextForm>;

/// `POST /records/{num}/note`: what was done.
pub(super) async fn note(context: Context, num: Path<String>, sent: SentText) -> PageResult {
    write(&context, &visible_record(&context, &num).await?, "note", sent).await
}

/// `POST /records/{num}/reply`: the reply of who answers for the officer.
pub(super) async fn reply(context: Context, num: Path<String>, sent: SentText) -> PageResult {
    write(&context, &visible_record(&context, &num).await?, "reply", sent).await
}

/// `POST /records/{num}/ruling`: whether it is counted.
pub(super) async fn ruling(context: Context, num: Path<String>, sent: SentText) -> PageResult {
    write(&context, &visible_record(&context, &num).await?, "ruling", sent).await
}

/// `POST /records/{num}/decline`: the comment stays as it is, although a redaction was proposed.
pub(super) async fn decline(context: Context, num: Path<String>, sent: SentText) -> PageResult {
    write(&context, &decided(&context, &num).await?, "decline", sent).await
}

/// Writes down what one of the forms says.
async fn write(
    context: &Context,
    record: &Record,
    form: &'static str,
    CsrfForm(sent): SentText,
) -> PageResult {
    let kind = match (form, sent.ruling.as_str()) {
        ("note", _) if record.handled_at.is_some() => NoteKind::Further,
        ("note", _) => NoteKind::Handled,
        ("ruling", "out") => NoteKind::RuledOut,
        ("ruling", "in") => NoteKind::RuledIn,
        ("reply", _) if record.is_low() || !record.flags.is_empty() => NoteKind::Reply,
        ("decline", _) => NoteKind::Declined,
        // A reply to what can not be disputed, a ruling that is none.
        _ => return Err(PageError::Request),
    };
    let text = match note_text(&sent.text, context.texts) {
        Ok(text) => text,
        Err(sentence) => {
            let typed = sent.text;
            let refused = RefusedForm { form, sentence, typed, ..RefusedForm::default() };
            return page(context, record, Some(refused), None).await;
        }
    };
    let (app, viewer) = (&context.app, &context.viewer);
    let notes = app.store.notes(record.num).await?;
    let done = match kind {
        // A note that came twice is the first one's further note in kind, and the same in words.
        NoteKind::Further => notes.iter().any(|one| {
            one.kind == NoteKind::Handled && one.user == viewer.user.id && one.text == text
        }),
        NoteKind::Declined => !is_proposed(&notes),
        _ => false,
    };
    if !done {
        add_note(app, viewer, record.num, kind, &text).await?;
    }
    Ok(context.redirect(&path(context, record)))
}
