//! Notes beside a visit: which text may be one, and how it is written down.

use crate::auth::Viewer;
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::notes::{Author, Note, NoteKind, Noted};
use crate::storage::records::Record;
use locales::Texts;

/// Letters that a note may have.
pub const NOTE_CHARS: usize = 1_000;

/// A text that may be kept, or the sentence that says why not.
pub fn note_text(text: &str, texts: &Texts) -> Result<String, String> {
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

/// Whether a person may answer the last reply: it is neither about themself nor their own.
pub fn may_answer(viewer: &Viewer, record: &Record, notes: &[Note]) -> bool {
    let reply = notes.iter().rfind(|note| note.kind == NoteKind::Reply);
    let is_own = reply.is_some_and(|reply| reply.user == viewer.user.id);
    viewer.user.officer != Some(record.officer) && !is_own
}

/// Writes a note of a person beside a visit.
pub async fn add_note(
    app: &App,
    viewer: &Viewer,
    rating: i64,
    kind: NoteKind,
    text: &str,
) -> Result<Noted, StoreError> {
    add_note_seen(app, viewer, rating, kind, text, None).await
}

/// The same, from a form that was shown when the visit had been ruled on `seen` times.
pub async fn add_note_seen(
    app: &App,
    viewer: &Viewer,
    rating: i64,
    kind: NoteKind,
    text: &str,
    seen: Option<usize>,
) -> Result<Noted, StoreError> {
    let actor = viewer.actor();
    let author = Author { user: viewer.user.id, actor: &actor };
    app.store.add_note_seen(rating, kind, author, text, app.clock.now(), seen).await
}
