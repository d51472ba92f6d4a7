//! What a tablet needs to work on its own: whose counter it stands at, whom it asks about, what it
//! asks. The tablet keeps the last settings it got and works from them without a network.

use crate::words::{Level, Scale, Stage};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Text per language (BCP 47), such as `{"vi": "Hài lòng", "en": "Satisfied"}`.
pub type Texts = BTreeMap<String, String>;

/// Everything a tablet shows and how long it waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Settings {
    /// The institution, in capitals or not, as it wants to be written.
    pub centre: Texts,
    /// IANA name of the centre's time zone.
    pub time_zone: String,
    /// The counter the tablet stands at.
    pub counter: Counter,
    /// The officer whose service is rated; without one the tablet shows that it is not in service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Officer>,
    /// The step of the service, where this counter does only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// What is asked.
    pub question: Question,
    /// Languages on offer, the first one when nobody chose.
    pub languages: Vec<Language>,
    /// How long each screen waits.
    pub timeouts: Timeouts,
    /// Ratings given here are simulated and must be marked as such.
    #[serde(default)]
    pub simulated: bool,
}

/// A counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counter {
    /// Its code, such as `Q05`.
    pub code: String,
    /// Its name, such as `Quầy số 05`.
    pub name: String,
}

/// An officer as citizens see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Officer {
    /// Code of the officer.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Title, such as `Chuyên viên`.
    pub title: String,
    /// Name of the department.
    pub department: String,
    /// Portrait, JPEG or PNG in base64, at most 256 KiB; initials are shown without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
}

/// One question with its levels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Question {
    /// Version of the questionnaire; an event names the one it was given under.
    pub version: u32,
    /// The question.
    pub text: Texts,
    /// The levels on offer.
    pub scale: Scale,
    /// The words under the faces, one entry for each level of the scale.
    pub levels: Vec<LevelText>,
}

/// The words of one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LevelText {
    /// The level.
    pub level: Level,
    /// Its words.
    pub text: Texts,
}

/// A language of the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Language {
    /// BCP 47, such as `vi`.
    pub code: String,
    /// Its own name, such as `Tiếng Việt`.
    pub name: String,
}

/// Times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Timeouts {
    /// How long a question waits for an answer before it is abandoned.
    pub answer_ms: u64,
    /// How long the choice can be made again after a tap.
    pub undo_ms: u64,
}

impl Default for Timeouts {
    fn default() -> Self {
        // 30 s to read one question and five faces; 5 s to notice a slip of the finger.
        Self { answer_ms: 30_000, undo_ms: 5_000 }
    }
}
