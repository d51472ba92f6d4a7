//! Ratings as files: a page that says what there is and in which form, and the files. The audit log
//! has a line for each file: who took it, and which ratings.

mod download;
mod page;
mod query;

use super::routes::Routes;
use crate::auth::Permission;
use axum::routing::get;

/// The addresses of the export.
pub(super) fn routes(routes: Routes) -> Routes {
    routes.guarded(Permission::Export, "/export", get(page::show)).guarded(
        Permission::Export,
        "/export/{name}",
        get(download::show),
    )
}
