//! What is done about a visit: each form is answered by a redirect to the visit, so that a reload
//! sends nothing twice; a form that comes again changes nothing.

use super::one::{Refused, page, seen};
use super::{NOTE_CHARS, busy, told};
use crate::auth::Viewer;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::Posted;
use crate::state::App;
use crate::storage::notes::{Author, NoteKind};
use axum::extract::{OriginalUri, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use serde::Deserialize;

/// A note.
#[derive(Deserialize)]
pub(in crate::pages) struct Words {
    #[serde(default)]
    pub(super) text: String,
    /// Of a ruling: whether it is counted.
    #[serde(default)]
    ruling: String,
}

/// A text that may be kept, or why not.
pub(in crate::pages) fn checked(text: &str, texts: &Texts) -> Result<String, String> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    let strange = |letter: char| letter.is_control() && letter != '\n';
    if text.is_empty() {
        Err(texts.get("records-refused-empty"))
    } else if text.chars().count() > NOTE_CHARS {
        Err(texts.with("records-refused-long", &[("most", &NOTE_CHARS.to_string())]))
    } else if text.contains(strange) {
        Err(texts.get("records-refused-letters"))
    } else {
        Ok(text.to_owned())
    }
}

/// `POST /records/{num}/note`: what was done.
pub(in crate::pages) async fn note(
    app: State<App>,
    uri: OriginalUri,
    num: Path<String>,
    posted: Posted<Words>,
) -> Response {
    taken("note", app, uri, num, posted).await
}

/// `POST /records/{num}/reply`: the reply of who answers for the officer.
pub(in crate::pages) async fn reply(
    app: State<App>,
    uri: OriginalUri,
    num: Path<String>,
    posted: Posted<Words>,
) -> Response {
    taken("reply", app, uri, num, posted).await
}

/// `POST /records/{num}/ruling`: whether it is counted.
pub(in crate::pages) async fn ruling(
    app: State<App>,
    uri: OriginalUri,
    num: Path<String>,
    posted: Posted<Words>,
) -> Response {
    taken("ruling", app, uri, num, posted).await
}

/// One of the forms that write words about a visit.
async fn taken(
    form: &'static str,
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
    Posted { viewer, form: filled }: Posted<Words>,
) -> Response {
    let texts = texts_of(&uri);
    told(&app, &viewer, texts, write(&app, &viewer, texts, &num, (form, filled)).await)
}

async fn write(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    num: &str,
    (form, filled): (&'static str, Words),
) -> Result<Response, Fault> {
    let record = seen(app, viewer, num).await?;
    let kind = match (form, filled.ruling.as_str()) {
        ("note", _) if record.handled_at.is_some() => NoteKind::Further,
        ("note", _) => NoteKind::Handled,
        ("ruling", "out") => NoteKind::RuledOut,
        ("ruling", "in") => NoteKind::RuledIn,
        ("reply", _) if record.is_low() || !record.flags.is_empty() => NoteKind::Reply,
        // A reply to what can not be disputed, a ruling that is none.
        _ => return Err(Fault::Request),
    };
    let text = match checked(&filled.text, texts) {
        Ok(text) => text,
        Err(sentence) => {
            let refused = Refused { form, sentence, typed: filled.text, ..Refused::default() };
            return page(app, viewer, texts, &record, refused.into()).await;
        }
    };
    let actor = viewer.actor();
    let author = Author { user: viewer.user.id, actor: &actor };
    // A note that came twice is the first one's further note in kind, and the same in words.
    let notes = app.store.notes(record.num).await.map_err(busy)?;
    let again = kind == NoteKind::Further
        && notes.iter().any(|one| {
            one.kind == NoteKind::Handled && one.user == author.user && one.text == text
        });
    if !again {
        app.store.add_note(record.num, kind, author, &text, app.clock.now()).await.map_err(busy)?;
    }
    Ok(back(record.num, texts))
}

/// The way back to the visit.
pub(super) fn back(num: i64, texts: &Texts) -> Response {
    Redirect::to(&address::in_language(&format!("/records/{num}"), texts)).into_response()
}
