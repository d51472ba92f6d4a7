//! The server's time as its answers give it, and what of it is stored for the next run.

use crate::clock::Now;
use crate::journal::{Journal, Memo};
use crate::time_estimate::{ClockReference, TimeEstimate};
use protocol::limits::CLOCK_SKEW_MS;

/// How old what is kept may become, milliseconds: written six times an hour, since flash wears out.
const KEEP_MS: i64 = 600_000;

/// The estimates of two answers differ by less than this because of their time on the way,
/// milliseconds.
const WAY_MS: i64 = 5_000;

pub(super) struct Time {
    time_estimate: TimeEstimate,
    /// What was written last in this run.
    written: Option<ClockReference>,
}

impl Time {
    /// At the start of a run.
    pub(super) fn resumed(journal: &Journal) -> Self {
        Self { time_estimate: journal.time_estimate(), written: None }
    }

    pub(super) fn time_estimate(&self) -> &TimeEstimate {
        &self.time_estimate
    }

    /// The server sent its time: what the tablet knows of the time from now on.
    pub(super) fn record_server_time(
        &mut self,
        journal: &Journal,
        server_time: i64,
        now: Now,
    ) -> TimeEstimate {
        let before = self.time_estimate.skew();
        let kept = self.time_estimate.observe_server_time(server_time, now);
        let is_wrong = |skew: i64| skew.saturating_abs() > CLOCK_SKEW_MS;
        if is_wrong(kept.skew_ms) && !before.is_some_and(is_wrong) {
            let skew_ms = kept.skew_ms;
            tracing::warn!(skew_ms, "the tablet's clock differs from the server's");
        }
        let stale = self.written.is_none_or(|written| {
            server_time.saturating_sub(written.server_time).saturating_abs() >= KEEP_MS
                || written.skew_ms.saturating_sub(kept.skew_ms).saturating_abs() >= WAY_MS
        });
        if stale {
            self.written = Some(kept);
            journal.remember(Memo::Time, serde_json::to_string(&kept).ok());
        }
        self.time_estimate
    }
}
