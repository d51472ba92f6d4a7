//! How a count is shown to everybody: its share and interval from thirty ratings on, with fewer the
//! number at each level.

use super::{Answers, PublishedFigures};
use crate::figure_lines::days;
use locales::Texts;
use reports::figures::{PUBLISHED_FROM, Period, RANKED_FROM};
use reports::numbers::Numbers;
use reports::periods::period_name;

/// A count as it is shown to everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedFact {
    /// Number of ratings.
    pub total: String,
    /// Satisfied share and its interval, from thirty ratings on.
    pub share: Option<(String, String)>,
    /// The number at each level that was chosen, best first.
    pub levels: String,
}

impl PublishedFact {
    /// The words for answers that may be published.
    pub fn of(answers: &Answers, texts: &Texts) -> Self {
        let numbers = Numbers::of(texts);
        let satisfied = answers.ratings().satisfied;
        let share = match (satisfied.share, satisfied.low, satisfied.high) {
            (Some(share), Some(low), Some(high)) if answers.total >= RANKED_FROM => {
                Some((numbers.percent(share), numbers.interval(low, high)))
            }
            _ => None,
        };
        let chosen = answers.levels.named().into_iter().filter(|(_, count)| *count > 0);
        let level = |(word, count): (&str, u64)| {
            format!("{}: {}", texts.get(&format!("level-{word}")), numbers.count(count))
        };
        Self {
            total: numbers.count(answers.total),
            share,
            levels: chosen.map(level).collect::<Vec<_>>().join("; "),
        }
    }
}

/// What is published of a period, as it is shown to everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedResults {
    /// Name of the period.
    pub period: String,
    /// Its days, as far as they are published.
    pub days: String,
    /// All of it.
    pub fact: PublishedFact,
    /// Up to which day it is published, and why not further.
    pub until: String,
}

impl PublishedResults {
    /// The words for the published figures of a period.
    pub fn of(period: &Period, told: &PublishedFigures, texts: &Texts) -> Self {
        let day = Numbers::of(texts).date(told.until);
        let until = [("day", &*day), ("from", &PUBLISHED_FROM.to_string())];
        Self {
            period: period_name(period, texts),
            days: days(period.from, told.until, texts),
            fact: PublishedFact::of(&told.whole, texts),
            until: texts.with("live-until", &until),
        }
    }
}

/// The sentence that stands there while nothing is published.
pub fn too_few(texts: &Texts) -> String {
    texts.with("live-too-few", &[("from", &PUBLISHED_FROM.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use reports::figures::Levels;

    #[test]
    fn a_share_has_thirty_ratings_and_fewer_are_told_by_level() {
        let of = |very_satisfied, neutral| {
            let levels = Levels { very_satisfied, neutral, ..Levels::default() };
            let answers = Answers { total: very_satisfied + neutral, levels, ..Answers::default() };
            PublishedFact::of(&answers, locales::texts("vi"))
        };
        let few = of(28, 1);
        assert_eq!((&*few.total, &few.share), ("29", &None));
        assert_eq!(few.levels, "Rất hài lòng: 28; Bình thường: 1");
        let (share, interval) = of(27, 3).share.unwrap();
        assert_eq!((&*share, &*interval), ("90,00%", "74,38–96,54%"));
    }
}
