//! How much one tablet may send: leaky buckets of events and of bytes. A tablet that was away for three
//! months brings all of it within an hour; one that runs wild, or somebody with its key, fills no disk.
//! Who is told to wait loses nothing: a tablet keeps what was not acknowledged.

use super::take_many;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use uuid::Uuid;

/// Events at once: what a busy counter makes in two weeks.
const EVENTS: NonZeroU32 = NonZeroU32::new(20_000).unwrap();
/// Events a second after that. Ninety days of 300 visits with four events each are 108,000, which
/// takes a quarter of an hour.
const EVENTS_A_SECOND: NonZeroU32 = NonZeroU32::new(100).unwrap();
/// Bytes at once: four full batches of the largest events.
const BYTES: NonZeroU32 = NonZeroU32::new(16 * 1024 * 1024).unwrap();
/// Bytes a second after that: a hundred events of the usual 250 bytes, and half as much again.
const BYTES_A_SECOND: NonZeroU32 = NonZeroU32::new(40 * 1024).unwrap();
/// The buckets of all tablets of this process.
#[derive(Debug)]
pub struct TabletLimit {
    events: DefaultKeyedRateLimiter<Uuid>,
    bytes: DefaultKeyedRateLimiter<Uuid>,
}

impl Default for TabletLimit {
    fn default() -> Self {
        Self {
            events: RateLimiter::keyed(Quota::per_second(EVENTS_A_SECOND).allow_burst(EVENTS)),
            bytes: RateLimiter::keyed(Quota::per_second(BYTES_A_SECOND).allow_burst(BYTES)),
        }
    }
}

impl TabletLimit {
    /// Takes a batch of a tablet; otherwise in how many seconds there is room for it.
    pub fn take(&self, tablet: Uuid, events: usize, bytes: usize) -> Result<(), u64> {
        take_many(&self.events, &tablet, events)?;
        take_many(&self.bytes, &tablet, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::limits::{EVENTS_IN_BATCH, REQUEST_BYTES};

    #[test]
    fn a_tablet_that_floods_waits_and_no_other_does() {
        let pace = TabletLimit::default();
        let (wild, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let batch = |tablet| pace.take(tablet, EVENTS_IN_BATCH, 125 * 1024);
        let passed = (0..200).filter(|_| batch(wild).is_ok()).count();
        // Some more flow through while the loop runs.
        assert!((40..45).contains(&passed), "{passed}");
        assert!((1..=6).contains(&batch(wild).unwrap_err()), "soon there is room for one");
        assert_eq!(batch(other), Ok(()));

        // The largest batches, whole.
        let large = (0..50).filter(|_| pace.take(other, 1, REQUEST_BYTES).is_ok()).count();
        assert!((3..=4).contains(&large), "{large}");
        assert_eq!(pace.take(other, 0, 0), Ok(()));
    }

    /// A tablet that was away for three months, at a counter that never rests.
    #[test]
    fn three_months_arrive_within_an_hour() {
        let (events, bytes) = (90 * 300 * 4, 90 * 300 * 4 * 500);
        let seconds = |all: u32, once: NonZeroU32, rate: NonZeroU32| {
            all.saturating_sub(once.get()) / rate.get()
        };
        // The courier waits up to a minute longer than it has to, so half an hour is the limit.
        assert!(seconds(events, EVENTS, EVENTS_A_SECOND) < 1_800);
        assert!(seconds(bytes, BYTES, BYTES_A_SECOND) < 1_800);
    }
}
