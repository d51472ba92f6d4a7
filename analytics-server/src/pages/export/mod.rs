//! Ratings as files: a page that says what there is and in which form, and the files. Whoever takes
//! one is in the audit log, with what they took.

mod download;
mod page;
mod query;

use super::routes::Routes;
use crate::auth::Right;
use axum::routing::get;

/// The addresses of the export.
pub(super) fn routes(routes: Routes) -> Routes {
    routes.guarded(Right::Export, "/export", get(page::show)).guarded(
        Right::Export,
        "/export/{name}",
        get(download::show),
    )
}
