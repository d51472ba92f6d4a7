//! A real tablet without its window: the program's own journal, desk and courier.

use protocol::exchange::Enrolled;
use protocol::{Digest, Level};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tablet_app::clock::Clock;
use tablet_app::courier::policy::Pace;
use tablet_app::courier::{Condition, Courier, EnrolError, enrol};
use tablet_app::desk::Desk;
use tablet_app::journal::{Journal, Options};
use tablet_app::kiosk::View;

/// Waits short enough for a test.
pub const PACE: Pace =
    Pace { settings_ms: 200, base_ms: 5, ceiling_ms: 100, forked_ms: 3_600_000, beat_ms: 60_000 };

/// How long a test waits for something that must come; far above what it takes.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Calls `ready` until it says yes.
pub fn wait_for(what: &str, mut ready: impl FnMut() -> bool) {
    let step = Duration::from_millis(10);
    for _ in 0..PATIENCE.as_millis() / step.as_millis() {
        if ready() {
            return;
        }
        std::thread::sleep(step);
    }
    panic!("waited {PATIENCE:?} in vain: {what}");
}

/// A tablet that runs.
pub struct Tablet {
    /// Its journal.
    pub journal: Journal,
    desk: Desk,
    courier: Courier,
}

/// Opens (or makes) the journal in `dir`.
pub fn journal(dir: &Path) -> Journal {
    Journal::open(dir, &Clock::start(), Options::default()).unwrap()
}

/// Enrols the tablet of `dir`, once.
pub fn enrol_at(dir: &Path, server: &str, code: &str) -> Result<Enrolled, EnrolError> {
    enrol(&journal(dir), server, code)
}

impl Tablet {
    /// Starts the enrolled tablet of `dir` and waits until it has its settings.
    pub fn start(dir: &Path) -> Self {
        let clock = Clock::start();
        let journal = Journal::open(dir, &clock, Options::default()).unwrap();
        let courier =
            Courier::start(journal.clone(), clock.clone(), PACE, Condition::default(), |_| {})
                .unwrap();
        wait_for("settings", || journal.settings().unwrap().is_some());
        let desk = Desk::new(journal.clone(), clock, 0, Arc::new(|| {})).unwrap();
        Self { journal, desk, courier }
    }

    /// One tap; returns when the screen says thanks.
    pub fn rate(&mut self, level: Level) {
        wait_for("the faces", || {
            self.desk.attend_within(Duration::from_millis(1));
            matches!(self.desk.kiosk().view(), View::Rate { active: true, .. })
                || self.leave_thanks()
        });
        self.desk.tap(level);
        wait_for("thanks", || {
            self.desk.attend_within(Duration::from_millis(1));
            self.is_thanking()
        });
    }

    /// The steps after a level begin with thanks for it.
    fn is_thanking(&self) -> bool {
        matches!(self.desk.kiosk().view(), View::Noted | View::Thanks { .. } | View::Step { .. })
    }

    /// The next person does not wait until the thanks are over: a new desk stands there.
    fn leave_thanks(&mut self) -> bool {
        if self.is_thanking() {
            self.desk =
                Desk::new(self.journal.clone(), Clock::start(), 0, Arc::new(|| {})).unwrap();
        }
        false
    }

    /// Waits until the server has everything.
    pub fn carried(&self) {
        wait_for("the server has everything", || self.journal.status().unwrap().pending == 0);
    }

    /// Digest of the last event.
    pub fn head_digest(&self) -> Option<Digest> {
        self.journal.status().unwrap().head_digest
    }

    /// Stops the courier and lets the journal go.
    pub fn stop(self) {
        drop(self.courier);
        drop(self.desk);
    }
}
