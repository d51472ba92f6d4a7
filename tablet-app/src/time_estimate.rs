//! What time it is by the server: for the hours, the shown time and the roster. A tablet's own clock may
//! stand anywhere (an empty battery on its board, a wrong year typed in), and the server tells its time
//! with every answer. Events keep the tablet's raw time, as the protocol says. Pure.

use crate::clock::Now;
use serde::{Deserialize, Serialize};

/// No moment before this one is now: 2026-01-01 UTC, the year this program was written in.
const WRITTEN_MS: i64 = 1_767_225_600_000;

/// No tablet runs for longer than this after the program was written or the server was last heard:
/// thirty years, and two.
const LIFETIME_MS: i64 = 30 * 366 * DAY_MS;
const APART_MS: i64 = 2 * 366 * DAY_MS;

const DAY_MS: i64 = 24 * 3_600_000;

/// By so much a clock that runs on is set back at most, milliseconds: what a time service corrects.
const STEP_MS: i64 = 5_000;

/// By so much a clock may seem to go back between two runs: answers take time on their way, and the
/// header with the time tells whole seconds.
const BACK_MS: i64 = 120_000;

/// What is kept of the server's time for the next run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockReference {
    /// The last time received from the server, milliseconds since 1970.
    pub server_time: i64,
    /// How far the tablet's clock stood before it then, milliseconds.
    pub skew_ms: i64,
}

/// What the tablet knows of the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeEstimate {
    /// The server's time as received in this run, and the uptime then. From here on time is computed with
    /// the monotonic clock, so that changes of the wall clock make no difference.
    told: Option<(i64, u64)>,
    kept: Option<ClockReference>,
    /// The tablet's clock began anew, as that of a board without a battery does at each start: how far it
    /// stood from the server's says nothing any more.
    began_anew: bool,
}

impl TimeEstimate {
    /// At the start of a run, with what an earlier one kept, the wall time of the last event (milliseconds
    /// since 1970), and the present moment.
    pub fn resumed(kept: Option<ClockReference>, last_event: Option<i64>, now: Now) -> Self {
        let last_told = kept.map(|kept| kept.server_time.saturating_add(kept.skew_ms));
        let latest = last_told.max(last_event);
        let began_anew = latest.is_some_and(|at| now.wall_ms < at.saturating_sub(STEP_MS));
        Self { told: None, kept, began_anew }
    }

    /// The server sent its time; returns what is to be stored of that.
    pub fn observe_server_time(&mut self, server_time: i64, now: Now) -> ClockReference {
        self.told = Some((server_time, now.uptime_ms));
        let kept = ClockReference { server_time, skew_ms: now.wall_ms.saturating_sub(server_time) };
        self.kept = Some(kept);
        kept
    }

    /// How far the tablet's clock stands before the server's, milliseconds; none before the server
    /// told its time in this run.
    pub fn skew(&self) -> Option<i64> {
        self.told.and(self.kept).map(|kept| kept.skew_ms)
    }

    /// The time by the server, milliseconds since 1970; none where neither it nor the tablet's own
    /// clock can be believed.
    pub fn moment(&self, now: Now) -> Option<i64> {
        if let Some((server_time, uptime_ms)) = self.told {
            let since = now.uptime_ms.saturating_sub(uptime_ms);
            return Some(server_time.saturating_add(i64::try_from(since).unwrap_or(i64::MAX)));
        }
        let Some(ClockReference { server_time, skew_ms }) = self.kept else {
            let likely = WRITTEN_MS..=WRITTEN_MS + LIFETIME_MS;
            return likely.contains(&now.wall_ms).then_some(now.wall_ms);
        };
        // A clock that was wrong and is wrong still; or one that was set right meanwhile.
        let likely = server_time.saturating_sub(BACK_MS)..=server_time.saturating_add(APART_MS);
        let corrected = (!self.began_anew).then(|| now.wall_ms.saturating_sub(skew_ms));
        let believed = corrected.into_iter().chain([now.wall_ms]);
        believed.into_iter().find(|moment| likely.contains(moment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = 3_600_000;
    /// 2026-11-24 09:00 in Tây Ninh.
    const NINE: i64 = 1_795_485_600_000;

    fn now(wall_ms: i64, uptime_ms: u64) -> Now {
        Now { wall_ms, uptime_ms }
    }

    #[test]
    fn changes_of_the_wall_clock_do_not_change_the_servers_time() {
        let mut time = TimeEstimate::default();
        assert_eq!(time.skew(), None);
        let kept = time.observe_server_time(NINE, now(NINE + 12 * HOUR_MS, 1_000));
        assert_eq!((kept.skew_ms, time.skew()), (12 * HOUR_MS, Some(12 * HOUR_MS)));
        for wall in [NINE, 0, i64::MAX] {
            assert_eq!(time.moment(now(wall, 61_000)), Some(NINE + 60_000));
        }
        assert_eq!(time.moment(now(0, 0)), Some(NINE), "never before it was told");
    }

    #[test]
    fn a_wrong_clock_is_corrected_after_a_restart_and_one_that_was_set_right_is_believed() {
        let ahead = 12 * HOUR_MS;
        let later = NINE + HOUR_MS;
        let resumed = |skew_ms, wall| {
            let kept = ClockReference { server_time: NINE, skew_ms };
            TimeEstimate::resumed(Some(kept), None, now(wall, 0))
        };
        let time = resumed(ahead, later + ahead);
        assert_eq!(time.skew(), None, "not told in this run");
        assert_eq!(time.moment(now(later + ahead, 5)), Some(later), "wrong as before");
        assert_eq!(time.moment(now(later, 5)), Some(later), "set right");
        assert_eq!(resumed(ahead, later).moment(now(later, 5)), Some(later), "before the start");
        assert_eq!(time.moment(now(later - 2 * HOUR_MS, 5)), None, "before the server's last word");
        let then = NINE - 20 * 366 * DAY_MS;
        let years = resumed(then - NINE, then);
        assert_eq!(years.moment(now(then, 5)), Some(NINE));
        assert_eq!(time.moment(now(NINE + 3 * 366 * DAY_MS + ahead, 5)), None, "years later");
        assert_eq!(time.moment(now(i64::MIN, 5)), None);
    }

    /// 2020-01-01 UTC, where a board without a battery begins each day.
    #[test]
    fn a_clock_that_begins_anew_each_day_does_not_make_it_yesterday() {
        let board = 1_577_836_800_000;
        // It was nine when it started, and five when the server was last heard.
        let at_five = board + 8 * HOUR_MS;
        let kept = ClockReference { server_time: NINE + 8 * HOUR_MS, skew_ms: board - NINE };
        let event = Some(at_five + 60_000);
        for (last_event, start) in [(None, board), (event, board), (event, at_five + 30_000)] {
            let mut time = TimeEstimate::resumed(Some(kept), last_event, now(start, 0));
            for later in [0, 8 * HOUR_MS, 9 * HOUR_MS] {
                let told = time.moment(now(start + later, 5));
                assert_eq!(told, None, "{last_event:?} {start} {later}");
            }
            let set_right = NINE + 25 * HOUR_MS;
            assert_eq!(time.moment(now(set_right, 5)), Some(set_right));
            time.observe_server_time(NINE + 24 * HOUR_MS, now(start, 5));
            assert_eq!(time.moment(now(start, 5)), Some(NINE + 24 * HOUR_MS));
        }
        let time = TimeEstimate::resumed(Some(kept), event, now(at_five + 57_000, 0));
        assert!(time.moment(now(at_five + 61_000, 5)).is_some(), "only this program began anew");
    }

    #[test]
    fn without_any_word_of_a_server_an_impossible_clock_is_not_believed() {
        let time = TimeEstimate::default();
        assert_eq!(time.moment(now(NINE, 5)), Some(NINE));
        for impossible in [0, WRITTEN_MS - 1, 4_100_000_000_000, i64::MAX] {
            assert_eq!(time.moment(now(impossible, 5)), None, "{impossible}");
        }
    }
}
