//! The API's description as a page.

use super::routes::Routes;
use crate::api::reference::{Reference, reference};
use crate::pages::prelude::*;
use axum::routing::get;

/// Where the description is.
const PATH: &str = "/api/docs";

#[derive(Template)]
#[template(path = "docs/page.html")]
struct Docs {
    layout: Layout,
    reference: Reference,
}

/// The address of the description.
pub(super) fn routes(routes: Routes) -> Routes {
    routes.public(PATH, get(show))
}

/// `GET /api/docs`.
async fn show(context: PublicContext) -> Response {
    let here = |texts: &Texts| address::with_language(PATH, texts);
    let layout = context.layout_at(context.text("outside-docs"), here);
    answer(StatusCode::OK, Docs { layout, reference: reference() }.render())
}
