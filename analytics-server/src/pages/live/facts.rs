//! What everybody may know of a count: its n always, its share from thirty ratings on, and nothing
//! by which a single rating could be found out. Masked as in documents.

use locales::Texts;
use reports::figures::{RANKED_FROM, Ratings};
use reports::masks::{Told, told, told_whole};
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

    /// Of a department.
    pub fn part(ratings: &Ratings, texts: &Texts) -> Self {
        Self::of(ratings, told(ratings), texts)
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
            for fact in [Fact::whole(&ratings, locales::texts("vi")), Fact::part(&ratings, locales::texts("en"))] {
                prop_assert_eq!(fact.share.is_some(), total >= RANKED_FROM);
                let few = (1..5).contains(&total);
                prop_assert_eq!(fact.total, if few { "<5".to_owned() } else { total.to_string() });
            }
        }
    }
}
