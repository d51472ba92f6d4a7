//! How often one token of other software may ask. A program that runs wild is told when to come back, and
//! takes nothing from the others.

use super::take;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;

/// Requests at once.
const BURST: NonZeroU32 = NonZeroU32::new(240).unwrap();
/// Requests a second after that.
const A_SECOND: NonZeroU32 = NonZeroU32::new(4).unwrap();
/// The limits of all tokens of this process.
#[derive(Debug)]
pub struct TokenLimit(DefaultKeyedRateLimiter<i64>);

impl Default for TokenLimit {
    fn default() -> Self {
        Self(RateLimiter::keyed(Quota::per_second(A_SECOND).allow_burst(BURST)))
    }
}

impl TokenLimit {
    /// Takes one request of a token; otherwise in how many seconds one may come.
    pub fn take(&self, token: i64) -> Result<(), u64> {
        take(&self.0, &token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_asks_too_often_waits_and_holds_up_no_other() {
        let limit = TokenLimit::default();
        let passed = (0..1_000).filter(|_| limit.take(1).is_ok()).count();
        // Some more flow through while the loop runs.
        assert!((240..245).contains(&passed), "{passed}");
        assert_eq!(limit.take(1), Err(1));
        assert_eq!(limit.take(2), Ok(()));
    }
}
