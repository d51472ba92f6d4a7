//! Which steps of a part's course may be drawn. A part can be one counter with a few ratings a day,
//! and a share beside a known number of ratings gives the number below it away. So a step needs
//! enough ratings and a share that may be told exactly, and what is left out must not be the
//! difference between the part's own figures and what is drawn.

use super::trend::Sum;
use crate::figures::{Levels, RANKED_FROM, SHOWN_FROM};
use crate::masks::is_told;

/// The steps that point at nobody.
pub(super) fn shown(all: &[Sum]) -> Vec<Sum> {
    let mut shown: Vec<Sum> = all.iter().copied().filter(is_shown).collect();
    // What was left out is the whole less the rest; where that makes 1 to 4, or a 1 and a 5, the
    // step with the fewest ratings below satisfied goes with it.
    let below = |sums: &[Sum]| sums.iter().map(|sum| sum.1 - sum.2).sum::<u64>();
    let whole = below(all);
    while (1..=SHOWN_FROM + 1).contains(&(whole - below(&shown))) && whole >= SHOWN_FROM {
        let some = |sum: &&Sum| sum.1 > sum.2;
        let Some(least) = shown.iter().filter(some).min_by_key(|sum| sum.1 - sum.2) else { break };
        let from = least.0;
        shown.retain(|sum| sum.0 != from);
    }
    let satisfied = |sums: &[Sum]| sums.iter().map(|sum| sum.2).sum::<u64>();
    let others = satisfied(all) - satisfied(&shown);
    if (1..SHOWN_FROM).contains(&others) { Vec::new() } else { shown }
}

fn is_shown((_, total, satisfied): &Sum) -> bool {
    let levels =
        Levels { very_satisfied: *satisfied, neutral: total - satisfied, ..Levels::default() };
    *total >= RANKED_FROM && is_told(levels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn sums(counts: &[(u64, u64)]) -> Vec<Sum> {
        let day = |nth: usize| date(2023, 9, 1).saturating_add(i64::try_from(nth).unwrap().days());
        counts.iter().enumerate().map(|(nth, of)| (day(nth), of.0 + of.1, of.0)).collect()
    }

    #[test]
    fn a_step_is_drawn_when_it_points_at_nobody() {
        let drawn = |counts: &[(u64, u64)]| {
            shown(&sums(counts)).iter().map(|sum| (sum.2, sum.1 - sum.2)).collect::<Vec<_>>()
        };
        // Satisfied, below. Few ratings; a few below; and what may be told.
        assert_eq!(drawn(&[(29, 0), (40, 3), (50, 0)]), [(50, 0)]);
        assert_eq!(drawn(&[(29, 9), (40, 3), (50, 8)]), [(29, 9)], "3 would be the difference");
        assert_eq!(drawn(&[(40, 3), (50, 4), (60, 9)]), [(60, 9)]);
        assert_eq!(drawn(&[(2, 40), (60, 9)]), [(0, 0); 0], "2 satisfied would be the difference");
        assert!(drawn(&[(40, 3)]).is_empty() && drawn(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn nothing_few_is_drawn_nor_left_as_the_difference(
            counts in proptest::collection::vec((0..60_u64, prop_oneof![0..7_u64, 0..30_u64]), 0..40)
        ) {
            let all: Vec<Sum> = sums(&counts).into_iter().filter(|sum| sum.1 > 0).collect();
            let drawn = shown(&all);
            let few = |count: u64| (1..SHOWN_FROM).contains(&count);
            for (_, total, satisfied) in &drawn {
                prop_assert!(*total >= RANKED_FROM && !few(*satisfied) && !few(total - satisfied));
            }
            let below = |sums: &[Sum]| sums.iter().map(|sum| sum.1 - sum.2).sum::<u64>();
            let left = below(&all) - below(&drawn);
            prop_assert!(!few(left) || few(below(&all)), "{left} left");
        }
    }
}
