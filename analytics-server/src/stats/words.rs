//! Words as numbers: a row holds one number for all its reasons, one for its aspects with their
//! levels, and one for the rules that found it odd. Few combinations ever occur, so each is stored once,
//! and the number of words is not limited: a reason of a new questionnaire always gets a number of its
//! own. The words belong to the columns and are saved with them. A number depends on when its word came
//! first and is never shown.

use crate::storage::rows::RatingRow;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::Hash;

/// Things that are kept once each, by numbers from 1 on.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Vec<T>", into = "Vec<T>")]
#[serde(bound(
    serialize = "T: Clone + Serialize",
    deserialize = "T: Clone + Eq + Hash + Deserialize<'de>"
))]
struct Interned<T> {
    items: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self { items: Vec::new(), numbers: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> From<Vec<T>> for Interned<T> {
    fn from(items: Vec<T>) -> Self {
        let numbers = items.iter().cloned().zip(1..).collect();
        Self { items, numbers }
    }
}

impl<T> From<Interned<T>> for Vec<T> {
    fn from(interned: Interned<T>) -> Self {
        interned.items
    }
}

impl<T: Clone + Eq + Hash> Interned<T> {
    /// The number of something that is there.
    fn known<Q: Hash + Eq + ?Sized>(&self, item: &Q) -> Option<u32>
    where
        T: std::borrow::Borrow<Q>,
    {
        self.numbers.get(item).copied()
    }

    /// The number of something; a new one where it was not there.
    fn number(&mut self, item: T) -> u32 {
        if let Some(number) = self.numbers.get(&item) {
            return *number;
        }
        self.items.push(item.clone());
        let number = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.numbers.insert(item, number);
        number
    }

    /// What has a number.
    fn item(&self, number: u32) -> Option<&T> {
        self.items.get((number as usize).checked_sub(1)?)
    }
}

/// Combinations of words that rows name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Sets {
    words: Interned<String>,
    sets: Interned<Vec<u32>>,
}

impl Sets {
    /// The number of a combination whose words are there; 0: of none.
    fn known(&self, words: &[String]) -> Option<u32> {
        if words.is_empty() {
            return Some(0);
        }
        let mut set = Vec::with_capacity(words.len());
        for word in words {
            set.push(self.words.known(word.as_str())?);
        }
        set.sort_unstable();
        set.dedup();
        self.sets.known(&set)
    }

    fn number(&mut self, words: &[String]) -> u32 {
        if words.is_empty() {
            return 0;
        }
        let mut set: Vec<u32> = words.iter().map(|word| self.words.number(word.clone())).collect();
        set.sort_unstable();
        set.dedup();
        self.sets.number(set)
    }

    fn words(&self, number: u32) -> impl Iterator<Item = &str> {
        let set = self.sets.item(number).map(Vec::as_slice).unwrap_or_default();
        set.iter().filter_map(|word| self.words.item(*word)).map(String::as_str)
    }
}

/// Aspects with their levels, as rows judge them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Judgements {
    words: Interned<String>,
    sets: Interned<Vec<(u32, u8)>>,
}

impl Judgements {
    fn known(&self, judged: &[(String, u8)]) -> Option<u32> {
        if judged.is_empty() {
            return Some(0);
        }
        let mut set = Vec::with_capacity(judged.len());
        for (word, level) in judged {
            set.push((self.words.known(word.as_str())?, *level));
        }
        set.sort_unstable();
        self.sets.known(&set)
    }

    fn number(&mut self, judged: &[(String, u8)]) -> u32 {
        if judged.is_empty() {
            return 0;
        }
        let number = |(word, level): &(String, u8)| (self.words.number(word.clone()), *level);
        let mut set: Vec<(u32, u8)> = judged.iter().map(number).collect();
        set.sort_unstable();
        self.sets.number(set)
    }
}

/// The numbers of one row; 0: it names nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Numbers {
    pub(super) reasons: u32,
    pub(super) aspects: u32,
    pub(super) flags: u32,
}

/// All words of the columns.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Dictionary {
    reasons: Sets,
    aspects: Judgements,
    rules: Sets,
}

impl Dictionary {
    /// The numbers of a row that says nothing new.
    pub(super) fn known(&self, row: &RatingRow) -> Option<Numbers> {
        Some(Numbers {
            reasons: self.reasons.known(&row.reasons)?,
            aspects: self.aspects.known(&row.aspects)?,
            flags: self.rules.known(&row.flags)?,
        })
    }

    /// The numbers of a row; words that are new get new numbers.
    pub(super) fn learn(&mut self, row: &RatingRow) -> Numbers {
        Numbers {
            reasons: self.reasons.number(&row.reasons),
            aspects: self.aspects.number(&row.aspects),
            flags: self.rules.number(&row.flags),
        }
    }

    /// Whether a number stands for reasons.
    pub(super) fn has_reasons(&self, number: u32) -> bool {
        self.reasons.sets.item(number).is_some()
    }

    /// Whether a number stands for aspects.
    pub(super) fn has_aspects(&self, number: u32) -> bool {
        self.aspects.sets.item(number).is_some()
    }

    /// Whether a number stands for rules.
    pub(super) fn has_rules(&self, number: u32) -> bool {
        self.rules.sets.item(number).is_some()
    }

    /// The ids of the reasons behind a number.
    pub(super) fn reasons(&self, number: u32) -> impl Iterator<Item = &str> {
        self.reasons.words(number)
    }

    /// The names of the rules behind a number.
    pub(super) fn rules(&self, number: u32) -> impl Iterator<Item = &str> {
        self.rules.words(number)
    }

    /// The ids of the aspects behind a number, with their levels.
    pub(super) fn aspects(&self, number: u32) -> impl Iterator<Item = (&str, u8)> {
        let set = self.aspects.sets.item(number).map(Vec::as_slice).unwrap_or_default();
        let words = &self.aspects.words;
        set.iter().filter_map(|(word, level)| Some((words.item(*word)?.as_str(), *level)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(reasons: &[&str], aspects: &[(&str, u8)]) -> RatingRow {
        let text = |word: &&str| (*word).to_owned();
        RatingRow {
            reasons: reasons.iter().map(text).collect(),
            aspects: aspects.iter().map(|(word, level)| (text(word), *level)).collect(),
            ..RatingRow::default()
        }
    }

    #[test]
    fn every_reason_keeps_its_name_among_many() {
        let mut words = Dictionary::default();
        let ids: Vec<String> = (0..1_000).map(|nth| format!("reason {nth}")).collect();
        let numbers: Vec<u32> =
            ids.iter().map(|id| words.learn(&row(&[id], &[])).reasons).collect();
        let both = words.learn(&row(&["reason 999", "reason 3"], &[]));
        for (id, number) in ids.iter().zip(&numbers) {
            assert_eq!(words.reasons(*number).collect::<Vec<_>>(), [id]);
        }
        let mut named: Vec<_> = words.reasons(both.reasons).collect();
        named.sort_unstable();
        assert_eq!(named, ["reason 3", "reason 999"]);
        let turned = row(&["reason 3", "reason 999", "reason 3"], &[]);
        assert_eq!(words.known(&turned), Some(both), "in any order, once");
        assert_eq!(words.known(&row(&["reason 1000"], &[])), None);
        assert_eq!(words.learn(&row(&[], &[])), Numbers::default());
    }

    #[test]
    fn each_aspect_keeps_its_level_and_files_keep_all() {
        let mut words = Dictionary::default();
        let ids: Vec<String> = (0..40).map(|nth| format!("aspect {nth:02}")).collect();
        let judged: Vec<(&str, u8)> =
            ids.iter().zip((1..=5).cycle()).map(|(id, level)| (id.as_str(), level)).collect();
        let number = words.learn(&row(&[], &judged)).aspects;
        let other = words.learn(&row(&["waiting"], &[("aspect 00", 2)]));
        assert_eq!(words.aspects(number).collect::<Vec<_>>(), judged);
        assert_eq!(words.aspects(other.aspects).collect::<Vec<_>>(), [("aspect 00", 2)]);
        let read: Dictionary =
            serde_json::from_slice(&serde_json::to_vec(&words).unwrap()).unwrap();
        assert_eq!(read.aspects(number).collect::<Vec<_>>(), judged);
        assert_eq!(read.known(&row(&["waiting"], &[("aspect 00", 2)])), Some(other));
    }
}
