//! The own second factor: a key is shown, one code of it proves that the app has it, and recovery
//! codes are shown once.

use super::account;
use super::private;
use super::trouble::Trouble;
use crate::auth::throttle::{Client, Target, Try};
use crate::auth::{Viewer, factor_keys, second};
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::posted::{Posted, Pressed};
use crate::pages::shell::{Shell, answer, first_page};
use crate::state::App;
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use serde::Deserialize;

/// What somebody may open whose role asks for a second factor before they have one; the first is
/// where everything else leads.
pub(in crate::pages) const SET_UP: [&str; 4] =
    ["/account/second", "/account/second/offer", "/account/language", "/sign-out"];

/// The page that says why a second factor has to be set up.
#[derive(Template)]
#[template(path = "accounts/required.html")]
struct Required {
    shell: Shell,
    refusal: Option<String>,
}

/// The page with the key.
#[derive(Template)]
#[template(path = "accounts/factor.html")]
struct Factor {
    shell: Shell,
    key: String,
    /// SVG.
    picture: String,
    refusal: Option<String>,
}

/// The page with the recovery codes.
#[derive(Template)]
#[template(path = "accounts/codes.html")]
struct Codes {
    shell: Shell,
    fresh: Vec<String>,
    account: String,
}

/// A first code.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Proof {
    code: String,
}

fn shell(app: &App, viewer: &Viewer, texts: &'static Texts) -> Shell {
    let here = |texts: &Texts| address::in_language("/account/second", texts);
    Shell::new(app, Some(viewer), texts, texts.get("account-second"), here)
}

/// The key that awaits its first code. Where none does: back to the account, or why one has to be
/// made.
async fn page(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    refusal: Option<String>,
) -> Result<Response, Trouble> {
    let user = viewer.user.id;
    let offered = app.store.second_factor(user).await?.offered;
    let offered = offered.map(|kept| factor_keys::open(&app.sealing, user, &kept)).transpose()?;
    let shown = offered.and_then(|secret| second::shown(&secret, &viewer.user.name));
    let Some((key, picture)) = shown else {
        if viewer.must_set_up_factor {
            return Ok(required(app, viewer, texts, refusal));
        }
        let to = address::in_language("/account", texts);
        return Ok(Redirect::to(&to).into_response());
    };
    let status = if refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let shell = shell(app, viewer, texts);
    Ok(private(answer(status, Factor { shell, key, picture, refusal }.render())))
}

fn required(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    refusal: Option<String>,
) -> Response {
    let status = if refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let shell = shell(app, viewer, texts);
    private(answer(status, Required { shell, refusal }.render()))
}

/// The account's page with why the second factor is left as it is.
async fn refused(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    headers: &HeaderMap,
    key: &str,
) -> Result<Response, Trouble> {
    let refusal = Some(texts.get(key));
    if viewer.must_set_up_factor {
        return Ok(required(app, viewer, texts, refusal));
    }
    let (asked, said) = (account::Asked::default(), [None, refusal]);
    account::page(app, viewer, texts, headers, &asked, said).await
}

/// `GET /account/second`.
pub(in crate::pages) async fn show(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    viewer: Viewer,
) -> Response {
    let texts = texts_of(&uri);
    let page = page(&app, &viewer, texts, None).await;
    page.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// `POST /account/second/offer`: a fresh key. One that holds goes on holding until the new one was
/// proven.
pub(in crate::pages) async fn offer(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    Posted { viewer, form: Pressed {} }: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    let offered = async {
        if !app.sealing.has_key() {
            return refused(&app, &viewer, texts, &headers, "account-second-no-key").await;
        }
        let user = viewer.user.id;
        let sealed = factor_keys::seal(&app.sealing, user, &second::fresh_secret()?)?;
        app.store.offer_second_factor(user, &sealed).await?;
        let to = address::in_language("/account/second", texts);
        Ok::<_, Trouble>(Redirect::to(&to).into_response())
    };
    offered.await.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// `POST /account/second`: the first code. The answer is no redirect: the recovery codes are shown
/// this once, and sending the form again finds no key that waits.
pub(in crate::pages) async fn confirm(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    client: Client,
    Posted { viewer, form }: Posted<Proof>,
) -> Response {
    let texts = texts_of(&uri);
    let confirmed = prove(&app, &viewer, texts, &client, &form.code).await;
    confirmed.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}

async fn prove(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    client: &Client,
    code: &str,
) -> Result<Response, Trouble> {
    let (user, now) = (viewer.user.id, app.clock.now());
    let Some(offered) = app.store.second_factor(user).await?.offered else {
        return page(app, viewer, texts, None).await;
    };
    let secret = factor_keys::open(&app.sealing, user, &offered)?;
    let taken = match Try::take(app, Target::Second(user), client).await? {
        Ok(taken) => taken,
        Err(seconds) => {
            let refusal = super::sign_in::wait_sentence(texts, seconds);
            return page(app, viewer, texts, Some(refusal)).await;
        }
    };
    let Some(step) = second::step_of(&secret, code, now) else {
        return page(app, viewer, texts, Some(texts.get("account-second-refused"))).await;
    };
    taken.succeed(app).await?;
    let (codes, hashes) = second::fresh_codes()?;
    if !app.store.confirm_second_factor(user, &offered, step, &hashes, now).await? {
        return page(app, viewer, texts, None).await;
    }
    // Whoever had to set it up came for something else.
    let account = if viewer.must_set_up_factor {
        first_page(viewer.user.role, texts)
    } else {
        address::in_language("/account", texts)
    };
    let shell = shell(app, viewer, texts).without_languages();
    let page = Codes { shell, fresh: codes, account };
    Ok(private(answer(StatusCode::OK, page.render())))
}

/// `POST /account/second/remove`.
pub(in crate::pages) async fn remove(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    Posted { viewer, form: Pressed {} }: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    let removed = async {
        if viewer.user.has_password && app.centre().second_factor.contains(&viewer.user.role) {
            return refused(&app, &viewer, texts, &headers, "account-second-keep").await;
        }
        let (user, now) = (viewer.user.id, app.clock.now());
        app.store.remove_second_factor(user, &viewer.actor(), now).await?;
        Ok::<_, Trouble>(account::done("second", texts))
    };
    removed.await.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}
