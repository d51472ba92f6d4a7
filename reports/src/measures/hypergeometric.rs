//! Fisher's exact test of one group against the rest of the whole that it is part of: how probable it
//! is that so many of it, or fewer, are satisfied, if whoever is satisfied were spread over all groups
//! by chance. It holds for any number of ratings, also for the few of one hour, where an interval of
//! a difference of shares is too narrow. R. A. Fisher, *Statistical Methods for Research Workers*,
//! §21.02 (5th edition, 1934).

/// Terms of the distribution that are smaller than this part of the greatest one are left out.
const NEGLIGIBLE: f64 = 1e-18;

/// The chance that at most `satisfied` of a group of `n` are satisfied, where `of_whole.0` of
/// `of_whole.1` ratings are, those of the group among them; 0 to 1.
///
/// The terms are walked through from the greatest one outwards by their ratios, as in
/// [`super::binomial`].
pub fn chance_of_at_most((satisfied, n): (u64, u64), of_whole: (u64, u64)) -> f64 {
    let whole = of_whole.1.max(n);
    let all = of_whole.0.min(whole);
    let dissatisfied = whole - all;
    let (first, last) = (n.saturating_sub(dissatisfied), n.min(all));
    if satisfied >= last {
        return 1.0;
    }
    if satisfied < first {
        return 0.0;
    }
    let mode = (n + 1) as f64 * (all + 1) as f64 / (whole + 2) as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=n")]
    let greatest = (mode as u64).clamp(first, last);
    // P(x + 1) / P(x).
    let ratio = |x: u64| {
        let up = (all - x) as f64 * (n - x) as f64;
        up / ((x + 1) as f64 * (dissatisfied + x + 1 - n) as f64)
    };
    let (mut sum, mut tail) = (0.0, 0.0);
    let mut add = |x: u64, term: f64| {
        sum += term;
        if x <= satisfied {
            tail += term;
        }
        term < NEGLIGIBLE
    };
    let mut term = 1.0;
    add(greatest, term);
    for x in greatest..last {
        term *= ratio(x);
        if add(x + 1, term) {
            break;
        }
    }
    term = 1.0;
    for x in (first..greatest).rev() {
        term /= ratio(x);
        if add(x, term) {
            break;
        }
    }
    tail / sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn choose(n: u64, k: u64) -> f64 {
        (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product()
    }

    #[test]
    fn it_agrees_with_fishers_own_example() {
        // Fisher (1934), §21.02, criminal twins: 2 of 17 convicted against 10 of 13, chance 0.000465.
        let chance = chance_of_at_most((2, 17), (12, 30));
        assert!((chance - 0.000_465).abs() < 5e-7, "{chance}");
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_sum_of_all_terms(n in 1_u64..25, rest in 1_u64..60, share in 0_u64..=100, part in 0_u64..=100) {
            let whole = n + rest;
            let all = whole * share / 100;
            let k = n * part / 100;
            let dissatisfied = whole - all;
            let fits = |x: &u64| *x <= all && n - *x <= dissatisfied;
            let sum: f64 = (0..=k).filter(fits)
                .map(|x| choose(all, x) * choose(dissatisfied, n - x)).sum();
            let right = sum / choose(whole, n);
            prop_assert!((chance_of_at_most((k, n), (all, whole)) - right).abs() < 1e-9);
        }

        #[test]
        fn fewer_are_less_probable(n in 1_u64..5_000, rest in 1_u64..1_000_000, share in 0_u64..=1_000, k in 0_u64..5_000) {
            let whole = (n + rest).saturating_mul(share) / 1_000;
            let (less, more) = (k.min(n), (k + 1).min(n));
            let [less, more] = [less, more].map(|k| chance_of_at_most((k, n), (whole, n + rest)));
            prop_assert!((0.0..=1.0).contains(&less) && less <= more + 1e-12);
        }
    }
}
