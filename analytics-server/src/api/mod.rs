//! What machines speak with: tablets, and whoever watches the server. Every refusal is a
//! [`protocol::exchange::Problem`]; the description is served at `/api/v1/openapi.json`.

mod auth;
mod enrolments;
mod events;
mod health;
mod heartbeats;
mod invitations;
pub mod machine;
mod openapi;
mod problem;
mod settings;
mod waiting;

use crate::state::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{any, get, post};
use problem::Refusal;
use protocol::exchange::ProblemCode;
use protocol::limits::REQUEST_BYTES;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Batches worked on at once. SQLite writes one at a time, a batch in some milliseconds: more would
/// only wait longer. Beyond it a tablet is told to come back, and keeps everything.
const BATCHES_IN_FLIGHT: usize = 256;

/// Bytes of an enrolment: a code, two keys and a version, with room to spare.
const ENROLMENT_BYTES: usize = 4 * 1024;

/// Bytes of a heartbeat or of the wish for an invitation: some numbers and short texts.
const SMALL_BYTES: usize = 4 * 1024;

/// All routes under `/api`, and `/health`.
pub fn router() -> Router<App> {
    let gate = Arc::new(Semaphore::new(BATCHES_IN_FLIGHT));
    Router::new()
        .route("/health", get(health::health))
        .route("/api/v1/openapi.json", get(openapi::openapi))
        .route(
            "/api/v1/enrolments",
            post(enrolments::enrol).layer(DefaultBodyLimit::max(ENROLMENT_BYTES)),
        )
        .route("/api/v1/tablets/{tablet}/settings", get(settings::settings))
        .route("/api/v1/tablets/{tablet}/events", post(events::append).layer(axum::Extension(gate)))
        .route("/api/v1/tablets/{tablet}/invitation", get(waiting::wait))
        .route(
            "/api/v1/tablets/{tablet}/heartbeat",
            post(heartbeats::heartbeat).layer(DefaultBodyLimit::max(SMALL_BYTES)),
        )
        .route(
            "/api/v1/invitations",
            post(invitations::create).layer(DefaultBodyLimit::max(SMALL_BYTES)),
        )
        .route("/api/v1/invitations/{invitation}", get(invitations::follow))
        // Everything else below is a machine's mistake, so the answer is a machine's.
        .route("/api", any(nothing_here))
        .route("/api/{*anything}", any(nothing_here))
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(REQUEST_BYTES))
}

async fn nothing_here() -> Refusal {
    Refusal::new(
        ProblemCode::NotFound,
        "Nothing is at this address. The description stands at /api/v1/openapi.json.",
    )
}

async fn wrong_method() -> (StatusCode, Refusal) {
    let message = "This address does not take this method. See /api/v1/openapi.json.";
    (StatusCode::METHOD_NOT_ALLOWED, Refusal::new(ProblemCode::BadRequest, message))
}
