//! An officer's share, drawn towards that of their peers: with five ratings nobody is the best or
//! the worst of a centre.
//!
//! Beta-binomial empirical Bayes. Each officer's true share comes from a Beta(α, β) of the peers;
//! after k satisfied of n ratings its mean is (α + k) / (α + β + n). Mean m and precision
//! s = α + β are found by the method of moments for unequal n: J. C. Kleinman, “Proportions with
//! extraneous variance: single and independent samples”, JASA 68 (1973). The binomial part of the
//! spread is taken off; what is left is how much the officers really differ.

/// The precision where the officers differ no more than chance makes them: the peers' share weighs
/// as much as so many ratings.
const MOST: f64 = 10_000.0;
/// The precision where one could hardly differ more; a share of one rating still weighs something.
const LEAST: f64 = 1.0;

/// What the peers say before an officer's own ratings are looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// The peers' share.
    pub mean: f64,
    /// How many ratings it weighs as much as.
    pub precision: f64,
}

impl Prior {
    /// The prior of peers, each as (satisfied, all). None where they have no ratings.
    pub fn of(peers: &[(u64, u64)]) -> Option<Self> {
        let rated = || peers.iter().filter(|(_, n)| *n > 0);
        let n: f64 = rated().map(|(_, n)| *n as f64).sum();
        if n == 0.0 {
            return None;
        }
        let mean = rated().map(|(k, _)| *k as f64).sum::<f64>() / n;
        let binomial = mean * (1.0 - mean);
        let others = rated().count() as f64 - 1.0;
        let spread: f64 =
            rated().map(|(k, own)| (*own as f64) * (*k as f64 / *own as f64 - mean).powi(2)).sum();
        // Kleinman's S with weights n: its expectation is m(1−m)·(others + τ·room), where
        // τ = 1 / (s + 1) and room is what is left of n when the officers' own parts are taken off.
        let room = n - rated().map(|(_, own)| (*own as f64).powi(2)).sum::<f64>() / n - others;
        let precision = if binomial > 0.0 && room > 0.0 {
            let tau = (spread / binomial - others) / room;
            if tau > 0.0 { 1.0 / tau - 1.0 } else { MOST }
        } else {
            MOST
        };
        Some(Self { mean, precision: precision.clamp(LEAST, MOST) })
    }

    /// The estimate for one officer's (satisfied, all).
    pub fn estimate(&self, (satisfied, all): (u64, u64)) -> f64 {
        (self.mean * self.precision + satisfied as f64) / (self.precision + all as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn peers_that_differ_leave_more_to_the_officer() {
        let alike = Prior::of(&[(90, 100), (91, 100), (89, 100), (90, 100)]).unwrap();
        let apart = Prior::of(&[(99, 100), (60, 100), (95, 100), (40, 100)]).unwrap();
        assert!((alike.precision - MOST).abs() < 1e-9 && apart.precision < 20.0, "{apart:?}");
        assert!(apart.estimate((5, 5)) > alike.estimate((5, 5)));
        assert_eq!(Prior::of(&[]), None);
        assert_eq!(Prior::of(&[(0, 0)]), None);
    }

    #[test]
    fn the_moments_find_what_was_put_in() {
        // Shares that spread as Beta with m = 0.8 and s = 15: variance m(1−m)/(s+1) = 0.01.
        let many = 100_000_u64;
        let peers: Vec<_> = [0.7, 0.9]
            .iter()
            .cycle()
            .take(400)
            .map(|share: &f64| {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "small"
                )]
                let satisfied = (share * many as f64) as u64;
                (satisfied, many)
            })
            .collect();
        let prior = Prior::of(&peers).unwrap();
        assert!(
            (prior.mean - 0.8).abs() < 1e-3 && (prior.precision - 15.0).abs() < 0.1,
            "{prior:?}"
        );
    }

    fn any_peers() -> impl Strategy<Value = Vec<(u64, u64)>> {
        let peer = (0_u64..3_000, 0_u64..3_000).prop_map(|(k, more)| (k, k + more));
        prop::collection::vec(peer, 1..12)
    }

    proptest! {
        #[test]
        fn without_ratings_it_is_the_prior_and_with_many_the_share(
            peers in any_peers(), share in 0.0_f64..=1.0,
        ) {
            if let Some(prior) = Prior::of(&peers) {
                prop_assert!((prior.estimate((0, 0)) - prior.mean).abs() < 1e-12);
                let many = 100_000_000_000_u64;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=many")]
                let satisfied = (share * many as f64) as u64;
                prop_assert!((prior.estimate((satisfied, many)) - share).abs() < 1e-6);
            }
        }

        #[test]
        fn it_lies_between_the_share_and_the_prior(
            peers in any_peers(), k in 0_u64..500, more in 1_u64..500,
        ) {
            if let Some(prior) = Prior::of(&peers) {
                let n = k + more;
                let share = k as f64 / n as f64;
                let estimate = prior.estimate((k, n));
                let (low, high) = (share.min(prior.mean), share.max(prior.mean));
                prop_assert!(low - 1e-12 <= estimate && estimate <= high + 1e-12);
                prop_assert!(prior.precision >= LEAST && prior.precision <= MOST);
            }
        }
    }
}
