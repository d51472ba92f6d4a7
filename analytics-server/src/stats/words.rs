//! Words as bits: reasons, aspects and rules are few, so a row holds a number where it would hold
//! texts. The words belong to the columns and are saved with them.

use serde::{Deserialize, Serialize};

/// Stands for every word beyond the last place. An installation has some ten reasons.
const OTHER: &str = "other";

/// The words of one kind, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Words(Vec<String>);

impl Words {
    /// The place of a word below `limit`; the last place is every further word's.
    pub(super) fn place(&mut self, word: &str, limit: usize) -> usize {
        if let Some(place) = self.0.iter().position(|known| known == word) {
            return place;
        }
        if self.0.len() + 1 < limit {
            self.0.push(word.to_owned());
        } else if self.0.len() < limit {
            self.0.push(OTHER.to_owned());
        }
        self.0.len() - 1
    }

    /// The word of a place.
    pub(super) fn word(&self, place: usize) -> Option<&str> {
        self.0.get(place).map(String::as_str)
    }
}

/// All words of the columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Dictionary {
    /// One bit each.
    pub(super) reasons: Words,
    /// Four bits each, for its level.
    pub(super) aspects: Words,
    /// One bit each.
    pub(super) rules: Words,
}

/// Reasons that can be told apart.
pub(super) const REASONS: usize = 64;
/// Aspects that can be told apart.
pub(super) const ASPECTS: usize = 16;
/// Rules that can be told apart.
pub(super) const RULES: usize = 16;

impl Dictionary {
    /// The bits of some reasons.
    pub(super) fn reasons(&mut self, ids: &[String]) -> u64 {
        ids.iter().fold(0, |bits, id| bits | 1 << self.reasons.place(id, REASONS))
    }

    /// The packed levels of some aspects.
    pub(super) fn aspects(&mut self, judged: &[(String, u8)]) -> u64 {
        judged.iter().fold(0, |bits, (id, level)| {
            let shift = 4 * self.aspects.place(id, ASPECTS);
            bits & !(15 << shift) | u64::from(level & 15) << shift
        })
    }

    /// The bits of some rules.
    pub(super) fn rules(&mut self, names: &[String]) -> u16 {
        names.iter().fold(0, |bits, name| bits | 1 << self.rules.place(name, RULES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_many_goes_under_one_word() {
        let mut words = Dictionary::default();
        let ids: Vec<String> = (0..100).map(|nth| format!("reason {nth}")).collect();
        assert_eq!(words.reasons(&ids), u64::MAX);
        assert_eq!(words.reasons(&ids[..2]), 3);
        assert_eq!(words.reasons.word(62), Some("reason 62"));
        assert_eq!((words.reasons.word(63), words.reasons.word(64)), (Some(OTHER), None));
        assert_eq!(words.reasons(&ids[99..]), 1 << 63);
    }

    #[test]
    fn each_aspect_keeps_its_level() {
        let mut words = Dictionary::default();
        let judged = [("spirit".to_owned(), 2), ("attitude".to_owned(), 5)];
        assert_eq!(words.aspects(&judged), 0x52);
        assert_eq!(words.aspects(&judged[1..]), 0x50);
    }
}
