//! What people read: the overview of a period, its report, and a clear page for everything that
//! goes wrong. Pages need no script and nothing from elsewhere; a small own script only keeps the
//! figures of today fresh.

mod address;
mod assets;
mod cards;
mod download;
mod fault;
mod guard;
mod overview;
mod shell;
mod tables;

use crate::state::App;
use axum::Router;
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;

/// All pages, their files, and the page for addresses that nothing is at.
pub fn router() -> Router<App> {
    Router::new()
        .route("/", get(overview::overview))
        .route("/report", get(download::report))
        .route("/assets/{mark}/{name}", get(assets::asset))
        .fallback(fault::nowhere)
        .layer(CatchPanicLayer::custom(fault::panicked))
        .layer(axum::middleware::map_response(guard::headers))
}

#[cfg(test)]
mod tests;
