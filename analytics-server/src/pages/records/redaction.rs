//! Redaction in two steps: what is to go and why, then a page that shows what will be left; only
//! confirming there stores it. Whoever is criticised decides nothing: an officer never about what is
//! said of them, whatever roles they have, and who answers for a department only proposes. For thirty
//! days an auditor may look at what was taken away and put it back.

use super::forms::TextForm;
use super::notes::{add_note, note_text};
use super::one::{Extras, RefusedForm, page, visible_record};
use super::redaction_pieces::{Piece, RedactionForm, pieces};
use super::redaction_rules::{REASONS, is_proposed, may_redact, removed_mark};
use crate::pages::disclosure::Disclosure;
use crate::pages::forms::mark_of;
use crate::pages::prelude::*;
use crate::storage::notes::{Author, NoteKind};
use crate::storage::records::Record;
use crate::storage::redactions::KEPT_MS;
use crate::tables_out::visible;

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
async fn decided(context: &Context, num: &str) -> PageResult<Record> {
    let record = visible_record(context, num).await?;
    if may_redact(&context.viewer, &record) { Ok(record) } else { Err(PageError::Forbidden) }
}

fn path(record: &Record) -> String {
    format!("/records/{}", record.num)
}

/// `POST /records/{num}/redact`: shows what will be left, and stores it once that was confirmed.
pub(super) async fn redact(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<RedactionForm>,
) -> PageResult {
    let record = decided(&context, &num).await?;
    let Some(was) = &record.comment else { return Ok(context.redirect(&path(&record))) };
    let mark = removed_mark();
    let pieces = match pieces(&form, was, &mark) {
        Ok(pieces) => pieces,
        Err(key) => {
            let refused = RefusedForm {
                form: "redact",
                sentence: context.text(key),
                typed: form.part,
                chosen: [form.extent, form.reason],
            };
            return page(&context, &record, refused.into()).await;
        }
    };
    let left: String =
        pieces.iter().map(|one| if one.goes { &mark } else { &one.text }.as_str()).collect();
    let seen = mark_of(&(record.num, was, record.redacted_at));
    if form.seen != seen {
        let mut layout = context.layout(context.text("records-do-redact"), &path(&record));
        layout.simulated = record.simulated;
        let harmless = |one: Piece| Piece { text: visible(&one.text).into_owned(), goes: one.goes };
        let preview = Preview {
            layout,
            pieces: pieces.into_iter().map(harmless).collect(),
            left: visible(&left).into_owned(),
            reason: context.text(&format!("records-redact-{}", form.reason)),
            changed: !form.seen.is_empty(),
            action: context.to(&format!("{}/redact", path(&record))),
            back: context.to(&path(&record)),
            form: RedactionForm { seen, ..form },
        };
        let answer = answer(StatusCode::OK, preview.render());
        return Ok(Disclosure::comment_of(record.num).with(answer));
    }
    let actor = context.viewer.actor();
    let author = Author { user: context.viewer.user.id, actor: &actor };
    let change = (was.as_str(), left.as_str());
    context.app.store.redact(record.num, change, &form.reason, author, context.now()).await?;
    Ok(context.redirect(&path(&record)))
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
        return page(&context, &record, refused.into()).await;
    }
    let notes = context.app.store.notes(record.num).await?;
    if record.comment.is_some() && !is_proposed(&notes) {
        add_note(&context, record.num, NoteKind::Proposed, &form.reason).await?;
    }
    Ok(context.redirect(&path(&record)))
}

/// `POST /records/{num}/decline`: the comment stays as it is.
pub(super) async fn decline(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<TextForm>,
) -> PageResult {
    let record = decided(&context, &num).await?;
    let text = match note_text(&form.text, context.texts) {
        Ok(text) => text,
        Err(sentence) => {
            let (form, typed) = ("decline", form.text);
            let refused = RefusedForm { form, sentence, typed, ..RefusedForm::default() };
            return page(&context, &record, refused.into()).await;
        }
    };
    let notes = context.app.store.notes(record.num).await?;
    if is_proposed(&notes) {
        add_note(&context, record.num, NoteKind::Declined, &text).await?;
    }
    Ok(context.redirect(&path(&record)))
}

/// `POST /records/{num}/original`: the page of the visit with what stood there before. A form and no
/// link, because each look is written down.
pub(super) async fn look(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<OriginalForm>,
) -> PageResult {
    let record = decided(&context, &num).await?;
    let (now, which) = (context.now(), (record.num, form.note));
    let (store, actor) = (&context.app.store, context.viewer.actor());
    let original = store.read_original(which, now - KEPT_MS, &actor, now).await?;
    let original = original.ok_or(PageError::Missing)?;
    let extras = Extras { original: Some((form.note, original)), refused: None };
    page(&context, &record, extras).await
}

/// `POST /records/{num}/restore`: puts back what stood there before the last redaction.
pub(super) async fn restore(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<OriginalForm>,
) -> PageResult {
    let record = decided(&context, &num).await?;
    let (now, which, actor) = (context.now(), (record.num, form.note), context.viewer.actor());
    let author = Author { user: context.viewer.user.id, actor: &actor };
    context.app.store.restore_comment(which, now - KEPT_MS, author, now).await?;
    Ok(context.redirect(&path(&record)))
}
