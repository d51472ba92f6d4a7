//! Between how many satisfied ratings of a day, week or month are to be expected, where the period's
//! own share holds. The limits are exact quantiles of the binomial distribution: near 100 %, where
//! nearly all offices lie, the normal approximation p ± 3·√(p(1 − p)/n) gives false alarms.

/// The chance on each side beyond the limits: that of three standard deviations of the normal
/// distribution, so that both sides together keep the usual 0.27 % of a control chart.
/// D. C. Montgomery, *Introduction to Statistical Quality Control*, chapter 7 (probability limits).
const TAIL: f64 = 0.001_349_898_031_630_09;

/// Terms of the distribution that are smaller than this part of the greatest one are left out; all
/// of them together are far below [`TAIL`].
const NEGLIGIBLE: f64 = 1e-18;

/// The least and the most satisfied ratings of `n` that lie within the limits, where `satisfied` of
/// `all` is the share that is to be expected. Fewer than the least come with a chance of at most
/// 0.135 %, and so do more than the most. None without ratings.
pub fn expected(satisfied: u64, all: u64, n: u64) -> Option<(u64, u64)> {
    if all == 0 || n == 0 {
        return None;
    }
    let satisfied = satisfied.min(all);
    let p = satisfied as f64 / all as f64;
    let q = (all - satisfied) as f64 / all as f64;
    Some((least(n, p, q), n - least(n, q, p)))
}

/// The smallest k for which P(X ≤ k) is more than [`TAIL`], X being binomial with n and p = 1 − q.
///
/// The terms are walked through from the greatest one outwards by their ratios, each as a part of
/// that one, and their sum makes them chances: no factorial and no power that could overflow, and
/// only sums of positive numbers. So many steps as some twenty standard deviations.
fn least(n: u64, p: f64, q: f64) -> u64 {
    if p <= 0.0 {
        return 0;
    }
    if q <= 0.0 {
        return n;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=n")]
    let greatest = (((n as f64 + 1.0) * p) as u64).min(n);
    let (mut above, mut term) = (0.0, 1.0);
    for k in greatest..n {
        term *= (n - k) as f64 / (k + 1) as f64 * (p / q);
        above += term;
        if term < NEGLIGIBLE {
            break;
        }
    }
    let mut below = Vec::new();
    term = 1.0;
    for k in (0..greatest).rev() {
        term *= (k + 1) as f64 / (n - k) as f64 * (q / p);
        below.push(term);
        if term < NEGLIGIBLE {
            break;
        }
    }
    // From the smallest term on, so that the tail is not lost beside greater ones.
    let tail = TAIL * (below.iter().rev().sum::<f64>() + 1.0 + above);
    let mut sum = 0.0;
    for (term, left) in below.iter().rev().zip((1..=below.len() as u64).rev()) {
        sum += term;
        if sum > tail {
            return greatest - left;
        }
    }
    greatest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn limits_agree_with_published_quantiles() {
        // Binomial(50, 347/1500), Montgomery's example 7.1: normal limits 0.0524 and 0.4102 of 50.
        // Exact: P(X <= 3) = 0.00128, P(X <= 4) = 0.00494; P(X >= 21) = 0.00235, P(X >= 22) = 0.00089.
        assert_eq!(expected(347, 1_500, 50), Some((4, 21)));
        // P(X <= 8) of 10 at 0.99 is 0.00427, P(X <= 7) is 0.00011.
        assert_eq!(expected(99, 100, 10), Some((8, 10)));
        // All or nothing: nothing else is to be expected.
        assert_eq!(expected(7, 7, 40), Some((40, 40)));
        assert_eq!(expected(0, 7, 40), Some((0, 0)));
        assert_eq!((expected(0, 0, 5), expected(5, 9, 0)), (None, None));
    }

    #[test]
    fn near_everything_the_exact_limit_is_wider_than_three_sigma() {
        // 58 ratings at 98.4 %: p − 3·√(p(1 − p)/n) is 93.46 %, so 54 (93.1 %) would be outside;
        // but 54 and fewer come with 1.4 %.
        let (least, most) = expected(4_560, 4_634, 58).unwrap();
        assert!(least < 54 && most == 58, "{least}");
    }

    #[test]
    fn millions_take_no_time_and_stay_right() {
        // Where n is great the normal distribution is near: 3 standard deviations, 3,000 of 4 million.
        let (least, most) = expected(1, 2, 4_000_000).unwrap();
        assert!(least.abs_diff(2_000_000 - 3_000) <= 2 && most.abs_diff(2_000_000 + 3_000) <= 2);
        let (least, most) = expected(999_999, 1_000_000, 10_000_000).unwrap();
        // Poisson with a mean of 10 below: 0.135 % beyond 1 and 21.
        assert!((9_999_978..9_999_981).contains(&least) && (9_999_998..=9_999_999).contains(&most));
    }

    /// P(X <= k) added up term by term from C(n, k) p^k q^(n − k).
    fn at_most(k: u64, n: u64, p: f64) -> f64 {
        let mut choose = 1.0;
        let mut sum = 0.0;
        for j in 0..=k {
            if j > 0 {
                choose *= (n - j + 1) as f64 / j as f64;
            }
            sum += choose
                * p.powi(i32::try_from(j).unwrap())
                * (1.0 - p).powi(i32::try_from(n - j).unwrap());
        }
        sum
    }

    proptest! {
        #[test]
        fn limits_agree_with_the_sum_of_all_terms(all in 1_u64..400, part in 0_u64..400, n in 1_u64..300) {
            let satisfied = part.min(all);
            let p = satisfied as f64 / all as f64;
            let (least, most) = expected(satisfied, all, n).unwrap();
            prop_assert!(least <= most && most <= n);
            if least > 0 {
                prop_assert!(at_most(least - 1, n, p) <= TAIL * (1.0 + 1e-6));
            }
            prop_assert!(at_most(least, n, p) > TAIL * (1.0 - 1e-6));
            let above = |k: u64| at_most(n - k, n, 1.0 - p);
            if most < n {
                prop_assert!(above(most + 1) <= TAIL * (1.0 + 1e-6));
            }
            prop_assert!(above(most) > TAIL * (1.0 - 1e-6));
        }

        #[test]
        fn what_is_expected_lies_between_the_limits(all in 1_u64..2_000_000, part in 0_u64..2_000_000, n in 1_u64..1_000_000) {
            let satisfied = part.min(all);
            let (least, most) = expected(satisfied, all, n).unwrap();
            let mean = satisfied as f64 / all as f64 * n as f64;
            prop_assert!(least as f64 <= mean + 1.0 && mean - 1.0 <= most as f64 && most <= n);
        }
    }
}
