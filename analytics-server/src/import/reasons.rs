//! Reasons in a file's own words: what a published questionnaire knows, in any language, is its
//! reason; everything else is a comment, with a comment's rights, redaction and term.

use super::words::plain;
use crate::letters::one_line;
use crate::storage::questionnaires::Published;
use protocol::questionnaire::Ask;
use std::collections::HashMap;

/// The reasons of all published questionnaires, by their ids and by their words in any language.
#[derive(Clone, Debug, Default)]
pub struct KnownReasons(HashMap<String, String>);

impl KnownReasons {
    /// Those of questionnaires, oldest first; of two that say the same the newest one's.
    pub fn of(questionnaires: &[Published]) -> Self {
        let mut known = HashMap::new();
        for step in questionnaires.iter().rev().flat_map(|one| &one.questionnaire.steps) {
            let Ask::Reasons { items, .. } = &step.ask else { continue };
            for item in items {
                for text in item.text.values().chain([&item.id]) {
                    known.entry(plain(text)).or_insert_with(|| item.id.clone());
                }
            }
        }
        Self(known)
    }

    /// What a field says: reasons where all of it is known, or else a comment.
    pub fn read(&self, text: &str) -> (Vec<String>, Option<String>) {
        if let Some(id) = self.0.get(&plain(text)) {
            return (vec![id.clone()], None);
        }
        let parts = text.split([';', '\n', '\r']).map(plain).filter(|part| !part.is_empty());
        let mut ids: Vec<String> = Vec::new();
        for part in parts {
            match self.0.get(&part) {
                Some(id) if ids.contains(id) => {}
                Some(id) => ids.push(id.clone()),
                None => return (Vec::new(), Some(one_line(text).trim().to_owned())),
            }
        }
        (ids, None)
    }
}
