//! The kiosk machine: what the tablet does with each touch, answer of the journal and passing of
//! time. It is pure, `(Kiosk, Input, Now) -> (Kiosk, Effects)`: no file, no thread, no clock, no
//! window, so that the same code can run in a browser.
//!
//! It promises that a visit has one *shown*, at most one *rated*, at most one *changed*, and an
//! *abandoned* or *superseded* only where nothing was rated; and that nobody is thanked before the
//! journal has said that the rating is written.

mod duty;
mod follow;
mod invite;
mod outbox;
mod step;
mod visit;

pub use duty::{DUTY_MS, OnDuty};
pub use visit::{About, Reference};

use crate::clock::Now;
use crate::entry::Entry;
use crate::look::Look;
use crate::typing::{Draft, Key};
use outbox::Outbox;
use protocol::Level;
use protocol::event::Detailed;
use protocol::invitation::Invitation;
use protocol::settings::{Officer, Settings};
use std::sync::Arc;
use uuid::Uuid;
use visit::Visit;

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

/// Thanks after the choice was made again, or after the last step; nothing more can be chosen, so
/// it is shorter.
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
    /// Another look was chosen.
    Look {
        /// The look.
        look: Look,
        /// A fresh session id.
        fresh: Uuid,
    },
    /// “Chọn lại”.
    ChooseAgain,
    /// A level for an aspect; the same one again takes it back.
    Aspect(String, Level),
    /// A reason; a second touch takes it back.
    Reason(String),
    /// A key of the comment.
    Key(Key),
    /// On to the next step, or to the end.
    Next,
    /// The journal committed the record of this id.
    Recorded(u64),
    /// The journal could not commit the record of this id.
    RecordFailed(u64, Trouble),
    /// The journal will never take the record of this id: it is larger than any event may be.
    RecordRefused(u64),
    /// Settings came in, from the journal or from the server.
    Settings(Arc<Settings>),
    /// An invitation came in. `fresh` is the id of the visit that it begins.
    Invitation {
        /// The invitation.
        invitation: Arc<Invitation>,
        /// A fresh session id.
        fresh: Uuid,
    },
    /// Whether the centre is open, by its hours.
    Open(bool),
    /// The staff screen came up or went away. While it is up nobody is asked.
    Aside(bool),
    /// An officer signed in. `fresh` is the session of the event.
    SignIn {
        /// Code of the officer.
        officer: String,
        /// A fresh session id.
        fresh: Uuid,
    },
    /// The officer signed out.
    SignOut {
        /// A fresh session id.
        fresh: Uuid,
    },
    /// Who had signed in before the program was started again.
    Resume(OnDuty),
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

impl Trouble {
    /// In one word, for keys of sentences and for heartbeats.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::ReadOnly => "read-only",
            Self::Damaged => "damaged",
            Self::Slow => "slow",
            Self::Other => "other",
        }
    }
}

/// What stands on the screen. The level chosen is not part of it: nobody may read it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// No settings yet.
    Starting,
    /// No officer is at the counter.
    NotInService,
    /// Outside working hours: the centre's name, its hours and its notice, dimmed. A touch brings
    /// the question back where an officer is on duty.
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
    /// Nobody is there.
    Resting,
    /// Somebody touched the dark screen outside working hours; nobody is asked yet.
    Woken {
        until: u64,
    },
    /// The question is put. `touched` is false while only an invitation stands there.
    Asking {
        until: u64,
        touched: bool,
    },
    /// A level is on its way to the disk.
    Saving {
        tapped: u64,
    },
    /// A step stands there: the `place`-th of those that follow the level.
    Step {
        place: usize,
        until: u64,
        again_until: u64,
    },
    /// What was added last is on its way to the disk.
    Keeping {
        place: usize,
        since: u64,
    },
    Thanks {
        again: bool,
        until: u64,
    },
    Again {
        until: u64,
    },
    OutOfService {
        trouble: Trouble,
        resume: Box<State>,
    },
}

/// The whole machine.
#[derive(Clone, Debug)]
pub struct Kiosk {
    state: State,
    visit: Option<Visit>,
    settings: Option<Arc<Settings>>,
    /// Came in during a visit; in force from the next one.
    coming: Option<Arc<Settings>>,
    duty: Option<OnDuty>,
    invitations: invite::Invitations,
    open: bool,
    aside: bool,
    language: String,
    look: Look,
    outbox: Outbox,
    calm_ms: u64,
    calm_until: u64,
}

impl Kiosk {
    /// A kiosk that waits for its settings. Touches within `calm_ms` of a change of the screen
    /// are ignored: [`CALM_MS`] with people, 0 without.
    pub fn new(calm_ms: u64) -> Self {
        Self {
            state: State::Resting,
            visit: None,
            settings: None,
            coming: None,
            duty: None,
            invitations: invite::Invitations::default(),
            open: true,
            aside: false,
            language: "vi".to_owned(),
            look: Look::default(),
            outbox: Outbox::default(),
            calm_ms,
            calm_until: 0,
        }
    }

    /// What stands on the screen.
    pub fn view(&self) -> View {
        let changed = self.visit.as_ref().is_some_and(|visit| visit.changed);
        match &self.state {
            State::Resting if self.settings.is_none() => View::Starting,
            State::Resting if !self.open => View::Closed,
            State::Resting if self.on_duty().is_none() => View::NotInService,
            State::Resting | State::Woken { .. } | State::Asking { .. } => {
                View::Rate { active: true, again: false }
            }
            State::Saving { .. } => View::Rate { active: false, again: changed },
            State::Again { .. } => View::Rate { active: true, again: true },
            State::Step { place, again_until, .. } => {
                let steps = self.steps();
                View::Step {
                    at: steps.get(*place).copied().unwrap_or_default(),
                    last: place + 1 >= steps.len(),
                    again: *again_until > 0 && !changed,
                }
            }
            State::Keeping { place, .. } => {
                let at = self.steps().get(*place).copied().unwrap_or_default();
                View::Step { at, last: true, again: false }
            }
            State::Thanks { again, .. } => View::Thanks { again: *again },
            State::OutOfService { trouble, .. } => View::OutOfService(*trouble),
        }
    }

    /// The settings in force.
    pub fn settings(&self) -> Option<&Arc<Settings>> {
        self.settings.as_ref()
    }

    /// Whose service stands on the screen: the visit's, or that of whoever is on duty.
    pub fn about(&self) -> Option<About> {
        match (&self.visit, &self.settings) {
            (Some(visit), _) => Some(visit.about.clone()),
            (None, Some(settings)) => Some(About::walk_up(self.on_duty()?, settings)),
            (None, None) => None,
        }
    }

    /// Who signed in, if anybody.
    pub fn signed_in(&self) -> Option<&OnDuty> {
        self.duty.as_ref()
    }

    /// The officer on duty: who signed in, else whom the roster names.
    pub fn on_duty(&self) -> Option<&Officer> {
        duty::officer(self.settings.as_ref()?, self.duty.as_ref())
    }

    /// What the person added so far.
    pub fn added(&self) -> Option<&Detailed> {
        self.visit.as_ref().map(|visit| &visit.added)
    }

    /// The comment being typed.
    pub fn draft(&self) -> Option<&Draft> {
        self.visit.as_ref().map(|visit| &visit.draft)
    }

    /// The language of the screen (BCP 47).
    pub fn language(&self) -> &str {
        &self.language
    }

    /// How the person wants to see the screen.
    pub fn look(&self) -> Look {
        self.look
    }

    /// Whether the question waits for somebody and no visit is going on.
    pub fn is_ready(&self) -> bool {
        self.state == State::Resting && self.on_duty().is_some()
    }

    /// Whether the staff screen is up, so that nobody is asked.
    pub fn is_aside(&self) -> bool {
        self.aside
    }

    /// When the next [`Input::Tick`] is due (uptime in milliseconds); `None` while nothing waits.
    pub fn wakes_at(&self) -> Option<u64> {
        let deadline = match &self.state {
            State::Woken { until }
            | State::Asking { until, .. }
            | State::Thanks { until, .. }
            | State::Again { until, .. }
            | State::Step { until, again_until: 0, .. } => Some(*until),
            State::Step { until, again_until, .. } => Some(*until.min(again_until)),
            State::Saving { tapped: since } | State::Keeping { since, .. } => {
                Some(since.saturating_add(SAVING_MS))
            }
            State::OutOfService { resume, .. } => match **resume {
                State::Asking { until, .. } => Some(until),
                _ => None,
            },
            State::Resting => None,
        };
        let duty = self.duty.as_ref().map(|duty| duty.until);
        [deadline, duty, self.outbox.retry_at()].into_iter().flatten().min()
    }

    /// One step of the machine.
    #[must_use]
    pub fn step(mut self, input: Input, now: Now) -> (Self, Vec<Effect>) {
        let mut effects = Vec::new();
        self.pass_time(now, &mut effects);
        self.take(input, now, &mut effects);
        self.take_what_waited(now);
        effects.extend(
            self.outbox.send(now.uptime_ms).map(|(id, entries)| Effect::Record(id, entries)),
        );
        (self, effects)
    }
}
