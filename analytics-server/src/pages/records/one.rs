//! One visit alone, with what was written beside it and what the viewer may do.

use super::item::Item;
use super::{busy, told};
use crate::auth::{Right, Viewer};
use crate::moments;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::notes::{Note, NoteKind};
use crate::storage::records::Record;
use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use locales::Texts;

/// The page.
#[derive(Template)]
#[template(path = "records/one.html")]
#[expect(clippy::struct_excessive_bools, reason = "four buttons, each there or not")]
pub(in crate::pages) struct One {
    pub shell: Shell,
    pub item: Item,
    pub notes: Vec<Written>,
    /// Address of the visit without its language; forms go below it.
    pub path: String,
    pub may_handle: bool,
    pub may_redact: bool,
    pub may_reply: bool,
    pub may_rule: bool,
    /// The words of reasons for a redaction: value, name.
    pub reasons: Vec<(String, String)>,
    /// What was typed, and why it did not work: the form's name, the sentence, the text.
    pub refused: Option<Refused>,
}

/// A form that was refused.
#[derive(Clone, Debug)]
pub(in crate::pages) struct Refused {
    pub form: &'static str,
    pub sentence: String,
    pub typed: String,
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
        page(&app, &viewer, texts, &record, None).await
    };
    told(&app, &viewer, texts, page.await)
}

/// The visit of a number, if the viewer may see it; otherwise it is not there.
pub(super) async fn seen(app: &App, viewer: &Viewer, num: &str) -> Result<Record, Fault> {
    let num: i64 = num.parse().map_err(|_| Fault::Missing)?;
    let record = app.store.record(num).await.map_err(busy)?.ok_or(Fault::Missing)?;
    if viewer.scope().has_department(record.department) { Ok(record) } else { Err(Fault::Missing) }
}

/// The page of a visit.
pub(super) async fn page(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    record: &Record,
    refused: Option<Refused>,
) -> Result<Response, Fault> {
    let directory = app.store.directory().await.map_err(busy)?;
    let words = app.questionnaire_words(texts).await?;
    let notes = app.store.notes(record.num).await.map_err(busy)?;
    let path = format!("/records/{}", record.num);
    let title = texts.get("records-one");
    let mut shell =
        Shell::new(app, Some(viewer), texts, title, |texts| address::in_language(&path, texts));
    shell.simulated = record.simulated;
    let handle = viewer.may(Right::Handle);
    let reply = handle && (record.is_low() || !record.flags.is_empty());
    let status = if refused.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let name = |word: &str| (word.to_owned(), texts.get(&format!("records-redact-{word}")));
    let page = One {
        shell,
        item: Item::of(app, record, &directory, &words, viewer, texts),
        notes: notes.iter().map(|note| written(app, note, texts)).collect(),
        path,
        may_handle: handle,
        may_redact: handle && record.comment.is_some(),
        may_reply: reply,
        may_rule: viewer.may(Right::Rule),
        reasons: REASONS.map(name).into(),
        refused,
    };
    Ok(answer(status, page.render()))
}

fn written(app: &App, note: &Note, texts: &Texts) -> Written {
    let kind = texts.get(&format!("records-note-{}", note.kind.word()));
    let when = moments::told(note.at, &app.zone, texts);
    let text = match note.kind {
        NoteKind::Redacted => texts.get(&format!("records-redact-{}", note.text)),
        _ => note.text.clone(),
    };
    Written { head: format!("{kind} · {} · {when}", note.name), text }
}
