//! How a password or a code is checked: tries are counted, failures are logged, and whoever tried too
//! often waits.

use super::context::Context;
use super::error::PageError;
use crate::auth::password;
use crate::auth::throttle::{Client, Target, Try};
use crate::meters;
use crate::state::App;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use locales::Texts;

/// The sentence on a wait, in minutes where it is long.
pub(super) fn wait_sentence(texts: &Texts, seconds: i64) -> String {
    match seconds {
        ..=90 => texts.with("account-wait-seconds", &[("seconds", &seconds.to_string())]),
        _ => texts.with("account-wait-minutes", &[("minutes", &((seconds + 59) / 60).to_string())]),
    }
}

/// The page with the status 429 and the seconds until the next try.
pub(super) fn too_many(mut page: Response, seconds: i64) -> Response {
    *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    page
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
) -> Result<(), PageError> {
    meters::sign_in_failed();
    let known = app.store.has_user_named(name).await?;
    let subject = if known { format!("user {name}") } else { "unknown name".to_owned() };
    let address = client.0.map(|address| address.to_string());
    Ok(app.store.note(actor, action, &subject, address.as_deref(), app.clock.now()).await?)
}

/// Why a password does not lead on, and the seconds until there is another try, if it was not even
/// looked at.
pub(super) struct Refusal {
    pub sentence: String,
    pub wait: Option<i64>,
}

/// The hash of the password that the person at the browser knows; otherwise why it does not lead on:
/// `wrong` is the key of the sentence that it is not right. A session that was left open is not enough
/// for what would lock its owner out.
pub(super) async fn check_password(
    context: &Context,
    client: &Client,
    given: String,
    wrong: &str,
) -> Result<Result<String, Refusal>, PageError> {
    let Context { app, viewer, texts, .. } = context;
    let name = &viewer.user.name;
    let taken = match Try::take(app, Target::Name(name), client).await? {
        Ok(taken) => taken,
        Err(seconds) => {
            let sentence = wait_sentence(texts, seconds);
            return Ok(Err(Refusal { sentence, wait: Some(seconds) }));
        }
    };
    let hash = app.store.password_of(name).await?.map(|(_, hash)| hash);
    let right = password::holds_any(given, hash.clone()).await;
    let Some(hash) = hash.filter(|_| right) else {
        failed(app, &viewer.actor(), client, name, "give wrong password").await?;
        return Ok(Err(Refusal { sentence: texts.get(wrong), wait: None }));
    };
    taken.succeed(app).await?;
    Ok(Ok(hash))
}
