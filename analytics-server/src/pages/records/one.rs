//! One visit alone, with what was written beside it and what the viewer may do.

use super::item::Item;
use super::{busy, redaction, told};
use crate::auth::{Right, Viewer};
use crate::moments;
use crate::pages::address;
use crate::pages::disclosed::Disclosed;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::notes::{Note, NoteKind};
use crate::storage::records::Record;
use crate::storage::redactions::{KEPT_MS, KeptOriginal};
use crate::tables_out::visible;
use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use locales::Texts;

/// The page.
#[derive(Template)]
#[template(path = "records/one.html")]
#[expect(clippy::struct_excessive_bools, reason = "buttons, each there or not")]
pub(in crate::pages) struct One {
    pub shell: Shell,
    pub item: Item,
    pub notes: Vec<Written>,
    /// Address of the visit without its language; forms go below it.
    pub path: String,
    pub may_handle: bool,
    pub may_redact: bool,
    /// To ask for a redaction, for those who may not do it themselves.
    pub may_propose: bool,
    /// To answer a proposal that is open by leaving the comment as it is.
    pub may_decline: bool,
    pub may_reply: bool,
    pub may_rule: bool,
    /// The words of reasons for a redaction: value, name.
    pub reasons: Vec<(String, String)>,
    /// What was redacted and is still kept, the last first.
    pub originals: Vec<Original>,
    /// What was typed, and why it did not work: the form's name, the sentence, the text.
    pub refused: Option<Refused>,
}

/// A redaction whose original is kept.
pub(in crate::pages) struct Original {
    /// Number of its note.
    pub note: i64,
    /// Who redacted, when, why, and until when the original is kept.
    pub head: String,
    /// The original, for whoever asked to see it.
    pub text: Option<String>,
    /// Only the last redaction can be put back.
    pub is_last: bool,
}

/// A form that was refused.
#[derive(Clone, Debug, Default)]
pub(in crate::pages) struct Refused {
    pub form: &'static str,
    pub sentence: String,
    pub typed: String,
    /// Words that were chosen.
    pub chosen: [String; 2],
}

/// A note in words.
pub(in crate::pages) struct Written {
    pub head: String,
    pub text: String,
}

impl One {
    /// The language, where an address has to carry it.
    fn query(&self) -> String {
        address::in_language("", self.shell.texts)
    }

    /// Whether a form is the ruling's.
    #[expect(clippy::unused_self, reason = "called by the template")]
    fn is_ruling(&self, form: &str) -> bool {
        form == "ruling"
    }

    /// What a refused form said.
    fn refusal(&self, form: &str) -> Option<&Refused> {
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

/// The words for why something was redacted. Chosen, never typed: a typed reason could repeat what
/// is to go away.
pub(super) const REASONS: [&str; 4] = ["personal", "names", "insult", "other"];

/// `GET /records/{num}`.
pub(in crate::pages) async fn one(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
) -> Response {
    let texts = texts_of(&uri);
    let page = async {
        let record = seen(&app, &viewer, &num).await?;
        page(&app, &viewer, texts, &record, Shown::default()).await
    };
    told(&app, &viewer, texts, page.await)
}

/// The visit of a number, if the viewer may see it; otherwise it is not there.
pub(super) async fn seen(app: &App, viewer: &Viewer, num: &str) -> Result<Record, Fault> {
    let num: i64 = num.parse().map_err(|_| Fault::Missing)?;
    let record = app.store.record(num).await.map_err(busy)?.ok_or(Fault::Missing)?;
    if viewer.scope().has_department(record.department) { Ok(record) } else { Err(Fault::Missing) }
}

/// What the page of a visit shows beside the visit.
#[derive(Default)]
pub(super) struct Shown {
    /// A form that was refused.
    pub refused: Option<Refused>,
    /// The original of a redaction, by the number of its note.
    pub original: Option<(i64, String)>,
}

impl From<Refused> for Shown {
    fn from(refused: Refused) -> Self {
        Self { refused: Some(refused), original: None }
    }
}

/// The page of a visit.
pub(super) async fn page(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    record: &Record,
    shown: Shown,
) -> Result<Response, Fault> {
    let directory = app.store.directory().await.map_err(busy)?;
    let words = app.questionnaire_words(texts).await?;
    let notes = app.store.notes(record.num).await.map_err(busy)?;
    let path = format!("/records/{}", record.num);
    let title = texts.get("records-one");
    let mut shell =
        Shell::new(app, Some(viewer), texts, title, |texts| address::in_language(&path, texts));
    shell.simulated = record.simulated;
    let Shown { refused, original } = shown;
    let originals = originals(app, viewer, record, original, texts).await?;
    let handle = viewer.may(Right::Handle);
    let commented = record.comment.is_some();
    let redact = redaction::may(viewer, record);
    // Nothing is left that could be taken away; a form that was refused says so itself.
    let gone = refused.is_none() && record.comment.as_deref() == Some(redaction::mark().as_str());
    let proposed = redaction::is_proposed(&notes);
    let reply = handle && (record.is_low() || !record.flags.is_empty());
    let status = if refused.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let name = |word: &str| (word.to_owned(), texts.get(&format!("records-redact-{word}")));
    let page = One {
        shell,
        item: Item::of(app, record, &directory, &words, viewer, texts),
        notes: notes.iter().map(|note| written(app, note, texts)).collect(),
        path,
        may_handle: handle,
        may_redact: redact && commented && !gone,
        may_propose: handle && !redact && commented && !gone && !proposed,
        may_decline: redact && commented && proposed,
        may_reply: reply,
        may_rule: viewer.may(Right::Rule),
        reasons: REASONS.map(name).into(),
        originals,
        refused,
    };
    let answer = answer(status, page.render());
    Ok(if commented { Disclosed::comment_of(record.num).with(answer) } else { answer })
}

/// The redactions that can be put back, for who has the right.
async fn originals(
    app: &App,
    viewer: &Viewer,
    record: &Record,
    shown: Option<(i64, String)>,
    texts: &Texts,
) -> Result<Vec<Original>, Fault> {
    let may = viewer.may(Right::Originals) && redaction::may(viewer, record);
    if !may || record.redacted_at.is_none() {
        return Ok(Vec::new());
    }
    let since = app.clock.now() - KEPT_MS;
    let kept = app.store.kept_originals(record.num, since).await.map_err(busy)?;
    let last = kept.first().map(|one| one.note_num);
    let original = |one: KeptOriginal| {
        let places = [
            ("name", one.full_name.as_str()),
            ("when", &moments::told(one.at, &app.zone, texts)),
            ("why", &texts.get(&format!("records-redact-{}", one.text))),
            ("until", &moments::told(one.at + KEPT_MS, &app.zone, texts)),
        ];
        let shown = shown.as_ref().filter(|(note, _)| *note == one.note_num);
        Original {
            note: one.note_num,
            head: texts.with("records-original-head", &places),
            text: shown.map(|(_, text)| visible(text).into_owned()),
            is_last: last == Some(one.note_num),
        }
    };
    Ok(kept.into_iter().map(original).collect())
}

fn written(app: &App, note: &Note, texts: &Texts) -> Written {
    let kind = texts.get(&format!("records-note-{}", note.kind.word()));
    let when = moments::told(note.at, &app.zone, texts);
    let text = match note.kind {
        NoteKind::Redacted | NoteKind::Proposed => {
            texts.get(&format!("records-redact-{}", note.text))
        }
        _ => visible(&note.text).into_owned(),
    };
    Written { head: format!("{kind} · {} · {when}", note.name), text }
}
