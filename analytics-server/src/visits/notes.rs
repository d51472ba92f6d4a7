//! Notes beside a visit: which text may be one, and how it is written down.

use crate::auth::Viewer;
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::notes::{Author, NoteKind};
use locales::Texts;

/// Letters that a note may have.
const NOTE_CHARS: usize = 1_000;

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

/// Writes a note of a person beside a visit.
pub async fn add_note(
    app: &App,
    viewer: &Viewer,
    rating: i64,
    kind: NoteKind,
    text: &str,
) -> Result<(), StoreError> {
    let actor = viewer.actor();
    let author = Author { user: viewer.user.id, actor: &actor };
    app.store.add_note(rating, kind, author, text, app.clock.now()).await?;
    Ok(())
}
