//! What is written about a visit: each form is answered by a redirect to the visit, so that a reload
//! sends nothing twice; a form that comes again changes nothing.

use super::notes::{add_note, note_text};
use super::one::{RefusedForm, page, visible_record};
use crate::pages::prelude::*;
use crate::storage::notes::NoteKind;

/// A text about a visit.
#[derive(Deserialize)]
pub(super) struct TextForm {
    #[serde(default)]
    pub text: String,
    /// Of a ruling: `out` or `in`.
    #[serde(default)]
    ruling: String,
}

/// `POST /records/{num}/note`: what was done.
pub(super) async fn note(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<TextForm>,
) -> PageResult {
    write(&context, &num, "note", form).await
}

/// `POST /records/{num}/reply`: the reply of who answers for the officer.
pub(super) async fn reply(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<TextForm>,
) -> PageResult {
    write(&context, &num, "reply", form).await
}

/// `POST /records/{num}/ruling`: whether it is counted.
pub(super) async fn ruling(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<TextForm>,
) -> PageResult {
    write(&context, &num, "ruling", form).await
}

/// Writes down what one of the forms says.
async fn write(context: &Context, num: &str, form: &'static str, sent: TextForm) -> PageResult {
    let record = visible_record(context, num).await?;
    let kind = match (form, sent.ruling.as_str()) {
        ("note", _) if record.handled_at.is_some() => NoteKind::Further,
        ("note", _) => NoteKind::Handled,
        ("ruling", "out") => NoteKind::RuledOut,
        ("ruling", "in") => NoteKind::RuledIn,
        ("reply", _) if record.is_low() || !record.flags.is_empty() => NoteKind::Reply,
        // A reply to what can not be disputed, a ruling that is none.
        _ => return Err(PageError::Request),
    };
    let text = match note_text(&sent.text, context.texts) {
        Ok(text) => text,
        Err(sentence) => {
            let typed = sent.text;
            let refused = RefusedForm { form, sentence, typed, ..RefusedForm::default() };
            return page(context, &record, refused.into()).await;
        }
    };
    // A note that came twice is the first one's further note in kind, and the same in words.
    let again = kind == NoteKind::Further
        && context.app.store.notes(record.num).await?.iter().any(|one| {
            one.kind == NoteKind::Handled && one.user == context.viewer.user.id && one.text == text
        });
    if !again {
        add_note(context, record.num, kind, &text).await?;
    }
    Ok(context.redirect(&format!("/records/{}", record.num)))
}
