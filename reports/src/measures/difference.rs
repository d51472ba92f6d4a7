//! How far two shares lie apart: this period against the one before, or the year before.

use super::share::{Z, wilson_at};

/// A difference of two shares with its 95 % interval, −1 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// This share less the other one.
    pub difference: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Difference {
    /// Whether chance alone hardly explains it: 0 lies outside the interval.
    pub fn is_clear(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// The difference of two independent shares, each as (satisfied, all): now less before.
/// R. G. Newcombe, “Interval estimation for the difference between independent proportions”,
/// Statistics in Medicine 17 (1998), method 10: from the Wilson intervals of the two. None where
/// either has no ratings.
pub fn difference(now: (u64, u64), before: (u64, u64)) -> Option<Difference> {
    difference_at(Z, now, before)
}

/// The same for another level of confidence: `z` is the quantile of its normal distribution.
pub(super) fn difference_at(z: f64, now: (u64, u64), before: (u64, u64)) -> Option<Difference> {
    let (low1, high1) = wilson_at(z, now.0, now.1)?;
    let (low2, high2) = wilson_at(z, before.0, before.1)?;
    let (p1, p2) = (now.0 as f64 / now.1 as f64, before.0 as f64 / before.1 as f64);
    let difference = p1 - p2;
    Some(Difference {
        difference,
        low: difference - (p1 - low1).hypot(high2 - p2),
        high: difference + (high1 - p1).hypot(p2 - low2),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_agrees_with_published_intervals() {
        // Newcombe (1998), table II, method 10.
        for (now, before, low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((10, 10), (0, 20), 0.6791, 1.0000),
            ((5, 56), (0, 29), -0.0381, 0.1926),
        ] {
            let ours = difference(now, before).unwrap();
            assert!((ours.low - low).abs() < 5e-5 && (ours.high - high).abs() < 5e-5, "{ours:?}");
        }
        assert_eq!(difference((0, 0), (1, 2)), None);
        assert_eq!(difference((1, 2), (0, 0)), None);
    }

    proptest! {
        #[test]
        fn it_turns_with_its_sides(a in 1_u64..5_000, b in 1_u64..5_000, x in 0_u64..5_000, y in 0_u64..5_000) {
            let (now, before) = ((x.min(a), a), (y.min(b), b));
            let (there, back) = (difference(now, before).unwrap(), difference(before, now).unwrap());
            prop_assert!((there.difference + back.difference).abs() < 1e-12);
            prop_assert!((there.low + back.high).abs() < 1e-12);
            prop_assert!(there.low <= there.difference && there.difference <= there.high);
            prop_assert!(-1.0 - 1e-12 <= there.low && there.high <= 1.0 + 1e-12);
        }
    }
}
