//! What everybody may know of a count: its n, its share from thirty ratings on, and nothing by which
//! a single rating could be found out, neither from one row nor from what the whole leaves over.

use locales::Texts;
use reports::figures::{Figures, RANKED_FROM, Ratings};
use reports::masks::{Open, Told, WITHHELD, beside_whole, told, told_whole};
use reports::numbers::Numbers;

/// A count as it is told to everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    /// Number of ratings.
    pub total: String,
    /// Satisfied share and its interval, from thirty ratings on.
    pub share: Option<(String, String)>,
}

impl Fact {
    /// Of the whole centre.
    pub fn whole(ratings: &Ratings, texts: &Texts) -> Self {
        Self::of(ratings, told_whole(ratings), texts)
    }

    /// Of the departments that make up the whole.
    pub fn parts(rows: &[&Ratings], texts: &Texts) -> Vec<Self> {
        let open = beside_whole(rows, RANKED_FROM);
        rows.iter().zip(open).map(|(ratings, open)| Self::part(ratings, open, texts)).collect()
    }

    fn part(ratings: &Ratings, open: Open, texts: &Texts) -> Self {
        let mut fact = Self::of(ratings, told(ratings), texts);
        fact.total = open.total.written(Numbers::of(texts));
        if !open.share {
            let withheld = || (WITHHELD.to_owned(), WITHHELD.to_owned());
            fact.share = fact.share.is_some().then(withheld);
        }
        fact
    }

    fn of(ratings: &Ratings, told: Option<Told>, texts: &Texts) -> Self {
        let numbers = Numbers::of(texts);
        let told = told.filter(|_| ratings.total >= RANKED_FROM);
        let share = told.and_then(|told| {
            Some((told.satisfied.written(numbers)?, told.satisfied.interval(numbers)?))
        });
        Self { total: numbers.cell(ratings.total), share }
    }
}

/// “Not enough”, where there is no share.
pub(super) fn too_few(texts: &Texts) -> String {
    texts.with("live-too-few", &[("from", &RANKED_FROM.to_string())])
}

/// Up to which day figures are told, and why not further.
pub(super) fn until(figures: &Figures, texts: &Texts) -> String {
    let day = Numbers::of(texts).date(figures.period.to);
    let from = RANKED_FROM.to_string();
    texts.with("live-until", &[("day", &day), ("from", &from)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use reports::figures::{Levels, Satisfied};

    proptest! {
        #[test]
        fn nothing_is_told_under_the_limits(very in 0u64..60, below in 0u64..60) {
            let total = very + below;
            let share = (total > 0).then(|| very as f64 / total as f64);
            let ratings = Ratings {
                total,
                levels: Levels { very_satisfied: very, neutral: below, ..Levels::default() },
                satisfied: Satisfied { count: very, share, low: share, high: share },
                ..Ratings::default()
            };
            for fact in [
                Fact::whole(&ratings, locales::texts("vi")),
                Fact::parts(&[&ratings], locales::texts("en")).remove(0),
            ] {
                prop_assert_eq!(fact.share.is_some(), total >= RANKED_FROM);
                let few = (1..5).contains(&total);
                prop_assert_eq!(fact.total, if few { "<5".to_owned() } else { total.to_string() });
            }
        }
    }
}
