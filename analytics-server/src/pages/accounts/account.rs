//! The own account: who one is here and what one may see, password, language, sessions.

use super::password::unfit;
use super::private;
use super::sign_in::{failed, wait_sentence};
use super::trouble::Trouble;
use crate::auth::session::{begin, token_hash, token_of};
use crate::auth::throttle::{Client, Target, Try};
use crate::auth::{Viewer, password};
use crate::moments;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::posted::{InAddress, Posted, Pressed};
use crate::pages::shell::{Shell, answer};
use crate::pages::usual::usual;
use crate::state::App;
use crate::storage::sessions::IDLE_MS;
use crate::storage::sessions::Proof;
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use locales::{Texts, languages_of};
use serde::Deserialize;

/// What was done just now, by the word that stands in the address.
const DONE: [&str; 4] = ["password", "language", "sessions", "second"];

/// The page.
#[derive(Template)]
#[template(path = "accounts/account.html")]
struct Account {
    shell: Shell,
    /// What they type at the sign-in.
    name: String,
    /// Names of the departments they answer for.
    departments: Vec<String>,
    /// Code, name, chosen.
    languages: Vec<(&'static str, String, bool)>,
    /// Whether there is a password to change; in a demonstration there is none.
    has_password: bool,
    has_second: bool,
    /// Their role may not be without.
    second_required: bool,
    /// Recovery codes left.
    codes: String,
    sessions: Vec<Browser>,
    /// What was done just now.
    notice: Option<String>,
    /// Why the password was not changed.
    refusal: Option<String>,
    /// Why the second factor was not taken away.
    second_refusal: Option<String>,
}

/// One of the own sessions.
struct Browser {
    agent: String,
    since: String,
    seen: String,
    here: bool,
}

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Asked {
    done: String,
}

/// A language to read in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Preference {
    language: String,
}

/// A new password.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Renewed {
    old: String,
    password: String,
    again: String,
}

/// Where the own account says what was done.
pub(super) fn done(word: &str, texts: &Texts) -> Response {
    Redirect::to(&format!("/account?done={word}{}", address::language(texts))).into_response()
}

/// The page with what is to be said on it.
pub(super) async fn page(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    headers: &HeaderMap,
    asked: &Asked,
    [refusal, second_refusal]: [Option<String>; 2],
) -> Result<Response, Trouble> {
    let directory = app.store.directory().await?;
    let of_id = |id: &i64| directory.department_of(*id).map(|one| one.name.clone());
    let own = token_of(app, headers).map(|token| token_hash(&token));
    let since = app.clock.now() - IDLE_MS;
    let sessions = app.store.sessions_of(viewer.user.id, since).await?.into_iter();
    let sessions = sessions.map(|one| Browser {
        since: moments::short(one.created_at, &app.zone),
        seen: moments::short(one.last_seen_at, &app.zone),
        here: Some(one.token_hash) == own,
        agent: super::told::agent(texts, &one.agent),
    });
    let chosen = viewer.user.language.as_deref().unwrap_or_else(|| usual());
    let language = |code| (code, texts.get(&format!("language-{code}")), code == chosen);
    let here = |texts: &Texts| address::in_language("/account", texts);
    let status = match (&refusal, &second_refusal) {
        (None, None) => StatusCode::OK,
        _ => StatusCode::BAD_REQUEST,
    };
    let said = DONE.into_iter().find(|word| *word == asked.done);
    let page = Account {
        shell: Shell::new(app, Some(viewer), texts, texts.get("account-own"), here),
        name: viewer.user.name.clone(),
        departments: viewer.user.departments.iter().filter_map(of_id).collect(),
        languages: languages_of("pages").map(language).collect(),
        has_password: viewer.user.has_password,
        has_second: viewer.user.has_second_factor,
        second_required: app.centre().second_factor.contains(&viewer.user.role),
        codes: app.store.second_factor(viewer.user.id).await?.codes.to_string(),
        sessions: sessions.collect(),
        notice: said.map(|word| texts.get(&format!("account-done-{word}"))),
        refusal,
        second_refusal,
    };
    Ok(private(answer(status, page.render())))
}

/// `GET /account`.
pub(in crate::pages) async fn show(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    viewer: Viewer,
    headers: HeaderMap,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let texts = texts_of(&uri);
    let page = page(&app, &viewer, texts, &headers, &asked, [None, None]).await;
    page.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// `POST /account/language`.
pub(in crate::pages) async fn language(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Posted { viewer, form }: Posted<Preference>,
) -> Response {
    let texts = texts_of(&uri);
    let known = languages_of("pages").find(|code| *code == form.language);
    let stored = app.store.put_language(viewer.user.id, known, app.clock.now()).await;
    match stored.map_err(Trouble::from) {
        Ok(()) => done("language", locales::texts(known.unwrap_or("vi"))),
        Err(trouble) => trouble.0.page(&app, Some(&viewer), texts),
    }
}

/// `POST /account/sessions/end`.
pub(in crate::pages) async fn end_others(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    Posted { viewer, .. }: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    let Some(token) = token_of(&app, &headers) else { return done("sessions", texts) };
    let (user, now) = (viewer.user.id, app.clock.now());
    let ended = app.store.end_other_sessions(user, token_hash(&token), now).await;
    match ended.map_err(Trouble::from) {
        Ok(()) => done("sessions", texts),
        Err(trouble) => trouble.0.page(&app, Some(&viewer), texts),
    }
}

/// Why it can not go on with a password, and the seconds until there is another try, if it was not
/// even looked at.
pub(super) struct Refusal {
    pub sentence: String,
    pub wait: Option<i64>,
}

/// The hash of the password that the person at the browser knows; otherwise why it can not go on:
/// `wrong` is the key of the sentence that it is not right.
/// A session that was left open is not enough for what would lock its owner out.
pub(super) async fn knows(
    app: &App,
    viewer: &Viewer,
    (texts, wrong): (&Texts, &str),
    client: &Client,
    old: String,
) -> Result<Result<String, Refusal>, Trouble> {
    let name = &viewer.user.name;
    let taken = match Try::take(app, Target::Name(name), client).await? {
        Ok(taken) => taken,
        Err(seconds) => {
            let sentence = wait_sentence(texts, seconds);
            return Ok(Err(Refusal { sentence, wait: Some(seconds) }));
        }
    };
    let hash = app.store.password_of(name).await?.map(|(_, hash)| hash);
    let right = password::holds_any(old, hash.clone()).await;
    let Some(hash) = hash.filter(|_| right) else {
        failed(app, &viewer.actor(), client, name, "give wrong password").await?;
        return Ok(Err(Refusal { sentence: texts.get(wrong), wait: None }));
    };
    taken.succeed(app).await?;
    Ok(Ok(hash))
}

/// `POST /account/password`.
pub(in crate::pages) async fn change_password(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    client: Client,
    headers: HeaderMap,
    jar: CookieJar,
    Posted { viewer, form }: Posted<Renewed>,
) -> Response {
    let texts = texts_of(&uri);
    let changed = renew(&app, &viewer, texts, &client, &headers, jar, form).await;
    changed.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}

async fn renew(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    client: &Client,
    headers: &HeaderMap,
    jar: CookieJar,
    form: Renewed,
) -> Result<Response, Trouble> {
    let unfit = unfit(app, texts, &form.password, &form.again, &viewer.user).await?;
    let wrong = (texts, "account-old-wrong");
    let known = match unfit {
        Some(unfit) => Err(unfit),
        None => knows(app, viewer, wrong, client, form.old).await?.map_err(|one| one.sentence),
    };
    let refuse = async |refusal: String| {
        page(app, viewer, texts, headers, &Asked::default(), [Some(refusal), None]).await
    };
    let old = match known {
        Ok(old) => old,
        Err(refusal) => return refuse(refusal).await,
    };
    let hash = password::hash(form.password).await?;
    let (user, now) = (viewer.user.id, app.clock.now());
    // Every session ends, also this one; a new one takes its place.
    if !app.store.put_password(user, Some(&old), &hash, &viewer.actor(), now).await? {
        // Somebody reset it while it was looked at, and meant this session, too.
        return refuse(texts.get("account-old-wrong")).await;
    }
    match begin(app, user, Proof::Password(&hash), false, headers).await? {
        Some(cookie) => Ok((jar.add(cookie), done("password", texts)).into_response()),
        None => Ok(Redirect::to(&address::in_language("/sign-in", texts)).into_response()),
    }
}
