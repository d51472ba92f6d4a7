//! The second step of the way in: a code of the app, or a recovery code. The session that awaits it
//! opens no page, and is replaced by another when the code was right.

use super::origin::foreign;
use super::private;
use super::sign_in::{VISITOR, failed, inside, too_many, wait_sentence};
use super::trouble::Trouble;
use crate::auth::throttle::{Client, Target, Try};
use crate::auth::{factor_keys, second, session};
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::{InAddress, Unsigned};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::sessions::Proof;
use crate::storage::users::User;
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use locales::Texts;
use serde::Deserialize;

/// The page.
#[derive(Template)]
#[template(path = "accounts/second.html")]
struct Second {
    shell: Shell,
    next: String,
    csrf: String,
    refusal: Option<String>,
}

/// What the address or the form says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    next: String,
    code: String,
    csrf: String,
}

/// The address of the second step that leads to `next`.
pub(super) fn address(next: &str, texts: &Texts) -> String {
    let query = serde_html_form::to_string([("next", next)]).unwrap_or_default();
    format!("/sign-in/second?{query}{}", address::language(texts))
}

fn page(
    app: &App,
    texts: &'static Texts,
    next: &str,
    csrf: String,
    refusal: Option<String>,
) -> Response {
    let here = |texts: &Texts| address(next, texts);
    let shell = Shell::new(app, None, texts, texts.get("account-second"), here);
    let status = if refusal.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    private(answer(status, Second { shell, next: next.to_owned(), csrf, refusal }.render()))
}

/// Who gave the password and is awaited, what their form sends along, and the hash of the token of
/// the session that awaits them.
type Awaited = (User, String, [u8; 32]);

async fn awaited(app: &App, headers: &HeaderMap) -> Result<Option<Awaited>, Trouble> {
    let Some((user, half)) = session::awaited(app, headers).await? else { return Ok(None) };
    let csrf = session::token_of(app, headers).map(|token| session::csrf(&token));
    Ok(csrf.map(|csrf| (user, csrf, half)))
}

/// `GET /sign-in/second`.
pub(in crate::pages) async fn show(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    InAddress(asked): InAddress<Filled>,
) -> Response {
    let (texts, next) = (texts_of(&uri), inside(&asked.next));
    match awaited(&app, &headers).await {
        Ok(Some((_, csrf, _))) => page(&app, texts, next, csrf, None),
        Ok(None) => Redirect::to(&super::sign_in::address(next, texts)).into_response(),
        Err(trouble) => trouble.0.page(&app, None, texts),
    }
}

/// `POST /sign-in/second`.
pub(in crate::pages) async fn give(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    client: Client,
    headers: HeaderMap,
    jar: CookieJar,
    Unsigned(filled): Unsigned<Filled>,
) -> Response {
    let texts = texts_of(&uri);
    let went = enter(&app, texts, &client, &headers, jar, &filled).await;
    went.unwrap_or_else(|trouble| trouble.0.page(&app, None, texts))
}

async fn enter(
    app: &App,
    texts: &'static Texts,
    client: &Client,
    headers: &HeaderMap,
    jar: CookieJar,
    filled: &Filled,
) -> Result<Response, Trouble> {
    let next = inside(&filled.next);
    let Some((user, csrf, half)) = awaited(app, headers).await? else {
        return Ok(Redirect::to(&super::sign_in::address(next, texts)).into_response());
    };
    if foreign(app.trust_proxy, headers) || filled.csrf != csrf {
        return Err(Fault::Replayed.into());
    }
    let taken = match Try::take(app, Target::Second(user.id), client).await? {
        Ok(taken) => taken,
        Err(seconds) => {
            let refusal = wait_sentence(texts, seconds);
            return Ok(too_many(page(app, texts, next, csrf, Some(refusal)), seconds));
        }
    };
    if !right(app, user.id, &filled.code).await? {
        failed(app, VISITOR, client, &user.name, "give wrong second factor").await?;
        let refusal = texts.get("account-second-refused");
        return Ok(page(app, texts, next, csrf, Some(refusal)));
    }
    taken.succeed(app).await?;
    let proof = Proof::Second(half);
    let Some(cookie) = session::begin(app, user.id, proof, false, headers).await? else {
        // The password was reset, or the person retired, meanwhile.
        return Ok(Redirect::to(&super::sign_in::address(next, texts)).into_response());
    };
    Ok((jar.add(cookie), Redirect::to(next)).into_response())
}

/// Whether a code is right and was not taken before.
async fn right(app: &App, user: i64, code: &str) -> Result<bool, Trouble> {
    let now = app.clock.now();
    let Some(kept) = app.store.second_factor(user).await?.secret else { return Ok(false) };
    let step = match factor_keys::open(&app.sealing, user, &kept) {
        Ok(secret) => second::step_of(&secret, code, now),
        Err(error) => {
            // Recovery codes are kept as hashes and let in without it.
            tracing::error!(user, %error, "the code of a second factor can not be checked");
            None
        }
    };
    Ok(match step {
        Some(step) => app.store.take_totp_step(user, step).await?,
        None => app.store.take_recovery_code(user, second::recovery_hash(code), now).await?,
    })
}
