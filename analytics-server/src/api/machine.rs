//! Authentication and authorization of other software of the centre: its bearer token, and whether that
//! has the scope that an address asks for.

use super::problem::Refusal;
use crate::enrolment::{machine_hash, same_hash};
use crate::state::App;
use crate::storage::machines::MachineToken;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use protocol::exchange::ProblemCode;
use std::marker::PhantomData;

/// What a token must allow to make and follow invitations.
pub const INVITE: &str = "invite";
/// To read the published figures, in which groups with fewer than ten answers are pooled.
pub const FIGURES: &str = "figures:read";
/// To read ratings one by one, dossiers as marks, without comments.
pub const RATINGS: &str = "ratings:read";
/// To read comments with the ratings.
pub const COMMENTS: &str = "comments:read";
/// To read all figures as they are.
pub const EXACT_FIGURES: &str = "verify";
/// To ask for `/metrics` from another machine.
pub const METRICS: &str = "metrics";

/// Every scope there is.
pub const SCOPES: [&str; 6] = [INVITE, FIGURES, RATINGS, COMMENTS, EXACT_FIGURES, METRICS];

/// What an address asks for.
pub trait RequiredScope {
    /// The scope.
    const SCOPE: &'static str;
}

/// A machine whose token has the scope that `A` asks for.
pub struct Machine<A: RequiredScope>(pub MachineToken, pub PhantomData<A>);

/// Asks for [`INVITE`].
pub struct Invites;
/// Asks for [`FIGURES`].
pub struct ReadsFigures;
/// Asks for [`RATINGS`].
pub struct ReadsRatings;

impl RequiredScope for Invites {
    const SCOPE: &'static str = INVITE;
}

impl RequiredScope for ReadsFigures {
    const SCOPE: &'static str = FIGURES;
}

impl RequiredScope for ReadsRatings {
    const SCOPE: &'static str = RATINGS;
}

impl<A: RequiredScope> FromRequestParts<App> for Machine<A> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        Ok(Self(admitted(app, &parts.headers, A::SCOPE).await?, PhantomData))
    }
}

/// The token of a request, if it holds and has a scope, and does not come too often.
pub(super) async fn admitted(
    app: &App,
    headers: &HeaderMap,
    scope: &str,
) -> Result<MachineToken, Refusal> {
    let token = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let hash = token.and_then(|token| machine_hash(token.strip_prefix("Bearer ")?));
    let Some(hash) = hash else { return Err(unauthorised(scope)) };
    // One answer for an unknown and a revoked token: a stranger learns nothing.
    let token = match app.store.machine_token(hash).await? {
        Some(token) if token.revoked_at.is_none() && same_hash(&token.hash, &hash) => token,
        _ => return Err(unauthorised(scope)),
    };
    let now = app.clock.now();
    if let Err(wait_s) = app.token_limit.take(token.num) {
        return Err(Refusal::too_many(wait_s));
    }
    if !token.may(scope) {
        return Err(Refusal::new(
            ProblemCode::Unauthorised,
            format!(
                "This token has not the scope {scope}. Make one that has with “analytics-server \
                 token add --scope {scope}”."
            ),
        ));
    }
    app.store.touch_machine_token(&token, now).await?;
    Ok(token)
}

fn unauthorised(scope: &str) -> Refusal {
    Refusal::new(
        ProblemCode::Unauthorised,
        format!(
            "The token is not known here or was revoked. Make a new one with “analytics-server \
             token add --scope {scope}”."
        ),
    )
}
