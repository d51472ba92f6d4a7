//! An officer's own results in aggregate, as they were published: exact, from ten ratings on, and
//! moved on only by ten more.

use crate::publication::PublishedFigures;
use crate::questionnaire_words::QuestionnaireWords;
use locales::Texts;
use reports::figures::{Levels, PUBLISHED_FROM, RANKED_FROM};
use reports::numbers::Numbers;
use std::cmp::Reverse;

/// The results in words.
pub(super) struct Results {
    pub total: String,
    pub share: String,
    /// The interval of the share, from thirty ratings on.
    pub interval: Option<String>,
    /// Up to which day, and when they move on.
    pub until: String,
    /// Fewer than are ranked.
    pub few: bool,
    /// Name and n.
    pub levels: [(String, String); 5],
    /// Name, share, n.
    pub aspects: Vec<(String, String, String)>,
    /// Name and n, most first.
    pub reasons: Vec<(String, String)>,
}

impl Results {
    /// What was published, in words.
    pub fn of(told: &PublishedFigures, words: &QuestionnaireWords, texts: &Texts) -> Self {
        let numbers = Numbers::of(texts);
        let few = told.whole.total < RANKED_FROM;
        let satisfied = told.whole.ratings().satisfied;
        let interval = satisfied.low.zip(satisfied.high).filter(|_| !few);
        let level = |(word, count): (&str, u64)| {
            (texts.get(&format!("level-{word}")), numbers.count(count))
        };
        let aspect = |(id, levels): (&String, &Levels)| {
            let total: u64 = levels.named().iter().map(|(_, count)| count).sum();
            let good = levels.very_satisfied + levels.satisfied;
            let share = numbers.percent(good as f64 / total.max(1) as f64);
            (words.aspect(id), share, numbers.count(total))
        };
        let mut reasons: Vec<_> = told.reasons.iter().collect();
        reasons.sort_by_key(|(id, count)| (Reverse(**count), *id));
        let reasons = reasons.into_iter().map(|(id, n)| (words.reason(id), numbers.count(*n)));
        let (day, from) = (numbers.date(told.until), PUBLISHED_FROM.to_string());
        Self {
            total: numbers.count(told.whole.total),
            share: satisfied.share.map(|share| numbers.percent(share)).unwrap_or_default(),
            interval: interval.map(|(low, high)| numbers.interval(low, high)),
            until: texts.with("records-me-until", &[("day", &day), ("from", &from)]),
            few,
            levels: told.whole.levels.named().map(level),
            aspects: told.aspects.iter().map(aspect).collect(),
            reasons: reasons.collect(),
        }
    }
}
