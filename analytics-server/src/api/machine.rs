//! Which machine speaks: other software of the centre, proven by its bearer token.

use super::problem::Refusal;
use crate::enrolment::{machine_hash, same_hash};
use crate::state::App;
use crate::storage::machines::MachineToken;
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use protocol::exchange::ProblemCode;

/// What a token must allow to make and follow invitations.
pub const INVITE: &str = "invite";

/// Every scope there is.
pub const SCOPES: [&str; 1] = [INVITE];

/// A machine that may invite.
pub struct Inviter(pub MachineToken);

impl FromRequestParts<App> for Inviter {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let token = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let hash = token.and_then(|token| machine_hash(token.strip_prefix("Bearer ")?));
        let Some(hash) = hash else { return Err(unauthorised()) };
        // One answer for an unknown and a revoked token: a stranger learns nothing.
        let token = match app.store.machine_token(hash).await? {
            Some(token) if token.revoked_at.is_none() && same_hash(&token.hash, &hash) => token,
            _ => return Err(unauthorised()),
        };
        if !token.may(INVITE) {
            return Err(Refusal::new(
                ProblemCode::Unauthorised,
                "This token may not invite. Make one that may with “analytics-server token add \
                 --scope invite”.",
            ));
        }
        app.store.touch_machine_token(&token, app.clock.now()).await?;
        Ok(Self(token))
    }
}

fn unauthorised() -> Refusal {
    Refusal::new(
        ProblemCode::Unauthorised,
        "The token is not known here or was revoked. Make a new one with “analytics-server token \
         add --scope invite”.",
    )
}
