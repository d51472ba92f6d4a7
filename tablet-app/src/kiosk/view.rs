//! Where the kiosk stands, what of it is on the screen, and when time alone changes it.

use super::{DISPUTED_MS, Kiosk, RecordingFault, SAVING_MS, SHORT_THANKS_MS};

/// What stands on the screen. The level chosen is not part of it: nobody may read it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// No settings yet.
    Starting,
    /// No officer is at the counter.
    NotInService,
    /// The roster names several officers and nobody knows the time: whose service would be rated is not
    /// known before an officer signs in.
    OfficerUnknown,
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
        /// Nobody touched it for a while: what was answered is not to be read.
        covered: bool,
    },
    /// Thanks for a level, nothing else beside it while a hand that trembles may tap again.
    Noted,
    /// Thanks.
    Thanks {
        /// Whether the choice can still be made again.
        again: bool,
    },
    /// Somebody else served the person; that can still be taken back and is not written yet.
    Disputing,
    /// The visit ended without a level.
    Farewell(Farewell),
    /// Ratings can not be written.
    OutOfService(RecordingFault),
}

/// How a visit ended to which the person gave no level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// They did not want to rate.
    Declined,
    /// Somebody else served them than the officer on the screen.
    OfficerDisputed,
}

impl Farewell {
    /// How long it is shown, milliseconds.
    pub const fn lasts_ms(self) -> u64 {
        match self {
            Self::Declined => SHORT_THANKS_MS,
            Self::OfficerDisputed => DISPUTED_MS,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum State {
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
    /// The level is written; nothing but thanks until a second tap of the same hand is over.
    Noted {
        until: u64,
    },
    /// A step stands there: the `place`-th of those that follow the level.
    Step {
        place: usize,
        until: u64,
        /// Until when the level can be chosen again; 0 when it can not.
        again_until: u64,
        cover: Cover,
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
    /// The officer is not the one; until then it can be taken back.
    Disputing {
        until: u64,
    },
    /// That there is no level is on its way to the disk.
    Ending {
        farewell: Farewell,
        since: u64,
    },
    Farewell {
        farewell: Farewell,
        until: u64,
    },
    Again {
        until: u64,
    },
    OutOfService {
        fault: RecordingFault,
        resume: Box<State>,
    },
}

/// Whether answers on a step can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// They stand open until then.
    At(u64),
    /// They are covered until somebody touches the screen.
    Down,
}

impl Kiosk {
    /// Whether anybody can be asked now: the centre is open, or an officer who signed in is still
    /// at work after it closed.
    pub(super) fn is_open(&self) -> bool {
        self.open || self.duty.is_some()
    }

    /// Whether the level of this visit was chosen again.
    pub(super) fn is_changed(&self) -> bool {
        self.visit.as_ref().is_some_and(|visit| visit.changed)
    }

    /// What stands on the screen.
    pub fn view(&self) -> View {
        let changed = self.is_changed();
        match &self.state {
            State::Resting if self.settings.is_none() => View::Starting,
            State::Resting if !self.is_open() => View::Closed,
            State::Resting if self.on_duty().is_none() => {
                if self.is_officer_unknown() {
                    View::OfficerUnknown
                } else {
                    View::NotInService
                }
            }
            State::Resting | State::Woken { .. } | State::Asking { .. } => {
                View::Rate { active: true, again: false }
            }
            State::Saving { .. } => View::Rate { active: false, again: changed },
            State::Ending { .. } => View::Rate { active: false, again: false },
            State::Disputing { .. } => View::Disputing,
            State::Farewell { farewell, .. } => View::Farewell(*farewell),
            State::Again { .. } => View::Rate { active: true, again: true },
            State::Noted { .. } => View::Noted,
            State::Step { place, again_until, cover, .. } => {
                let steps = self.steps();
                View::Step {
                    at: steps.get(*place).copied().unwrap_or_default(),
                    last: place + 1 >= steps.len(),
                    again: *again_until > 0 && !changed,
                    covered: *cover == Cover::Down,
                }
            }
            State::Keeping { place, .. } => {
                let at = self.steps().get(*place).copied().unwrap_or_default();
                View::Step { at, last: true, again: false, covered: false }
            }
            State::Thanks { again, .. } => View::Thanks { again: *again },
            State::OutOfService { fault, .. } => View::OutOfService(*fault),
        }
    }

    /// When the next [`KioskInput::Tick`] is due (uptime in milliseconds); `None` while nothing waits.
    pub fn wakes_at(&self) -> Option<u64> {
        let deadline = match &self.state {
            State::Woken { until }
            | State::Asking { until, .. }
            | State::Thanks { until, .. }
            | State::Disputing { until }
            | State::Farewell { until, .. }
            | State::Noted { until }
            | State::Again { until, .. } => Some(*until),
            State::Step { until, again_until, cover, .. } => {
                let covers = match cover {
                    Cover::At(at) if self.has_answers() => Some(*at),
                    Cover::At(_) | Cover::Down => None,
                };
                let again = Some(*again_until).filter(|until| *until > 0);
                [Some(*until), again, covers].into_iter().flatten().min()
            }
            State::Saving { tapped: since }
            | State::Ending { since, .. }
            | State::Keeping { since, .. } => Some(since.saturating_add(SAVING_MS)),
            State::OutOfService { resume, .. } => match **resume {
                State::Asking { until, .. } => Some(until),
                _ => None,
            },
            State::Resting => None,
        };
        let duty = self.duty.as_ref().map(|duty| duty.until);
        [deadline, duty, self.outbox.retry_at()].into_iter().flatten().min()
    }
}
