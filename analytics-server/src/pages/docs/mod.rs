//! The API's description as a page: drawn from the same description that programs read, so that
//! the two can not disagree.

mod read;

use super::address;
use super::context::PublicContext;
use super::layout::{Layout, answer};
use super::routes::Routes;
use crate::api;
use crate::pages::prelude::*;
use axum::routing::get;
use read::{Operation, Schema, operations, schemas};

/// Where the description is.
const PATH: &str = "/api/docs";

/// The page of the description.
#[derive(Template)]
#[template(path = "docs/page.html")]
struct Docs {
    layout: Layout,
    operations: Vec<Operation>,
    schemas: Vec<Schema>,
}

/// The address of the description.
pub(super) fn routes(routes: Routes) -> Routes {
    routes.public(PATH, get(show))
}

/// `GET /api/docs`.
async fn show(context: PublicContext) -> Response {
    let here = |texts: &Texts| address::with_language(PATH, texts);
    let layout = context.layout_at(context.text("outside-docs"), here);
    let description = api::description();
    let (operations, schemas) = (operations(&description), schemas(&description));
    answer(StatusCode::OK, Docs { layout, operations, schemas }.render())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_tells_of_every_route_parameter_and_type() {
        let description = api::description();
        let operations = operations(&description);
        assert!(operations.len() > 9);
        for one in &operations {
            assert!(!one.summary.is_empty() && !one.answers.is_empty(), "{}", one.path);
            for parameter in &one.parameters {
                assert!(!parameter.description.is_empty(), "{} {}", one.path, parameter.name);
            }
        }
        let schemas = schemas(&description);
        for link in operations.iter().flat_map(|one| one.answers.iter().map(|answer| &answer.kind))
        {
            let known =
                link.link.as_ref().is_none_or(|link| schemas.iter().any(|s| s.name == *link));
            assert!(known, "{:?}", link.link);
        }
    }
}
