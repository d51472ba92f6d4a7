//! The only home of clocks and randomness in the tablet. Everything else takes a [`Now`], a fresh
//! session or random bytes as an argument, so that tests decide what time it is.

use std::time::{Instant, SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// One moment, told by both clocks of the tablet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Wall time, milliseconds since 1970-01-01 UTC. May jump and may be wrong.
    pub wall_ms: i64,
    /// Milliseconds since the program started. Never jumps.
    pub uptime_ms: u64,
}

/// The clock of one run of the program.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    started: Instant,
    boot: Uuid,
}

impl Clock {
    /// Starts the clock of this run, under a boot id of its own.
    #[expect(clippy::disallowed_methods, reason = "the home of the clock")]
    pub fn start() -> Self {
        Self { started: Instant::now(), boot: Uuid::new_v4() }
    }

    /// This moment.
    #[expect(clippy::disallowed_methods, reason = "the home of the clock")]
    pub fn now(&self) -> Now {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Now {
            wall_ms: i64::try_from(wall.as_millis()).unwrap_or(i64::MAX),
            uptime_ms: u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
        }
    }

    /// Identifies this run of the program.
    pub fn boot(&self) -> Uuid {
        self.boot
    }
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
