//! What happens to the kiosk, and what it asks for.

use super::OnDuty;
use crate::appearance::Appearance;
use crate::entry::Entry;
use crate::time_estimate::TimeEstimate;
use crate::typing::Key;
use protocol::Level;
use protocol::invitation::Invitation;
use protocol::settings::Settings;
use std::sync::Arc;
use uuid::Uuid;

/// What happens to the kiosk.
#[derive(Clone, Debug)]
pub enum KioskInput {
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
    Appearance {
        /// The look.
        look: Appearance,
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
    /// “Không đánh giá”: the person does not want to rate.
    Decline {
        /// A fresh session id.
        fresh: Uuid,
    },
    /// “Không phải người này”: somebody else served the person.
    DisputeOfficer {
        /// A fresh session id.
        fresh: Uuid,
    },
    /// “Quay lại”, for a moment after that: it was a slip.
    TakeBack,
    /// “Người tiếp theo”: the person of this visit is gone, another one stands there.
    NextPerson,
    /// The journal committed the record of this id.
    Recorded(u64),
    /// The journal could not commit the record of this id.
    RecordFailed(u64, RecordingFault),
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
    /// What is known of the time.
    Time(TimeEstimate),
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
pub enum KioskEffect {
    /// Append these in one transaction, then answer with this id. One record is out at a time.
    Record(u64, Vec<Entry>),
    /// A rating can not be written: report it to the technician.
    Alarm(RecordingFault),
}

/// Why a record was not written, as far as people can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordingFault {
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

impl RecordingFault {
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
