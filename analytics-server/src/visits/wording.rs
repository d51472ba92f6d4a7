//! What the rules that find visits odd, the levels and the notes are called.

use crate::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use crate::storage::notes::NoteKind;
use locales::Texts;
use protocol::Level;

/// A rule's name; a rule of a later version is named by its word.
pub fn rule_name(rule: &str, texts: &Texts) -> String {
    match rule {
        QUICK_REPEAT | DOSSIER_TWICE => texts.get(&format!("records-rule-{rule}")),
        other => other.to_owned(),
    }
}

/// What a level is called.
pub fn level_name(level: Level, texts: &Texts) -> String {
    texts.get(&format!("level-{}", level.name()))
}

/// What a kind of note is called.
pub fn note_name(kind: NoteKind, texts: &Texts) -> String {
    texts.get(&format!("records-note-{}", kind.word()))
}
