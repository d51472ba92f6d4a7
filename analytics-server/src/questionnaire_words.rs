//! What reasons and aspects are called: as the newest questionnaire that has them words them.

use crate::storage::questionnaires::Published;
use locales::Texts;
use protocol::questionnaire::{Ask, FIRST_LANGUAGE};
use std::collections::HashMap;

/// The id of a reason that a file gives in words of its own, which are kept as a comment.
pub const OTHER_REASON: &str = "other";

/// Words of reasons and aspects by their ids, in one language.
#[derive(Clone, Debug, Default)]
pub struct QuestionnaireWords {
    reasons: HashMap<String, String>,
    aspects: HashMap<String, String>,
}

impl QuestionnaireWords {
    /// The words of published questionnaires, oldest first.
    pub fn of(questionnaires: &[Published], texts: &Texts) -> Self {
        let other = (OTHER_REASON.to_owned(), texts.get("reason-other"));
        let mut words = Self { reasons: [other].into(), aspects: HashMap::new() };
        for step in questionnaires.iter().flat_map(|one| &one.questionnaire.steps) {
            let (known, items) = match &step.ask {
                Ask::Reasons { items, .. } => (&mut words.reasons, items),
                Ask::Aspects { items, .. } => (&mut words.aspects, items),
                _ => continue,
            };
            for item in items {
                let text = item.text.get(texts.language());
                let text = text.or_else(|| item.text.get(FIRST_LANGUAGE));
                known.insert(item.id.clone(), text.unwrap_or(&item.id).clone());
            }
        }
        words
    }

    /// A reason in words; its id where no questionnaire has it.
    pub fn reason(&self, id: &str) -> String {
        self.reasons.get(id).map_or_else(|| id.to_owned(), Clone::clone)
    }

    /// An aspect in words; its id where no questionnaire has it.
    pub fn aspect(&self, id: &str) -> String {
        self.aspects.get(id).map_or_else(|| id.to_owned(), Clone::clone)
    }

    /// All reasons that can be named: id and words, by their words.
    pub fn all_reasons(&self) -> Vec<(String, String)> {
        let pair = |(id, text): (&String, &String)| (id.clone(), text.clone());
        let mut all: Vec<_> = self.reasons.iter().map(pair).collect();
        all.sort_by(|a, b| a.1.cmp(&b.1));
        all
    }
}
