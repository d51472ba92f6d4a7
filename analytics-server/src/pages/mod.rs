//! What people read: the overview of a period, its report, and a clear page for everything that
//! goes wrong. Pages need no script and nothing from elsewhere; a small own script only keeps the
//! figures of today fresh. Who may open what stands at the doors, in the one list below.

mod address;
mod assets;
mod cards;
mod dashboards;
mod doors;
mod download;
mod fault;
mod guard;
mod overview;
mod posted;
mod shell;
mod sign_in;
mod tables;

use crate::auth::Right;
use crate::state::App;
use axum::Router;
use axum::routing::{get, post};
use doors::Doors;
use tower_http::catch_panic::CatchPanicLayer;

/// Every address and who may open it.
fn doors(app: &App) -> Doors {
    Doors::new(app)
        .open("/assets/{mark}/{name}", get(assets::asset))
        .open("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .behind(Right::Account, "/sign-out", post(sign_in::sign_out))
        .behind(Right::Figures, "/", get(overview::overview))
        .behind(Right::Figures, "/day", get(dashboards::day::day))
        .behind(Right::Figures, "/report", get(download::report))
}

/// All pages, their files, and the page for addresses that nothing is at.
pub fn router(app: &App) -> Router<App> {
    doors(app)
        .router()
        .fallback(fault::nowhere)
        .layer(axum::middleware::from_fn_with_state(app.clone(), doors::identify))
        .layer(CatchPanicLayer::custom(fault::panicked))
        .layer(axum::middleware::map_response(guard::headers))
}

#[cfg(test)]
mod tests;
