//! Debouncing of the audit log: a person who reads one list again within some minutes is one line in it.
//! Held in the memory of each server, so that it costs no query.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Milliseconds within which opening a list again counts as the same access.
const SAME_MS: i64 = 10 * 60_000;
/// Looks that are remembered before old ones are forgotten.
const REMEMBERED: usize = 10_000;

/// The looks of this process.
#[derive(Debug, Default)]
pub struct AuditDebounce(Mutex<HashMap<String, i64>>);

impl AuditDebounce {
    /// Whether this access is the first within the last minutes; records it.
    pub fn is_new(&self, key: &str, now: i64) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.retain(|_, at| now - *at < SAME_MS);
        }
        if known.get(key).is_some_and(|at| now - *at < SAME_MS) {
            return false;
        }
        known.insert(key.to_owned(), now);
        true
    }

    /// The line was not written after all, so the next access writes one.
    pub fn forget(&self, key: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_again_within_ten_minutes_is_the_same_look() {
        let debounce = AuditDebounce::default();
        assert!(debounce.is_new("ba comments", 0) && debounce.is_new("tu comments", 0));
        assert!(!debounce.is_new("ba comments", SAME_MS - 1));
        assert!(debounce.is_new("ba comments", SAME_MS), "by the first look, not by the last");
        debounce.forget("ba comments");
        assert!(debounce.is_new("ba comments", SAME_MS + 1));
        for (nth, at) in (0..2 * REMEMBERED).zip((0..).step_by(1_000)) {
            debounce.is_new(&nth.to_string(), at);
        }
        assert!(debounce.0.lock().unwrap().len() <= REMEMBERED + 1);
    }
}
