//! The HTTP API for machines: tablets, other software, monitoring. Every refusal is a
//! [`protocol::exchange::Problem`]; the description is served at `/api/v1/openapi.json`. The permission of
//! a route stands in its handler: [`machine::Machine`] names the scope of a token, `auth::Sender` a tablet.

mod auth;
mod cursor;
mod enrolments;
mod events;
mod figures;
mod health;
mod heartbeats;
mod invitations;
pub mod machine;
mod metrics;
mod openapi;
mod problem;
mod ratings;
pub mod reference;
mod roster;
mod settings;
mod waiting;

use crate::state::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use events::BatchRoom;
use problem::Refusal;
use protocol::exchange::ProblemCode;
use protocol::limits::REQUEST_BYTES;
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;

/// Bytes of an enrolment: a code, two keys and a version, with room to spare.
const ENROLMENT_BYTES: usize = 4 * 1024;

/// Bytes of a heartbeat or of the wish for an invitation: some numbers and short texts.
const SMALL_BYTES: usize = 4 * 1024;

/// All routes under `/api`, and `/health`.
pub fn router() -> Router<App> {
    let room = axum::Extension(BatchRoom::default());
    Router::new()
        .route("/health", get(health::health))
        .route("/metrics", get(metrics::metrics))
        .route("/api/v1/openapi.json", get(openapi::openapi))
        .route(
            "/api/v1/enrolments",
            post(enrolments::enrol).layer(DefaultBodyLimit::max(ENROLMENT_BYTES)),
        )
        .route("/api/v1/tablets/{tablet}/settings", get(settings::settings))
        .route("/api/v1/tablets/{tablet}/events", post(events::append).layer(room))
        .route("/api/v1/tablets/{tablet}/invitation", get(waiting::wait))
        .route(
            "/api/v1/tablets/{tablet}/heartbeat",
            post(heartbeats::heartbeat).layer(DefaultBodyLimit::max(SMALL_BYTES)),
        )
        .route("/api/v1/tablets/{tablet}/head", get(heartbeats::head))
        .route(
            "/api/v1/invitations",
            post(invitations::create).layer(DefaultBodyLimit::max(SMALL_BYTES)),
        )
        .route("/api/v1/invitations/{invitation}", get(invitations::follow))
        .route("/api/v1/figures", get(figures::figures))
        .route("/api/v1/ratings", get(ratings::ratings))
        // Everything else below is a machine's mistake, so the answer is a machine's.
        .route("/api", any(nothing_here))
        .route("/api/", any(nothing_here))
        .route("/api/{*anything}", any(nothing_here))
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(REQUEST_BYTES))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(axum::middleware::map_response(headers))
}

/// No browser takes an answer for something else than it is, and nobody keeps a copy.
async fn headers(mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}

/// Whether an address belongs to this API, so that every error there is answered as a problem document.
pub fn is_below(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/") || path == "/health" || path == "/metrics"
}

/// A request that was not answered in time.
pub fn late() -> Response {
    tracing::error!("a request was not answered in time");
    let message = "The server did not answer in time. Nothing is lost: keep everything and come \
                   back.";
    Refusal::new(ProblemCode::Unavailable, message).into_response()
}

/// The answer after a handler panicked. The sender still has what it sent and can retry.
#[expect(clippy::needless_pass_by_value, reason = "the signature tower-http asks for")]
fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let said = cause.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no message");
    tracing::error!(said, "a handler panicked");
    let message = "The server made a mistake. Nothing is lost: keep everything, tell an \
                   administrator, and come back.";
    let refusal = Refusal::new(ProblemCode::Unavailable, message).into_response();
    (StatusCode::INTERNAL_SERVER_ERROR, refusal).into_response()
}

async fn nothing_here() -> Refusal {
    Refusal::new(
        ProblemCode::NotFound,
        "Nothing is at this address. The description stands at /api/docs.",
    )
}

async fn wrong_method() -> (StatusCode, Refusal) {
    let message = "This address does not take this method. See /api/docs.";
    (StatusCode::METHOD_NOT_ALLOWED, Refusal::new(ProblemCode::BadRequest, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use protocol::exchange::Problem;
    use tower::ServiceExt as _;

    async fn problem(response: Response, status: StatusCode) {
        assert_eq!(response.status(), status);
        assert!(response.headers().contains_key("retry-after"));
        let bytes = to_bytes(response.into_body(), 10_000).await.unwrap();
        let problem: Problem = serde_json::from_slice(&bytes).unwrap();
        assert!(problem.message.contains("Nothing is lost"), "{}", problem.message);
    }

    async fn falls_over() -> StatusCode {
        panic!("on purpose")
    }

    #[tokio::test]
    async fn a_panic_and_a_late_answer_are_problems_too() {
        let panicking = Router::new().route("/api/x", get(falls_over));
        let panicking: Router = panicking.layer(CatchPanicLayer::custom(panicked));
        let request = Request::get("/api/x").body(Body::empty()).unwrap();
        let answer = panicking.oneshot(request).await.unwrap();
        problem(answer, StatusCode::INTERNAL_SERVER_ERROR).await;
        problem(late(), StatusCode::SERVICE_UNAVAILABLE).await;
        assert!(is_below("/api") && is_below("/api/v1/x") && !is_below("/apis"));
    }
}
