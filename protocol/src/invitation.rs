//! An invitation asks a person at a counter for a rating of one service: the one-stop or queue
//! software makes it, the tablet at that counter shows it once.
//!
//! | request | body | answer |
//! |---|---|---|
//! | `POST /api/v1/invitations` | [`InviteRequest`] | [`Invited`] |
//! | `GET /api/v1/invitations/{id}` | none | [`Invited`] |
//! | `GET /api/v1/tablets/{id}/invitation?seen=&wait_ms=` | none | [`Invitation`], or 204 when none came |
//!
//! The first two carry a machine's token, the last one the tablet's.

use crate::settings::Officer;
use crate::words::Stage;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Path of invitations.
pub const INVITATIONS: &str = "/api/v1/invitations";

/// Path at which a tablet waits for its next invitation.
pub fn invitation_path(tablet: Uuid) -> String {
    format!("/api/v1/tablets/{tablet}/invitation")
}

/// Software of the centre asks for a rating.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InviteRequest {
    /// An id of the asker's own choice: asking again with it makes no second
    /// invitation; with another content it is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Code of the counter, such as `Q05`.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    pub counter: String,
    /// The step of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Code of the dossier.
    #[cfg_attr(
        feature = "openapi",
        schema(max_length = 64, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")
    )]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<String>,
    /// Queue number, such as `B012`.
    #[cfg_attr(
        feature = "openapi",
        schema(max_length = 64, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")
    )]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// Code of the officer; whoever is on duty at the tablet when it is left out.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
}

/// An invitation as the asker sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invited {
    /// Its id.
    pub id: Uuid,
    /// Code of the counter.
    pub counter: String,
    /// What became of it so far.
    pub state: InvitationState,
    /// Until when it may open, milliseconds since 1970-01-01 UTC.
    pub expires_at: i64,
}

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// No tablet has fetched it yet.
    Waiting,
    /// A tablet has fetched it, and the server has not heard that it stood on the screen.
    Delivered,
    /// It stands, or stood, on the screen.
    Shown,
    /// A level was given.
    Answered,
    /// Nobody answered in time.
    Abandoned,
    /// A later one for the same counter took its place, or its asker took it back.
    Superseded,
    /// Its time was over before it stood on a screen.
    Expired,
}

/// An invitation on its way to a tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    /// Its id; the tablet's events name it.
    pub id: Uuid,
    /// The step of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Code of the dossier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<String>,
    /// Queue number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// Whom it asks about; whoever is on duty when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Officer>,
    /// Milliseconds it may still open in, counted from the answer; 0 where the invitation before it
    /// was taken back: this one opens nothing and only stands in its place.
    pub valid_ms: u64,
}
