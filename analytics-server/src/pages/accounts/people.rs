//! The people who may sign in, for an administrator to find.

use super::private;
use super::trouble::Trouble;
use crate::auth::Viewer;
use crate::letters::searchable;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::posted::InAddress;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::rows::Directory;
use crate::storage::users::User;
use crate::storage::{Store, StoreError};
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::response::Response;
use locales::Texts;
use serde::Deserialize;

/// People on one page of the list.
const PAGE: usize = 50;
/// One row of the list.
struct Row {
    id: i64,
    name: String,
    full_name: String,
    role: String,
    departments: String,
    state: String,
    gone: bool,
}

/// The list.
#[derive(Template)]
#[template(path = "accounts/people.html")]
struct People {
    shell: Shell,
    search: String,
    rows: Vec<Row>,
    total: String,
    before: Option<String>,
    after: Option<String>,
    /// The same people as files: address, format.
    downloads: [(String, &'static str); 2],
    upload: String,
    notice: Option<String>,
}

/// What stands in the address of the list.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Asked {
    q: String,
    page: String,
    done: String,
}

/// The key of how far somebody is with signing in.
pub(in crate::pages) const fn state(user: &User) -> &'static str {
    match user {
        User { retired_at: Some(_), .. } => "account-state-retired",
        User { has_password: false, .. } => "account-state-no-password",
        User { has_second_factor: true, .. } => "account-state-second",
        _ => "account-state-active",
    }
}

fn row(user: &User, directory: &Directory, texts: &Texts) -> Row {
    let name = |id: &i64| directory.department_of(*id).map(|one| one.name.clone());
    let departments: Vec<_> = user.departments.iter().filter_map(name).collect();
    let officer = user.officer.and_then(|id| directory.officer_of(id));
    Row {
        id: user.id,
        name: user.name.clone(),
        full_name: user.full_name.clone(),
        role: texts.get(&format!("account-role-{}", user.role.word())),
        departments: officer.map_or(departments.join("; "), |one| one.code.clone()),
        state: texts.get(state(user)),
        gone: user.retired_at.is_some(),
    }
}

/// Those whose names or addresses have all words that are searched for, however they are marked;
/// active ones first.
pub(in crate::pages) async fn found(store: &Store, search: &str) -> Result<Vec<User>, StoreError> {
    let mut users = store.users().await?;
    let words: Vec<String> = search.split_whitespace().map(searchable).collect();
    users.retain(|user| {
        let email = user.email.as_deref().unwrap_or_default();
        let all = searchable(&format!("{} {} {email}", user.name, user.full_name));
        words.iter().all(|word| all.contains(word))
    });
    users.sort_by_key(|user| user.retired_at.is_some());
    Ok(users)
}

/// `GET /admin/users`.
pub(in crate::pages) async fn list(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    viewer: Viewer,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let texts = texts_of(&uri);
    let page = async {
        let (users, directory) = (found(&app.store, &asked.q).await?, app.store.directory().await?);
        let number = asked.page.parse().unwrap_or(1).clamp(1, users.len().div_ceil(PAGE).max(1));
        let at = |number: usize, texts: &Texts| {
            let query = [("q", asked.q.clone()), ("page", number.to_string())];
            let query = serde_html_form::to_string(query).unwrap_or_default();
            format!("/admin/users?{query}{}", address::language(texts))
        };
        let here = |texts: &Texts| at(number, texts);
        let file = |format: &str| {
            let query = [("q", asked.q.as_str()), ("format", format)];
            let query = serde_html_form::to_string(query).unwrap_or_default();
            format!("/admin/users/download?{query}{}", address::language(texts))
        };
        let shown = users.iter().skip((number - 1) * PAGE).take(PAGE);
        let page = People {
            shell: Shell::new(&app, Some(&viewer), texts, texts.get("account-people"), here),
            search: asked.q.clone(),
            rows: shown.map(|user| row(user, &directory, texts)).collect(),
            total: texts.with("account-people-count", &[("count", &users.len().to_string())]),
            before: (number > 1).then(|| at(number - 1, texts)),
            after: (number * PAGE < users.len()).then(|| at(number + 1, texts)),
            downloads: [(file("csv"), "CSV"), (file("xlsx"), "XLSX")],
            upload: address::in_language("/admin/users/upload", texts),
            notice: (asked.done == "imported").then(|| texts.get("admin-done-imported")),
        };
        Ok::<_, Trouble>(private(answer(StatusCode::OK, page.render())))
    };
    page.await.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}
