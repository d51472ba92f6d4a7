//! The kiosk machine: what the tablet does with each touch, answer of the journal and passing of
//! time. It is pure, `(Kiosk, Input, Now) -> (Kiosk, Effects)`: no file, no thread, no clock, no
//! window, so that the same code can run in a browser.
//!
//! It promises that a visit has one *shown*, at most one *rated*, at most one *changed*, and an
//! *abandoned* only where nothing was rated; and that nobody is thanked before the journal has
//! said that the rating is written.

mod outbox;
mod step;

use crate::clock::Now;
use crate::entry::Entry;
use outbox::Outbox;
use protocol::Level;
use protocol::settings::Settings;
use std::sync::Arc;
use uuid::Uuid;

/// A touch this soon after the screen changed was meant for the screen before: shorter than
/// anybody reads, longer than a double tap.
pub const CALM_MS: u64 = 300;

/// A commit takes some milliseconds; after this long without an answer the disk is not well.
pub const SAVING_MS: u64 = 10_000;

/// A write that failed and then succeeded within this time still thanks the person, who is
/// probably still there.
pub const FRESH_MS: u64 = 10_000;

/// How long the faces stand open after “Chọn lại”, whatever is touched meanwhile: enough to find
/// another face, too short for the next person to sit down and overwrite this one's choice.
pub const AGAIN_MS: u64 = 10_000;

/// Thanks after the choice was made again; nothing more can be chosen, so it is shorter.
pub const SHORT_THANKS_MS: u64 = 3_000;

/// What happens to the kiosk.
#[derive(Clone, Debug)]
pub enum Input {
    /// A face was touched. `fresh` is the id of the visit, should this begin one.
    Tap {
        /// The level of the face.
        level: Level,
        /// A fresh session id.
        fresh: Uuid,
    },
    /// The screen was touched anywhere else: somebody is there.
    Touch {
        /// A fresh session id.
        fresh: Uuid,
    },
    /// A language was chosen.
    Language {
        /// Its code (BCP 47).
        code: String,
        /// A fresh session id.
        fresh: Uuid,
    },
    /// The button of the thanks screen.
    ChooseAgain,
    /// The journal committed the record of this id.
    Recorded(u64),
    /// The journal could not commit the record of this id.
    RecordFailed(u64, Trouble),
    /// Settings came in, from the journal or from the server.
    Settings(Arc<Settings>),
    /// Time has passed; due at [`Kiosk::wakes_at`].
    Tick,
}

/// What the kiosk asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Append these in one transaction, then answer with this id. One record is out at a time.
    Record(u64, Vec<Entry>),
    /// A rating can not be written: tell whoever looks after the tablet.
    Alarm(Trouble),
}

/// Why a record was not written, as far as people can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The disk is full.
    Full,
    /// The disk takes no writes.
    ReadOnly,
    /// The journal is damaged.
    Damaged,
    /// No answer came in time.
    Slow,
    /// Anything else; the log has the words.
    Other,
}

/// What stands on the screen. The level chosen is not part of it: nobody may read it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// No settings yet.
    Starting,
    /// No officer is at the counter.
    NotInService,
    /// Outside working hours: the centre's name, its hours and its notice, dimmed. A touch brings
    /// the question back.
    Closed,
    /// The question and its faces.
    Rate {
        /// Whether a touch counts; not while a rating is being written.
        active: bool,
        /// Whether the person came back to choose again.
        again: bool,
    },
    /// A step after the level.
    Step {
        /// Its place in the questionnaire's steps.
        at: usize,
        /// Whether it is the last one, so that the button says that it ends.
        last: bool,
        /// Whether the level can still be chosen again.
        again: bool,
    },
    /// Thanks.
    Thanks {
        /// Whether the choice can still be made again.
        again: bool,
    },
    /// Ratings can not be written.
    OutOfService(Trouble),
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    Starting,
    NotInService,
    Ready,
    Asking { session: Uuid, until: u64 },
    Saving { session: Uuid, level: Level, changed: bool, tapped: u64 },
    Thanks { session: Uuid, level: Level, again: bool, until: u64 },
    Again { session: Uuid, level: Level, until: u64 },
    OutOfService { trouble: Trouble, resume: Box<State> },
}

/// The whole machine.
#[derive(Clone, Debug)]
pub struct Kiosk {
    state: State,
    settings: Option<Arc<Settings>>,
    /// Came in during a visit; in force from the next one.
    coming: Option<Arc<Settings>>,
    language: String,
    outbox: Outbox,
    calm_ms: u64,
    calm_until: u64,
}

impl Kiosk {
    /// A kiosk that waits for its settings. Touches within `calm_ms` of a change of the screen
    /// are ignored: [`CALM_MS`] with people, 0 without.
    pub fn new(calm_ms: u64) -> Self {
        Self {
            state: State::Starting,
            settings: None,
            coming: None,
            language: "vi".to_owned(),
            outbox: Outbox::default(),
            calm_ms,
            calm_until: 0,
        }
    }

    /// What stands on the screen.
    pub fn view(&self) -> View {
        match &self.state {
            State::Starting => View::Starting,
            State::NotInService => View::NotInService,
            State::Ready | State::Asking { .. } => View::Rate { active: true, again: false },
            State::Saving { changed, .. } => View::Rate { active: false, again: *changed },
            State::Again { .. } => View::Rate { active: true, again: true },
            State::Thanks { again, .. } => View::Thanks { again: *again },
            State::OutOfService { trouble, .. } => View::OutOfService(*trouble),
        }
    }

    /// The settings in force.
    pub fn settings(&self) -> Option<&Arc<Settings>> {
        self.settings.as_ref()
    }

    /// The language of the screen (BCP 47).
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Whether the question waits for somebody and no visit is going on.
    pub fn is_ready(&self) -> bool {
        self.state == State::Ready
    }

    /// When the next [`Input::Tick`] is due (uptime in milliseconds); `None` while nothing waits.
    pub fn wakes_at(&self) -> Option<u64> {
        let deadline = match &self.state {
            State::Asking { until, .. }
            | State::Thanks { until, .. }
            | State::Again { until, .. } => Some(*until),
            State::Saving { tapped, .. } => Some(tapped.saturating_add(SAVING_MS)),
            State::OutOfService { resume, .. } => match **resume {
                State::Asking { until, .. } => Some(until),
                _ => None,
            },
            State::Starting | State::NotInService | State::Ready => None,
        };
        [deadline, self.outbox.retry_at()].into_iter().flatten().min()
    }

    /// One step of the machine.
    #[must_use]
    pub fn step(mut self, input: Input, now: Now) -> (Self, Vec<Effect>) {
        let mut effects = Vec::new();
        self.pass_time(now, &mut effects);
        self.take(input, now, &mut effects);
        self.take_settings();
        effects.extend(
            self.outbox.send(now.uptime_ms).map(|(id, entries)| Effect::Record(id, entries)),
        );
        (self, effects)
    }
}
