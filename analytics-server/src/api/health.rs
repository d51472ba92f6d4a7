//! Whether the server can do its work.

use super::problem::Refusal;
use crate::state::App;
use crate::storage::StoreError;
use axum::Json;
use axum::extract::State;
use protocol::exchange::{Problem, ProblemCode};
use serde::Serialize;
use std::time::Duration;
use tokio::time::timeout;

/// A database that does not answer by then is as good as none: load balancers wait no longer.
const PATIENCE: Duration = Duration::from_secs(2);

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

/// Answers 200 when the database can be read and written.
#[utoipa::path(
    get,
    path = "/health",
    responses(
        (status = 200, description = "The server can do its work", body = Health),
        (status = 503, description = "The database can not be read or written", body = Problem),
    )
)]
pub(super) async fn health(State(app): State<App>) -> Result<Json<Health>, Refusal> {
    let gone = |why: String| Refusal::new(ProblemCode::Unavailable, why);
    let counts = async {
        Ok::<_, StoreError>((app.store.quarantined().await?, app.store.open_alarms().await?))
    };
    let counts = timeout(PATIENCE, counts).await;
    let (quarantined, alarms) = counts
        .map_err(|_| gone(format!("The database did not answer in {} s.", PATIENCE.as_secs())))?
        .map_err(|error| gone(format!("The database can not be read: {error}.")))?;
    let writes = app.write_check.outcome(&app.store, &app.data_dir).await;
    writes.map_err(|why| gone(format!("The database can not be written: {why}.")))?;
    Ok(Json(Health { version: env!("CARGO_PKG_VERSION"), quarantined, alarms }))
}
