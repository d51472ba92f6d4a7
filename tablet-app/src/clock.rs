//! The only home of clocks and randomness in the tablet. Everything else takes a [`Now`], a fresh
//! session or random bytes as an argument, so that tests decide what time it is.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// The time since the computer started, as text: CLOCK_BOOTTIME in hundredths of a second (see
/// `man 5 proc_uptime`).
const UPTIME: &str = "/proc/uptime";

/// One moment, told by both clocks of the tablet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Wall time, milliseconds since 1970-01-01 UTC. May jump and may be wrong.
    pub wall_ms: i64,
    /// Milliseconds since the program started, also those in which the tablet slept. Never goes
    /// backwards.
    pub uptime_ms: u64,
}

/// The clock of one run of the program; clones share it.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Run>);

#[derive(Debug)]
struct Run {
    boot: Uuid,
    started: Instant,
    /// `Instant` stands still while the tablet is suspended, and the server, which reckons from the
    /// uptime when an event happened, would move a right time by the whole night. This file goes
    /// on; it is kept open, with what it said at the start. Where it can not be read, as on a
    /// system without /proc, `Instant` alone must do.
    since_boot: Option<(File, u64)>,
    /// The latest uptime told: should the file become unreadable, time stands still until
    /// `Instant` has caught up, and does not go backwards.
    told: AtomicU64,
}

impl Clock {
    /// Starts the clock of this run, under a boot id of its own.
    pub fn start() -> Self {
        Self::beside(Path::new(UPTIME))
    }

    #[expect(clippy::disallowed_methods, reason = "the home of the clock")]
    fn beside(uptime: &Path) -> Self {
        let since_boot = File::open(uptime).ok();
        Self(Arc::new(Run {
            boot: Uuid::new_v4(),
            started: Instant::now(),
            since_boot: since_boot.and_then(|file| read(&file).map(|at_start| (file, at_start))),
            told: AtomicU64::new(0),
        }))
    }

    /// This moment.
    #[expect(clippy::disallowed_methods, reason = "the home of the clock")]
    pub fn now(&self) -> Now {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Now {
            wall_ms: i64::try_from(wall.as_millis()).unwrap_or(i64::MAX),
            uptime_ms: self.0.uptime_ms(),
        }
    }

    /// Identifies this run of the program.
    pub fn boot(&self) -> Uuid {
        self.0.boot
    }
}

impl Run {
    fn uptime_ms(&self) -> u64 {
        let awake = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let since_boot = self
            .since_boot
            .as_ref()
            .and_then(|(file, at_start)| Some(read(file)?.saturating_sub(*at_start)));
        // Awake, the finer of the two is the larger one but for a hundredth of a second.
        let uptime = awake.max(since_boot.unwrap_or_default());
        self.told.fetch_max(uptime, Ordering::Relaxed).max(uptime)
    }
}

/// Milliseconds since the computer started; one system call.
fn read(uptime: &File) -> Option<u64> {
    let mut text = [0; 64];
    let length = uptime.read_at(&mut text, 0).ok()?;
    let text = str::from_utf8(text.get(..length)?).ok()?;
    let (seconds, hundredths) = text.split_ascii_whitespace().next()?.split_once('.')?;
    let (seconds, hundredths): (u64, u64) = (seconds.parse().ok()?, hundredths.parse().ok()?);
    seconds.checked_mul(1_000)?.checked_add(hundredths.checked_mul(10)?)
}

/// An id for the visit that may begin now (UUIDv7).
#[expect(clippy::disallowed_methods, reason = "the home of randomness")]
pub fn fresh_session() -> Uuid {
    Uuid::now_v7()
}

/// 32 bytes from the operating system, fit for keys and tokens.
pub fn random_bytes() -> Result<[u8; 32], getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A number from 0 up to, not including, 1: for waiting times, never for keys.
pub fn random_share() -> f64 {
    // Without randomness the wait is the longest one, which is always right.
    getrandom::u32().map_or(1.0, |bits| f64::from(bits) / (f64::from(u32::MAX) + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// An hour, in milliseconds: far more than a test takes.
    const HOUR: u64 = 3_600_000;

    #[test]
    fn time_goes_on_while_the_tablet_sleeps_and_never_backwards() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("uptime");
        fs::write(&path, "1000.50 7000.10\n").unwrap();
        let clock = Clock::beside(&path);
        let other = clock.clone();
        assert!(clock.now().uptime_ms < HOUR);
        fs::write(&path, "8200.75 7000.10\n").unwrap();
        let slept = clock.now().uptime_ms;
        assert!((7_200_250..7_200_250 + HOUR).contains(&slept), "{slept}");
        for lost in ["", "900.00 1.00\n", "soon\n", "18446744073709551615.99\n"] {
            fs::write(&path, lost).unwrap();
            assert!(other.now().uptime_ms >= slept, "{lost}");
            assert!(other.now().uptime_ms < slept + HOUR, "{lost}");
        }
    }

    #[test]
    fn without_the_file_the_clock_still_goes() {
        let clock = Clock::beside(Path::new("/nowhere/uptime"));
        let before = clock.now().uptime_ms;
        assert!(before < HOUR);
        while clock.now().uptime_ms == before {}
    }

    #[test]
    fn the_system_tells_how_long_it_has_been_running() {
        let told = fs::read_to_string(UPTIME).unwrap();
        let file = File::open(UPTIME).unwrap();
        let seconds: f64 = told.split(' ').next().unwrap().parse().unwrap();
        let read = read(&file).unwrap() as f64 / 1_000.0;
        assert!((read - seconds).abs() < 60.0, "{read} is not {seconds}");
        assert!(Clock::start().0.since_boot.is_some());
    }
}
