//! Notes beside a visit: which text may be one, and how it is written down.

use crate::pages::prelude::*;
use crate::storage::notes::{Author, NoteKind};

/// Letters that a note may have.
const NOTE_CHARS: usize = 1_000;

/// A text that may be kept, or the sentence that says why not.
pub(in crate::pages) fn note_text(text: &str, texts: &Texts) -> Result<String, String> {
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

/// Writes a note of the viewer beside a visit.
pub(in crate::pages) async fn add_note(
    context: &Context,
    rating: i64,
    kind: NoteKind,
    text: &str,
) -> PageResult<()> {
    let actor = context.viewer.actor();
    let author = Author { user: context.viewer.user.id, actor: &actor };
    context.app.store.add_note(rating, kind, author, text, context.now()).await?;
    Ok(())
}
