//! A tablet sends its condition, or only asks where its chain stands.

use super::auth::Sender;
use super::problem::Refusal;
use crate::state::App;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use protocol::exchange::Problem;
use protocol::heartbeat::{Blocked, Heard, Heartbeat};
use protocol::limits::CODE_CHARS;

/// Keeps the tablet's newest heartbeat; the one before it is forgotten.
#[utoipa::path(
    post,
    path = "/api/v1/tablets/{tablet}/heartbeat",
    params(("tablet" = String, Path, description = "The tablet's id (UUID)")),
    request_body = Heartbeat,
    security(("tablet" = [])),
    responses(
        (status = 200, description = "It is kept; where the chain stands here", body = Heard),
        (status = 400, description = "The request can not be read", body = Problem),
        (status = 401, description = "Unknown tablet or wrong token", body = Problem),
        (status = 413, description = "The request is too large", body = Problem),
        (status = 503, description = "Come back later", body = Problem),
    )
)]
pub(super) async fn heartbeat(
    State(app): State<App>,
    Sender(tablet): Sender,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Heard>, Refusal> {
    let heartbeat: Heartbeat = serde_json::from_slice(&body?)?;
    let now = app.clock.now();
    let heartbeat = plausible(&heartbeat, now);
    let head = app.store.put_heartbeat(tablet.id, &heartbeat, now).await?;
    Ok(Json(Heard { head, server_time: now }))
}

/// Where the tablet's chain stands here. Changes nothing: a tablet that is being enrolled asks before it
/// knows how it is.
#[utoipa::path(
    get,
    path = "/api/v1/tablets/{tablet}/head",
    params(("tablet" = String, Path, description = "The tablet's id (UUID)")),
    security(("tablet" = [])),
    responses(
        (status = 200, description = "Where the chain stands here", body = Heard),
        (status = 401, description = "Unknown tablet or wrong token", body = Problem),
        (status = 503, description = "Come back later", body = Problem),
    )
)]
pub(super) async fn head(
    State(app): State<App>,
    Sender(tablet): Sender,
) -> Result<Json<Heard>, Refusal> {
    let head = app.store.chain_head(tablet.id).await?;
    Ok(Json(Heard { head, server_time: app.clock.now() }))
}

/// The largest error of a clock that is accepted, in milliseconds: a century, either way.
const MOST_SKEW_MS: i64 = 100 * 366 * 24 * 60 * 60 * 1_000;
/// More events than any tablet records.
const MOST_EVENTS: u64 = 1 << 40;

/// A text of a tablet as it can be stored and shown, without the letter NUL, which PostgreSQL can not store.
fn clean(word: &str) -> String {
    word.chars().filter(|letter| !letter.is_control()).take(CODE_CHARS).collect()
}

/// The same with numbers that can be counted with: those at the ends of their types come from a
/// broken tablet, and a page that shows it must not break with it.
fn plausible(told: &Heartbeat, now: i64) -> Heartbeat {
    Heartbeat {
        recorded: told.recorded.min(MOST_EVENTS),
        pending: told.pending.min(MOST_EVENTS),
        app_version: clean(&told.app_version),
        officer: told.officer.as_deref().map(clean),
        trouble: told.trouble.as_deref().map(clean),
        blocked: told.blocked.map(|blocked| Blocked {
            number: blocked.number.min(MOST_EVENTS),
            since: blocked.since.clamp(0, now.max(0)),
            status: blocked.status.filter(|status| (100..1_000).contains(status)),
        }),
        skew_ms: told.skew_ms.map(|skew| skew.clamp(-MOST_SKEW_MS, MOST_SKEW_MS)),
        ..told.clone()
    }
}
