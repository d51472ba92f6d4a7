//! What the courier does next and how long it waits: pure, with time and chance as arguments.
//!
//! The rule behind all of it: whatever a server answers, the tablet keeps everything and comes
//! back. Only a digest that the journal can compare moves the mark of what is carried.

use super::Failure;
use protocol::Head;
use protocol::exchange::ProblemCode;
use protocol::limits::EVENTS_IN_BATCH;

/// How often and how patiently, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Between two looks at the settings. 30 s: a change of officer shows within half a minute,
    /// and a hundred tablets ask three times a second.
    pub settings_ms: u64,
    /// The first wait after a failure lasts up to this.
    pub base_ms: u64,
    /// No wait is longer. One minute: the time in which a server comes back after a restart.
    pub ceiling_ms: u64,
    /// Between two looks whether a chain that parted was mended by a person.
    pub parted_ms: u64,
    /// Between two heartbeats. One minute: whoever looks at the fleet does not look more often.
    pub beat_ms: u64,
}

impl Pace {
    /// How long to wait after so many failures in a row, milliseconds: from 0 to a bound that
    /// doubles with each of them (full jitter), so that a hundred tablets do not come back in step.
    /// `chance` is in 0..1.
    pub fn wait(&self, failures: u32, chance: f64) -> u64 {
        let doubled = self.base_ms.saturating_mul(1 << failures.saturating_sub(1).min(20));
        let bound = doubled.min(self.ceiling_ms);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=bound")]
        let wait = (bound as f64 * chance.clamp(0.0, 1.0)) as u64;
        // Never at once: a chance of 0 again and again would be a storm.
        wait.max(self.base_ms / 10).max(1)
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            settings_ms: 30_000,
            base_ms: 1_000,
            ceiling_ms: 60_000,
            parted_ms: 3_600_000,
            beat_ms: 60_000,
        }
    }
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Ask for the settings.
    FetchSettings,
    /// Send at most this many of the events that the server does not have.
    Send {
        /// Number of events.
        events: usize,
    },
    /// Tell how the tablet is.
    Beat,
    /// Nothing until then (uptime in milliseconds), or until something is recorded.
    Wait {
        /// When to ask again.
        until: u64,
    },
}

/// What a failed sending asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Keep everything and come back.
    Wait,
    /// The server stands at this head: if it is in our chain, go back to it and send from there.
    GoBack(Head),
    /// The chains have parted: alarm a person, and go on recording.
    Part,
}

/// The courier's memory of how it went.
#[derive(Clone, Debug)]
pub struct Policy {
    pace: Pace,
    settings_due: u64,
    not_before: u64,
    /// Attempts in a row that did not succeed.
    failures: u32,
    parted_until: u64,
    beat_due: u64,
    events: usize,
    /// Whether it is the events' turn although settings are due.
    events_first: bool,
}

impl Policy {
    /// A courier that has tried nothing yet.
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            settings_due: 0,
            not_before: 0,
            failures: 0,
            parted_until: 0,
            beat_due: 0,
            events: EVENTS_IN_BATCH,
            events_first: false,
        }
    }

    /// What to do at this uptime, with `pending` events that the server does not have.
    pub fn next(&self, pending: u64, uptime_ms: u64) -> Step {
        if uptime_ms < self.not_before {
            return Step::Wait { until: self.not_before };
        }
        let may_send = pending > 0 && uptime_ms >= self.parted_until;
        if uptime_ms >= self.settings_due && !(self.events_first && may_send) {
            return Step::FetchSettings;
        }
        // Last, so that a heartbeat never stands before a rating.
        let until = self.settings_due.min(self.beat_due);
        match pending {
            _ if may_send => Step::Send { events: self.events },
            _ if uptime_ms >= self.beat_due => Step::Beat,
            0 => Step::Wait { until },
            _ => Step::Wait { until: until.min(self.parted_until) },
        }
    }

    /// The server gave settings or said that the known ones hold.
    pub fn settings_came(&mut self, uptime_ms: u64) {
        self.failures = 0;
        self.settings_due = uptime_ms.saturating_add(self.pace.settings_ms);
    }

    /// The server refused the settings in so many words: it is there, and events may go on.
    pub fn settings_refused(&mut self, uptime_ms: u64) {
        self.settings_due = uptime_ms.saturating_add(self.pace.settings_ms);
    }

    /// The settings did not come. Events take turns with them, so that settings this version can
    /// not read hold no rating back.
    pub fn settings_failed(&mut self, uptime_ms: u64, chance: f64) {
        self.failed(uptime_ms, chance);
        self.events_first = true;
    }

    /// The server has more of the chain than before.
    pub fn carried(&mut self) {
        self.failures = 0;
        self.parted_until = 0;
        self.events = self.events.saturating_mul(2).min(EVENTS_IN_BATCH);
    }

    /// The journal went back to the server's head. The first time it sends again at once; a
    /// server that keeps asking for the same is waited for.
    pub fn went_back(&mut self, uptime_ms: u64, chance: f64) {
        if self.failures > 0 {
            self.failed(uptime_ms, chance);
        } else {
            self.failures = 1;
        }
    }

    /// The chains have parted: nothing is sent for a long time.
    pub fn parted(&mut self, uptime_ms: u64) {
        self.parted_until = uptime_ms.saturating_add(self.pace.parted_ms);
    }

    /// An attempt failed; the wait grows with each in a row, see [`Pace::wait`].
    pub fn failed(&mut self, uptime_ms: u64, chance: f64) {
        self.events_first = false;
        self.failures = self.failures.saturating_add(1);
        self.not_before = uptime_ms.saturating_add(self.pace.wait(self.failures, chance));
    }

    /// A heartbeat went out, or did not: the next one is due in its time, and a lost one is
    /// nothing to hurry for.
    pub fn beat(&mut self, uptime_ms: u64) {
        self.beat_due = uptime_ms.saturating_add(self.pace.beat_ms);
    }

    /// What a failed sending asks for. Makes the next batch smaller where it was too large.
    pub fn judge(&mut self, failure: &Failure) -> Remedy {
        match failure {
            Failure::Refused { problem, .. } => match (problem.code, problem.head) {
                (ProblemCode::Gap, Some(head)) => Remedy::GoBack(head),
                (ProblemCode::Fork, _) => Remedy::Part,
                (ProblemCode::TooLarge, _) => self.smaller(),
                _ => Remedy::Wait,
            },
            // A proxy that lets less through than the server would.
            Failure::WrongServer { status: 413, .. } => self.smaller(),
            _ => Remedy::Wait,
        }
    }

    fn smaller(&mut self) -> Remedy {
        self.events = (self.events / 2).max(1);
        Remedy::Wait
    }
}
