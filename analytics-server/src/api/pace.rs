//! How often one token may ask: a bucket of requests that fills again by the clock. A program that
//! runs wild is told when to come back, and takes nothing from the others.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Requests that may come at once.
const BURST: i64 = 240;
/// Milliseconds in which one more may come: four a second for as long as it likes.
const REFILL_MS: i64 = 250;
/// Buckets that are kept before full ones are forgotten; there are few tokens.
const KEPT: usize = 1_000;

/// The buckets of all tokens of this process.
#[derive(Debug, Default)]
pub struct Pace {
    buckets: Mutex<HashMap<i64, Bucket>>,
}

/// What is left, as of a moment.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: i64,
    at: i64,
}

impl Bucket {
    /// As it is now.
    fn filled(self, now: i64) -> Self {
        let more = (now - self.at).max(0) / REFILL_MS;
        if self.left + more >= BURST {
            return Self { left: BURST, at: now };
        }
        Self { left: self.left + more, at: self.at + more * REFILL_MS }
    }
}

impl Pace {
    /// Takes one request of a token; otherwise in how many seconds one may come.
    pub fn take(&self, token: i64, now: i64) -> Result<(), u64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > KEPT {
            buckets.retain(|_, bucket| bucket.filled(now).left < BURST);
        }
        let full = Bucket { left: BURST, at: now };
        let bucket = buckets.get(&token).copied().unwrap_or(full).filled(now);
        let rest = Bucket { left: (bucket.left - 1).max(0), at: bucket.at };
        buckets.insert(token, rest);
        if bucket.left > 0 {
            return Ok(());
        }
        let wait_ms = (REFILL_MS - (now - bucket.at)).clamp(1, REFILL_MS);
        Err(wait_ms.unsigned_abs().div_ceil(1_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whoever_asks_too_often_waits_and_holds_up_nobody_else() {
        let pace = Pace::default();
        for _ in 0..BURST {
            assert_eq!(pace.take(1, 0), Ok(()));
        }
        assert_eq!(pace.take(1, 0), Err(1));
        assert_eq!(pace.take(2, 0), Ok(()));
        assert_eq!(pace.take(1, REFILL_MS), Ok(()));
        assert_eq!(pace.take(1, REFILL_MS), Err(1));
        assert_eq!(pace.take(1, -5), Err(1), "a clock that jumps back gives nothing");
    }

    proptest! {
        #[test]
        fn never_more_than_a_burst_and_what_was_filled(waits in prop::collection::vec(0..900_i64, 1..600)) {
            let pace = Pace::default();
            let (mut now, mut taken) = (0, 0);
            for wait in waits {
                now += wait;
                taken += i64::from(pace.take(1, now).is_ok());
                prop_assert!(taken <= BURST + now / REFILL_MS);
            }
        }
    }
}
