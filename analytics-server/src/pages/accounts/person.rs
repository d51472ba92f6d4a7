//! One person, for an administrator: added, described anew.

use super::private;
use super::trouble::Trouble;
use crate::auth::person::{PersonFault, Written, read};
use crate::auth::{Role, Viewer};
use crate::moments;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::{InAddress, Posted, mark_of};
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
    /// What the form was made from.
    was: String,
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
    /// Label, what is stored, what was typed: where somebody else was quicker.
    theirs: Vec<Both>,
}

/// A field with what is stored and what was typed.
type Both = (String, String, String);

/// What is to be said over the form.
#[derive(Default)]
pub(super) struct Said {
    notice: Option<String>,
    refusal: Option<String>,
    theirs: Vec<Both>,
}

impl Said {
    /// Why something was not done.
    pub fn refusal(sentence: String) -> Self {
        Self { refusal: Some(sentence), ..Self::default() }
    }
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
    was: String,
}

impl From<Filled> for Written {
    fn from(filled: Filled) -> Self {
        let Filled { name, full_name, role, departments, officer, email, language, was: _ } =
            filled;
        Self { name, full_name, role, departments, officer, email, language }
    }
}

/// A person as the form shows them.
pub(in crate::pages) fn written(user: &User, directory: &Directory) -> Written {
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
    said: Said,
) -> Result<Response, Trouble> {
    let directory = app.store.directory().await?;
    let place = user.as_ref().map_or("new".to_owned(), |user| user.id.to_string());
    let here = |texts: &Texts| address::in_language(&format!("/admin/users/{place}"), texts);
    let title = user.as_ref().map_or(texts.get("account-add"), |user| user.full_name.clone());
    let known = user.as_ref().map(|user| written(user, &directory));
    let role = |role: Role| (role.word(), texts.get(&format!("account-role-{}", role.word())));
    let language = |code: &'static str| (code, texts.get(&format!("language-{code}")));
    let Said { notice, refusal, theirs } = said;
    let status = if refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let departments = directory.departments.iter().map(|one| (one.code.clone(), one.name.clone()));
    let officers = directory.officers.iter().map(|one| (one.code.clone(), one.name.clone()));
    let page = Person {
        shell: Shell::new(app, Some(viewer), texts, title, here),
        was: user.as_ref().map(|user| mark_of(&user.data())).unwrap_or_default(),
        written: typed.or(known).unwrap_or_default(),
        own: user.as_ref().is_some_and(|user| user.id == viewer.user.id),
        roles: Role::ALL.into_iter().map(role).collect(),
        departments: departments.collect(),
        officers: officers.collect(),
        languages: languages_of("pages").map(language).collect(),
        since: user
            .as_ref()
            .map(|user| moments::short(user.created_at, &app.zone))
            .unwrap_or_default(),
        user,
        notice,
        refusal,
        theirs,
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
    let page = one(&app, &viewer, texts, None, None, Said::default()).await;
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
        let said = Said { notice, ..Said::default() };
        one(&app, &viewer, texts, Some(user), None, said).await
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
        let directory = app.store.directory().await?;
        let refusal = match read(&typed, &directory) {
            Err(wrong) => fault(texts, wrong),
            Ok(data) => match app.store.add_user(&data, &viewer.actor(), app.clock.now()).await? {
                Some(id) => return Ok(done(id, "added", texts)),
                None => texts.get("account-fault-taken"),
            },
        };
        one(&app, &viewer, texts, None, Some(typed), Said::refusal(refusal)).await
    };
    added.await.unwrap_or_else(|trouble: Trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// Somebody else was quicker: what is stored now, beside what was typed.
fn stale(texts: &Texts, stored: &Written, typed: &Written) -> Said {
    let role = |word: &str| {
        let role = Role::of_word(word);
        role.map(|role| texts.get(&format!("account-role-{}", role.word()))).unwrap_or_default()
    };
    let fields = |one: &Written| {
        [
            ("account-full-name", one.full_name.clone()),
            ("account-role", role(&one.role)),
            ("account-departments-of", one.departments.join(", ")),
            ("account-officer-of", one.officer.clone()),
            ("account-email", one.email.clone()),
            ("account-language", one.language.clone()),
        ]
    };
    let both = fields(stored).into_iter().zip(fields(typed));
    let differ = both.filter(|((_, stored), (_, typed))| stored != typed);
    let theirs = differ.map(|((key, stored), (_, typed))| (texts.get(key), stored, typed));
    Said { theirs: theirs.collect(), ..Said::refusal(texts.get("admin-fault-stale")) }
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
        let (user, directory) = (of_id(&app, &id).await?, app.store.directory().await?);
        let unchanged = form.was == mark_of(&user.data());
        // The name stays: the audit log speaks of it.
        let typed = Written { name: user.name.clone(), ..form.into() };
        let said = match read(&typed, &directory) {
            _ if !unchanged => stale(texts, &written(&user, &directory), &typed),
            Err(wrong) => Said::refusal(fault(texts, wrong)),
            Ok(data) => {
                let (was, actor, now) = (user.data(), viewer.actor(), app.clock.now());
                match app.store.change_user(user.id, &was, &data, &actor, now).await? {
                    Changed::Done => return Ok(done(user.id, "changed", texts)),
                    Changed::Missing => return Err(Fault::Missing.into()),
                    Changed::LastAdministrator => Said::refusal(texts.get("account-fault-last")),
                    Changed::Stale => {
                        let user = of_id(&app, &id).await?;
                        let said = stale(texts, &written(&user, &directory), &typed);
                        return one(&app, &viewer, texts, Some(user), Some(typed), said).await;
                    }
                }
            }
        };
        one(&app, &viewer, texts, Some(user), Some(typed), said).await
    };
    changed.await.unwrap_or_else(|trouble: Trouble| trouble.0.page(&app, Some(&viewer), texts))
}
