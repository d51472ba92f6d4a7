//! One visit alone, with what was written beside it and what the viewer may do.

use super::item::Item;
use super::redaction_rules::{REASONS, is_proposed, may_redact, removed_mark};
use crate::moments;
use crate::pages::disclosure::Disclosure;
use crate::pages::prelude::*;
use crate::storage::notes::{Note, NoteKind};
use crate::storage::records::Record;
use crate::storage::redactions::{KEPT_MS, KeptOriginal};
use crate::tables_out::visible;

/// The page of a visit.
#[derive(Template)]
#[template(path = "records/one.html")]
#[expect(clippy::struct_excessive_bools, reason = "buttons, each there or not")]
struct RecordPage {
    layout: Layout,
    item: Item,
    notes: Vec<NoteInWords>,
    /// Address of the visit without its language; forms go below it.
    path: String,
    may_handle: bool,
    may_redact: bool,
    /// To ask for a redaction, for those who may not do it themselves.
    may_propose: bool,
    /// To answer a proposal that is open by leaving the comment as it is.
    may_decline: bool,
    may_reply: bool,
    may_rule: bool,
    /// The words of reasons for a redaction: value, name.
    reasons: Vec<(String, String)>,
    /// What was redacted and is still kept, the last first.
    originals: Vec<Original>,
    refused: Option<RefusedForm>,
}

/// A redaction whose original is kept.
struct Original {
    /// Number of its note.
    note: i64,
    /// Who redacted, when, why, and until when the original is kept.
    head: String,
    /// The original, for whoever asked to see it.
    text: Option<String>,
    /// Only the last redaction can be put back.
    is_last: bool,
}

/// A form that was refused.
#[derive(Clone, Debug, Default)]
pub(super) struct RefusedForm {
    pub form: &'static str,
    pub sentence: String,
    pub typed: String,
    /// Words that were chosen.
    pub chosen: [String; 2],
}

struct NoteInWords {
    head: String,
    text: String,
}

impl RecordPage {
    /// Whether a form is the ruling's.
    #[expect(clippy::unused_self, reason = "called by the template")]
    fn is_ruling(&self, form: &str) -> bool {
        form == "ruling"
    }

    fn refusal(&self, form: &str) -> Option<&RefusedForm> {
        self.refused.as_ref().filter(|one| one.form == form)
    }

    /// Whether a word was chosen in a refused form.
    fn is_chosen(&self, form: &str, word: &str) -> bool {
        self.refusal(form).is_some_and(|one| one.chosen.iter().any(|chosen| chosen == word))
    }

    /// What was typed into a refused form.
    fn typed(&self, form: &str) -> &str {
        self.refusal(form).map_or("", |one| &one.typed)
    }
}

/// `GET /records/{num}`.
pub(super) async fn show(context: Context, Path(num): Path<String>) -> PageResult {
    let record = visible_record(&context, &num).await?;
    page(&context, &record, Extras::default()).await
}

/// The visit of a number, if the viewer may see it; otherwise it is not there.
pub(super) async fn visible_record(context: &Context, num: &str) -> PageResult<Record> {
    let num: i64 = num.parse().map_err(|_| PageError::Missing)?;
    let record = context.app.store.record(num).await?;
    let scope = context.viewer.scope();
    record.filter(|one| scope.has_department(one.department)).ok_or(PageError::Missing)
}

/// What the page of a visit has beside the visit.
#[derive(Default)]
pub(super) struct Extras {
    pub refused: Option<RefusedForm>,
    /// The original of a redaction, by the number of its note.
    pub original: Option<(i64, String)>,
}

impl From<RefusedForm> for Extras {
    fn from(refused: RefusedForm) -> Self {
        Self { refused: Some(refused), original: None }
    }
}

/// The page of a visit.
pub(super) async fn page(context: &Context, record: &Record, extras: Extras) -> PageResult {
    let Context { app, viewer, texts, .. } = context;
    let directory = app.store.directory().await?;
    let words = app.questionnaire_words(texts).await?;
    let notes = app.store.notes(record.num).await?;
    let path = format!("/records/{}", record.num);
    let mut layout = context.layout(texts.get("records-one"), &path);
    layout.simulated = record.simulated;
    let Extras { refused, original } = extras;
    let originals = originals(context, record, original).await?;
    let handle = viewer.may(Right::Handle);
    let commented = record.comment.is_some();
    let redact = may_redact(viewer, record);
    // Nothing is left that could be taken away; a form that was refused says so itself.
    let gone = refused.is_none() && record.comment.as_deref() == Some(removed_mark().as_str());
    let proposed = is_proposed(&notes);
    let status = if refused.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let reason = |word: &str| (word.to_owned(), texts.get(&format!("records-redact-{word}")));
    let page = RecordPage {
        layout,
        item: Item::of(context, record, &directory, &words),
        notes: notes.iter().map(|note| note_in_words(context, note)).collect(),
        path,
        may_handle: handle,
        may_redact: redact && commented && !gone,
        may_propose: handle && !redact && commented && !gone && !proposed,
        may_decline: redact && commented && proposed,
        may_reply: handle && (record.is_low() || !record.flags.is_empty()),
        may_rule: viewer.may(Right::Rule),
        reasons: REASONS.map(reason).into(),
        originals,
        refused,
    };
    let answer = answer(status, page.render());
    Ok(if commented { Disclosure::comment_of(record.num).with(answer) } else { answer })
}

/// The redactions that can be put back, for who has the right; with the text of the one that is
/// `opened`.
async fn originals(
    context: &Context,
    record: &Record,
    opened: Option<(i64, String)>,
) -> PageResult<Vec<Original>> {
    let Context { app, viewer, texts, .. } = context;
    let may = viewer.may(Right::Originals) && may_redact(viewer, record);
    if !may || record.redacted_at.is_none() {
        return Ok(Vec::new());
    }
    let kept = app.store.kept_originals(record.num, context.now() - KEPT_MS).await?;
    let last = kept.first().map(|one| one.note_num);
    let original = |one: KeptOriginal| {
        let places = [
            ("name", one.full_name.as_str()),
            ("when", &moments::told(one.at, &app.zone, texts)),
            ("why", &texts.get(&format!("records-redact-{}", one.text))),
            ("until", &moments::told(one.at + KEPT_MS, &app.zone, texts)),
        ];
        let opened = opened.as_ref().filter(|(note, _)| *note == one.note_num);
        Original {
            note: one.note_num,
            head: texts.with("records-original-head", &places),
            text: opened.map(|(_, text)| visible(text).into_owned()),
            is_last: last == Some(one.note_num),
        }
    };
    Ok(kept.into_iter().map(original).collect())
}

fn note_in_words(context: &Context, note: &Note) -> NoteInWords {
    let Context { app, texts, .. } = context;
    let kind = texts.get(&format!("records-note-{}", note.kind.word()));
    let when = moments::told(note.at, &app.zone, texts);
    let text = match note.kind {
        NoteKind::Redacted | NoteKind::Proposed => {
            texts.get(&format!("records-redact-{}", note.text))
        }
        _ => visible(&note.text).into_owned(),
    };
    NoteInWords { head: format!("{kind} · {} · {when}", note.name), text }
}
