//! Words that several pages of visits have in common.

use crate::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use locales::Texts;
use protocol::Level;

/// A rule's name; a rule of a later version is named by its word.
pub(in crate::pages) fn rule_name(rule: &str, texts: &Texts) -> String {
    match rule {
        QUICK_REPEAT | DOSSIER_TWICE => texts.get(&format!("records-rule-{rule}")),
        other => other.to_owned(),
    }
}

/// What a level is called.
pub(super) fn level_name(level: Level, texts: &Texts) -> String {
    texts.get(&format!("level-{}", level.name()))
}
