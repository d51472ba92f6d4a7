//! One visit alone, with its alert, with what was written beside it and what the viewer may do. It leads
//! back to its place in the list that the viewer came from.

use super::item::Item;
use super::neighbours::{Neighbours, neighbours};
use crate::alerts::{AlertStatus, AlertTexts, departments_of};
use crate::centre_time;
use crate::pages::access_audit::AccessAudit;
use crate::pages::came_from::CameFrom;
use crate::pages::prelude::*;
use crate::storage::notes::{Note, NoteKind};
use crate::storage::records::Record;
use crate::storage::redactions::{KEPT_MS, KeptOriginal};
use crate::table_files::visible;
use crate::visits::redaction::{REASONS, is_proposed, may_redact, removed_mark};
use crate::visits::wording::note_name;

/// The page of a visit.
#[derive(Template)]
#[template(path = "records/one.html")]
struct RecordPage {
    layout: Layout,
    item: Item,
    /// The list that the viewer came from, kept over the forms.
    list: CameFrom,
    neighbours: Neighbours,
    alert: Option<RatingAlert>,
    /// Head and text of what was written beside it.
    notes: Vec<(String, String)>,
    /// Address of the visit without its language and list; forms go below it.
    path: String,
    /// The forms for a text: name, heading, and what it is for.
    text_forms: Vec<(&'static str, String, String)>,
    may_redact: bool,
    /// To ask for a redaction, for those who may not do it themselves.
    may_propose: bool,
    /// The words of reasons for a redaction: value, name.
    reasons: [(&'static str, String); 4],
    /// What was redacted and is still kept, the last first: only that can be put back.
    originals: Vec<Original>,
    refused: Option<RefusedForm>,
}

/// The alert that tells of the visit.
struct RatingAlert {
    status: AlertStatus,
    /// Its page, which leads back.
    address: String,
}

/// A redaction whose original is kept.
struct Original {
    /// Number of its note.
    note: i64,
    /// Who redacted, when, why, and until when the original is kept.
    head: String,
    /// The original, where it was asked for.
    text: Option<String>,
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

impl RecordPage {
    /// Where a form is sent to.
    fn action(&self, form: &str) -> String {
        let path = self.list.carried_to(&format!("{}/{form}", self.path));
        address::with_language(&path, self.layout.texts)
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
    page(&context, &record, None, None).await
}

/// The visit of a number, if the viewer may see it; otherwise it is not there.
pub(super) async fn visible_record(context: &Context, num: &str) -> PageResult<Record> {
    let num: i64 = num.parse().map_err(|_| PageError::Missing)?;
    let record = context.app.store.record(num).await?;
    let scope = context.viewer.scope();
    record.filter(|one| scope.has_department(one.department)).ok_or(PageError::Missing)
}

/// The address of a visit, which keeps the list of the present one.
pub(super) fn path(context: &Context, record: &Record) -> String {
    CameFrom::of(&context.uri).carried_to(&format!("/records/{}", record.num))
}

/// The page of a visit, with a form that was refused, or with the original of a redaction by the number
/// of its note.
pub(super) async fn page(
    context: &Context,
    record: &Record,
    refused: Option<RefusedForm>,
    original: Option<(i64, String)>,
) -> PageResult {
    let Context { app, viewer, texts, .. } = context;
    let directory = app.store.directory().await?;
    let words = app.questionnaire_words(texts).await?;
    let notes = app.store.notes(record.num).await?;
    let list = CameFrom::of(&context.uri);
    let mut layout = context.layout(texts.get("records-one"), &path(context, record));
    layout.simulated = record.simulated;
    let handle = viewer.may(Permission::Handle);
    let commented = record.comment.is_some();
    let redact = may_redact(viewer, record);
    // Nothing is left that could be taken away; a form that was refused says so itself.
    let gone = refused.is_none() && record.comment.as_deref() == Some(removed_mark().as_str());
    let proposed = is_proposed(&notes);
    let text_forms = [
        ("note", handle),
        ("reply", handle && (record.is_low() || !record.flags.is_empty())),
        ("ruling", viewer.may(Permission::Rule)),
        // Answers a proposal that is open by leaving the comment as it is.
        ("decline", redact && commented && proposed),
    ];
    let text_forms = text_forms.into_iter().filter(|(_, may)| *may).map(|(name, _)| {
        let what = texts.get(&format!("records-do-{name}-what"));
        (name, texts.get(&format!("records-do-{name}")), what)
    });
    let status = if refused.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let page = RecordPage {
        layout,
        item: Item::of(context, record, &directory, &words),
        neighbours: neighbours(context, &list, record).await?,
        list,
        alert: alert(context, record).await?,
        notes: notes.iter().map(|note| in_words(context, note)).collect(),
        path: format!("/records/{}", record.num),
        text_forms: text_forms.collect(),
        may_redact: redact && commented && !gone,
        may_propose: handle && !redact && commented && !gone && !proposed,
        reasons: REASONS.map(|word| (word, texts.get(&format!("records-redact-{word}")))),
        originals: originals(context, record, original).await?,
        refused,
    };
    let answer = answer(status, page.render());
    Ok(if commented { AccessAudit::comment_of(record.num).with(answer) } else { answer })
}

/// The alert that tells of the visit, for who may see it.
async fn alert(context: &Context, record: &Record) -> PageResult<Option<RatingAlert>> {
    let Context { app, viewer, texts, .. } = context;
    if !viewer.may(Permission::Alerts) {
        return Ok(None);
    }
    let own = departments_of(&viewer.scope());
    let Some(row) = app.store.alert_of_rating(record.id, own.as_deref()).await? else {
        return Ok(None);
    };
    let words = AlertTexts::of(app, texts, true).await?;
    let back = CameFrom::at(&path(context, record));
    let address = context.to(&back.carried_to(&format!("/alerts/{}", row.num)));
    let users = app.store.users().await?;
    Ok(Some(RatingAlert { status: words.status(&users, &row), address }))
}

/// The redactions that can be put back, for who has the right; with the text of the one that is
/// `opened`.
async fn originals(
    context: &Context,
    record: &Record,
    opened: Option<(i64, String)>,
) -> PageResult<Vec<Original>> {
    let Context { app, viewer, texts, .. } = context;
    let may = viewer.may(Permission::Originals) && may_redact(viewer, record);
    if !may || record.redacted_at.is_none() {
        return Ok(Vec::new());
    }
    let kept = app.store.kept_originals(record.num, context.now() - KEPT_MS).await?;
    let original = |one: KeptOriginal| {
        let places = [
            ("name", one.full_name.as_str()),
            ("when", &centre_time::in_sentence(one.at, &app.zone, texts)),
            ("why", &texts.get(&format!("records-redact-{}", one.text))),
            ("until", &centre_time::in_sentence(one.at + KEPT_MS, &app.zone, texts)),
        ];
        let opened = opened.as_ref().filter(|(note, _)| *note == one.note_num);
        Original {
            note: one.note_num,
            head: texts.with("records-original-head", &places),
            text: opened.map(|(_, text)| visible(text).into_owned()),
        }
    };
    Ok(kept.into_iter().map(original).collect())
}

/// Head and text of a note.
fn in_words(context: &Context, note: &Note) -> (String, String) {
    let Context { app, texts, .. } = context;
    let (kind, when) =
        (note_name(note.kind, texts), centre_time::in_sentence(note.at, &app.zone, texts));
    let text = match note.kind {
        NoteKind::Redacted | NoteKind::Proposed => {
            texts.get(&format!("records-redact-{}", note.text))
        }
        _ => visible(&note.text).into_owned(),
    };
    (format!("{kind} · {} · {when}", note.name), text)
}
