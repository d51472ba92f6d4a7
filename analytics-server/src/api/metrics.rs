//! The metrics for Prometheus. They tell how busy a centre is, so they are for programs on this machine
//! and for tokens that may have them.

use super::machine::{self, METRICS};
use super::problem::Refusal;
use crate::meters;
use crate::proxy::Peer;
use crate::state::App;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Extensions, HeaderMap, HeaderName, Version};
use protocol::exchange::{Problem, ProblemCode};

/// Counters, gauges and histograms.
#[utoipa::path(
    get,
    path = "/metrics",
    security((), ("machine" = ["metrics"])),
    responses(
        (status = 200, description = "The text format of Prometheus; without a token only for \
            programs on the server's machine", body = String, content_type = "text/plain"),
        (status = 401, description = "Unknown token, or one without the scope `metrics`", body = Problem),
        (status = 404, description = "Metrics are switched off", body = Problem),
        (status = 429, description = "Too many requests of this token; wait as `Retry-After` says", body = Problem),
        (status = 503, description = "Come back later", body = Problem),
    )
)]
pub(super) async fn metrics(
    State(app): State<App>,
    version: Version,
    extensions: Extensions,
    headers: HeaderMap,
) -> Result<([(HeaderName, &'static str); 1], String), Refusal> {
    if !app.metrics {
        let message = "Metrics are switched off; set metrics = true in the configuration.";
        return Err(Refusal::new(ProblemCode::NotFound, message));
    }
    // nginx speaks HTTP/1.0 to what lies behind it until it is told otherwise, and puts its target
    // into `Host`: of a bare `proxy_pass` this is the only sign. No collector of metrics speaks it.
    let direct = version > Version::HTTP_10;
    if !(direct && Peer::of(&app, &extensions, &headers).is_some_and(|peer| peer.here)) {
        machine::admitted(&app, &headers, METRICS).await?;
    }
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], meters::page(&app).await?))
}
