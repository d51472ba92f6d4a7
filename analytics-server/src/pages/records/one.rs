//! One visit alone, with its alert, with what was written beside it and what the viewer may do. It leads
//! back to its place in the list that the viewer came from.

use super::flag_reasons::{FlagReason, flag_reasons};
use super::item::Item;
use super::neighbours::{Neighbours, neighbours};
use super::redaction::proposal_words;
use super::rulings::Rulings;
use super::sent::{RecordForm, VisitAction};
use crate::alerts::{AlertStatus, AlertTexts, departments_of};
use crate::centre_time;
use crate::pages::access_audit::AccessAudit;
use crate::pages::came_from::CameFrom;
use crate::pages::prelude::*;
use crate::storage::notes::{Note, NoteKind, Proposal, is_reply_waiting};
use crate::storage::records::Record;
use crate::storage::redactions::{KEPT_MS, KeptOriginal};
use crate::table_files::visible;
use crate::visits::notes::may_answer;
use crate::visits::redaction::{REASONS, is_proposed, may_redact, removed_mark};
use crate::visits::wording::note_name;

/// The words for how a reply is answered.
const ANSWERS: [&str; 2] = [NoteKind::Accepted.word(), NoteKind::NotAccepted.word()];

/// The page of a visit.
#[derive(Template)]
#[template(path = "records/one.html")]
struct RecordPage {
    layout: Layout,
    /// By which number the audit log names it.
    number: String,
    item: Item,
    /// The list that the viewer came from, kept over the forms.
    list: CameFrom,
    neighbours: Neighbours,
    alert: Option<RatingAlert>,
    /// What was written beside it.
    notes: Vec<WrittenNote>,
    /// Address of the visit without its language and list; forms go below it.
    path: String,
    /// What the rules found that flagged it.
    found: Vec<FlagReason>,
    /// The rulings that change anything: word and name; and how often it was ruled on.
    rulings: Vec<(&'static str, String)>,
    ruled: usize,
    /// The forms for a text.
    text_forms: Vec<TextForm>,
    /// What can be said to a reply: value, name.
    answers: [(&'static str, String); 2],
    may_redact: bool,
    /// To ask for a redaction, for those who may not do it themselves.
    may_propose: bool,
    /// The words of reasons for a redaction: value, name.
    reasons: [(&'static str, String); 4],
    /// What was redacted and is still kept, the last first: only that can be put back.
    originals: Vec<Original>,
    shown: FormState,
}

/// What was written beside a visit.
struct WrittenNote {
    head: String,
    text: String,
    /// It is a reply that nobody has answered.
    waits: bool,
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

/// A form that is a text, alone or with a choice.
struct TextForm {
    action: VisitAction,
    heading: String,
    /// What comes of it.
    what: String,
}

/// What the page of a visit shows of what was sent.
#[derive(Default)]
pub(super) struct FormState {
    /// What stands in its fields.
    pub sent: RecordForm,
    pub refused: Option<Refusal>,
    /// Something was done, and what was typed for something else is kept.
    pub is_kept: bool,
    /// An original that was asked for, by the number of its note.
    pub original: Option<(i64, String)>,
}

/// Why something was not taken, and beside which field that stands.
pub(super) struct Refusal {
    pub place: &'static str,
    pub sentence: String,
}

impl RecordPage {
    /// Where a form is sent to.
    fn action(&self, form: &str) -> String {
        let path = self.list.carried_to(&format!("{}/{form}", self.path));
        address::with_language(&path, self.layout.texts)
    }

    /// Why what stands at a place was not taken.
    fn refusal(&self, place: &str) -> Option<&str> {
        let refused = self.shown.refused.as_ref().filter(|one| one.place == place)?;
        Some(&refused.sentence)
    }

    /// Whether there is anything to do.
    fn has_forms(&self) -> bool {
        !self.text_forms.is_empty() || self.may_redact || self.may_propose
    }
}

/// `GET /records/{num}`.
pub(super) async fn show(context: Context, Path(num): Path<String>) -> PageResult {
    let record = visible_record(&context, &num).await?;
    page(&context, &record, FormState::default()).await
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

/// The page of a visit, with what was sent and refused or kept, or with an original.
pub(super) async fn page(context: &Context, record: &Record, mut shown: FormState) -> PageResult {
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
    let refused = shown.refused.as_ref().map(|one| one.place);
    let gone = refused.is_none() && record.comment.as_deref() == Some(removed_mark().as_str());
    let proposed = is_proposed(&notes);
    let has_waiting_reply = is_reply_waiting(&notes);
    let answers = handle && may_answer(viewer, record, &notes);
    let is_refused = |action: VisitAction| refused == Some(action.word());
    let offers = |action: &VisitAction| match action {
        VisitAction::Note => handle,
        // Where a reply waits; and where somebody else was faster, with what was typed.
        VisitAction::Answer => answers && (has_waiting_reply || is_refused(*action)),
        VisitAction::Reply => handle && (record.is_low() || !record.flags.is_empty()),
        VisitAction::Ruling => viewer.may(Permission::Rule),
        // Answers a proposal that is open by leaving the comment as it is.
        VisitAction::Decline => redact && commented && proposed,
        VisitAction::Redact | VisitAction::Propose => false,
    };
    let text_form = |action: VisitAction| TextForm {
        action,
        heading: texts.get(&format!("records-do-{}", action.word())),
        what: texts.get(&format!("records-do-{}-what", action.word())),
    };
    let text_forms = VisitAction::WITH_TEXT.into_iter().filter(offers).map(text_form);
    let rulings = Rulings::of(record, &notes);
    let offered = rulings.offered().into_iter().map(|(word, key)| (word, texts.get(key)));
    let mut found = flag_reasons(context, std::slice::from_ref(record), &list).await?;
    let status = if refused.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let page = RecordPage {
        layout,
        number: texts.with("records-one-number", &[("number", &record.num.to_string())]),
        item: Item { has_waiting_reply, ..Item::of(context, record, &directory, &words) },
        neighbours: neighbours(context, &list, record).await?,
        list,
        alert: alert(context, record).await?,
        notes: written(context, &notes),
        answers: ANSWERS.map(|word| (word, texts.get(&format!("records-answer-{word}")))),
        path: format!("/records/{}", record.num),
        found: found.remove(&record.num).unwrap_or_default(),
        rulings: offered.collect(),
        ruled: rulings.count(),
        text_forms: text_forms.collect(),
        may_redact: redact && commented && !gone,
        may_propose: handle && !redact && commented && !gone && !proposed,
        reasons: REASONS.map(|word| (word, texts.get(&format!("records-redact-{word}")))),
        originals: originals(context, record, shown.original.take()).await?,
        shown,
    };
    let answer = answer(status, page.render());
    // What somebody wrote, and the dossier, which leads to a person.
    let is_personal = commented || record.dossier.is_some();
    Ok(if is_personal { AccessAudit::visit(record.num).with(answer) } else { answer })
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

/// The notes in words.
fn written(context: &Context, notes: &[Note]) -> Vec<WrittenNote> {
    let Context { app, texts, .. } = context;
    let answered = notes.iter().rposition(Note::answers);
    let note = |(place, note): (usize, &Note)| {
        let (kind, when) =
            (note_name(note.kind, texts), centre_time::in_sentence(note.at, &app.zone, texts));
        let text = match note.kind {
            NoteKind::Redacted => texts.get(&format!("records-redact-{}", note.text)),
            NoteKind::Proposed => proposal_words(&Proposal::of(&note.text), texts),
            _ => visible(&note.text).into_owned(),
        };
        let is_after = answered.is_none_or(|answered| answered < place);
        let waits = note.kind == NoteKind::Reply && is_after;
        WrittenNote { head: format!("{kind} · {} · {when}", note.name), text, waits }
    };
    notes.iter().enumerate().map(note).collect()
}
