//! Authentication of a tablet: the one named in the path, proven by its bearer token.

use super::problem::Refusal;
use crate::enrolment::{same_hash, token_hash};
use crate::state::App;
use crate::storage::rows::Tablet;
use axum::extract::{FromRequestParts, Path};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use protocol::exchange::ProblemCode;
use uuid::Uuid;

/// The tablet that sent the request.
pub struct Sender(pub Tablet);

impl FromRequestParts<App> for Sender {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let id = Path::<Uuid>::from_request_parts(parts, app).await.ok().map(|Path(id)| id);
        let token = parts.headers.get(AUTHORIZATION).and_then(|value| {
            let token = value.to_str().ok()?.strip_prefix("Bearer ")?;
            <[u8; 32]>::try_from(hex::decode(token).ok()?).ok()
        });
        let (Some(id), Some(token)) = (id, token) else { return Err(unauthorised()) };
        Ok(Self(known(app, id, &token_hash(&token)).await?))
    }
}

/// The tablet as it is now, if it is still known by this token. A handler that holds a request open calls
/// this again: meanwhile the tablet may have been moved, or enrolled with another token.
pub(super) async fn known(app: &App, id: Uuid, token: &[u8; 32]) -> Result<Tablet, Refusal> {
    // One answer for an unknown or retired tablet and a wrong token: a stranger learns nothing.
    match app.store.tablet(id).await? {
        Some(tablet) if !tablet.retired && same_hash(&tablet.token_hash, token) => Ok(tablet),
        _ => Err(unauthorised()),
    }
}

fn unauthorised() -> Refusal {
    Refusal::new(
        ProblemCode::Unauthorised,
        "This tablet is not known here. Keep everything; an administrator can enrol it again.",
    )
}
