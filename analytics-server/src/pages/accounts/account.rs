//! The own account: who one is here and what one may see.

use crate::auth::Viewer;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::response::Response;

/// The page.
#[derive(Template)]
#[template(path = "accounts/account.html")]
struct Account {
    shell: Shell,
    /// What they type at the sign-in.
    name: String,
    /// Names of the departments they answer for.
    departments: Vec<String>,
}

/// `GET /account`.
pub(in crate::pages) async fn show(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    viewer: Viewer,
) -> Response {
    let texts = texts_of(&uri);
    let directory = match app.store.directory().await {
        Ok(directory) => directory,
        Err(error) => return Fault::Figures(error.into()).page(&app, Some(&viewer), texts),
    };
    let of_id = |id: &i64| directory.department_of(*id).map(|one| one.name.clone());
    let here = |texts: &_| address::in_language("/account", texts);
    let shell = Shell::new(&app, Some(&viewer), texts, texts.get("account-own"), here);
    let departments = viewer.user.departments.iter().filter_map(of_id).collect();
    let name = viewer.user.name.clone();
    answer(StatusCode::OK, Account { shell, name, departments }.render())
}
