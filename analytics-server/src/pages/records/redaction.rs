//! Redaction in two steps: what is to go and why, then a page that shows what will be left; only
//! confirming there stores it. The people who are criticised do not decide: nobody redacts a
//! comment about themself, in any role, and who answers for a department can only propose it. For
//! thirty days an auditor may look at what was taken away and put it back.

use super::one::{RefusedForm, page, path, visible_record};
use crate::pages::access_audit::AccessAudit;
use crate::pages::came_from::CameFrom;
use crate::pages::forms::mark_of;
use crate::pages::prelude::*;
use crate::storage::notes::NoteKind;
use crate::storage::records::Record;
use crate::table_files::visible;
use crate::visits::notes::add_note;
use crate::visits::redaction::{self as rules, Piece, REASONS, may_redact};

/// What is to go, and why.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RedactionForm {
    /// `part` or `whole`.
    extent: String,
    /// The part that goes.
    part: String,
    /// A word of [`REASONS`].
    reason: String,
    /// Mark of the comment that the second page showed; nothing: the first step.
    seen: String,
}

/// Why a redaction is proposed.
#[derive(Deserialize)]
pub(super) struct ProposalForm {
    /// A word of [`REASONS`].
    #[serde(default)]
    reason: String,
}

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
    form: RedactionForm,
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
    CsrfForm(form): CsrfForm<RedactionForm>,
) -> PageResult {
    let record = decided(&context, &num).await?;
    let here = path(&context, &record);
    let Some(was) = &record.comment else { return Ok(context.redirect(&here)) };
    let mark = rules::removed_mark();
    let pieces = match rules::pieces(&form.extent, &form.part, &form.reason, was, &mark) {
        Ok(pieces) => pieces,
        Err(key) => {
            let refused = RefusedForm {
                form: "redact",
                sentence: context.text(key),
                typed: form.part,
                chosen: [form.extent, form.reason],
            };
            return page(&context, &record, Some(refused), None).await;
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
            form: RedactionForm { seen, ..form },
        };
        let answer = answer(StatusCode::OK, preview.render());
        return Ok(AccessAudit::comment_of(record.num).with(answer));
    }
    let (app, viewer) = (&context.app, &context.viewer);
    rules::redact(app, viewer, record.num, (was, &left), &form.reason).await?;
    Ok(context.redirect(&here))
}

/// `POST /records/{num}/propose`: asks for a redaction that somebody else decides on.
pub(super) async fn propose(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<ProposalForm>,
) -> PageResult {
    let record = visible_record(&context, &num).await?;
    if !REASONS.contains(&form.reason.as_str()) {
        let sentence = context.text("records-refused-reason");
        let refused = RefusedForm { form: "propose", sentence, ..RefusedForm::default() };
        return page(&context, &record, Some(refused), None).await;
    }
    let notes = context.app.store.notes(record.num).await?;
    if record.comment.is_some() && !rules::is_proposed(&notes) {
        let (app, viewer) = (&context.app, &context.viewer);
        add_note(app, viewer, record.num, NoteKind::Proposed, &form.reason).await?;
    }
    Ok(context.redirect(&path(&context, &record)))
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
    page(&context, &record, None, Some((form.note, original))).await
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
