//! Redaction in two steps: what is to go and why, then a page that shows what will be left; only
//! confirming there stores it. The people who are criticised do not decide: nobody redacts a
//! comment about themself, in any role, and who answers for a department can only propose it. For
//! thirty days an auditor may look at what was taken away and put it back.

use super::one::{FormState, page, path, visible_record};
use super::sent::{RecordForm, VisitAction, done, refused};
use crate::pages::access_audit::AccessAudit;
use crate::pages::came_from::CameFrom;
use crate::pages::confirmation::{Confirmation, is_confirmed};
use crate::pages::forms::mark_of;
use crate::pages::prelude::*;
use crate::storage::notes::{NoteKind, Proposal};
use crate::storage::records::Record;
use crate::table_files::visible;
use crate::visits::notes::{add_note, note_text};
use crate::visits::redaction::{self as rules, OTHER, Piece, REASONS, may_redact};

/// A redaction whose original is kept.
#[derive(Deserialize)]
pub(super) struct OriginalForm {
    /// Number of its note.
    note: i64,
}

/// The second page.
#[derive(Template)]
#[template(path = "records/redact.html")]
struct Preview {
    layout: Layout,
    /// The comment as it stands.
    pieces: Vec<Piece>,
    /// The comment as it will stand.
    left: String,
    reason: String,
    /// Somebody changed the comment since the page before.
    changed: bool,
    /// Where it is confirmed, and where it is given up.
    action: String,
    back: String,
    /// What is sent again.
    fields: Vec<(String, String)>,
}

/// The visit of a number, for who may decide about its comment.
pub(super) async fn decided(context: &Context, num: &str) -> PageResult<Record> {
    let record = visible_record(context, num).await?;
    if may_redact(&context.viewer, &record) { Ok(record) } else { Err(PageError::Forbidden) }
}

/// `POST /records/{num}/redact`: shows what will be left, and stores it once that was confirmed.
pub(super) async fn redact(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<RecordForm>,
) -> PageResult {
    let record = decided(&context, &num).await?;
    let here = path(&context, &record);
    let Some(was) = &record.comment else { return Ok(context.redirect(&here)) };
    let mark = rules::removed_mark();
    let pieces = match rules::pieces(&form.extent, &form.part, &form.reason, was, &mark) {
        Ok(pieces) => pieces,
        Err(key) => {
            return refused(&context, &record, VisitAction::Redact.word(), context.text(key), form)
                .await;
        }
    };
    let left = rules::left(&pieces, &mark);
    let seen = mark_of(&(record.num, was, record.redacted_at));
    if form.seen != seen {
        let list = CameFrom::of(&context.uri);
        let mut layout = context.layout(context.text("records-do-redact"), &here);
        layout.simulated = record.simulated;
        let harmless = |one: Piece| Piece { text: visible(&one.text).into_owned(), goes: one.goes };
        let preview = Preview {
            layout,
            pieces: pieces.into_iter().map(harmless).collect(),
            left: visible(&left).into_owned(),
            reason: context.text(&format!("records-redact-{}", form.reason)),
            changed: !form.seen.is_empty(),
            action: context.to(&list.carried_to(&format!("/records/{}/redact", record.num))),
            back: context.to(&here),
            fields: form.fields_with(seen),
        };
        let answer = answer(StatusCode::OK, preview.render());
        return Ok(AccessAudit::visit(record.num).with(answer));
    }
    let (app, viewer) = (&context.app, &context.viewer);
    rules::redact(app, viewer, record.num, (was, &left), &form.reason).await?;
    done(&context, &record, VisitAction::Redact, form).await
}

/// What a form proposes, or the place and the sentence of what is missing.
fn proposal(form: &RecordForm, texts: &Texts) -> Result<Proposal, (&'static str, String)> {
    let Some(reason) = REASONS.into_iter().find(|word| *word == form.reason) else {
        return Err((VisitAction::Propose.word(), texts.get("records-refused-reason")));
    };
    if !form.why.trim().is_empty() {
        let why = note_text(&form.why, texts).map_err(|sentence| ("why", sentence))?;
        return Ok(Proposal { reason: reason.to_owned(), why: Some(why) });
    }
    if reason == OTHER {
        return Err(("why", texts.get("records-refused-why")));
    }
    Ok(Proposal { reason: reason.to_owned(), why: None })
}

/// `POST /records/{num}/propose`: asks for a redaction that somebody else decides on. It can not be taken
/// back, so it asks first.
pub(super) async fn propose(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<RecordForm>,
) -> PageResult {
    let record = visible_record(&context, &num).await?;
    let proposal = match proposal(&form, context.texts) {
        Ok(proposal) => proposal,
        Err((place, sentence)) => return refused(&context, &record, place, sentence, form).await,
    };
    let notes = context.app.store.notes(record.num).await?;
    if record.comment.is_some() && !rules::is_proposed(&notes) {
        if !is_confirmed(&form.confirmed) {
            let back = path(&context, &record);
            return Ok(ask_first(&context, &proposal, &form, back));
        }
        let (app, viewer, text) = (&context.app, &context.viewer, proposal.stored());
        add_note(app, viewer, record.num, NoteKind::Proposed, &text).await?;
    }
    done(&context, &record, VisitAction::Propose, form).await
}

/// The page that says what will be proposed and that it stays.
fn ask_first(context: &Context, proposal: &Proposal, form: &RecordForm, back: String) -> Response {
    let texts = context.texts;
    let reason = proposal_words(proposal, texts);
    let question = Confirmation {
        title: texts.get("records-ask-propose"),
        effects: vec![
            texts.with("records-ask-propose-reason", &[("reason", &reason)]),
            texts.get("records-ask-propose-note"),
        ],
        button: texts.get("records-do-propose"),
        fields: form.fields(),
        back,
    };
    question.page(context)
}

/// Why a redaction is proposed, in words.
pub(super) fn proposal_words(proposal: &Proposal, texts: &Texts) -> String {
    let reason = texts.get(&format!("records-redact-{}", proposal.reason));
    match &proposal.why {
        None => reason,
        Some(why) => {
            texts.with("records-proposed-why", &[("reason", &reason), ("why", &visible(why))])
        }
    }
}

/// `POST /records/{num}/original`: the page of the visit with what stood there before. A form and no
/// link, because each look is written down.
pub(super) async fn look(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<OriginalForm>,
) -> PageResult {
    let record = decided(&context, &num).await?;
    let (app, viewer) = (&context.app, &context.viewer);
    let original = rules::original(app, viewer, record.num, form.note).await?;
    let original = original.ok_or(PageError::Missing)?;
    let shown = FormState { original: Some((form.note, original)), ..FormState::default() };
    page(&context, &record, shown).await
}

/// `POST /records/{num}/restore`: puts back what stood there before the last redaction.
pub(super) async fn restore(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<OriginalForm>,
) -> PageResult {
    let record = decided(&context, &num).await?;
    rules::restore(&context.app, &context.viewer, record.num, form.note).await?;
    Ok(context.redirect(&path(&context, &record)))
}
