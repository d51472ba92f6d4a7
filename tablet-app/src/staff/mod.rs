//! The staff's side of the tablet, behind a long press and a PIN: officers sign in and out, a
//! technician looks at the tablet's health, moves it, takes its journal along, or leaves the kiosk.
//!
//! A pure machine like the kiosk: `(Staff, StaffInput, uptime) -> (Staff, Effects)`. It never sees a PIN
//! checked, only that one has to be and how the check ended, and it makes wrong guesses wait.

mod facts;
mod lock;
mod step;

pub use facts::Facts;
pub use lock::{FREE_TRIES, Locks};
pub use step::pin_hash;

use crate::clock::Now;
use crate::sticks::Stick;
use protocol::Level;
use protocol::enrol_link::Admission;
use protocol::settings::Settings;
use std::path::PathBuf;
use std::sync::Arc;

/// Without a touch for this long the staff screen closes, so that it does not stay open unattended.
pub const IDLE_MS: u64 = 60_000;

/// How long the glass can be wiped: touches are ignored meanwhile.
pub const WIPE_MS: u64 = 30_000;

/// Who stands before the staff screen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// An officer, by code.
    Officer(String),
    /// A person who maintains the tablets.
    Technician,
}

/// How far a piece of work has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Work {
    /// Not begun.
    #[default]
    Idle,
    /// Under way.
    Going,
    /// Done.
    Done(Done),
    /// It failed; in one word why, for the key of a sentence.
    Failed(&'static str),
}

/// What came of a piece of work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Such as the new counter or the file's name.
    pub what: String,
    /// The file is not encrypted: anybody who has it can read it.
    pub readable: bool,
}

impl From<String> for Done {
    fn from(what: String) -> Self {
        Self { what, readable: false }
    }
}

/// How it stands with the PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pin {
    /// Digits are typed.
    Typing,
    /// It is being checked.
    Checking,
    /// The last one was wrong; digits are typed again.
    Wrong,
    /// Too many were wrong: none is taken until then (uptime in milliseconds).
    Locked(u64),
}

/// What stands on the staff screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffPage {
    /// Who is it?
    Names,
    /// Asks for the PIN of the person who was chosen.
    Pin {
        /// Who was chosen.
        who: Who,
        /// The digits typed; the screen shows how many.
        digits: String,
        /// How it stands.
        pin: Pin,
    },
    /// What can be done, and how the tablet is.
    Menu,
    /// Faces to be touched that count nothing.
    TestTap {
        /// The last one touched.
        touched: Option<Level>,
    },
    /// The glass is being wiped: touches are ignored until the screen closes by itself.
    Wipe,
    /// Enrolment to another counter.
    Enrol {
        /// The code typed so far, or the text that a scanner read from the QR.
        code: String,
        /// How far it has come.
        work: Work,
    },
    /// The journal as a file on a USB stick.
    Export {
        /// How far it has come.
        work: Work,
        /// Sticks to choose from, where there is a choice.
        sticks: Vec<Stick>,
    },
    /// Leave the kiosk?
    Leave,
}

/// What happens on the staff screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffInput {
    /// The corner was held.
    Open,
    /// Back to the citizens' screen.
    Close,
    /// Back to the menu, or from the PIN to the names.
    Back,
    /// Somebody said who they are.
    Choose(Who),
    /// A digit of the PIN, or a letter of the enrolment code.
    Type(char),
    /// Letters of the code that came at once: a scanner's, or what was pasted. A line's end
    /// confirms.
    Write(String),
    /// Takes the last digit or letter away.
    Erase,
    /// The PIN, the code, or the question of the page is confirmed.
    Confirm,
    /// The PIN was checked.
    Checked {
        /// Whose it was to be.
        who: Who,
        /// Whether it was right.
        right: bool,
    },
    /// The officer signs in.
    SignIn,
    /// The officer signs out.
    SignOut,
    /// Another page of the menu.
    Go(MenuPage),
    /// A face of the test.
    Face(Level),
    /// The work that one of the staff screens asked for is done; its result, or the failure.
    Ended(MenuPage, Result<Done, &'static str>),
    /// The journal can be written to each of these; somebody has to choose.
    Sticks(Vec<Stick>),
    /// This folder was chosen.
    Stick(PathBuf),
    /// Time has passed; due at [`Staff::wakes_at`].
    Tick,
}

/// The pages behind the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuPage {
    /// [`StaffPage::TestTap`].
    TestTap,
    /// [`StaffPage::Wipe`].
    Wipe,
    /// [`StaffPage::Enrol`].
    Enrol,
    /// [`StaffPage::Export`].
    Export,
    /// [`StaffPage::Leave`].
    Leave,
}

/// What the staff screen asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffEffect {
    /// Check this PIN and answer with [`StaffInput::Checked`].
    Check {
        /// Whose it is to be.
        who: Who,
        /// What was typed.
        pin: String,
    },
    /// Put this officer on duty.
    SignIn(String),
    /// Take the officer off duty.
    SignOut,
    /// Enrol with this code and answer with [`StaffInput::Ended`].
    Enrol(Admission),
    /// Write the journal to this folder, or to the stick that is plugged in; answer with
    /// [`StaffInput::Ended`], or with [`StaffInput::Sticks`] where somebody has to choose.
    Export(Option<PathBuf>),
    /// End the program.
    Leave,
    /// Keep how many wrong PINs were typed, over a restart too.
    Remember(Locks),
}

/// The whole machine.
#[derive(Clone, Debug)]
pub struct Staff {
    page: Option<StaffPage>,
    /// Who has shown their PIN since the screen came up.
    who: Option<Who>,
    until: u64,
    locks: Locks,
    /// Whether a PIN is being checked; one at a time.
    checking: bool,
}

impl Staff {
    /// A staff screen that is not up. `locks` are those of before the restart.
    pub fn new(locks: Locks) -> Self {
        Self { page: None, who: None, until: 0, locks, checking: false }
    }

    /// What stands on it, while it is up.
    pub fn page(&self) -> Option<&StaffPage> {
        self.page.as_ref()
    }

    /// Who has shown their PIN.
    pub fn who(&self) -> Option<&Who> {
        self.who.as_ref()
    }

    /// When the next [`StaffInput::Tick`] is due (uptime in milliseconds).
    pub fn wakes_at(&self) -> Option<u64> {
        match self.page.as_ref()? {
            StaffPage::Pin { pin: Pin::Locked(until), .. } => Some(self.until.min(*until)),
            _ => Some(self.until),
        }
    }

    /// One step of the machine.
    #[must_use]
    pub fn step(
        mut self,
        input: StaffInput,
        settings: Option<&Arc<Settings>>,
        now: Now,
    ) -> (Self, Vec<StaffEffect>) {
        let mut effects = Vec::new();
        self.pass_time(now.uptime_ms);
        self.take(input, settings.map(AsRef::as_ref), now, &mut effects);
        (self, effects)
    }
}
