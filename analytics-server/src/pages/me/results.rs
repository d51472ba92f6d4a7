//! An officer's own results in aggregate, as they were published: exact, from ten ratings on, and
//! moved on only by ten more.

use crate::figure_lines::{LevelLine, level_lines, percent};
use crate::publication::PublishedFigures;
use crate::questionnaire_words::QuestionnaireWords;
use locales::Texts;
use reports::figures::{Levels, PUBLISHED_FROM, RANKED_FROM};
use reports::measures;
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
    /// Best first.
    pub levels: Vec<LevelLine>,
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
        let aspect = |(id, levels): (&String, &Levels)| {
            let total: u64 = levels.named().iter().map(|(_, count)| count).sum();
            let good = measures::satisfied(levels.very_satisfied + levels.satisfied, total);
            (words.aspect(id), percent(good.share, texts), numbers.count(total))
        };
        let mut reasons: Vec<_> = told.reasons.iter().collect();
        reasons.sort_by_key(|(id, count)| (Reverse(**count), *id));
        let reasons = reasons.into_iter().map(|(id, n)| (words.reason(id), numbers.count(*n)));
        let (day, from) = (numbers.date(told.until), PUBLISHED_FROM.to_string());
        Self {
            total: numbers.count(told.whole.total),
            share: percent(satisfied.share, texts),
            interval: interval.map(|(low, high)| numbers.interval(low, high)),
            until: texts.with("records-me-until", &[("day", &day), ("from", &from)]),
            few,
            levels: level_lines(&told.whole.levels, &told.whole.by_scale, texts),
            aspects: told.aspects.iter().map(aspect).collect(),
            reasons: reasons.collect(),
        }
    }
}
