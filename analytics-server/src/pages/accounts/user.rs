//! One person, for an administrator: added, described anew.

use crate::auth::Role;
use crate::auth::person::{PersonFault, Written, read};
use crate::pages::forms::mark_of;
use crate::pages::prelude::*;
use crate::storage::rows::Directory;
use crate::storage::user_changes::Changed;
use crate::storage::users::User;
use locales::languages_of;

/// What was done just now, by the word that the address has.
const DONE: [&str; 5] = ["added", "changed", "retired", "back", "factor"];

#[derive(Template)]
#[template(path = "accounts/user.html")]
struct UserPage {
    layout: Layout,
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
    notices: Notices,
}

/// What is to be said over the form.
#[derive(Default)]
pub(super) struct Notices {
    /// What was done just now.
    done: Option<String>,
    /// Why something was not done.
    refusal: Option<String>,
    /// Label, what is stored, what was typed: where somebody else was quicker.
    theirs: Vec<(String, String, String)>,
}

impl Notices {
    /// Why something was not done.
    pub fn refusal(sentence: String) -> Self {
        Self { refusal: Some(sentence), ..Self::default() }
    }

    /// Somebody else was quicker: what is stored now, beside what was typed.
    fn stale(texts: &Texts, stored: &Written, typed: &Written) -> Self {
        let fields = |one: &Written| {
            let role = Role::of_word(&one.role).map(|role| role_name(texts, role));
            [
                ("account-full-name", one.full_name.clone()),
                ("account-role", role.unwrap_or_default()),
                ("account-departments-of", one.departments.join(", ")),
                ("account-officer-of", one.officer.clone()),
                ("account-email", one.email.clone()),
                ("account-language", one.language.clone()),
            ]
        };
        let both = fields(stored).into_iter().zip(fields(typed));
        let differ = both.filter(|((_, stored), (_, typed))| stored != typed);
        let theirs = differ.map(|((key, stored), (_, typed))| (texts.get(key), stored, typed));
        Self { theirs: theirs.collect(), ..Self::refusal(texts.get("admin-fault-stale")) }
    }
}

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct UserQuery {
    done: String,
}

/// A person as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct UserForm {
    name: String,
    full_name: String,
    role: String,
    departments: Vec<String>,
    officer: String,
    email: String,
    language: String,
    was: String,
}

impl From<UserForm> for Written {
    fn from(form: UserForm) -> Self {
        let UserForm { name, full_name, role, departments, officer, email, language, was: _ } =
            form;
        Self { name, full_name, role, departments, officer, email, language }
    }
}

/// A person as the form shows them.
pub(in crate::pages) fn written_of(user: &User, directory: &Directory) -> Written {
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

fn role_name(texts: &Texts, role: Role) -> String {
    texts.get(&format!("account-role-{}", role.word()))
}

/// The page of one person, or of a new one.
pub(super) async fn page(
    context: &Context,
    user: Option<User>,
    typed: Option<Written>,
    notices: Notices,
) -> PageResult {
    let Context { app, viewer, texts, .. } = context;
    let directory = app.store.directory().await?;
    let (path, title) = match &user {
        Some(user) => (path_of(user.id), user.full_name.clone()),
        None => ("/admin/users/new".to_owned(), texts.get("account-add")),
    };
    let stored = user.as_ref().map(|user| written_of(user, &directory));
    let language = |code: &'static str| (code, texts.get(&format!("language-{code}")));
    let departments = directory.departments.iter().map(|one| (one.code.clone(), one.name.clone()));
    let officers = directory.officers.iter().map(|one| (one.code.clone(), one.name.clone()));
    let since = user.as_ref().map(|user| context.moment(Some(user.created_at)));
    let refused = notices.refusal.is_some();
    let page = UserPage {
        layout: context.layout(title, &path),
        was: user.as_ref().map(|user| mark_of(&user.data())).unwrap_or_default(),
        written: typed.or(stored).unwrap_or_default(),
        own: user.as_ref().is_some_and(|user| user.id == viewer.user.id),
        roles: Role::ALL.map(|role| (role.word(), role_name(texts, role))).into(),
        departments: departments.collect(),
        officers: officers.collect(),
        languages: languages_of("pages").map(language).collect(),
        since: since.unwrap_or_default(),
        user,
        notices,
    };
    let status = if refused { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    Ok(no_store(answer(status, page.render())))
}

/// Where a person's page is.
pub(super) fn path_of(user: i64) -> String {
    format!("/admin/users/{user}")
}

/// The person of an id that stands in an address.
pub(super) async fn user_of(context: &Context, id: &str) -> PageResult<User> {
    let id = id.parse().map_err(|_| PageError::Missing)?;
    context.app.store.user(id).await?.ok_or(PageError::Missing)
}

/// `GET /admin/users/new`.
pub(super) async fn empty(context: Context) -> PageResult {
    page(&context, None, None, Notices::default()).await
}

/// `GET /admin/users/{id}`.
pub(super) async fn show(
    context: Context,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> PageResult {
    let user = user_of(&context, &id).await?;
    let done = DONE.into_iter().find(|word| *word == query.done);
    let done = done.map(|word| context.text(&format!("account-did-{word}")));
    page(&context, Some(user), None, Notices { done, ..Notices::default() }).await
}

fn refusal(texts: &Texts, error: PersonFault) -> Notices {
    Notices::refusal(texts.get(&format!("account-fault-{}", error.word())))
}

/// `POST /admin/users/new`.
pub(super) async fn add(context: Context, CsrfForm(form): CsrfForm<UserForm>) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let typed = Written::from(form);
    let directory = app.store.directory().await?;
    let notices = match read(&typed, &directory) {
        Err(error) => refusal(texts, error),
        Ok(data) => match app.store.add_user(&data, &viewer.actor(), context.now()).await? {
            Some(id) => return Ok(context.done(&path_of(id), "added")),
            None => Notices::refusal(texts.get("account-fault-taken")),
        },
    };
    page(&context, None, Some(typed), notices).await
}

/// `POST /admin/users/{id}`.
pub(super) async fn change(
    context: Context,
    Path(id): Path<String>,
    CsrfForm(form): CsrfForm<UserForm>,
) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let (mut user, directory) = (user_of(&context, &id).await?, app.store.directory().await?);
    let unchanged = form.was == mark_of(&user.data());
    // The name stays: the audit log speaks of it.
    let typed = Written { name: user.name.clone(), ..form.into() };
    let stale = |user: &User| Notices::stale(texts, &written_of(user, &directory), &typed);
    let notices = match read(&typed, &directory) {
        _ if !unchanged => stale(&user),
        Err(error) => refusal(texts, error),
        Ok(data) => {
            let (was, actor) = (user.data(), viewer.actor());
            match app.store.change_user(user.id, &was, &data, &actor, context.now()).await? {
                Changed::Done => return Ok(context.done(&path_of(user.id), "changed")),
                Changed::Missing => return Err(PageError::Missing),
                Changed::LastAdministrator => Notices::refusal(texts.get("account-fault-last")),
                Changed::Stale => {
                    user = user_of(&context, &id).await?;
                    stale(&user)
                }
            }
        }
    };
    page(&context, Some(user), Some(typed), notices).await
}
