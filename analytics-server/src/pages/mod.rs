//! What people read: the overview of a period, its report, and a clear page for everything that
//! goes wrong. Pages need no script and nothing from elsewhere; a small own script only keeps the
//! figures of today fresh. Who may open what stands at the doors, in the one list below.

mod accounts;
mod address;
mod admin;
mod alerts;
mod assets;
mod cards;
mod dashboards;
mod disclosed;
mod docs;
mod doors;
mod download;
mod export;
mod fault;
mod guard;
mod list_file;
mod live;
mod overview;
mod own;
mod posted;
mod records;
mod shell;
mod tables;
mod usual;

use crate::auth::Right;
use crate::state::App;
use axum::Router;
use axum::http::Uri;
use axum::response::Response;
use axum::routing::get;
use doors::Doors;
use tower_http::catch_panic::CatchPanicLayer;

/// Every address and who may open it.
fn doors(app: &App) -> Doors {
    let doors = accounts::doors(Doors::new(app))
        .open("/assets/{mark}/{name}", get(assets::asset))
        .open("/public", get(live::public::page))
        .open("/screen", get(live::screen::page))
        .behind(Right::Figures, "/live", get(live::stream::stream))
        .behind(Right::Figures, "/", get(overview::overview))
        .behind(Right::Figures, "/day", get(dashboards::day::day))
        .behind(Right::Figures, "/report", get(download::report))
        .behind(Right::Export, "/export", get(export::page))
        .behind(Right::Export, "/export/{name}", get(export::download))
        .open("/api/docs", get(docs::page));
    records::doors(admin::doors(alerts::open(dashboards::groups::doors(doors))))
}

/// All pages, their files, and the page for addresses that nothing is at.
pub fn router(app: &App) -> Router<App> {
    doors(app)
        .router()
        .fallback(fault::nowhere)
        .method_not_allowed_fallback(fault::only_forms)
        .layer(axum::middleware::from_fn_with_state(app.clone(), doors::identify))
        .layer(CatchPanicLayer::custom(fault::panicked))
        .layer(axum::middleware::map_response(guard::headers))
}

/// A page that was not ready in time.
pub async fn late(app: &App, uri: &Uri) -> Response {
    guard::headers(fault::Fault::Interrupted.page(app, None, doors::texts_of(uri))).await
}

#[cfg(test)]
mod tests;
