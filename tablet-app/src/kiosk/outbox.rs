//! What the kiosk has to have written, in order. One record is out at a time, so that the answer
//! to an earlier one is never taken for the answer to a later one; a record that failed goes out
//! again with the same entries, after a wait that grows.

use crate::entry::Entry;

/// First wait before a failed record goes out again, milliseconds.
const FIRST_WRITE_RETRY_MS: u64 = 1_000;
/// Longest wait: a full disk that was cleared is noticed within half a minute.
const LAST_WRITE_RETRY_MS: u64 = 30_000;

#[derive(Clone, Debug, Default)]
pub(super) struct Outbox {
    /// What is not yet known to be written.
    entries: Vec<Entry>,
    /// How many of the first entries make up the record that is out, or that failed.
    together: usize,
    /// Id of the record that is out or failed last.
    id: u64,
    /// Whether that record's answer is awaited.
    out: bool,
    failures: u32,
    retry_at: u64,
}

impl Outbox {
    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The record to send now, if one may go out.
    pub(super) fn send(&mut self, uptime_ms: u64) -> Option<(u64, Vec<Entry>)> {
        let waits = self.failures > 0 && uptime_ms < self.retry_at;
        if self.out || waits || self.entries.is_empty() {
            return None;
        }
        if self.together == 0 {
            self.together = self.entries.len();
        }
        self.out = true;
        self.id += 1;
        Some((self.id, self.entries[..self.together].to_vec()))
    }

    /// Takes the journal's word that a record is written; whether that was the one awaited.
    pub(super) fn recorded(&mut self, id: u64) -> bool {
        let awaited = self.out && id == self.id;
        if awaited {
            self.entries.drain(..self.together);
            *self = Self { entries: std::mem::take(&mut self.entries), id, ..Self::default() };
        }
        awaited
    }

    /// Takes the journal's word that a record is not written; whether that was the one awaited.
    pub(super) fn failed(&mut self, id: u64, uptime_ms: u64) -> bool {
        let awaited = self.out && id == self.id;
        if awaited {
            self.out = false;
            let wait = FIRST_WRITE_RETRY_MS
                .saturating_mul(1 << self.failures.min(16))
                .min(LAST_WRITE_RETRY_MS);
            self.retry_at = uptime_ms.saturating_add(wait);
            self.failures += 1;
        }
        awaited
    }

    /// When a failed record goes out again (uptime in milliseconds).
    pub(super) fn retry_at(&self) -> Option<u64> {
        (self.failures > 0 && !self.out && !self.entries.is_empty()).then_some(self.retry_at)
    }
}
