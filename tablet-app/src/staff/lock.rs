//! Wrong PINs cost a wait that grows each time and outlasts switching the tablet off and on. Each name has
//! its own count, so that guesses at one name lock out nobody else.

use super::Who;
use crate::clock::Now;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Wrong PINs in a row before anybody waits: a slip, a second one, a forgotten change.
pub const FREE_TRIES: u32 = 3;

/// First wait, milliseconds. At the longest wait a stranger needs a hundred days for all PINs of four digits.
const FIRST_MS: u64 = 30_000;
/// Longest wait: an officer who forgot has asked the technician by then.
const LAST_MS: u64 = 15 * 60_000;

/// What was wrong so long ago is forgotten, milliseconds: a prankster in the evening keeps no officer out
/// in the morning.
const FORGOTTEN_MS: i64 = 24 * 3_600_000;

/// Wrong PINs in a row, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Locks(BTreeMap<String, Lock>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Lock {
    failures: u32,
    /// When the last one was typed, by the wall clock: it goes on while the tablet is off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<i64>,
    /// Until when none is taken, by the uptime of this run, in which nobody sets the clock.
    #[serde(skip)]
    until: Option<u64>,
}

impl Lock {
    /// Milliseconds since the last wrong one; none where the clock tells nothing of it.
    fn age(&self, now: Now) -> Option<i64> {
        self.at.map(|at| now.wall_ms.saturating_sub(at)).filter(|age| *age >= 0)
    }

    fn is_forgotten(&self, now: Now) -> bool {
        self.until.is_none_or(|until| now.uptime_ms >= until)
            && self.age(now).is_some_and(|age| age >= FORGOTTEN_MS)
    }
}

impl Locks {
    /// Until when no PIN of this person is taken (uptime in milliseconds); none when one may be typed.
    pub(super) fn until(&self, who: &Who, now: Now) -> Option<u64> {
        let lock = self.0.get(&name(who)).filter(|lock| lock.failures >= FREE_TRIES)?;
        let until = lock.until.unwrap_or_else(|| {
            // The lock is from before the restart, so the wall clock tells how much of it is over.
            // Where that was set back, the whole lockout begins anew.
            let waited = lock.age(now).map_or(0, i64::unsigned_abs);
            now.uptime_ms.saturating_add(lockout_ms(lock.failures).saturating_sub(waited))
        });
        (now.uptime_ms < until).then_some(until)
    }

    /// Counts a PIN as wrong before it is checked: pulling the plug during the check gains no extra try.
    pub(super) fn count(&mut self, who: &Who, now: Now) {
        let lock = self.0.entry(name(who)).or_default();
        if lock.is_forgotten(now) {
            *lock = Lock::default();
        }
        lock.failures = lock.failures.saturating_add(1);
        lock.at = Some(now.wall_ms);
        lock.until = Some(now.uptime_ms.saturating_add(lockout_ms(lock.failures)));
    }

    /// It was right.
    pub(super) fn right(&mut self, who: &Who) {
        self.0.remove(&name(who));
    }
}

fn name(who: &Who) -> String {
    match who {
        Who::Officer(code) => format!("officer {code}"),
        Who::Technician => "technician".to_owned(),
    }
}

fn lockout_ms(failures: u32) -> u64 {
    let Some(more) = failures.checked_sub(FREE_TRIES) else { return 0 };
    FIRST_MS.saturating_mul(1 << more.min(16)).min(LAST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(uptime_ms: u64) -> Now {
        Now { wall_ms: 1_000_000 + i64::try_from(uptime_ms).unwrap(), uptime_ms }
    }

    #[test]
    fn waits_grow_to_a_ceiling_and_go_on_over_a_restart() {
        let (who, other) = (Who::Technician, Who::Officer("CC01".into()));
        let mut locks = Locks::default();
        for _ in 1..FREE_TRIES {
            locks.count(&who, at(0));
        }
        assert_eq!(locks.until(&who, at(0)), None);
        locks.count(&who, at(1_000));
        assert_eq!(locks.until(&who, at(1_000)), Some(1_000 + FIRST_MS));
        assert_eq!(locks.until(&who, at(1_000 + FIRST_MS)), None);
        assert_eq!(locks.until(&other, at(1_000)), None, "a name of its own");
        locks.count(&who, at(50_000));
        assert_eq!(locks.until(&who, at(50_000)), Some(50_000 + 2 * FIRST_MS));

        // Ten seconds later the tablet is on again: what is left is waited for, not all of it anew.
        let json = serde_json::to_string(&locks).unwrap();
        let restarted: Locks = serde_json::from_str(&json).unwrap();
        let later = Now { wall_ms: at(60_000).wall_ms, uptime_ms: 0 };
        assert_eq!(restarted.until(&who, later), Some(2 * FIRST_MS - 10_000));
        let set_back = Now { wall_ms: 0, uptime_ms: 0 };
        assert_eq!(
            restarted.until(&who, set_back),
            Some(2 * FIRST_MS),
            "no time is won by the clock"
        );
        for _ in 0..40 {
            locks.count(&who, at(0));
        }
        assert_eq!(locks.until(&who, at(0)), Some(LAST_MS));
        locks.right(&who);
        assert_eq!(locks.until(&who, at(0)), None);
    }

    #[test]
    fn a_prankster_in_the_evening_keeps_nobody_out_in_the_morning() {
        let who = Who::Officer("CC01".into());
        let mut locks = Locks::default();
        for _ in 0..40 {
            locks.count(&who, at(0));
        }
        let json = serde_json::to_string(&locks).unwrap();
        let mut morning: Locks = serde_json::from_str(&json).unwrap();
        let next = Now { wall_ms: at(0).wall_ms + FORGOTTEN_MS, uptime_ms: 0 };
        assert_eq!(morning.until(&who, next), None);
        morning.count(&who, next);
        assert_eq!(morning.until(&who, next), None, "the first of a new row");
    }
}
