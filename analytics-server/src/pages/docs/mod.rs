//! The API's description as a page: drawn from the same description that programs read, so that
//! the two can not disagree.

mod read;

use super::address;
use super::doors::{Guest, texts_of};
use super::shell::{Shell, answer};
use crate::api;
use crate::state::App;
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::response::Response;
use read::{Operation, Schema, operations, schemas};

/// The page.
#[derive(Template)]
#[template(path = "docs/page.html")]
struct Docs {
    shell: Shell,
    operations: Vec<Operation>,
    schemas: Vec<Schema>,
}

/// `GET /api/docs`.
pub(super) async fn page(
    State(app): State<App>,
    Guest(viewer): Guest,
    OriginalUri(uri): OriginalUri,
) -> Response {
    let texts = texts_of(&uri);
    let shell = Shell::new(&app, viewer.as_ref(), texts, texts.get("outside-docs"), |texts| {
        address::in_language("/api/docs", texts)
    });
    let description = api::description();
    let (operations, schemas) = (operations(&description), schemas(&description));
    answer(StatusCode::OK, Docs { shell, operations, schemas }.render())
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
                assert!(!parameter.said.is_empty(), "{} {}", one.path, parameter.name);
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
