//! The people who may sign in, for an administrator to find.

use crate::letters::searchable;
use crate::pages::pagination::{Pager, pages_of, rows_of};
use crate::pages::prelude::*;
use crate::storage::rows::Directory;
use crate::storage::users::User;
use crate::storage::{Store, StoreError};

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

#[derive(Template)]
#[template(path = "accounts/users.html")]
struct UsersPage {
    layout: Layout,
    search: String,
    rows: Vec<Row>,
    total: String,
    pager: Pager,
    /// The same people as files: address, format.
    downloads: [(String, &'static str); 2],
    upload: String,
    notice: Option<String>,
}

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct UsersQuery {
    q: String,
    page: String,
    done: String,
}

/// The key of how far somebody is with signing in.
pub(in crate::pages) const fn state_key(user: &User) -> &'static str {
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
        state: texts.get(state_key(user)),
        gone: user.retired_at.is_some(),
    }
}

/// Those whose names or addresses have all words that are searched for, however they are marked;
/// active ones first.
pub(in crate::pages) async fn find_users(
    store: &Store,
    search: &str,
) -> Result<Vec<User>, StoreError> {
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
pub(super) async fn list(context: Context, Query(query): Query<UsersQuery>) -> PageResult {
    let Context { app, texts, .. } = &context;
    let users = find_users(&app.store, &query.q).await?;
    let directory = app.store.directory().await?;
    let number = query.page.parse().unwrap_or(1).clamp(1, pages_of(users.len(), PAGE));
    let path = |path: &str, name: &str, value: &str| {
        let fields = [("q", query.q.as_str()), (name, value)];
        format!("{path}?{}", serde_html_form::to_string(fields).unwrap_or_default())
    };
    let page_at = |number: usize| path("/admin/users", "page", &number.to_string());
    let file = |format: &str| context.to(&path("/admin/users/download", "format", format));
    let rows = rows_of(&users, number, PAGE).iter();
    let page = UsersPage {
        layout: context.layout(texts.get("account-people"), &page_at(number)),
        search: query.q.clone(),
        rows: rows.map(|user| row(user, &directory, texts)).collect(),
        total: texts.with("account-people-count", &[("count", &users.len().to_string())]),
        pager: Pager::new(number, number * PAGE < users.len(), |page| context.to(&page_at(page))),
        downloads: [(file("csv"), "CSV"), (file("xlsx"), "XLSX")],
        upload: context.to("/admin/users/upload"),
        notice: (query.done == "imported").then(|| texts.get("admin-done-imported")),
    };
    Ok(no_store(answer(StatusCode::OK, page.render())))
}
