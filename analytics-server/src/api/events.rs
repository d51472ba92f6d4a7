//! A tablet sends a batch of events. An authentic event is never refused for its content; only a
//! broken chain is, and the answer says what is expected.

use super::auth::Sender;
use super::problem::Refusal;
use crate::state::App;
use crate::storage::events::{Appended, Arrival};
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::{Extension, Json};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey;
use protocol::Head;
use protocol::exchange::{Acknowledged, Batch, Broken, Problem, ProblemCode, Wrapped};
use protocol::limits::{EVENTS_IN_BATCH, STORED_EVENT_BYTES};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Reads a batch in either form.
fn read(body: &[u8]) -> Result<Batch, Refusal> {
    let plain = match serde_json::from_slice(body) {
        Ok(batch) => return Ok(batch),
        Err(error) => error,
    };
    let Ok(Wrapped { wrapped }) = serde_json::from_slice(body) else { return Err(plain.into()) };
    let json = URL_SAFE_NO_PAD.decode(wrapped).map_err(|error| {
        Refusal::new(
            ProblemCode::BadRequest,
            format!("“wrapped” is no base64url without padding: {error}; send the batch anew."),
        )
    })?;
    Ok(serde_json::from_slice(&json)?)
}

/// Stores a batch of a tablet's events.
#[utoipa::path(
    post,
    path = "/api/v1/tablets/{tablet}/events",
    params(("tablet" = String, Path, description = "The tablet's id (UUID)")),
    request_body(
        content = Batch,
        description = "A batch, or the same as `Wrapped` after something on the way refused it"
    ),
    security(("tablet" = [])),
    responses(
        (status = 200, description = "All events are stored durably", body = Acknowledged),
        (status = 400, description = "The batch is broken or can not be read", body = Problem),
        (status = 401, description = "Unknown tablet or wrong token", body = Problem),
        (status = 409, description = "A gap or a fork; `head` is what the server has", body = Problem),
        (status = 413, description = "The batch, or one of its events, is too large", body = Problem),
        (status = 429, description = "More than a tablet makes: keep everything, wait as `Retry-After` says", body = Problem),
        (status = 503, description = "Keep everything and come back", body = Problem),
    )
)]
pub(super) async fn append(
    State(app): State<App>,
    Sender(tablet): Sender,
    Extension(gate): Extension<Arc<Semaphore>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Acknowledged>, Refusal> {
    let Ok(_place) = gate.try_acquire() else {
        return Err(Refusal::new(
            ProblemCode::Unavailable,
            "The server is busy. Nothing is lost: keep everything and come back.",
        ));
    };
    let body = body?;
    let batch = read(&body)?;
    if batch.events.len() > EVENTS_IN_BATCH {
        return Err(Refusal::new(
            ProblemCode::TooLarge,
            format!("A batch has at most {EVENTS_IN_BATCH} events; send fewer."),
        ));
    }
    if batch.events.iter().any(|event| event.get().len() > STORED_EVENT_BYTES) {
        return Err(Refusal::new(
            ProblemCode::TooLarge,
            format!(
                "An event has at most {STORED_EVENT_BYTES} bytes; no tablet records a longer one."
            ),
        ));
    }
    app.tablet_limit.take(tablet.id, batch.events.len(), body.len()).map_err(Refusal::too_much)?;
    let key = VerifyingKey::from_bytes(&tablet.public_key).map_err(|_| Broken::WrongSignature)?;
    let heads = batch.open(&key, tablet.id)?;
    let events: Vec<&[u8]> = batch.events.iter().map(|event| event.get().as_bytes()).collect();
    let now = app.clock.now();
    let arrival = Arrival {
        tablet: tablet.id,
        simulated: tablet.post.simulated,
        previous: Head { number: batch.first - 1, digest: batch.previous },
        heads: &heads,
        events: &events,
        sent: batch.sent,
        sent_at: now,
        received_at: now,
        repeat_ms: app.centre_now().await?.repeat_ms(),
    };
    match app.store.append_events(&arrival).await? {
        Appended::Stored { head, stored, quarantined } => {
            app.live_hub.wake();
            if quarantined > 0 {
                tracing::warn!(tablet = %tablet.id, quarantined, "events went to quarantine");
            }
            let server_time = arrival.received_at;
            Ok(Json(Acknowledged { head, stored, quarantined, server_time }))
        }
        Appended::Gap { head } => Err(Refusal::new(
            ProblemCode::Gap,
            format!(
                "Events {} to {} are missing here; send from {} on.",
                head.number + 1,
                arrival.previous.number,
                head.number + 1
            ),
        )
        .with_head(head)),
        Appended::Fork { head } => {
            tracing::error!(tablet = %tablet.id, "two chains under one identity");
            Err(Refusal::new(
                ProblemCode::Fork,
                "The server has other events under these numbers: a copy of this tablet's data \
                 was used elsewhere, or set back. Keep everything, and enrol this tablet with a new \
                 code: it becomes another tablet that continues this one.",
            )
            .with_head(head))
        }
    }
}
