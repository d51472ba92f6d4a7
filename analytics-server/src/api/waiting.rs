//! Long polling for a tablet's next invitation. The request stays open until one comes, the time is over
//! or the server ends; it takes no place among the batches and no connection of the database while it
//! waits.

use super::auth::{Sender, known};
use super::problem::Refusal;
use super::settings::as_citizens_see;
use crate::clock::fresh_id;
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::invitations::InvitationRow;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use protocol::exchange::{Problem, ProblemCode};
use protocol::invitation::Invitation;
use protocol::limits::INVITATION_WAIT_MS;
use serde::Deserialize;
use std::pin::pin;
use std::time::Duration;
use tokio::time::sleep;
use uuid::Uuid;

/// What the tablet says.
#[derive(Debug, Deserialize)]
pub(super) struct WaitingQuery {
    /// The last invitation it got; it does not want that one again.
    seen: Option<Uuid>,
    /// How long it waits; not at all when it is left out.
    #[serde(default)]
    wait_ms: u64,
}

/// The next invitation for the tablet's counter, once it is there.
#[utoipa::path(
    get,
    path = "/api/v1/tablets/{tablet}/invitation",
    params(
        ("tablet" = String, Path, description = "The tablet's id (UUID)"),
        ("seen" = Option<String>, Query, description = "Id of the last invitation it got (UUID)"),
        ("wait_ms" = Option<u64>, Query, description = "How long it waits, at most 25 seconds"),
    ),
    security(("tablet" = [])),
    responses(
        (status = 200, description = "An invitation for this tablet alone", body = Invitation),
        (status = 204, description = "None came in time: ask again"),
        (status = 400, description = "The request can not be read", body = Problem),
        (status = 401, description = "Unknown tablet or wrong token", body = Problem),
        (status = 503, description = "Too many wait: come back later", body = Problem),
    )
)]
pub(super) async fn wait(
    State(app): State<App>,
    Sender(tablet): Sender,
    wish: Result<Query<WaitingQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(wish) = wish.map_err(|_| {
        let message = "The request can not be read: seen is a UUID and wait_ms a number.";
        Refusal::new(ProblemCode::BadRequest, message)
    })?;
    let Some(_place) = app.invitation_notifier.reserve(tablet.id) else {
        let message = "Too many wait here, or too many requests of this tablet. Work on without \
                       invitations and come back.";
        return Err(Refusal::new(ProblemCode::Unavailable, message));
    };
    let mut counter = tablet.post.counter;
    let mut over = pin!(sleep(Duration::from_millis(wish.wait_ms.min(INVITATION_WAIT_MS))));
    let mut closed = pin!(app.invitation_notifier.closed());
    loop {
        // Listens before it looks, so that nothing falls in between.
        let notifier = app.invitation_notifier.at(counter);
        let mut rung = pin!(notifier.notified());
        rung.as_mut().enable();
        let present = known(&app, tablet.id, &tablet.token_hash).await?.post.counter;
        if present != counter {
            counter = present;
            continue;
        }
        let now = app.clock.now();
        if let Some(row) = app.store.next_invitation(tablet.id, counter, wish.seen, now).await? {
            return Ok(Json(invitation(&app, row, now).await?).into_response());
        }
        if let Some(withdrawal) = withdrawal(&app, tablet.id, wish.seen, now).await? {
            return Ok(Json(withdrawal).into_response());
        }
        tokio::select! {
            () = &mut over => break,
            () = &mut closed => break,
            () = rung => {}
        }
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Tells a tablet that its asker took the last invitation back: as one in its place whose time is over,
/// which every version of a tablet understands. It is told until the tablet names the new id.
async fn withdrawal(
    app: &App,
    tablet: Uuid,
    seen: Option<Uuid>,
    now: i64,
) -> Result<Option<Invitation>, StoreError> {
    let Some(seen) = seen else { return Ok(None) };
    let row = app.store.invitation(seen).await?;
    let withdrawn =
        row.is_some_and(|row| row.cancelled && row.tablet == Some(tablet) && row.expires_at > now);
    Ok(withdrawn.then(|| Invitation {
        id: fresh_id(),
        stage: None,
        dossier: None,
        ticket: None,
        officer: None,
        valid_ms: 0,
    }))
}

async fn invitation(app: &App, row: InvitationRow, now: i64) -> Result<Invitation, StoreError> {
    let officer = match row.officer {
        None => None,
        Some(id) => {
            let directory = app.store.directory().await?;
            directory.officer_of(id).map(|officer| as_citizens_see(&directory, officer, None))
        }
    };
    Ok(Invitation {
        id: row.id,
        stage: row.stage,
        dossier: row.dossier,
        ticket: row.ticket,
        officer,
        valid_ms: u64::try_from(row.expires_at - now).unwrap_or(0),
    })
}
