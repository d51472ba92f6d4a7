//! Reasons in a file's own words: what a published questionnaire knows, in any language, is its
//! reason; everything else is another reason, whose words are a comment, with a comment's rights,
//! redaction and term.

use super::words::plain;
use crate::normalization::one_line;
use crate::questionnaire_words::OTHER_REASON;
use crate::storage::questionnaires::Published;
use protocol::questionnaire::Ask;
use std::collections::HashMap;

/// Words that reasons of the built-in questionnaire had before: files in these words go on being read
/// where only the present ones were published.
const EARLIER_WORDS: [(&str, &str); 3] = [
    ("Hướng dẫn chưa rõ", "explanation"),
    ("Yêu cầu giấy tờ ngoài quy định", "extra_papers"),
    ("Thái độ chưa tốt", "attitude_cold"),
];

/// The reasons of all published questionnaires, by their ids and by their words in any language.
#[derive(Clone, Debug, Default)]
pub struct KnownReasons(HashMap<String, String>);

impl KnownReasons {
    /// Those of questionnaires, oldest first; of two that say the same the newest one's.
    pub fn of(questionnaires: &[Published]) -> Self {
        let mut known: HashMap<String, String> =
            [(OTHER_REASON.into(), OTHER_REASON.into())].into();
        for step in questionnaires.iter().rev().flat_map(|one| &one.questionnaire.steps) {
            let Ask::Reasons { items, .. } = &step.ask else { continue };
            for item in items {
                for text in item.text.values().chain([&item.id]) {
                    known.entry(plain(text)).or_insert_with(|| item.id.clone());
                }
            }
        }
        for (words, id) in EARLIER_WORDS {
            // An id is known by itself, too.
            if known.contains_key(&plain(id)) {
                known.entry(plain(words)).or_insert_with(|| id.to_owned());
            }
        }
        Self(known)
    }

    /// What a field says: reasons, and where some of it is not known, another reason in words of its
    /// own, which are a comment.
    pub fn read(&self, text: &str) -> (Vec<String>, Option<String>) {
        if let Some(id) = self.0.get(&plain(text)) {
            return (vec![id.clone()], None);
        }
        let parts = text.split([';', '\n', '\r']).map(plain).filter(|part| !part.is_empty());
        let mut ids: Vec<String> = Vec::new();
        let mut comment = None;
        for part in parts {
            let id = self.0.get(&part).map_or(OTHER_REASON, String::as_str);
            if !self.0.contains_key(&part) {
                comment = Some(one_line(text).trim().to_owned());
            }
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
        (ids, comment)
    }
}
