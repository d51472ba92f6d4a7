//! One person, for an administrator: added, described anew.

use super::trouble::Trouble;
use super::{moment, private};
use crate::auth::person::{PersonFault, Written, read};
use crate::auth::{Role, Viewer};
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::{InAddress, Posted};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::rows::Directory;
use crate::storage::user_changes::Changed;
use crate::storage::users::User;
use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use locales::{Texts, languages_of};
use serde::Deserialize;

/// What was done just now, by the word that stands in the address.
const DONE: [&str; 5] = ["added", "changed", "retired", "back", "factor"];

/// One person.
#[derive(Template)]
#[template(path = "accounts/person.html")]
struct Person {
    shell: Shell,
    csrf: String,
    written: Written,
    /// None: a new one.
    user: Option<User>,
    /// It is the one who looks.
    own: bool,
    roles: Vec<(&'static str, String)>,
    /// Code, name.
    departments: Vec<(String, String)>,
    officers: Vec<(String, String)>,
    languages: Vec<(&'static str, String)>,
    since: String,
    notice: Option<String>,
    refusal: Option<String>,
}

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Asked {
    done: String,
}

/// What the form says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    name: String,
    full_name: String,
    role: String,
    departments: Vec<String>,
    officer: String,
    email: String,
    language: String,
}

impl From<Filled> for Written {
    fn from(filled: Filled) -> Self {
        let Filled { name, full_name, role, departments, officer, email, language } = filled;
        Self { name, full_name, role, departments, officer, email, language }
    }
}

/// A person as the form shows them.
fn written(user: &User, directory: &Directory) -> Written {
    let code = |id: &i64| directory.department_of(*id).map(|one| one.code.clone());
    let officer = user.officer.and_then(|id| directory.officer_of(id));
    Written {
        name: user.name.clone(),
        full_name: user.full_name.clone(),
        role: user.role.word().to_owned(),
        departments: user.departments.iter().filter_map(code).collect(),
        officer: officer.map(|one| one.code.clone()).unwrap_or_default(),
        email: user.email.clone().unwrap_or_default(),
        language: user.language.clone().unwrap_or_default(),
    }
}

/// The page of one person, or of a new one.
pub(super) async fn one(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    user: Option<User>,
    typed: Option<Written>,
    [notice, refusal]: [Option<String>; 2],
) -> Result<Response, Trouble> {
    let directory = app.store.directory().await?;
    let place = user.as_ref().map_or("new".to_owned(), |user| user.id.to_string());
    let here = |texts: &Texts| address::in_language(&format!("/admin/users/{place}"), texts);
    let title = user.as_ref().map_or(texts.get("account-add"), |user| user.full_name.clone());
    let known = user.as_ref().map(|user| written(user, &directory));
    let role = |role: Role| (role.word(), texts.get(&format!("account-role-{}", role.word())));
    let language = |code: &'static str| (code, texts.get(&format!("language-{code}")));
    let status = if refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let departments = directory.departments.iter().map(|one| (one.code.clone(), one.name.clone()));
    let officers = directory.officers.iter().map(|one| (one.code.clone(), one.name.clone()));
    let page = Person {
        shell: Shell::new(app, Some(viewer), texts, title, here),
        csrf: viewer.csrf.clone(),
        written: typed.or(known).unwrap_or_default(),
        own: user.as_ref().is_some_and(|user| user.id == viewer.user.id),
        roles: Role::ALL.into_iter().map(role).collect(),
        departments: departments.collect(),
        officers: officers.collect(),
        languages: languages_of("pages").map(language).collect(),
        since: user.as_ref().map(|user| moment(app, user.created_at)).unwrap_or_default(),
        user,
        notice,
        refusal,
    };
    Ok(private(answer(status, page.render())))
}

/// The person of an id that stands in an address.
pub(super) async fn of_id(app: &App, id: &str) -> Result<User, Trouble> {
    let Ok(id) = id.parse() else { return Err(Fault::Missing.into()) };
    app.store.user(id).await?.ok_or(Fault::Missing.into())
}

/// Back to a person, with what was done.
pub(super) fn done(user: i64, word: &str, texts: &Texts) -> Response {
    let to = format!("/admin/users/{user}?done={word}{}", address::language(texts));
    Redirect::to(&to).into_response()
}

/// `GET /admin/users/new`.
pub(in crate::pages) async fn empty(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    viewer: Viewer,
) -> Response {
    let texts = texts_of(&uri);
    let page = one(&app, &viewer, texts, None, None, [None, None]).await;
    page.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// `GET /admin/users/{id}`.
pub(in crate::pages) async fn show(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    viewer: Viewer,
    Path(id): Path<String>,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let texts = texts_of(&uri);
    let page = async {
        let user = of_id(&app, &id).await?;
        let said = DONE.into_iter().find(|word| *word == asked.done);
        let notice = said.map(|word| texts.get(&format!("account-did-{word}")));
        one(&app, &viewer, texts, Some(user), None, [notice, None]).await
    };
    page.await.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}

fn fault(texts: &Texts, fault: PersonFault) -> String {
    texts.get(&format!("account-fault-{}", fault.word()))
}

/// `POST /admin/users/new`.
pub(in crate::pages) async fn add(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Posted { viewer, form }: Posted<Filled>,
) -> Response {
    let texts = texts_of(&uri);
    let added = async {
        let typed = Written::from(form);
        let refusal = match read(&typed, &app.store.directory().await?) {
            Err(wrong) => fault(texts, wrong),
            Ok(data) => match app.store.add_user(&data, &viewer.actor(), app.clock.now()).await? {
                Some(id) => return Ok(done(id, "added", texts)),
                None => texts.get("account-fault-taken"),
            },
        };
        one(&app, &viewer, texts, None, Some(typed), [None, Some(refusal)]).await
    };
    added.await.unwrap_or_else(|trouble: Trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// `POST /admin/users/{id}`.
pub(in crate::pages) async fn change(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(id): Path<String>,
    Posted { viewer, form }: Posted<Filled>,
) -> Response {
    let texts = texts_of(&uri);
    let changed = async {
        let user = of_id(&app, &id).await?;
        // The name stays: the audit log speaks of it.
        let typed = Written { name: user.name.clone(), ..form.into() };
        let refusal = match read(&typed, &app.store.directory().await?) {
            Err(wrong) => fault(texts, wrong),
            Ok(data) => {
                let (actor, now) = (viewer.actor(), app.clock.now());
                match app.store.change_user(user.id, &data, &actor, now).await? {
                    Changed::Done => return Ok(done(user.id, "changed", texts)),
                    Changed::Missing => return Err(Fault::Missing.into()),
                    Changed::LastAdministrator => texts.get("account-fault-last"),
                }
            }
        };
        one(&app, &viewer, texts, Some(user), Some(typed), [None, Some(refusal)]).await
    };
    changed.await.unwrap_or_else(|trouble: Trouble| trouble.0.page(&app, Some(&viewer), texts))
}
