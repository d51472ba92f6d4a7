//! The way in and out.

use super::demo::{self, Choice};
use super::origin::foreign;
use super::private;
use super::trouble::Trouble;
use crate::auth::throttle::{Client, Target, Try};
use crate::auth::{password, session};
use crate::meters;
use crate::pages::address;
use crate::pages::doors::{Guest, texts_of};
use crate::pages::fault::Fault;
use crate::pages::posted::{InAddress, Posted, Pressed, Unsigned};
use crate::pages::shell::{Shell, answer, first_page};
use crate::pages::usual;
use crate::state::App;
use crate::storage::sessions::Proof;
use crate::storage::users::User;
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use locales::Texts;
use serde::Deserialize;

/// Letters of an address that a sign-in leads back to.
const NEXT_CHARS: usize = 500;

/// The page.
#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignIn {
    shell: Shell,
    /// Where it leads.
    next: String,
    /// What was typed.
    name: String,
    /// Why it did not work.
    refusal: Option<String>,
    /// What was done before, or has to be done first.
    notice: Option<String>,
    /// Who one may be in a demonstration.
    choices: Vec<Choice>,
}

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Asked {
    next: String,
    /// A password was chosen just now.
    chosen: Option<String>,
}

/// What the form says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    name: String,
    password: String,
    next: String,
}

/// The address of the sign-in that leads to `next`.
pub(in crate::pages) fn address(next: &str, texts: &Texts) -> String {
    let query = serde_html_form::to_string([("next", next)]).unwrap_or_default();
    format!("/sign-in?{query}{}", address::language(texts))
}

/// Only an address of our own pages is gone to.
pub(super) fn inside(next: &str) -> &str {
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(|letter: char| letter == '\\' || letter.is_control());
    if own && next.len() <= NEXT_CHARS { next } else { "/" }
}

/// Where somebody goes after the sign-in: where they wanted, or where their role begins. Their own
/// language holds there unless the address names another.
pub(super) fn way(user: &User, next: &str, texts: &'static Texts) -> String {
    match next {
        "" | "/" => first_page(user.role, texts),
        "/?lang=en" => first_page(user.role, locales::texts("en")),
        "/?lang=vi" => first_page(user.role, locales::texts("vi")),
        _ => next.to_owned(),
    }
}

/// The sentence on a wait, in minutes where it is long.
pub(super) fn wait_sentence(texts: &Texts, seconds: i64) -> String {
    match seconds {
        ..=90 => texts.with("account-wait-seconds", &[("seconds", &seconds.to_string())]),
        _ => texts.with("account-wait-minutes", &[("minutes", &((seconds + 59) / 60).to_string())]),
    }
}

/// Says in the head, too, when to come back.
pub(super) fn too_many(mut page: Response, seconds: i64) -> Response {
    *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    page
}

async fn page(
    app: &App,
    texts: &'static Texts,
    filled: &Filled,
    refusal: Option<String>,
    chosen: bool,
) -> Result<Response, Trouble> {
    let here = |texts: &Texts| address(&filled.next, texts);
    let shell = Shell::new(app, None, texts, texts.get("account-sign-in"), here);
    let status = if refusal.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    let notice = if chosen {
        Some(texts.get("account-password-chosen"))
    } else {
        let anybody = app.store.has_users().await?;
        (!anybody).then(|| texts.get("account-nobody"))
    };
    let choices = demo::choices(app, texts);
    let (next, name) = (filled.next.clone(), filled.name.clone());
    let page = SignIn { shell, next, name, refusal, notice, choices };
    Ok(private(answer(status, page.render())))
}

/// `GET /sign-in`.
pub(in crate::pages) async fn show(
    State(app): State<App>,
    Guest(viewer): Guest,
    OriginalUri(uri): OriginalUri,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let (texts, next) = (texts_of(&uri), inside(&asked.next));
    if let Some(viewer) = viewer {
        return Redirect::to(&way(&viewer.user, next, texts)).into_response();
    }
    let filled = Filled { next: next.to_owned(), ..Filled::default() };
    let page = page(&app, texts, &filled, None, asked.chosen.is_some()).await;
    page.unwrap_or_else(|trouble| trouble.0.page(&app, None, texts))
}

/// `POST /sign-in`.
pub(in crate::pages) async fn sign_in(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    client: Client,
    headers: HeaderMap,
    jar: CookieJar,
    Unsigned(mut filled): Unsigned<Filled>,
) -> Response {
    let texts = texts_of(&uri);
    if foreign(app.trust_proxy, &headers) {
        return Fault::Replayed.page(&app, None, texts);
    }
    filled.next = inside(&filled.next).to_owned();
    let went = enter(&app, texts, &client, &headers, jar, &filled).await;
    went.unwrap_or_else(|trouble| trouble.0.page(&app, None, texts))
}

/// Lets in whoever knows the password of a name, or to the second factor.
async fn enter(
    app: &App,
    texts: &'static Texts,
    client: &Client,
    headers: &HeaderMap,
    jar: CookieJar,
    filled: &Filled,
) -> Result<Response, Trouble> {
    let name = filled.name.trim().to_lowercase();
    let taken = match Try::take(app, Target::Name(&name), client).await? {
        Ok(taken) => taken,
        Err(seconds) => {
            let refusal = wait_sentence(texts, seconds);
            let page = page(app, texts, filled, Some(refusal), false).await?;
            return Ok(too_many(page, seconds));
        }
    };
    let (user, hash) = app.store.password_of(&name).await?.unzip();
    let right = password::holds_any(filled.password.clone(), hash.clone()).await;
    let user = match user {
        Some(user) => app.store.user(user).await?,
        None => None,
    };
    let (Some(user), Some(hash)) = (user.filter(|_| right), hash) else {
        failed(app, VISITOR, client, &name, "give wrong password").await?;
        let refusal = texts.get("account-refused");
        return page(app, texts, filled, Some(refusal), false).await;
    };
    taken.succeed(app).await?;
    session::leave(app, headers).await?;
    let pending = user.has_second_factor;
    let proof = Proof::Password(&hash);
    let Some(cookie) = session::begin(app, user.id, proof, pending, headers).await? else {
        // The password was reset, or the person retired, while it was looked at.
        let refusal = texts.get("account-refused");
        return page(app, texts, filled, Some(refusal), false).await;
    };
    let way = way(&user, &filled.next, texts);
    let to = if pending { super::second::address(&way, texts) } else { way };
    Ok((jar.add(cookie), Redirect::to(&to)).into_response())
}

/// Whoever is not signed in, as the log names them.
pub(super) const VISITOR: &str = "visitor";

/// Notes a failed sign-in. A name that nobody has is not written down: people type passwords there.
pub(super) async fn failed(
    app: &App,
    actor: &str,
    client: &Client,
    name: &str,
    action: &str,
) -> Result<(), Trouble> {
    meters::sign_in_failed();
    let known = app.store.has_user_named(name).await?;
    let subject = if known { format!("user {name}") } else { "unknown name".to_owned() };
    let address = client.0.map(|address| address.to_string());
    Ok(app.store.note(actor, action, &subject, address.as_deref(), app.clock.now()).await?)
}

/// Tells a browser to let go of what it kept of this server.
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// `POST /sign-out`.
pub(in crate::pages) async fn sign_out(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    jar: CookieJar,
    posted: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    if let Err(error) = session::leave(&app, &headers).await {
        return Fault::Figures(error.into()).page(&app, Some(&posted.viewer), texts);
    }
    // Whoever signed out goes on reading what they read, whatever their browser asks for.
    let stranger = usual::of(None, &headers, uri.path());
    let to = usual::within(stranger, async { address::in_language("/sign-in", texts) }).await;
    let forget = [(CLEAR_SITE_DATA, "\"cache\", \"storage\"")];
    (jar.add(session::farewell(&app, &headers)), forget, Redirect::to(&to)).into_response()
}
