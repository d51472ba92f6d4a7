//! Rate limits in memory, before anything is read or written: a bucket for each key that fills again by
//! the clock (governor). Nothing of them is shared between processes.

mod address;
mod tablet;
mod token;

pub use address::AddressLimits;
pub use tablet::TabletLimit;
pub use token::TokenLimit;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, NotUntil};
use std::hash::Hash;
use std::num::NonZeroU32;

/// Keys that are remembered before those that have been quiet are dropped.
const REMEMBERED: usize = 10_000;

/// Takes one; otherwise in how many seconds there is room for it.
fn take<K: Clone + Eq + Hash>(limit: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), u64> {
    take_many(limit, key, 1)
}

/// Takes so many; otherwise in how many seconds there is room for them.
fn take_many<K: Clone + Eq + Hash>(
    limit: &DefaultKeyedRateLimiter<K>,
    key: &K,
    many: usize,
) -> Result<(), u64> {
    if limit.len() > REMEMBERED {
        limit.retain_recent();
    }
    let many = u32::try_from(many).unwrap_or(u32::MAX);
    let Some(many) = NonZeroU32::new(many) else { return Ok(()) };
    let seconds = |full: NotUntil<_>| {
        full.wait_time_from(DefaultClock::default().now()).as_secs().saturating_add(1)
    };
    match limit.check_key_n(key, many) {
        Ok(taken) => taken.map_err(seconds),
        // No request is as large as the whole bucket: its body has a limit of its own.
        Err(_) => Ok(()),
    }
}
