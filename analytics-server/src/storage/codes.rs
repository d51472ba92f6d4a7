//! How stages, scales and outcomes of invitations stand in columns: as small numbers that never change.

use protocol::invitation::InvitationState;
use protocol::{Scale, Stage};

/// How a stage is stored.
pub(super) fn stage_code(stage: Stage) -> i16 {
    stage.code().into()
}

/// The stage of a stored code.
pub(super) fn stage_of(code: Option<i16>) -> Option<Stage> {
    code.and_then(|code| u8::try_from(code).ok()).and_then(Stage::from_code)
}

/// How a scale is stored.
pub(super) fn scale_code(scale: Scale) -> i16 {
    match scale {
        Scale::Five => 1,
        Scale::Three => 2,
    }
}

/// How the outcome of an invitation is stored; the other states follow from other columns.
pub(super) fn outcome_code(state: InvitationState) -> Option<i16> {
    match state {
        InvitationState::Answered => Some(1),
        InvitationState::Abandoned => Some(2),
        InvitationState::Superseded => Some(3),
        _ => None,
    }
}
