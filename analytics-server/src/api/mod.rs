//! What machines speak with: tablets, and whoever watches the server. Every refusal is a
//! [`protocol::exchange::Problem`]; the description is served at `/api/v1/openapi.json`.

mod auth;
mod enrolments;
mod events;
mod health;
mod openapi;
mod problem;
mod settings;

use crate::state::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use protocol::limits::REQUEST_BYTES;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Batches worked on at once. SQLite writes one at a time, a batch in some milliseconds: more would
/// only wait longer. Beyond it a tablet is told to come back, and keeps everything.
const BATCHES_IN_FLIGHT: usize = 256;

/// All routes under `/api`, and `/health`.
pub fn router() -> Router<App> {
    let gate = Arc::new(Semaphore::new(BATCHES_IN_FLIGHT));
    Router::new()
        .route("/health", get(health::health))
        .route("/api/v1/openapi.json", get(openapi::openapi))
        .route("/api/v1/enrolments", post(enrolments::enrol))
        .route("/api/v1/tablets/{tablet}/settings", get(settings::settings))
        .route("/api/v1/tablets/{tablet}/events", post(events::append).layer(axum::Extension(gate)))
        .layer(DefaultBodyLimit::max(REQUEST_BYTES))
}
