//! Whoever guesses PINs waits, longer each time; also after the tablet was switched off and on.
//! Each name has its own count, so that a prankster at one name locks out nobody else.

use super::Who;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Wrong PINs in a row before anybody waits: a slip, a second one, a forgotten change.
pub const FREE_TRIES: u32 = 3;

/// First wait, milliseconds. At the longest wait a stranger needs a hundred days for all PINs of four digits.
const FIRST_MS: u64 = 30_000;
/// Longest wait: an officer who forgot has asked the technician by then.
const LAST_MS: u64 = 15 * 60_000;

/// Wrong PINs in a row, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Locks(BTreeMap<String, Lock>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Lock {
    failures: u32,
    /// Until when none is taken, by the uptime of this run; a restart waits the whole time again.
    #[serde(skip)]
    until: Option<u64>,
}

impl Locks {
    /// Until when no PIN of this person is taken; none when one may be typed.
    pub(super) fn until(&self, who: &Who, uptime: u64) -> Option<u64> {
        let lock = self.0.get(&name(who)).filter(|lock| lock.failures >= FREE_TRIES)?;
        // Of before the restart: nobody knows how long the tablet was off.
        let until = lock.until.unwrap_or_else(|| wait(lock.failures));
        (uptime < until).then_some(until)
    }

    pub(super) fn wrong(&mut self, who: &Who, uptime: u64) {
        let lock = self.0.entry(name(who)).or_default();
        lock.failures = lock.failures.saturating_add(1);
        lock.until = Some(uptime.saturating_add(wait(lock.failures)));
    }

    /// Whether there was anything to forget.
    pub(super) fn right(&mut self, who: &Who) -> bool {
        self.0.remove(&name(who)).is_some()
    }
}

fn name(who: &Who) -> String {
    match who {
        Who::Officer(code) => format!("officer {code}"),
        Who::Technician => "technician".to_owned(),
    }
}

fn wait(failures: u32) -> u64 {
    let Some(more) = failures.checked_sub(FREE_TRIES) else { return 0 };
    FIRST_MS.saturating_mul(1 << more.min(16)).min(LAST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_ceiling_and_outlast_a_restart() {
        let (who, other) = (Who::Technician, Who::Officer("CC01".into()));
        let mut locks = Locks::default();
        for _ in 1..FREE_TRIES {
            locks.wrong(&who, 0);
        }
        assert_eq!(locks.until(&who, 0), None);
        locks.wrong(&who, 1_000);
        assert_eq!(locks.until(&who, 1_000), Some(1_000 + FIRST_MS));
        assert_eq!(locks.until(&who, 1_000 + FIRST_MS), None);
        assert_eq!(locks.until(&other, 1_000), None, "a name of its own");
        locks.wrong(&who, 50_000);
        assert_eq!(locks.until(&who, 50_000), Some(50_000 + 2 * FIRST_MS));

        let json = serde_json::to_string(&locks).unwrap();
        let restarted: Locks = serde_json::from_str(&json).unwrap();
        assert_eq!(restarted.until(&who, 0), Some(2 * FIRST_MS));
        for _ in 0..40 {
            locks.wrong(&who, 0);
        }
        assert_eq!(locks.until(&who, 0), Some(LAST_MS));
        assert!(locks.right(&who) && !locks.right(&who));
        assert_eq!(locks.until(&who, 0), None);
    }
}
