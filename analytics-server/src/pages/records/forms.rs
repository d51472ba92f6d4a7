//! What is written about a visit: a form is answered by a redirect to the visit, or by the visit with
//! what was typed for something else; one that comes again changes nothing. What was done closes the visit's alert;
//! a reply waits until it is answered, whatever else is written.

use super::one::visible_record;
use super::redaction::decided;
use super::rulings::{refusal, ruling_of};
use super::sent::{RecordForm, VisitAction, done, refused};
use crate::pages::prelude::*;
use crate::storage::notes::{Note, NoteKind, Noted, is_reply_waiting};
use crate::storage::records::Record;
use crate::visits::notes::{add_note_seen, may_answer, note_text};
use crate::visits::redaction::is_proposed;

type Sent = CsrfForm<RecordForm>;

/// `POST /records/{num}/note`: what was done.
pub(super) async fn note(context: Context, num: Path<String>, sent: Sent) -> PageResult {
    write(&context, &visible_record(&context, &num).await?, VisitAction::Note, sent).await
}

/// `POST /records/{num}/answer`: what is said to the reply that waits.
pub(super) async fn answer(context: Context, num: Path<String>, sent: Sent) -> PageResult {
    write(&context, &visible_record(&context, &num).await?, VisitAction::Answer, sent).await
}

/// `POST /records/{num}/reply`: the reply of who answers for the officer.
pub(super) async fn reply(context: Context, num: Path<String>, sent: Sent) -> PageResult {
    write(&context, &visible_record(&context, &num).await?, VisitAction::Reply, sent).await
}

/// `POST /records/{num}/ruling`: whether it is counted.
pub(super) async fn ruling(context: Context, num: Path<String>, sent: Sent) -> PageResult {
    write(&context, &visible_record(&context, &num).await?, VisitAction::Ruling, sent).await
}

/// `POST /records/{num}/decline`: the comment stays as it is, although a redaction was proposed.
pub(super) async fn decline(context: Context, num: Path<String>, sent: Sent) -> PageResult {
    write(&context, &decided(&context, &num).await?, VisitAction::Decline, sent).await
}

/// What is written down by an action; an error: the key of the sentence that says what is missing.
fn kind_of(
    action: VisitAction,
    sent: &RecordForm,
    record: &Record,
    notes: &[Note],
) -> PageResult<Result<NoteKind, &'static str>> {
    let has_reply = notes.iter().any(|one| one.kind == NoteKind::Reply);
    Ok(Ok(match action {
        VisitAction::Note if record.handled_at.is_some() => NoteKind::Further,
        VisitAction::Note => NoteKind::Handled,
        VisitAction::Ruling => ruling_of(&sent.ruling).ok_or(PageError::Request)?,
        VisitAction::Reply if record.is_low() || !record.flags.is_empty() => NoteKind::Reply,
        VisitAction::Answer if has_reply => match &*sent.answer {
            "" => return Ok(Err("records-refused-answer")),
            word if word == NoteKind::Accepted.word() => NoteKind::Accepted,
            word if word == NoteKind::NotAccepted.word() => NoteKind::NotAccepted,
            _ => return Err(PageError::Request),
        },
        VisitAction::Decline => NoteKind::Declined,
        // A reply to what can not be disputed, an answer to no reply, a ruling that is none.
        _ => return Err(PageError::Request),
    }))
}

/// Writes down what was sent for an action.
async fn write(
    context: &Context,
    record: &Record,
    action: VisitAction,
    CsrfForm(mut sent): Sent,
) -> PageResult {
    let (app, viewer, texts) = (&context.app, &context.viewer, context.texts);
    sent.take_text_for(action);
    let notes = app.store.notes(record.num).await?;
    if action == VisitAction::Answer && !may_answer(viewer, record, &notes) {
        return Err(PageError::Forbidden);
    }
    let kind = kind_of(action, &sent, record, &notes)?.map_err(|key| ("choice", texts.get(key)));
    let text = note_text(sent.text_of(action), texts).map_err(|sentence| (action.word(), sentence));
    let (kind, text) = match (kind, text) {
        (Ok(kind), Ok(text)) => (kind, text),
        (Err((place, sentence)), _) | (_, Err((place, sentence))) => {
            return refused(context, record, place, sentence, sent).await;
        }
    };
    let said = |kind: NoteKind| {
        let same = |one: &&Note| one.user == viewer.user.id && one.text == text;
        notes.iter().filter(same).any(|one| one.kind == kind)
    };
    let is_written = match kind {
        // A note that came twice is the first one's further note in kind, and the same in words.
        NoteKind::Further => said(NoteKind::Handled),
        NoteKind::Declined => !is_proposed(&notes),
        NoteKind::Accepted | NoteKind::NotAccepted => !is_reply_waiting(&notes),
        _ => false,
    };
    // Somebody else was faster with an answer: what was typed is not thrown away.
    if is_written && action == VisitAction::Answer && !said(kind) {
        let sentence = texts.get("records-refused-answered");
        return refused(context, record, action.word(), sentence, sent).await;
    }
    let shown = if action == VisitAction::Ruling { sent.ruled.parse().ok() } else { None };
    if action == VisitAction::Ruling
        && let Some(sentence) = refusal(context, record, &notes, (kind, &text), shown)
    {
        return refused(context, record, action.word(), sentence, sent).await;
    }
    if !is_written {
        let outcome = add_note_seen(app, viewer, record.num, kind, &text, shown).await?;
        if outcome != Noted::Written {
            let now = app.store.record(record.num).await?.ok_or(PageError::Missing)?;
            if let Some(sentence) = overtaken(context, &now, (kind, &text), shown).await? {
                return refused(context, &now, action.word(), sentence, sent).await;
            }
        }
    }
    done(context, record, action, sent).await
}

/// Why a note was not written that was still to be when the visit was looked at: somebody else was faster
/// by less than that. None: it was the same form, which came twice.
async fn overtaken(
    context: &Context,
    record: &Record,
    (kind, text): (NoteKind, &str),
    shown: Option<usize>,
) -> PageResult<Option<String>> {
    let notes = context.app.store.notes(record.num).await?;
    if kind.is_ruling() {
        return Ok(refusal(context, record, &notes, (kind, text), shown));
    }
    let is_answer = matches!(kind, NoteKind::Accepted | NoteKind::NotAccepted);
    let user = context.viewer.user.id;
    let said = notes.iter().any(|one| one.kind == kind && one.user == user && one.text == text);
    Ok((is_answer && !said).then(|| context.text("records-refused-answered")))
}
