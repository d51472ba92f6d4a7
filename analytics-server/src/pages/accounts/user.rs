//! One person, for an administrator: added, described anew.

use crate::auth::Role;
use crate::auth::person::{PersonFault, Written, read};
use crate::form_reader::differing;
use crate::pages::choices::{Choice, code_meant, code_part};
use crate::pages::form_errors::FormErrors;
use crate::pages::form_field::Field;
use crate::pages::forms::mark_of;
use crate::pages::prelude::*;
use crate::storage::rows::Directory;
use crate::storage::user_changes::Changed;
use crate::storage::users::User;
use locales::languages_of;
use std::sync::Arc;

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
    /// The person is the administrator who looks at the page.
    own: bool,
    roles: [Role; 5],
    directory: Arc<Directory>,
    /// The officer that the person is.
    officer: Field,
    /// Code, name.
    languages: Vec<(&'static str, String)>,
    since: String,
    /// What was done just now.
    done: Option<String>,
    errors: FormErrors,
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

/// The page of one person, or of a new one.
pub(super) async fn page(
    context: &Context,
    user: Option<User>,
    typed: Option<Written>,
    errors: FormErrors,
) -> PageResult {
    let Context { app, viewer, texts, .. } = context;
    let directory = app.store.directory().await?;
    let (path, title) = match &user {
        Some(user) => (path_of(user.id), user.full_name.clone()),
        None => ("/admin/users/new".to_owned(), texts.get("account-add")),
    };
    let stored = user.as_ref().map(|user| Written::of(user, &directory));
    let language = |code: &'static str| (code, texts.get(&format!("language-{code}")));
    let since = user.as_ref().map(|user| context.moment(Some(user.created_at)));
    let done = context.was_done(&DONE)?.map(|word| texts.get(&format!("account-did-{word}")));
    let written = typed.or(stored).unwrap_or_default();
    let page = UserPage {
        layout: context.layout(title, &path),
        was: user.as_ref().map(|user| mark_of(&user.data())).unwrap_or_default(),
        officer: officer_field(texts, &directory, &written.officer, &errors),
        written,
        own: user.as_ref().is_some_and(|user| user.id == viewer.user.id),
        roles: Role::ALL,
        directory,
        languages: languages_of("pages").map(language).collect(),
        since: since.unwrap_or_default(),
        user,
        done,
        errors,
    };
    Ok(no_store_form_answer(page.errors.refusal.is_some(), page.render()))
}

/// The officers who serve here, code and name.
fn serving(directory: &Directory) -> Vec<(&str, &str)> {
    let retired = &directory.retired.officers;
    let serving = directory.officers.iter().filter(|one| !retired.contains(&one.id));
    serving.map(|one| (one.code.as_str(), one.name.as_str())).collect()
}

/// The field of the officer that a person is: those who serve here, and the one who is chosen.
fn officer_field(texts: &Texts, directory: &Directory, chosen: &str, errors: &FormErrors) -> Field {
    let retired = &directory.retired.officers;
    let chosen_one = directory.officer(chosen).filter(|one| retired.contains(&one.id));
    let gone = chosen_one.map(|one| (one.code.as_str(), one.name.as_str()));
    let offered = serving(directory).into_iter().chain(gone);
    let none = Choice { value: String::new(), name: "–".to_owned(), chosen: chosen.is_empty() };
    let offer = |(code, name): (&str, &str)| Choice {
        value: code.to_owned(),
        name: format!("{code} · {name}"),
        chosen: code == chosen,
    };
    let choices = std::iter::once(none).chain(offered.map(offer)).collect();
    let label = texts.get("account-officer-of");
    let field = Field::line("officer", label, chosen.to_owned(), 200);
    Field { error: errors.fields.get("officer").cloned(), ..field.entry(choices, texts) }
}

/// What was typed, with the code of the officer who is meant; the second is why nobody is.
fn with_officer(
    context: &Context,
    typed: Written,
    directory: &Directory,
) -> (Written, Option<FormErrors>) {
    // Who is chosen already may have left.
    let code = code_part(&typed.officer);
    if directory.officer(code).is_some() {
        let officer = code.to_owned();
        return (Written { officer, ..typed }, None);
    }
    match code_meant(&typed.officer, &serving(directory), context.texts) {
        Ok(officer) => (Written { officer, ..typed }, None),
        Err(sentence) => (typed, Some(FormErrors::of_fields(context, [("officer", sentence)]))),
    }
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
    page(&context, None, None, FormErrors::default()).await
}

/// `GET /admin/users/{id}`.
pub(super) async fn show(context: Context, Path(id): Path<String>) -> PageResult {
    let user = user_of(&context, &id).await?;
    page(&context, Some(user), None, FormErrors::default()).await
}

fn refusal(texts: &Texts, error: PersonFault) -> FormErrors {
    FormErrors::refusal(texts.get(&format!("account-fault-{}", error.word())))
}

/// `POST /admin/users/new`.
pub(super) async fn add(context: Context, CsrfForm(form): CsrfForm<UserForm>) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let directory = app.store.directory().await?;
    let (typed, several) = with_officer(&context, Written::from(form), &directory);
    let errors = match read(&typed, &directory) {
        _ if several.is_some() => several.unwrap_or_default(),
        Err(error) => refusal(texts, error),
        Ok(data) => match app.store.add_user(&data, &viewer.actor(), context.now()).await? {
            Some(id) => return Ok(context.done(&path_of(id), "added")),
            None => FormErrors::refusal(texts.get("account-fault-taken")),
        },
    };
    page(&context, None, Some(typed), errors).await
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
    let (typed, several) = with_officer(&context, typed, &directory);
    let stale = |user: &User| {
        let stored = Written::of(user, &directory);
        FormErrors::stale(&context, differing(stored.words(texts), typed.words(texts)))
    };
    let errors = match read(&typed, &directory) {
        _ if !unchanged => stale(&user),
        _ if several.is_some() => several.unwrap_or_default(),
        Err(error) => refusal(texts, error),
        Ok(data) => {
            let (was, actor) = (user.data(), viewer.actor());
            match app.store.change_user(user.id, &was, &data, &actor, context.now()).await? {
                Changed::Done => return Ok(context.done(&path_of(user.id), "changed")),
                Changed::Missing => return Err(PageError::Missing),
                Changed::LastAdministrator => FormErrors::refusal(texts.get("account-fault-last")),
                Changed::Stale => {
                    user = user_of(&context, &id).await?;
                    stale(&user)
                }
            }
        }
    };
    page(&context, Some(user), Some(typed), errors).await
}
