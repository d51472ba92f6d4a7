//! What the courier does next and how long it waits: pure, with time and chance as arguments.
//!
//! The rule behind all of it: after every answer of a server, the tablet still has all events and tries
//! again. Only a digest that the journal can compare moves the mark of what is uploaded.

use super::{BatchEncoding, Failure};
use protocol::Head;
use protocol::exchange::ProblemCode;
use protocol::limits::EVENTS_IN_BATCH;

/// A batch is doubled only after one that took no longer than this, milliseconds: the double then passes
/// in less than the patience for one request on a line that stays as slow as it is.
const QUICK_MS: u64 = 6_000;

/// At a start events wait for the first settings up to this, milliseconds: whether they come tells a server
/// that refuses what is sent from one that is not there.
const FIRST_MS: u64 = 3_000;

/// After so many failures in a row, while settings come, it is because of what is sent.
const STUBBORN: u32 = 3;

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
    /// Between two looks whether a chain that forked was mended by a person.
    pub forked_ms: u64,
    /// Between two heartbeats. One minute: people look at the list of tablets less often than that.
    pub beat_ms: u64,
}

impl Pace {
    /// How long to wait after so many failures in a row, milliseconds: from 0 to a bound that
    /// doubles with each of them (full jitter), so that a hundred tablets do not come back in step.
    /// `chance` is in 0..1.
    pub fn backoff(&self, failures: u32, chance: f64) -> u64 {
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
            forked_ms: 3_600_000,
            beat_ms: 60_000,
        }
    }
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Ask for the settings.
    FetchSettings,
    /// Send at most this many of the events that the server does not have, in this encoding.
    Send {
        /// Number of events.
        events: usize,
        /// The encoding.
        encoding: BatchEncoding,
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
    /// The chains have forked: alarm a person, and go on recording.
    Fork,
}

/// A batch of one event that is refused in every encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Since when (uptime in milliseconds).
    pub since: u64,
    /// The HTTP status of the last answer; none where the connection broke off.
    pub status: Option<u16>,
}

/// The longest wait that a server can ask for, milliseconds: a wrong header stops no tablet for a day.
const LONGEST_TOLD_MS: u64 = 600_000;

/// Attempts of one kind in a row that did not succeed, and until when there is no other.
#[derive(Clone, Copy, Debug, Default)]
struct Backoff {
    failures: u32,
    not_before: u64,
    /// Until when the server asked not to be asked again.
    told: u64,
}

impl Backoff {
    fn failed(&mut self, pace: &Pace, uptime_ms: u64, chance: f64) {
        self.failures = self.failures.saturating_add(1);
        // After the time that the server told, too, they come one by one and not in step.
        let from = self.told.max(uptime_ms);
        self.not_before = from.saturating_add(pace.backoff(self.failures, chance));
    }

    /// The server asked to be asked again in so many seconds.
    fn told(&mut self, seconds: u16, uptime_ms: u64) {
        let wait = (u64::from(seconds) * 1_000).min(LONGEST_TOLD_MS);
        self.told = uptime_ms.saturating_add(wait);
    }
}

/// The courier's memory of how it went. Settings and events have a backoff each: a server that gives
/// settings every half minute and refuses events would otherwise be asked every second for ever.
#[derive(Clone, Debug)]
pub struct Policy {
    pace: Pace,
    settings_due: u64,
    /// Since when they are being fetched (uptime in milliseconds), if they are.
    fetching: Option<u64>,
    settings: Backoff,
    sending: Backoff,
    forked_until: u64,
    beat_due: u64,
    events: usize,
    encoding: BatchEncoding,
    /// Whether the server was found to be one that reads no wrapped batch.
    reads_plain_only: bool,
    refused: Option<Refused>,
}

impl Policy {
    /// A courier that has tried nothing yet.
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            settings_due: 0,
            fetching: None,
            settings: Backoff::default(),
            sending: Backoff::default(),
            forked_until: 0,
            beat_due: 0,
            events: EVENTS_IN_BATCH,
            encoding: BatchEncoding::Plain,
            reads_plain_only: false,
            refused: None,
        }
    }

    /// What to do at this uptime, with `pending` events that the server does not have.
    pub fn next(&self, pending: u64, uptime_ms: u64) -> Step {
        let overdue = self.beat_due.saturating_add(self.pace.beat_ms);
        let mut settings_at = self.settings_due.max(self.settings.not_before);
        let mut send_at = self.sending.not_before.max(self.forked_until);
        let mut beat_at = self.beat_due;
        if let Some(since) = self.fetching {
            settings_at = u64::MAX;
            // The answer tells the time, and a heartbeat how far the tablet's clock is from it.
            beat_at = overdue;
            if self.settings_due == 0 && self.settings.failures == 0 {
                send_at = send_at.max(since.saturating_add(FIRST_MS));
            }
        }
        if uptime_ms >= overdue {
            // Late by a whole minute: the list of tablets has to show a tablet whose events do not get
            // through, so the heartbeat goes before the next batch.
            return Step::Beat;
        }
        if uptime_ms >= settings_at {
            return Step::FetchSettings;
        }
        if pending > 0 && uptime_ms >= send_at {
            return Step::Send { events: self.events, encoding: self.encoding };
        }
        // Last, so that a heartbeat stands before no rating that can be sent.
        if uptime_ms >= beat_at {
            return Step::Beat;
        }
        let until = settings_at.min(beat_at);
        Step::Wait { until: if pending > 0 { until.min(send_at) } else { until } }
    }

    /// The settings are being fetched, beside everything else.
    pub fn settings_requested(&mut self, uptime_ms: u64) {
        self.fetching = Some(uptime_ms);
    }

    /// The server gave settings or said that the known ones hold.
    pub fn settings_came(&mut self, uptime_ms: u64) {
        self.settings = Backoff::default();
        self.settings_refused(uptime_ms);
    }

    /// The server gave settings, and meanwhile others came in another way: they are asked for anew.
    pub fn settings_overtaken(&mut self, uptime_ms: u64) {
        self.settings_came(uptime_ms);
        self.settings_due = uptime_ms;
    }

    /// The server refused the settings in so many words: it is there, and events may go on.
    pub fn settings_refused(&mut self, uptime_ms: u64) {
        self.fetching = None;
        self.settings_due = uptime_ms.saturating_add(self.pace.settings_ms);
    }

    /// The settings did not come. That holds no rating back.
    pub fn settings_failed(&mut self, uptime_ms: u64, chance: f64) {
        self.fetching = None;
        self.settings.failed(&self.pace, uptime_ms, chance);
    }

    /// Whether the settings came when they were last asked for.
    pub fn has_settings(&self) -> bool {
        self.settings_due > 0 && self.settings.failures == 0
    }

    /// The server has more of the chain than before, after a request that took so long. The encoding stays:
    /// what refused one comment will refuse the next.
    pub fn uploaded(&mut self, took_ms: u64) {
        self.sending = Backoff::default();
        self.forked_until = 0;
        self.refused = None;
        if took_ms <= QUICK_MS {
            self.events = self.events.saturating_mul(2).min(EVENTS_IN_BATCH);
        }
    }

    /// The journal went back to the server's head. The first time it sends again at once; a
    /// server that keeps asking for the same is waited for.
    pub fn went_back(&mut self, uptime_ms: u64, chance: f64) {
        if self.sending.failures > 0 {
            self.failed(uptime_ms, chance);
        } else {
            self.sending.failures = 1;
        }
    }

    /// The chains have forked: nothing is sent for a long time.
    pub fn forked(&mut self, uptime_ms: u64) {
        self.forked_until = uptime_ms.saturating_add(self.pace.forked_ms);
    }

    /// The server has this tablet's chain again.
    pub fn mended(&mut self) {
        self.forked_until = 0;
    }

    /// A batch did not arrive; the wait grows with each in a row, see [`Pace::backoff`].
    pub fn failed(&mut self, uptime_ms: u64, chance: f64) {
        self.sending.failed(&self.pace, uptime_ms, chance);
    }

    /// A heartbeat went out, or did not: the next one is due in its time, and a lost one is
    /// nothing to hurry for.
    pub fn beat(&mut self, uptime_ms: u64) {
        self.beat_due = uptime_ms.saturating_add(self.pace.beat_ms);
    }

    /// Whether the last sending of events failed.
    pub fn is_held_up(&self) -> bool {
        self.sending.failures > 0
    }

    /// Other events are to be sent from now on than the one that was refused.
    pub fn set_back(&mut self) {
        self.refused = None;
    }

    /// The event that does not get through, where one event alone is refused in every encoding.
    pub fn refused(&self) -> Option<Refused> {
        self.refused
    }

    /// What a failed sending of so many events asks for. Sends the next batch in another encoding
    /// where something on the way refused this one, then makes it smaller, down to the one event
    /// that is refused: so those before it pass. Those after it can not: each is chained to the one
    /// before.
    pub fn judge(&mut self, failure: &Failure, events: usize, uptime_ms: u64) -> Remedy {
        if let Some(seconds) = failure.retry_after() {
            self.sending.told(seconds, uptime_ms);
        }
        if let Failure::Refused { problem, .. } = failure {
            match (problem.code, problem.head) {
                (ProblemCode::Gap, Some(head)) => return Remedy::GoBack(head),
                (ProblemCode::Fork, _) => return Remedy::Fork,
                // The refusal is about the tablet or the server, not about what was sent.
                (
                    ProblemCode::Unauthorised
                    | ProblemCode::NotFound
                    | ProblemCode::Unavailable
                    | ProblemCode::TooMany,
                    _,
                ) => return Remedy::Wait,
                (ProblemCode::BadRequest, _) if self.encoding == BatchEncoding::Wrapped => {
                    // A server of an earlier version.
                    self.encoding = BatchEncoding::Plain;
                    self.reads_plain_only = true;
                }
                _ => {}
            }
            self.smaller(failure, events, uptime_ms);
            return Remedy::Wait;
        }
        if failure.is_before_sending() {
            return Remedy::Wait;
        }
        // Counted with this one.
        let stubborn = self.has_settings() && self.sending.failures + 1 >= STUBBORN;
        match failure {
            Failure::Unavailable { .. } if !stubborn => {}
            // A line that is too slow for so much, or a firewall that breaks off.
            Failure::TimedOut { .. } | Failure::Lost { .. } if events > 1 || !stubborn => {
                self.events = (events.min(self.events) / 2).max(1);
            }
            _ if self.encoding == BatchEncoding::Plain && !self.reads_plain_only => {
                self.encoding = BatchEncoding::Wrapped;
            }
            _ => self.smaller(failure, events, uptime_ms),
        }
        Remedy::Wait
    }

    fn smaller(&mut self, failure: &Failure, events: usize, uptime_ms: u64) {
        self.events = (events.min(self.events) / 2).max(1);
        if events == 1 {
            let since = self.refused.map_or(uptime_ms, |refused| refused.since);
            self.refused = Some(Refused { since, status: failure.status() });
        }
    }
}
