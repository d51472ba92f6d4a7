//! Whether the server can do its work.

use super::problem::Refusal;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use protocol::exchange::Problem;
use serde::Serialize;

/// The server can do its work.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Health {
    /// Version of the program.
    version: &'static str,
    /// Events that wait for a person.
    quarantined: u64,
    /// Alarms that wait for a person.
    alarms: u64,
}

/// Answers 200 when the database answers.
#[utoipa::path(
    get,
    path = "/health",
    responses(
        (status = 200, description = "The server can do its work", body = Health),
        (status = 503, description = "The database does not answer", body = Problem),
    )
)]
pub(super) async fn health(State(app): State<App>) -> Result<Json<Health>, Refusal> {
    Ok(Json(Health {
        version: env!("CARGO_PKG_VERSION"),
        quarantined: app.store.quarantined().await?,
        alarms: app.store.open_alarms().await?,
    }))
}
