//! What the screen shows before there is a question: the first enrolment, and faults that keep the tablet
//! from starting, with what to do.
//!
//! A pure machine like the kiosk: `(Startup, StartupInput, uptime) -> (Startup, Effects)`. Faults that may pass by
//! themselves are retried without a touch.

mod step;

use crate::journal::JournalError;
use crate::sticks::Stick;
use std::path::PathBuf;

/// Between two attempts, milliseconds: soon enough for somebody who waits, rare enough for a disk.
pub const AGAIN_MS: u64 = 5_000;

/// Why the tablet does not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartupFault {
    /// Another program has the journal.
    InUse,
    /// The journal is damaged.
    Damaged,
    /// A newer program has written the journal.
    Newer,
    /// The directory takes no writes.
    ReadOnly,
    /// The disk is full.
    Full,
    /// Anything else; the detail says it.
    Other,
}

impl StartupFault {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::InUse, Self::Damaged, Self::Newer, Self::ReadOnly, Self::Full, Self::Other];

    /// What the journal said.
    pub fn of(error: &JournalError) -> Self {
        match error {
            JournalError::InUse { .. } => Self::InUse,
            JournalError::Damaged { .. } => Self::Damaged,
            JournalError::Newer { .. } => Self::Newer,
            JournalError::ReadOnly { .. } => Self::ReadOnly,
            JournalError::Full { .. } => Self::Full,
            _ => Self::Other,
        }
    }

    /// Its name in the keys of sentences.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InUse => "in-use",
            Self::Damaged => "damaged",
            Self::Newer => "newer",
            Self::ReadOnly => "read-only",
            Self::Full => "full",
            Self::Other => "other",
        }
    }

    /// Whether it may be over the next time somebody looks.
    const fn may_pass(self) -> bool {
        !matches!(self, Self::Damaged | Self::Newer)
    }
}

/// Where letters go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Field {
    /// The server's address.
    Server,
    /// The code, or the text that a scanner read from the QR picture.
    #[default]
    Code,
}

/// What is typed for an enrolment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The server's address.
    pub server: String,
    /// The code, or the text beside the QR picture.
    pub code: String,
    /// Where letters go.
    pub field: Field,
}

/// How far a piece of work has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Work {
    /// Not begun.
    #[default]
    Idle,
    /// Under way.
    Going,
    /// It failed; in one word why, for the key of a sentence.
    Failed(&'static str),
}

/// What was salvaged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// The file, where anything could be proven.
    pub file: Option<String>,
    /// How many events could not be read.
    pub missing: u64,
}

/// What stands on the glass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartupPage {
    /// The journal is being opened, or the server asked.
    Opening,
    /// Why the tablet does not start.
    Fault {
        /// In one word.
        fault: StartupFault,
        /// In the words of the log, for the technician.
        detail: String,
        /// When it is tried again (uptime in milliseconds).
        again_at: Option<u64>,
    },
    /// A damaged journal goes to a USB stick.
    Salvage {
        /// How far it has come.
        work: Work,
        /// Sticks to choose from, where there is a choice.
        sticks: Vec<Stick>,
    },
    /// The damaged journal is saved and lies aside.
    Saved(Saved),
    /// The first enrolment.
    Enrol {
        /// What is typed.
        form: Form,
        /// How far it has come.
        work: Work,
        /// When it is tried again (uptime in milliseconds).
        again_at: Option<u64>,
    },
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartupInput {
    /// The tablet is not enrolled.
    NotEnrolled,
    /// It does not start; and as the log has it.
    Failed(StartupFault, String),
    /// The enrolment failed; in one word why.
    NotTaken(&'static str),
    /// The other language.
    Language(&'static str),
    /// A field was touched.
    Field(Field),
    /// Letters for the field; a line's end confirms.
    Write(String),
    /// Takes the last letter away.
    Erase,
    /// Enrol with what is typed, salvage, or go on.
    Confirm,
    /// Try again now.
    Again,
    /// On to the page where a damaged journal is salvaged.
    Salvage,
    /// Back from there.
    Back,
    /// There are several sticks; somebody has to choose.
    Sticks(Vec<Stick>),
    /// This folder was chosen.
    Stick(PathBuf),
    /// The journal was salvaged, or not; in one word why.
    Salvaged(Result<Saved, &'static str>),
    /// End the program.
    Leave,
    /// Time has passed; due at [`Startup::wakes_at`].
    Tick,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartupEffect {
    /// Open the journal; answered by the question itself, [`StartupInput::NotEnrolled`] or [`StartupInput::Failed`].
    Open,
    /// Enrol; answered by the question itself, [`StartupInput::NotTaken`] or [`StartupInput::Failed`].
    Enrol {
        /// The server's address.
        server: String,
        /// The code.
        code: String,
    },
    /// Salvage into this folder, or to the stick that is plugged in; answered by [`StartupInput::Salvaged`], or
    /// by [`StartupInput::Sticks`] where somebody has to choose.
    Salvage(Option<PathBuf>),
    /// End the program.
    Leave,
}

/// The whole machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Startup {
    page: StartupPage,
    /// What was given at the start, to begin the form with.
    given: Form,
    language: &'static str,
}

impl Startup {
    /// Begins with what the command line gave. The first effect is [`StartupEffect::Open`].
    pub fn new(server: Option<String>, code: Option<String>) -> Self {
        let given = Form {
            server: server.unwrap_or_default(),
            code: code.unwrap_or_default(),
            field: Field::Code,
        };
        Self { page: StartupPage::Opening, given, language: "vi" }
    }

    /// What stands on the glass.
    pub fn page(&self) -> &StartupPage {
        &self.page
    }

    /// Language of the screen (BCP 47).
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// When the next [`StartupInput::Tick`] is due (uptime in milliseconds).
    pub fn wakes_at(&self) -> Option<u64> {
        match &self.page {
            StartupPage::Fault { again_at, .. } | StartupPage::Enrol { again_at, .. } => *again_at,
            StartupPage::Opening | StartupPage::Salvage { .. } | StartupPage::Saved(_) => None,
        }
    }

    /// One step of the machine.
    #[must_use]
    pub fn step(mut self, input: StartupInput, uptime: u64) -> (Self, Vec<StartupEffect>) {
        let mut effects = Vec::new();
        self.take(input, uptime, &mut effects);
        (self, effects)
    }
}
