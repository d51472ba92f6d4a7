//! A link with which somebody chooses their password: when an account is new, or lost.

use super::origin::foreign;
use super::private;
use super::trouble::Trouble;
use crate::auth::link;
use crate::auth::password::{self, PasswordFault};
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::Unsigned;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::users::User;
use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use serde::Deserialize;

/// The page.
#[derive(Template)]
#[template(path = "accounts/password.html")]
struct Choose {
    shell: Shell,
    /// Whose it is; none: the link can not be used.
    user: Option<User>,
    address: String,
    refusal: Option<String>,
}

/// What the form says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    password: String,
    again: String,
}

/// Why a password is not taken, as a sentence.
pub(super) fn sentence(texts: &Texts, fault: PasswordFault) -> String {
    match fault {
        PasswordFault::Short => texts.get("account-password-short"),
        PasswordFault::Long => texts.get("account-password-long"),
        PasswordFault::Weak(weakness) => {
            texts.get(&format!("account-password-weak-{}", weakness.word()))
        }
    }
}

/// Whose link it is, while it can be used.
async fn owner(app: &App, token: &str) -> Result<Option<User>, Trouble> {
    let Some(hash) = link::hash_of(token) else { return Ok(None) };
    let link = app.store.password_link(hash).await?;
    let good = link.filter(|link| link.used_at.is_none() && link.expires_at > app.clock.now());
    let Some(link) = good else { return Ok(None) };
    Ok(app.store.user(link.user).await?.filter(|user| user.retired_at.is_none()))
}

fn page(
    app: &App,
    texts: &'static Texts,
    token: &str,
    user: Option<User>,
    refusal: Option<String>,
) -> Response {
    let here = |texts: &Texts| address::in_language(&format!("/password/{token}"), texts);
    let shell = Shell::new(app, None, texts, texts.get("account-choose-password"), here);
    let status = match (&user, &refusal) {
        (None, _) => StatusCode::NOT_FOUND,
        (_, Some(_)) => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    let address = here(texts);
    private(answer(status, Choose { shell, user, address, refusal }.render()))
}

/// `GET /password/{token}`.
pub(in crate::pages) async fn show(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(token): Path<String>,
) -> Response {
    let texts = texts_of(&uri);
    match owner(&app, &token).await {
        Ok(user) => page(&app, texts, &token, user, None),
        Err(trouble) => trouble.0.page(&app, None, texts),
    }
}

/// `POST /password/{token}`.
pub(in crate::pages) async fn choose(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(token): Path<String>,
    headers: HeaderMap,
    Unsigned(filled): Unsigned<Filled>,
) -> Response {
    let texts = texts_of(&uri);
    if foreign(app.trust_proxy, &headers) {
        return Fault::Replayed.page(&app, None, texts);
    }
    let chosen = take(&app, texts, &token, filled).await;
    chosen.unwrap_or_else(|trouble| trouble.0.page(&app, None, texts))
}

async fn take(
    app: &App,
    texts: &'static Texts,
    token: &str,
    filled: Filled,
) -> Result<Response, Trouble> {
    let (Some(user), Some(hash)) = (owner(app, token).await?, link::hash_of(token)) else {
        return Ok(page(app, texts, token, None, None));
    };
    if let Some(refusal) = unfit(app, texts, &filled.password, &filled.again, &user).await? {
        return Ok(page(app, texts, token, Some(user), Some(refusal)));
    }
    let kept = password::hash(filled.password).await?;
    if !app.store.use_password_link(hash, &kept, app.clock.now()).await? {
        return Ok(page(app, texts, token, None, None));
    }
    let to = format!("/sign-in?chosen=1{}", address::language(texts));
    Ok(Redirect::to(&to).into_response())
}

/// Why a new password of somebody, typed twice, is not taken.
pub(super) async fn unfit(
    app: &App,
    texts: &Texts,
    password: &str,
    again: &str,
    user: &User,
) -> Result<Option<String>, Trouble> {
    let directory = app.store.directory().await?;
    let code = user.officer.and_then(|id| directory.officer_of(id)).map(|one| one.code.clone());
    let department = |id: &i64| directory.department_of(*id).map(|one| one.name.clone());
    let mut about = vec![user.name.clone(), user.full_name.clone()];
    about.extend(code.into_iter().chain(user.email.clone()));
    about.extend(user.departments.iter().filter_map(department));
    about.extend(app.centre().name.values().cloned());
    if let Err(fault) = password::weigh(password.to_owned(), about).await {
        return Ok(Some(sentence(texts, fault)));
    }
    Ok((password != again).then(|| texts.get("account-password-again-differs")))
}
