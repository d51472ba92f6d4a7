//! How a tablet is: facts for whoever looks after the fleet. The tablet sends them once a minute
//! with everything else; a lost one is replaced by the next.
//!
//! | request | body | answer |
//! |---|---|---|
//! | `POST /api/v1/tablets/{id}/heartbeat` | [`Heartbeat`] | [`Heard`] |
//! | `GET /api/v1/tablets/{id}/head` | none | [`Heard`] |
//!
//! The answer tells where the server's chain stands, so that a tablet that records nothing just now
//! notices a server that was restored from a backup. Servers up to 0.2 answered 204 without it. The
//! second asks for the same and tells nothing: an enrolment knows too little of the tablet to replace
//! what its last heartbeat told. Servers up to 0.2 answered 404.

use crate::Head;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Path of a tablet's heartbeat.
pub fn heartbeat_path(tablet: Uuid) -> String {
    format!("/api/v1/tablets/{tablet}/heartbeat")
}

/// Path where a tablet asks where its chain stands at the server.
pub fn head_path(tablet: Uuid) -> String {
    format!("/api/v1/tablets/{tablet}/head")
}

/// What the server answers to a heartbeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Heard {
    /// The head of the tablet's chain at the server.
    pub head: Head,
    /// The server's time, milliseconds since 1970-01-01 UTC.
    pub server_time: i64,
}

/// An event that does not get through, however often and in whatever form it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Blocked {
    /// Its number; those after it wait as well.
    pub number: u64,
    /// Since when it is refused, milliseconds since 1970-01-01 UTC, by the server's time where the
    /// tablet knows it.
    pub since: i64,
    /// The HTTP status of the refusal; none where the connection broke off each time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

/// What a tablet knows of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Heartbeat {
    /// Wall time of the tablet, milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Version of the tablet program.
    pub app_version: String,
    /// Milliseconds since the program started.
    pub uptime: u64,
    /// How often the program was started with this journal.
    pub boots: u64,
    /// Number of the last event recorded.
    pub recorded: u64,
    /// Events the server had not acknowledged.
    pub pending: u64,
    /// How far the tablet's clock stood before the server's (negative: behind it) when they last
    /// compared, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skew_ms: Option<i64>,
    /// Battery, percent; none where there is none or the system does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battery: Option<u8>,
    /// Whether it is being charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charging: Option<bool>,
    /// Free bytes where the journal lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage_free: Option<u64>,
    /// Code of the officer on duty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
    /// Version of the questionnaire it works from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questionnaire: Option<u32>,
    /// In one word why ratings can not be written, such as `full`; none when they can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
    /// The event that does not get through; none while events pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked: Option<Blocked>,
}
