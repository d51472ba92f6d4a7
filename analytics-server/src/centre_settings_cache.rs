//! The cache of the centre's settings. It is read again every few seconds while pages are asked for, so a
//! change made by any server of the same database is seen by all without a restart.

use crate::centre::Centre;
use std::sync::{Arc, PoisonError, RwLock};

/// How long the cached settings are used, in milliseconds: nobody notices two seconds, and a busy
/// server asks its database no more often.
const BELIEVED_MS: i64 = 2_000;

/// Settings and when they were read.
#[derive(Debug)]
pub struct CentreSettingsCache(RwLock<(i64, Arc<Centre>)>);

impl CentreSettingsCache {
    /// Keeps what was read at `now`.
    pub fn new(centre: Centre, now: i64) -> Self {
        Self(RwLock::new((now, Arc::new(centre))))
    }

    /// The settings.
    pub fn get(&self) -> Arc<Centre> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// Whether they are to be read again. A clock that was set back makes nobody wait.
    pub fn is_due(&self, now: i64) -> bool {
        let read_at = self.0.read().unwrap_or_else(PoisonError::into_inner).0;
        !(read_at..read_at + BELIEVED_MS).contains(&now)
    }

    /// Takes what was read at `now`.
    pub fn put(&self, centre: Centre, now: i64) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = (now, Arc::new(centre));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_believed_for_two_seconds() {
        let kept = CentreSettingsCache::new(Centre::default(), 10_000);
        for (now, due) in [(10_000, false), (11_999, false), (12_000, true), (9_999, true)] {
            assert_eq!(kept.is_due(now), due, "{now}");
        }
        kept.put(Centre { repeat_s: 7, ..Centre::default() }, 12_000);
        assert_eq!((kept.get().repeat_s, kept.is_due(12_001)), (7, false));
    }
}
