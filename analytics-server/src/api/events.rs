//! A tablet sends a batch of events. An authentic event is never refused for its content; only a
//! broken chain is, and the answer says what is expected.

use super::auth::Sender;
use super::problem::Refusal;
use crate::ingest::CheckedBatch;
use crate::state::App;
use crate::storage::events::Appended;
use crate::storage::rows::Tablet;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequestParts, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::request::Parts;
use axum::{Extension, Json};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey;
use protocol::Head;
use protocol::exchange::{Acknowledged, Batch, Broken, Problem, ProblemCode, Wrapped};
use protocol::limits::{EVENTS_IN_BATCH, REQUEST_BYTES, STORED_EVENT_BYTES};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// KiB of all batches that are read and worked on at once. Beyond it a tablet is told to come back, and
/// keeps everything.
const ROOM_KIB: usize = 64 * 1024;

/// How much room for batches is left, and whose turn it is to be checked: that takes a core each.
#[derive(Clone)]
pub(super) struct BatchRoom {
    kib: Arc<Semaphore>,
    checks: Arc<Semaphore>,
}

impl Default for BatchRoom {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { kib: Arc::new(Semaphore::new(ROOM_KIB)), checks: Arc::new(Semaphore::new(cores)) }
    }
}

/// The room that a batch takes from before its body is read until it is written or refused.
pub(super) struct RoomTaken {
    permit: OwnedSemaphorePermit,
    checks: Arc<Semaphore>,
}

impl FromRequestParts<App> for RoomTaken {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        app.ingest.is_full()?;
        let room = Extension::<BatchRoom>::from_request_parts(parts, app).await;
        let Ok(Extension(BatchRoom { kib: room, checks })) = room else { return Err(busy()) };
        // One that does not say how long it is may be as long as any.
        let length = parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        let length = length.and_then(|length| length.parse().ok()).unwrap_or(REQUEST_BYTES);
        let kib = u32::try_from(length.min(REQUEST_BYTES) / 1024 + 1).unwrap_or(u32::MAX);
        let permit = room.try_acquire_many_owned(kib).map_err(|_| busy())?;
        Ok(Self { permit, checks })
    }
}

fn busy() -> Refusal {
    Refusal::new(
        ProblemCode::Unavailable,
        "The server is busy. Nothing is lost: keep everything and come back.",
    )
}

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

/// Reads a batch and checks that it is as a tablet may send it, and by whom it is. `now` and how soon
/// after an answer another visit is odd, both in milliseconds.
fn check(
    app: &App,
    tablet: &Tablet,
    body: &[u8],
    (now, repeat_ms): (i64, i64),
) -> Result<CheckedBatch, Refusal> {
    let batch = read(body)?;
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
    Ok(CheckedBatch {
        tablet: tablet.id,
        simulated: tablet.post.simulated,
        previous: Head { number: batch.first - 1, digest: batch.previous },
        heads,
        events: batch.events,
        sent: batch.sent,
        signature: batch.signature,
        received_at: now,
        repeat_ms,
    })
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
    room: RoomTaken,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Acknowledged>, Refusal> {
    let body = body?;
    let repeat_ms = app.centre_now().await?.repeat_ms();
    let (limited, now, id) = (app.clone(), app.clock.now(), tablet.id);
    let turn = room.checks.acquire_owned().await.map_err(|_| busy())?;
    // Reading and checking takes the processor for milliseconds; other requests go on meanwhile.
    let checked = tokio::task::spawn_blocking(move || {
        let checked = check(&limited, &tablet, &body, (now, repeat_ms));
        drop(turn);
        checked
    });
    let batch = match checked.await {
        Ok(checked) => checked?,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => return Err(busy()),
    };
    let before = batch.previous.number;
    match app.ingest.append(batch, Some(room.permit)).await? {
        Appended::Stored { head, stored, quarantined } => {
            app.live_hub.wake();
            if quarantined > 0 {
                tracing::warn!(tablet = %id, quarantined, "events went to quarantine");
            }
            let server_time = app.clock.now();
            Ok(Json(Acknowledged { head, stored, quarantined, server_time }))
        }
        Appended::Gap { head } => Err(Refusal::new(
            ProblemCode::Gap,
            format!(
                "Events {} to {} are missing here; send from {} on.",
                head.number + 1,
                before,
                head.number + 1
            ),
        )
        .with_head(head)),
        Appended::Fork { head } => {
            tracing::error!(tablet = %id, "two chains under one identity");
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
