//! Comparisons that are told in words: only what is more than chance is called higher or lower.
//! Two periods are compared by the interval of their difference, never by whether two intervals
//! overlap: two that do can still differ, and that is what a reader would ask.

use super::difference::{Difference, difference, difference_at};
use super::hypergeometric::chance_of_at_most;
use crate::figures::{RANKED_FROM, Ratings};

/// A source and a scale carry a period when nine of ten of its ratings came by them.
const MOSTLY: u64 = 10;

/// The chance of calling a group different that is not, where several groups are compared at once:
/// the outer limits of a funnel plot, 99.8 %. D. J. Spiegelhalter, “Funnel plots for comparing
/// institutional performance”, Statistics in Medicine 24 (2005).
const ONE_OF_MANY: f64 = 0.002;

/// The chance that any of all groups is called different that is not: where there are more than
/// 25 groups, each gets its part of it (Bonferroni).
const ALL_TOGETHER: f64 = 0.05;

/// How a period lies to another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparison {
    /// The other period has no ratings.
    Nothing,
    /// One of the two has fewer than [`RANKED_FROM`] ratings.
    Few,
    /// Asked in another way, or on another scale: the way of asking changes the answers.
    OtherWay,
    /// All ratings of both were satisfied.
    BothFull,
    /// Higher by more than chance.
    Higher(Difference),
    /// Lower by more than chance.
    Lower(Difference),
    /// No difference that could not be chance.
    Alike(Difference),
}

impl Comparison {
    /// Whether the share is higher or lower by more than chance.
    pub fn is_clear(&self) -> bool {
        matches!(self, Self::Higher(_) | Self::Lower(_))
    }
}

/// The satisfied share of a period against that of an earlier one.
pub fn compare(now: &Ratings, before: &Ratings) -> Comparison {
    if before.total == 0 {
        return Comparison::Nothing;
    }
    if now.total.min(before.total) < RANKED_FROM {
        return Comparison::Few;
    }
    if way(now) != way(before) || way(now) == CollectionMode::default() {
        return Comparison::OtherWay;
    }
    let (now, before) = (counts(now), counts(before));
    if now.0 == now.1 && before.0 == before.1 {
        return Comparison::BothFull;
    }
    match difference(now, before) {
        None => Comparison::Nothing,
        Some(by) if by.low > 0.0 => Comparison::Higher(by),
        Some(by) if by.high < 0.0 => Comparison::Lower(by),
        Some(by) => Comparison::Alike(by),
    }
}

/// Many groups against themselves in an earlier period: higher and lower is said with the
/// confidence of many comparisons.
pub fn compare_many<'r>(
    pairs: impl Iterator<Item = (&'r Ratings, &'r Ratings)>,
) -> Vec<Comparison> {
    let pairs: Vec<_> = pairs.collect();
    let usual: Vec<_> = pairs.iter().map(|(now, before)| compare(now, before)).collect();
    let told = |one: &&Comparison| {
        matches!(one, Comparison::Higher(_) | Comparison::Lower(_) | Comparison::Alike(_))
    };
    let z = many(usual.iter().filter(told).count());
    let strict = |((now, before), usual): (&(&Ratings, &Ratings), Comparison)| match usual {
        Comparison::Higher(by) | Comparison::Lower(by) => {
            match difference_at(z, counts(now), counts(before)) {
                Some(by) if by.low > 0.0 => Comparison::Higher(by),
                Some(by) if by.high < 0.0 => Comparison::Lower(by),
                _ => Comparison::Alike(by),
            }
        }
        other => other,
    };
    pairs.iter().zip(usual).map(strict).collect()
}

/// Which groups differ from all others together, by more than chance although all are looked at:
/// the difference of each with at least [`RANKED_FROM`] ratings, none where it is not clear. A
/// group is compared with the rest of the whole, never with a whole that it is part of.
pub fn differ_from_the_rest(groups: &[(u64, u64)], whole: (u64, u64)) -> Vec<Option<Difference>> {
    let enough = |n: u64| n >= RANKED_FROM;
    let rest =
        |group: &(u64, u64)| (whole.0.saturating_sub(group.0), whole.1.saturating_sub(group.1));
    let compared = groups.iter().filter(|one| enough(one.1) && enough(rest(one).1)).count();
    if compared == 0 {
        return vec![None; groups.len()];
    }
    let z = many(compared);
    let apart = |group: &(u64, u64)| {
        let rest = rest(group);
        let rest = (rest.0.min(rest.1), rest.1);
        let by = difference_at(z, (group.0.min(group.1), group.1), rest);
        by.filter(|by| by.is_clear() && enough(group.1) && enough(rest.1))
    };
    groups.iter().map(apart).collect()
}

/// Which groups have a lower share than all others together, by more than chance although all are
/// looked at, however few their ratings are: hours have a dozen, and may still be clearly worse.
pub fn lower_than_the_rest(groups: &[(u64, u64)]) -> Vec<bool> {
    let whole = groups.iter().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    let rated = groups.iter().filter(|one| one.1 > 0).count();
    // Half of it: the test asks for one side only.
    let limit = alpha(rated) / 2.0;
    let lower = |one: &(u64, u64)| {
        let is_part = one.1 > 0 && one.1 < whole.1;
        is_part && chance_of_at_most((one.0.min(one.1), one.1), whole) <= limit
    };
    groups.iter().map(lower).collect()
}

/// What most ratings came by, and on which scale they were given; all false where none is most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "two sources and two scales, none or one of each"
)]
struct CollectionMode {
    tablet: bool,
    imported: bool,
    five: bool,
    three: bool,
}

fn way(ratings: &Ratings) -> CollectionMode {
    let mostly = |count: u64| count * MOSTLY >= ratings.total * (MOSTLY - 1);
    let (source, mut scale) = (ratings.by_source, ratings.by_scale);
    // Figures that were stored before there were two scales.
    if scale.five + scale.three == 0 {
        scale.five = ratings.total;
    }
    let way = CollectionMode {
        tablet: mostly(source.tablet),
        imported: mostly(source.imported),
        five: mostly(scale.five),
        three: mostly(scale.three),
    };
    let is_one = (way.tablet || way.imported) && (way.five || way.three);
    if is_one { way } else { CollectionMode::default() }
}

fn counts(ratings: &Ratings) -> (u64, u64) {
    (ratings.satisfied.count.min(ratings.total), ratings.total)
}

/// The quantile with which each of so many comparisons is made.
fn many(compared: usize) -> f64 {
    two_sided(alpha(compared))
}

/// The chance, on both sides together, that each of so many comparisons may err with. A single one
/// has that of [`compare`]: a list of one group says of it what its own page says.
fn alpha(compared: usize) -> f64 {
    if compared <= 1 { ALL_TOGETHER } else { ONE_OF_MANY.min(ALL_TOGETHER / compared as f64) }
}

/// The quantile of the normal distribution beyond which, on both sides together, lies a chance of
/// `alpha`, for 5 % and less; found by halving between 1 and 40.
fn two_sided(alpha: f64) -> f64 {
    let (mut low, mut high) = (1.0_f64, 40.0_f64);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if 2.0 * beyond(middle) > alpha { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The chance beyond `z` standard deviations on one side, by Laplace's continued fraction, for
/// `z` of 1 and more.
fn beyond(z: f64) -> f64 {
    let mut fraction = z;
    for place in (1..=300_u32).rev() {
        fraction = z + f64::from(place) / fraction;
    }
    (-z * z / 2.0).exp() / (std::f64::consts::TAU.sqrt() * fraction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::{ByScale, BySource};
    use crate::measures::satisfied;
    use proptest::prelude::*;

    fn ratings(satisfied_: u64, total: u64) -> Ratings {
        Ratings {
            total,
            satisfied: satisfied(satisfied_, total),
            by_source: BySource { tablet: total, imported: 0 },
            by_scale: ByScale { five: total, three: 0 },
            ..Ratings::default()
        }
    }

    #[test]
    fn only_what_is_more_than_chance_is_called_higher_or_lower() {
        // Newcombe (1998), table II: 56/70 less 48/80 is 0.0524 to 0.3339.
        let (good, bad) = (ratings(56, 70), ratings(48, 80));
        assert!(matches!(compare(&good, &bad), Comparison::Higher(by) if by.low > 0.05));
        assert!(matches!(compare(&bad, &good), Comparison::Lower(by) if by.high < -0.05));
        assert!(matches!(compare(&good, &ratings(75, 100)), Comparison::Alike(_)));
        assert_eq!(compare(&ratings(40, 40), &ratings(90, 90)), Comparison::BothFull);
    }

    #[test]
    fn overlapping_intervals_can_differ() {
        // Wilson: 85/100 is 0.767 to 0.907, 72/100 is 0.625 to 0.799: they overlap, and differ.
        let apart = compare(&ratings(85, 100), &ratings(72, 100));
        assert!(matches!(apart, Comparison::Higher(_)), "{apart:?}");
    }

    #[test]
    fn what_can_not_be_compared_is_not() {
        let now = ratings(80, 90);
        assert_eq!(compare(&now, &Ratings::default()), Comparison::Nothing);
        assert_eq!(compare(&now, &ratings(29, 29)), Comparison::Few);
        assert_eq!(compare(&ratings(29, 29), &now), Comparison::Few);
        let imported = Ratings { by_source: BySource { tablet: 0, imported: 90 }, ..now.clone() };
        assert_eq!(compare(&now, &imported), Comparison::OtherWay);
        let three = Ratings { by_scale: ByScale { five: 0, three: 90 }, ..now.clone() };
        assert_eq!(compare(&three, &now), Comparison::OtherWay);
        let mixed = Ratings { by_source: BySource { tablet: 40, imported: 50 }, ..now.clone() };
        assert_eq!(compare(&mixed, &mixed), Comparison::OtherWay);
        let nearly = Ratings { by_source: BySource { tablet: 81, imported: 9 }, ..now.clone() };
        assert!(matches!(compare(&now, &nearly), Comparison::Alike(_)));
    }

    #[test]
    fn quantiles_agree_with_published_ones() {
        for (alpha, z) in [(0.05, 1.959_964), (0.002, 3.090_232), (0.000_5, 3.480_756)] {
            assert!((two_sided(alpha) - z).abs() < 1e-5, "{alpha}: {}", two_sided(alpha));
        }
    }

    #[test]
    fn a_group_is_compared_with_the_rest_and_not_with_a_whole_that_holds_it() {
        // A group that is nearly all of the whole: beside the whole it never stands out.
        let groups = [(9_000, 10_000), (990, 1_000), (29, 29), (9, 30)];
        let whole = groups.iter().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
        let apart = differ_from_the_rest(&groups, whole);
        assert!(apart[0].is_some_and(|by| by.high < 0.0), "{apart:?}");
        assert!(apart[1].is_some_and(|by| by.low > 0.0), "{apart:?}");
        assert_eq!(apart[2], None, "fewer than 30");
        assert!(apart[3].is_some_and(|by| by.high < 0.0), "{apart:?}");
        assert_eq!(differ_from_the_rest(&[(5, 50)], (5, 50)), [None], "there is no rest");
        assert_eq!(differ_from_the_rest(&[], (0, 0)), []);
    }

    #[test]
    fn a_single_group_is_told_as_its_own_page_tells_it() {
        let (now, before) = (ratings(72, 100), ratings(85, 100));
        let one = compare_many([(&now, &before)].into_iter());
        assert!(matches!(one[0], Comparison::Lower(_)), "{one:?}");
        let two = compare_many([(&now, &before), (&before, &before)].into_iter());
        assert!(matches!(two[0], Comparison::Alike(_)), "{two:?}");
    }

    #[test]
    fn few_ratings_can_be_clearly_lower() {
        // A Friday at a counter: seven of thirteen below satisfied between nine and ten, and nobody
        // in the other hours.
        let mut day = vec![(8, 8); 7];
        day.push((6, 13));
        assert_eq!(lower_than_the_rest(&day).iter().position(|low| *low), Some(7));
        assert_eq!(lower_than_the_rest(&day).iter().filter(|low| **low).count(), 1);
        // One of three says nothing.
        assert!(!lower_than_the_rest(&[(2, 3), (312, 312)]).contains(&true));
        assert_eq!(lower_than_the_rest(&[(0, 5)]), [false], "there is no rest");
        assert!(lower_than_the_rest(&[]).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// Sixteen groups of one share, drawn by a plain generator: hardly ever is one called different.
        #[test]
        fn among_equal_groups_hardly_any_is_called_different(seed in any::<u64>()) {
            let mut state = seed | 1;
            let mut chance = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as f64 / f64::from(1_u32 << 31)
            };
            let (mut called, mut lower) = (0, 0);
            for _ in 0..20 {
                let groups: Vec<(u64, u64)> = (0..16)
                    .map(|_| ((0..100).filter(|_| chance() < 0.9).count() as u64, 100))
                    .collect();
                let whole = groups.iter().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
                called += differ_from_the_rest(&groups, whole).iter().flatten().count();
                lower += lower_than_the_rest(&groups).iter().filter(|low| **low).count();
            }
            // 0.2 % of 320 comparisons is 0.6; 9 and more come with less than one in a million.
            prop_assert!(called < 12 && lower < 12, "{called}, {lower}");
        }
    }
}
