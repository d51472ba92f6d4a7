//! What an address asked for: it is stored as the address has it, by codes, and told with the names of
//! now in the reader's words.

use super::wording::Wording;
use crate::figure_lines::hour_name;
use crate::questionnaire_words::QuestionnaireWords;
use crate::storage::register::Noun;

/// Words of an address with the keys of what they are called: the field, the word, the key.
const WORDS: [(&str, &str, &str); 11] = [
    ("level", "low", "records-low"),
    ("level", "below", "pages-column-below"),
    ("level", "well", "records-well"),
    ("judged", "low", "records-low"),
    ("judged", "below", "pages-column-below"),
    ("judged", "well", "records-well"),
    ("stage", "unstated", "records-stage-unstated"),
    ("channel", "unknown", "records-channel-unknown"),
    ("flag", "any", "records-flagged"),
    ("flag", "none", "records-unflagged"),
    ("with", "comment", "records-part-commented"),
];

impl Wording<'_> {
    /// What a field of an address asks for in words, where it has some.
    pub(super) fn asked(self, field: &str, word: &str) -> Option<String> {
        let texts = self.texts;
        if let Some((.., key)) = WORDS.into_iter().find(|one| (one.0, one.1) == (field, word)) {
            return Some(texts.get(key));
        }
        let hour = || word.parse::<u8>().ok().filter(|hour| *hour < 24);
        let questionnaires = || QuestionnaireWords::of(&self.names.questionnaires, texts);
        match field {
            "department" => self.coded(Noun::Department, word),
            "counter" => self.coded(Noun::Counter, word),
            "officer" => self.coded(Noun::Officer, word),
            "site" => self.coded(Noun::Site, word),
            "procedure" => self.coded(Noun::Procedure, word),
            "state" => texts.known(&format!("records-state-{word}")),
            "source" => texts.known(&format!("records-source-{word}")),
            "flag" => texts.known(&format!("records-rule-{word}")),
            "weekday" => texts.known(&format!("weekday-inside-{word}")),
            "hour" => hour().map(|hour| hour_name(hour, texts)),
            "reason" => Some(questionnaires().reason(word)),
            "aspect" => Some(questionnaires().aspect(word)),
            _ => None,
        }
    }

    /// Name and code of an entry of a list, by its code.
    fn coded(self, noun: Noun, word: &str) -> Option<String> {
        let (_, code, name) = self.names.entries(noun).into_iter().find(|one| one.1 == word)?;
        Some(format!("{name} ({code})"))
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::names::AuditNames;
    use crate::audit::wording::Wording;
    use jiff::tz::TimeZone;
    use serde_json::Value;

    /// What is stored once is read in every language.
    #[test]
    fn what_an_address_asked_for_is_told_in_the_readers_words() {
        let (names, zone) = (AuditNames::sample(), TimeZone::UTC);
        let value = |language: &str, field: &str, word: &str| {
            let texts = locales::texts(language);
            let wording = Wording { texts, zone: &zone, names: &names, subject: "comments" };
            wording.value(field, &Value::from(word))
        };
        assert_eq!(value("vi", "from", "2026-11-16"), "16/11/2026");
        assert_eq!(value("en", "from", "2026-11-16"), "16 Nov 2026");
        assert_eq!(value("en", "counter", "Q02"), "Quầy số 02 (Q02)");
        assert_eq!(value("vi", "counter", "Q99"), "Q99", "what is no more is told as it is stored");
        let several = [("level", "low"), ("state", "open"), ("source", "tablet"), ("hour", "9")];
        for (field, word) in several {
            let [vi, en] = ["vi", "en"].map(|language| value(language, field, word));
            assert!(vi != en && vi != word && !vi.starts_with('['), "{field}: {vi}, {en}");
        }
        assert_eq!(value("vi", "level", "satisfied"), "Hài lòng");
        assert_eq!(value("vi", "stage", "receive"), locales::texts("vi").get("stage-receive"));
        assert_eq!(value("vi", "state", "x y"), "x y");
    }
}
