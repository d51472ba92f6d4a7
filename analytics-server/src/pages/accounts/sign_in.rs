//! The way in and out.

use super::demo::{self, Choice};
use super::origin::foreign;
use crate::auth::{password, session};
use crate::pages::address;
use crate::pages::doors::{Guest, texts_of};
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, Pressed};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use askama::Template;
use axum::extract::{OriginalUri, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use locales::Texts;
use serde::Deserialize;

/// Letters of an address that a sign-in leads back to.
const NEXT_CHARS: usize = 500;

/// The page.
#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
pub(in crate::pages) struct SignIn {
    pub shell: Shell,
    /// Where it leads.
    pub next: String,
    /// What was typed.
    pub name: String,
    /// Why it did not work.
    pub refusal: Option<String>,
    /// Who one may be in a demonstration.
    pub choices: Vec<Choice>,
}

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Asked {
    next: String,
}

/// What the form says.
#[derive(Deserialize)]
pub(in crate::pages) struct Filled {
    name: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// The address of the sign-in that leads to `next`.
pub(in crate::pages) fn address(next: &str, texts: &Texts) -> String {
    let query = serde_html_form::to_string([("next", next)]).unwrap_or_default();
    format!("/sign-in?{query}{}", address::language(texts))
}

/// Only an address of our own pages is gone to.
fn inside(next: &str) -> &str {
    let own = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if own && next.len() <= NEXT_CHARS { next } else { "/" }
}

fn page(
    app: &App,
    texts: &'static Texts,
    next: &str,
    name: String,
    refusal: Option<String>,
) -> Response {
    let here = |texts: &Texts| address(next, texts);
    let shell = Shell::new(app, None, texts, texts.get("account-sign-in"), here);
    let status = if refusal.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    let choices = demo::choices(app, texts);
    answer(status, SignIn { shell, next: next.to_owned(), name, refusal, choices }.render())
}

/// `GET /sign-in`.
pub(in crate::pages) async fn show(
    State(app): State<App>,
    Guest(viewer): Guest,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<Asked>,
) -> Response {
    let next = inside(&asked.next);
    if viewer.is_some() {
        return Redirect::to(next).into_response();
    }
    page(&app, texts_of(&uri), next, String::new(), None)
}

/// `POST /sign-in`.
pub(in crate::pages) async fn sign_in(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    jar: CookieJar,
    Form(filled): Form<Filled>,
) -> Response {
    let texts = texts_of(&uri);
    if foreign(&headers) {
        return Fault::Replayed.page(&app, None, texts);
    }
    let next = inside(&filled.next).to_owned();
    let name = filled.name.trim().to_lowercase();
    let known = match app.store.password_of(&name).await {
        Ok(known) => known,
        Err(error) => return Fault::Figures(error.into()).page(&app, None, texts),
    };
    let right = tokio::task::spawn_blocking(move || {
        known.filter(|(_, hash)| password::holds(&filled.password, hash)).map(|(user, _)| user)
    })
    .await
    .unwrap_or_default();
    let Some(user) = right else {
        let refusal = texts.get("account-refused");
        return page(&app, texts, &next, filled.name, Some(refusal));
    };
    match session::begin(&app, user, false, &headers).await {
        Ok(cookie) => (jar.add(cookie), Redirect::to(&next)).into_response(),
        Err(error) => {
            tracing::error!(%error, "nobody can sign in");
            Fault::Interrupted.page(&app, None, texts)
        }
    }
}

/// `POST /sign-out`.
pub(in crate::pages) async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
    jar: CookieJar,
    _: Posted<Pressed>,
) -> Response {
    if let Some(token) = session::token_of(&app, &headers) {
        let hash = session::token_hash(&token);
        if let Err(error) = app.store.end_session(hash, app.clock.now()).await {
            return Fault::Figures(error.into()).page(&app, None, locales::texts("vi"));
        }
    }
    (jar.add(session::farewell(&app)), Redirect::to("/sign-in")).into_response()
}
