//! The satisfied share and its interval.

use crate::figures::Satisfied;

/// The 97.5th percentile of the standard normal distribution: intervals of 95 %.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// The satisfied share (tỷ lệ hài lòng): ratings of the top two levels / all ratings, with its 95 %
/// interval. None without ratings.
pub fn satisfied(count: u64, total: u64) -> Satisfied {
    let interval = wilson(count, total);
    Satisfied {
        count,
        share: (total > 0).then(|| count as f64 / total as f64),
        low: interval.map(|(low, _)| low),
        high: interval.map(|(_, high)| high),
    }
}

/// The 95 % Wilson score interval of a share of `count` in `total`: lower and upper end, 0 to 1.
/// E. B. Wilson, “Probable inference, the law of succession, and statistical inference”, JASA 22
/// (1927). Unlike the textbook interval it stays within 0 and 1 and is honest for few ratings.
pub fn wilson(count: u64, total: u64) -> Option<(f64, f64)> {
    wilson_at(Z, count, total)
}

/// The same for another level of confidence: `z` is the quantile of its normal distribution.
pub(super) fn wilson_at(z: f64, count: u64, total: u64) -> Option<(f64, f64)> {
    if total == 0 {
        return None;
    }
    let n = total as f64;
    let p = count as f64 / n;
    let z2 = z * z;
    let middle = p + z2 / (2.0 * n);
    let half = z * ((p * (1.0 - p) + z2 / (4.0 * n)) / n).sqrt();
    let scale = 1.0 + z2 / n;
    // At the ends the formula gives exactly 0 and 1; floating point comes only near.
    let low = if count == 0 { 0.0 } else { ((middle - half) / scale).max(0.0) };
    let high = if count == total { 1.0 } else { ((middle + half) / scale).min(1.0) };
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(ours: f64, book: f64) -> bool {
        (ours - book).abs() < 5e-5
    }

    #[test]
    fn wilson_agrees_with_published_intervals() {
        // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        for (count, total, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0000, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (ours_low, ours_high) = wilson(count, total).unwrap();
            assert!(close(ours_low, low) && close(ours_high, high), "{count} of {total}");
        }
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(794, 794).unwrap().1.to_string(), "1");
        assert_eq!(wilson(0, 797).unwrap().0.to_string(), "0");
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share(total in 1u64..10_000_000, part in 0.0f64..=1.0) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=total")]
            let count = (part * total as f64) as u64;
            let (low, high) = wilson(count, total).unwrap();
            let share = count as f64 / total as f64;
            prop_assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high));
            prop_assert!(low <= share + 1e-12 && share <= high + 1e-12);
        }
    }
}
