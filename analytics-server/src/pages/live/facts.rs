//! How a count is shown to everybody: its share and interval from thirty ratings on, with fewer the
//! number at each level. Which counts are told at all was decided before: `publication`.

use crate::pages::prelude::*;
use crate::publication::{Answers, PublishedFigures};
use reports::figures::{PUBLISHED_FROM, RANKED_FROM};
use reports::numbers::Numbers;

/// A count as it is shown to everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    /// Number of ratings.
    pub total: String,
    /// Satisfied share and its interval, from thirty ratings on.
    pub share: Option<(String, String)>,
    /// The number at each level that was chosen, best first.
    pub levels: String,
}

impl Fact {
    /// Of what may be told.
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

/// The text of a page. A template can fail only when memory is out.
pub(super) fn rendered(page: &impl Template) -> PageResult<String> {
    page.render().map_err(|error| PageError::Unavailable(error.to_string()))
}

/// Where there is nothing to be told.
pub(super) fn too_few(texts: &Texts) -> String {
    texts.with("live-too-few", &[("from", &PUBLISHED_FROM.to_string())])
}

/// Up to which day figures are told, and why not further.
pub(super) fn until(told: &PublishedFigures, texts: &Texts) -> String {
    let day = Numbers::of(texts).date(told.until);
    let from = PUBLISHED_FROM.to_string();
    texts.with("live-until", &[("day", &day), ("from", &from)])
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
            Fact::of(&answers, locales::texts("vi"))
        };
        let few = of(28, 1);
        assert_eq!((&*few.total, &few.share), ("29", &None));
        assert_eq!(few.levels, "Rất hài lòng: 28; Bình thường: 1");
        let (share, interval) = of(27, 3).share.unwrap();
        assert_eq!((&*share, &*interval), ("90,00%", "74,38–96,54%"));
    }
}
