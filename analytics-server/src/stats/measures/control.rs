//! Between what a day's share lies by chance alone: what is outside deserves a question.

use reports::figures::Limits;

/// The 3-sigma limits of the share of a day with `n` ratings, where `baseline` is (satisfied, all)
/// of the period: p ± 3·√(p(1−p)/n), cut at 0 and 1.
/// D. C. Montgomery, *Introduction to Statistical Quality Control*, chapter 7: the fraction
/// nonconforming chart (p chart) with variable sample size. None without ratings.
pub fn control_limits(baseline: (u64, u64), n: u64) -> Option<Limits> {
    let (satisfied, all) = baseline;
    if all == 0 || n == 0 {
        return None;
    }
    let p = satisfied as f64 / all as f64;
    let half = 3.0 * (p * (1.0 - p) / n as f64).sqrt();
    Some(Limits { low: (p - half).max(0.0), high: (p + half).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_limits_of_the_book() {
        // Montgomery, example 7.1: 30 samples of 50, 347 of 1,500 nonconforming: 0.0524 to 0.4102.
        let limits = control_limits((347, 1_500), 50).unwrap();
        assert!((limits.low - 0.0524).abs() < 5e-4 && (limits.high - 0.4102).abs() < 5e-4);
        assert_eq!(control_limits((0, 0), 5), None);
        assert_eq!(control_limits((5, 9), 0), None);
    }

    proptest! {
        #[test]
        fn more_ratings_bring_the_limits_together(
            all in 1_u64..100_000, part in 0.0_f64..=1.0, n in 1_u64..10_000,
        ) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=all")]
            let satisfied = (part * all as f64) as u64;
            let few = control_limits((satisfied, all), n).unwrap();
            let many = control_limits((satisfied, all), n + 1).unwrap();
            let share = satisfied as f64 / all as f64;
            prop_assert!(0.0 <= few.low && few.low <= many.low && many.high <= few.high);
            prop_assert!(many.low <= share && share <= many.high && few.high <= 1.0);
        }
    }
}
