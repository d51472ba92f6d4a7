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

/// What a rule finds, in a sentence; nothing of a rule of a later version. `seconds` is the centre's time
/// after an answer today; what was flagged before was flagged by the time of its day.
pub fn rule_what(rule: &str, seconds: u32, texts: &Texts) -> String {
    match rule {
        QUICK_REPEAT if seconds == 0 => texts.get("records-rule-quick_repeat-off"),
        QUICK_REPEAT | DOSSIER_TWICE => {
            let seconds = seconds.to_string();
            texts.with(&format!("records-rule-{rule}-what"), &[("seconds", &seconds)])
        }
        _ => String::new(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_of_quick_ratings_says_by_which_limit_they_were_flagged() {
        let texts = locales::texts("vi");
        let (on, off) = (rule_what(QUICK_REPEAT, 7, texts), rule_what(QUICK_REPEAT, 0, texts));
        for sentence in [&on, &off] {
            assert!(sentence.contains("theo ngưỡng tại thời điểm ghi nhận"), "{sentence}");
        }
        assert!(on.ends_with("Ngưỡng hiện nay: 7 giây."), "{on}");
        assert!(off.contains("không áp dụng cho lượt mới"), "{off}");
        assert_eq!(rule_what("later", 7, texts), "");
    }
}
