//! The people who may sign in, as a list and as a file.

use crate::auth::person::Written;
use crate::auth::person_rows::{cells_of, header};
use crate::pages::list::{self, ListQuery, Row, Show, Subject};
use crate::pages::prelude::*;
use crate::storage::rows::Directory;
use crate::storage::users::User;

/// The key of how far somebody is with signing in.
const fn state_key(user: &User) -> &'static str {
    match user {
        User { retired_at: Some(_), .. } => "account-state-retired",
        User { has_password: false, .. } => "account-state-no-password",
        User { has_second_factor: true, .. } => "account-state-second",
        _ => "account-state-active",
    }
}

fn row(context: &Context, user: &User, directory: &Directory) -> Row {
    let texts = context.texts;
    let name = |id: &i64| directory.department_of(*id).map(|one| one.name.clone());
    let departments: Vec<_> = user.departments.iter().filter_map(name).collect();
    let officer = user.officer.and_then(|id| directory.officer_of(id));
    let (full_name, name, state) = (&user.full_name, &user.name, texts.get(state_key(user)));
    let email = user.email.as_deref().unwrap_or_default();
    let file = cells_of(&Written::of(user, directory), texts);
    Row {
        address: context.to(&format!("/admin/users/{}", user.id)),
        file: file.into_iter().chain([state.clone()]).collect(),
        search: Some(format!("{name} {full_name} {email}")),
        cells: vec![
            full_name.clone(),
            name.clone(),
            user.role.name(texts),
            officer.map_or(departments.join("; "), |one| one.code.clone()),
            state,
        ],
        retired: user.retired_at.is_some(),
    }
}

/// The list with all its rows.
async fn list_of(context: &Context) -> PageResult<(Subject, Vec<Row>)> {
    let Context { app, texts, .. } = context;
    let (users, directory) = (app.store.users().await?, app.store.directory().await?);
    let columns =
        ["account-full-name", "account-name", "account-role", "account-part", "account-state"];
    let subject = Subject {
        title: texts.get("account-people"),
        path: "/admin/users".to_owned(),
        columns: columns.map(|key| texts.get(key)).into(),
        header: header(texts).into_iter().chain([texts.get("account-state")]).collect(),
        file: "nguoi-dung".to_owned(),
        add: texts.get("account-add"),
        upload: true,
        search: "account-search",
        show: Show::All,
        // On a phone a person is a small block.
        table: "words people",
        next: None,
    };
    let rows = users.iter().map(|user| row(context, user, &directory));
    Ok((subject, rows.collect()))
}

/// `GET /admin/users`.
pub(super) async fn list(context: Context, _: Query<ListQuery>) -> PageResult {
    let (subject, rows) = list_of(&context).await?;
    Ok(no_store(list::page(&context, subject, rows)))
}

/// `GET /admin/users/download`.
pub(super) async fn download(context: Context) -> PageResult {
    let (subject, rows) = list_of(&context).await?;
    list::download(&context, &subject, rows)
}
