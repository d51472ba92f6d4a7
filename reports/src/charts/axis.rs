//! Axes: where they start, and their marks. An axis of shares need not start at 0, for nearly all
//! offices lie over 95 %, but it always ends at 100 % and writes where it starts.

/// An axis of shares from `low` to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shares {
    /// Where it starts, 0 to 0.99.
    pub low: f64,
    /// Distance of its marks.
    pub step: f64,
}

/// Distances of marks, in shares, with the greatest span that each serves (at most five marks
/// above the start).
const STEPS: [(f64, f64); 6] =
    [(0.002, 0.01), (0.005, 0.025), (0.01, 0.05), (0.02, 0.1), (0.05, 0.25), (0.2, 1.0)];

impl Shares {
    /// The shortest axis that shows `lowest` and everything above it. Shares that are not numbers
    /// are passed over; without any the axis is whole.
    pub fn showing(lowest: impl IntoIterator<Item = f64>) -> Self {
        let lowest = lowest.into_iter().filter(|share| share.is_finite()).fold(f64::NAN, f64::min);
        let lowest = if lowest.is_nan() { 0.0 } else { lowest.clamp(0.0, 1.0) };
        let span = 1.0 - lowest;
        let step =
            STEPS.iter().find(|(_, serves)| span <= *serves + 1e-9).map_or(0.2, |(step, _)| *step);
        // At least two marks, so that 100 % alone does not fill the axis.
        let steps = ((span / step) - 1e-9).ceil().max(2.0);
        Self { low: (1.0 - steps * step).max(0.0), step }
    }

    /// The marks, lowest first.
    pub fn marks(self) -> Vec<f64> {
        let count = ((1.0 - self.low) / self.step).round();
        let mut marks = Vec::new();
        let mut nth = 0.0;
        while nth <= count {
            marks.push((self.low + nth * self.step).min(1.0));
            nth += 1.0;
        }
        marks
    }

    /// Where `share` lies: 0 at the start of the axis, 1 at its end; what is below the start lies
    /// at the start.
    pub fn place(self, share: f64) -> f64 {
        if share.is_finite() {
            ((share - self.low) / (1.0 - self.low)).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn starts_just_below_the_lowest() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        for (lowest, low, step) in [
            (0.998, 0.996, 0.002),
            (0.96, 0.96, 0.01),
            (0.955, 0.95, 0.01),
            (0.93, 0.92, 0.02),
            (0.4, 0.4, 0.2),
            (0.0, 0.0, 0.2),
        ] {
            let axis = Shares::showing([1.0, lowest]);
            assert!(near(axis.low, low) && near(axis.step, step), "{lowest}: {axis:?}");
        }
        assert!(near(Shares::showing([]).low, 0.0));
    }

    proptest! {
        #[test]
        fn shows_what_it_was_given(lowest in 0.0..=1.0_f64) {
            let axis = Shares::showing([lowest]);
            prop_assert!(axis.low <= lowest + 1e-9 && axis.low >= 0.0);
            let marks = axis.marks();
            prop_assert!((3..=6).contains(&marks.len()), "{:?}", marks);
            prop_assert!(marks.last().is_some_and(|last| (last - 1.0).abs() < 1e-9));
            prop_assert!((0.0..=1.0).contains(&axis.place(lowest)));
        }
    }
}
