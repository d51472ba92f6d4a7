//! Other software of the centre asks a person at a counter for a rating, and follows what became of
//! it.

use super::machine::{Invites, Machine};
use super::problem::Refusal;
use crate::clock::fresh_id;
use crate::invite::{Asker, InviteError, MadeInvitation, invite};
use crate::state::App;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use protocol::exchange::{Problem, ProblemCode};
use protocol::invitation::{InviteRequest, Invited};
use uuid::Uuid;

/// Makes an invitation; the same `id` again finds the same one.
#[utoipa::path(
    post,
    path = "/api/v1/invitations",
    request_body = InviteRequest,
    security(("machine" = ["invite"])),
    responses(
        (status = 201, description = "The counter's tablet gets it", body = Invited),
        (status = 200, description = "It was made before under this id", body = Invited),
        (status = 400, description = "The request can not be read, or its id has other content", body = Problem),
        (status = 401, description = "Unknown token, or one that may not invite", body = Problem),
        (status = 409, description = "The dossier was rated at this stage or an unnamed one", body = Problem),
        (status = 413, description = "The request is too large", body = Problem),
        (status = 422, description = "No such counter or officer", body = Problem),
        (status = 429, description = "Too many requests of this token; wait as `Retry-After` says", body = Problem),
        (status = 503, description = "Come back later", body = Problem),
    )
)]
pub(super) async fn create(
    State(app): State<App>,
    Machine(token, _): Machine<Invites>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Invited>), Refusal> {
    let request: InviteRequest = serde_json::from_slice(&body?)?;
    let actor = format!("machine token {}", token.num);
    let MadeInvitation { invited, counter, fresh } =
        invite(&app.store, &request, Asker::seeing(&actor), fresh_id(), app.clock.now()).await?;
    if !fresh {
        return Ok((StatusCode::OK, Json(invited)));
    }
    app.invitation_notifier.wake(counter);
    tracing::info!(invitation = %invited.id, counter = invited.counter, "invited");
    Ok((StatusCode::CREATED, Json(invited)))
}

/// What became of an invitation.
#[utoipa::path(
    get,
    path = "/api/v1/invitations/{invitation}",
    params(("invitation" = String, Path, description = "The invitation's id (UUID)")),
    security(("machine" = ["invite"])),
    responses(
        (status = 200, description = "The invitation as it is now", body = Invited),
        (status = 401, description = "Unknown token, or one that may not invite", body = Problem),
        (status = 404, description = "No such invitation", body = Problem),
        (status = 429, description = "Too many requests of this token; wait as `Retry-After` says", body = Problem),
        (status = 503, description = "Come back later", body = Problem),
    )
)]
pub(super) async fn follow(
    State(app): State<App>,
    _: Machine<Invites>,
    id: Result<Path<Uuid>, PathRejection>,
) -> Result<Json<Invited>, Refusal> {
    let missing = || Refusal::new(ProblemCode::NotFound, "No invitation has this id.");
    let Path(id) = id.map_err(|_| missing())?;
    let row = app.store.invitation(id).await?.ok_or_else(missing)?;
    let directory = app.store.directory().await?;
    let counter = directory.counter_of(row.counter).map(|one| one.code.clone());
    Ok(Json(Invited {
        id,
        counter: counter.unwrap_or_default(),
        state: row.state(app.clock.now()),
        expires_at: row.expires_at,
    }))
}

impl From<InviteError> for Refusal {
    fn from(error: InviteError) -> Self {
        let code = match error {
            InviteError::Store(error) => return error.into(),
            InviteError::UnknownCounter(_) | InviteError::UnknownOfficer(_) => {
                ProblemCode::UnknownName
            }
            InviteError::Code(_) | InviteError::NilId | InviteError::OtherContent(_) => {
                ProblemCode::BadRequest
            }
            InviteError::AlreadyRated => ProblemCode::AlreadyRated,
        };
        Self::new(code, error.to_string())
    }
}
