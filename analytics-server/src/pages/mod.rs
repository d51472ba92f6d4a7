//! The pages in the browser: dashboards, ratings, alerts, the administration, accounts, and a clear
//! page for everything that goes wrong. Pages need no script and nothing from elsewhere; a small own
//! script only keeps the figures of today fresh. Which permission each address asks for stands in the
//! `routes` of each module.

mod access_audit;
mod accounts;
mod address;
mod admin;
mod alerts;
mod audit_links;
mod breadcrumb;
mod came_from;
mod choices;
mod confirmation;
mod context;
mod dashboards;
mod docs;
mod error;
mod export;
mod first_steps;
mod form_errors;
mod form_field;
mod forms;
mod identify;
mod language;
mod layout;
mod list;
mod live;
mod me;
mod pagination;
mod password_confirmation;
mod prelude;
mod records;
mod routes;
mod security_headers;
mod server_address;

use crate::assets;
use crate::state::App;
use axum::Router;
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use axum::routing::get;
use error::PageError;
use language::{Reader, texts_of};
use routes::Routes;
use tower_http::catch_panic::CatchPanicLayer;

/// Every address with the permission it asks for.
fn routes(app: &App) -> Routes {
    let routes = Routes::new(app).public("/assets/{mark}/{name}", get(asset));
    let routes = export::routes(docs::routes(live::routes(routes)));
    let routes = me::routes(records::routes(dashboards::routes(accounts::routes(routes))));
    admin::routes(alerts::routes(routes))
}

/// All pages, their files, and the page for addresses that nothing is at.
pub fn router(app: &App) -> Router<App> {
    routes(app)
        .router()
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(axum::middleware::from_fn_with_state(app.clone(), identify::identify))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(axum::middleware::map_response(security_headers::add))
}

/// `GET /assets/{mark}/{name}`.
async fn asset(Path((mark, name)): Path<(String, String)>) -> Result<Response, PageError> {
    assets::answer(&mark, &name).ok_or(PageError::Missing)
}

/// A page that was not ready in time.
pub async fn late(app: &App, uri: &Uri) -> Response {
    let reader = Reader { viewer: None, texts: texts_of(uri) };
    security_headers::add(PageError::Interrupted.page(app, &reader)).await
}

#[cfg(test)]
mod tests;
