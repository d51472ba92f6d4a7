//! Sessions: a random token in a cookie, its hash in the database. What a form has to send along is
//! made from the token, so nothing more is kept.

use super::permission::Permission;
use super::viewer::Viewer;
use crate::clock::random;
use crate::proxy::by_tls;
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::sessions::{IDLE_MS, LONGEST_MS, Proof, Session};
use crate::storage::users::User;
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

/// Name of the cookie over plain HTTP, which only a demonstration or a proxy on this machine uses.
const PLAIN: &str = "hai-long";
/// Name of the cookie over TLS: browsers take it only with `Secure`, for this host and all paths.
const SECURE: &str = "__Host-hai-long";
/// What the hash of a token begins with, so that it can be no other hash.
const CONTEXT: &str = "hai-long session token v1";
/// Likewise for what forms send along.
const CSRF_CONTEXT: &str = "hai-long form token v1";
/// Letters of a browser's `User-Agent` that are stored.
const AGENT_CHARS: usize = 160;

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes ({0}); nobody can sign in without")]
    Random(#[from] getrandom::Error),
}

/// The session's token of a request, if it has one.
pub fn token_of(app: &App, headers: &HeaderMap) -> Option<[u8; 32]> {
    let jar = CookieJar::from_headers(headers);
    let cookie = jar.get(name(app, headers))?;
    hex::decode(cookie.value()).ok()?.try_into().ok()
}

/// The hash that is stored of a token.
pub fn token_hash(token: &[u8; 32]) -> [u8; 32] {
    blake3::derive_key(CONTEXT, token)
}

/// What the forms of a session send along.
pub fn csrf(token: &[u8; 32]) -> String {
    hex::encode(&blake3::derive_key(CSRF_CONTEXT, token)[..16])
}

/// The person behind a request: signed in, not idle for too long, not retired, with the second
/// factor where they have one.
pub async fn viewer(app: &App, headers: &HeaderMap) -> Result<Option<Viewer>, StoreError> {
    let Some((hash, session, viewer)) = find(app, headers).await? else { return Ok(None) };
    app.store.touch_session(hash, &session, app.clock.now()).await?;
    Ok(Some(viewer))
}

/// Whether the session is still that of the same person with the same permissions, for what goes on by
/// itself: it keeps no session alive.
pub async fn goes_on(
    app: &App,
    headers: &HeaderMap,
    viewer: &Viewer,
    permission: Permission,
) -> bool {
    match find(app, headers).await {
        Ok(Some((.., now))) => {
            now.may(permission) && !now.must_set_up_factor && now.user == viewer.user
        }
        Ok(None) => false,
        // Without the store there is nothing to tell either.
        Err(error) => {
            tracing::debug!(%error, "a session can not be checked");
            true
        }
    }
}

/// The session's hash, the session, the person.
type FoundSession = ([u8; 32], Session, Viewer);

async fn find(app: &App, headers: &HeaderMap) -> Result<Option<FoundSession>, StoreError> {
    let Some(token) = token_of(app, headers) else { return Ok(None) };
    let (hash, now) = (token_hash(&token), app.clock.now());
    let Some(session) = app.store.session(hash).await? else { return Ok(None) };
    if session.pending
        || now - session.last_seen_at > IDLE_MS
        || now - session.created_at > LONGEST_MS
    {
        return Ok(None);
    }
    let Some(user) = app.store.user(session.user).await? else { return Ok(None) };
    if user.retired_at.is_some() {
        return Ok(None);
    }
    let required = app.centre().second_factor.contains(&user.role);
    let viewer = Viewer {
        csrf: csrf(&token),
        confirmed_at: session.confirmed_at,
        // Who has no password came into a demonstration by one click.
        must_set_up_factor: required && user.has_password && !user.has_second_factor,
        open_alerts: 0,
        user,
    };
    Ok(Some((hash, session, viewer)))
}

/// Begins a session of a person; the cookie for their browser. A person with a second factor is
/// `pending` until they gave it. None: what let them in does no longer.
pub async fn begin(
    app: &App,
    user: i64,
    proof: Proof<'_>,
    pending: bool,
    headers: &HeaderMap,
) -> Result<Option<Cookie<'static>>, SessionError> {
    let token: [u8; 32] = random()?;
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let agent: String = agent.chars().take(AGENT_CHARS).collect();
    let (hash, now) = (token_hash(&token), app.clock.now());
    let began = app.store.begin_session(hash, user, proof, pending, &agent, now).await?;
    Ok(began.then(|| cookie(app, headers, hex::encode(token))))
}

/// How long a second factor is awaited, in milliseconds: to find the phone.
const AWAITED_MS: i64 = 10 * 60 * 1000;

/// Who gave their password and is awaited with the second factor, and the hash of the session's
/// token.
pub async fn awaited(
    app: &App,
    headers: &HeaderMap,
) -> Result<Option<(User, [u8; 32])>, StoreError> {
    let Some(hash) = token_of(app, headers).map(|token| token_hash(&token)) else {
        return Ok(None);
    };
    let Some(session) = app.store.session(hash).await? else { return Ok(None) };
    if !session.pending || app.clock.now() - session.created_at > AWAITED_MS {
        return Ok(None);
    }
    let user = app.store.user(session.user).await?;
    Ok(user.filter(|user| user.retired_at.is_none()).map(|user| (user, hash)))
}

/// Ends the session of a request, if it has one.
pub async fn leave(app: &App, headers: &HeaderMap) -> Result<(), StoreError> {
    match token_of(app, headers) {
        Some(token) => app.store.end_session(token_hash(&token), app.clock.now()).await,
        None => Ok(()),
    }
}

/// The cookie that takes the session's away.
pub fn farewell(app: &App, headers: &HeaderMap) -> Cookie<'static> {
    let mut cookie = cookie(app, headers, String::new());
    cookie.make_removal();
    cookie
}

fn cookie(app: &App, headers: &HeaderMap, value: String) -> Cookie<'static> {
    Cookie::build((name(app, headers), value))
        .path("/")
        .http_only(true)
        .secure(by_tls(app, headers))
        // Lax: a link in a mail opens signed in; a form of another site does not.
        .same_site(SameSite::Lax)
        .build()
}

fn name(app: &App, headers: &HeaderMap) -> &'static str {
    if by_tls(app, headers) { SECURE } else { PLAIN }
}
