//! Of which alerts a person is told by mail; everybody chooses for themselves.

use super::{Choice, answered, choices, lead, store, stored, texts_of, ticked};
use crate::alerts::Rule;
use crate::auth::Viewer;
use crate::pages::address;
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, Pressed};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::response::Response;
use locales::Texts;
use serde::Deserialize;

/// The page.
#[derive(Template)]
#[template(path = "alerts/mail.html")]
pub(in crate::pages) struct Mail {
    pub shell: Shell,
    pub rules: Vec<Choice>,
    /// Where mail goes; none: no address is known.
    pub email: Option<String>,
    /// Mail is sent at all.
    pub on: bool,
    /// Address of the inbox.
    pub inbox: String,
    /// Where the form is sent.
    pub action: String,
    /// Where a test mail is asked for.
    pub test: String,
    /// What became of one: whether it was sent, in a sentence.
    pub tested: Option<(bool, String)>,
}

/// What the form says.
#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    rules: Vec<String>,
}

async fn page(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    tested: Option<(bool, String)>,
) -> Result<Response, Fault> {
    let subscriptions = app.store.subscriptions().await.map_err(store)?;
    let own = subscriptions.into_iter().find(|one| one.user == viewer.user.id);
    let own = own.map(|one| one.rules).unwrap_or_default();
    let title = texts.get("alerts-mail-title");
    let here = |texts: &Texts| address::in_language("/alerts/mail", texts);
    let page = Mail {
        shell: Shell::new(app, Some(viewer), texts, title, here),
        rules: choices(texts, |rule: Rule| own.iter().any(|word| word == rule.word())),
        email: viewer.user.email.clone(),
        on: app.mail.is_some(),
        inbox: address::in_language("/alerts", texts),
        action: here(texts),
        test: address::in_language("/alerts/mail/test", texts),
        tested,
    };
    Ok(answer(StatusCode::OK, page.render()))
}

/// `GET /alerts/mail`.
pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
) -> Response {
    let texts = texts_of(&uri);
    answered(page(&app, &viewer, texts, None).await, &app, &viewer, texts)
}

/// `POST /alerts/mail`.
pub(super) async fn save(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Posted { viewer, form }: Posted<Filled>,
) -> Response {
    let texts = texts_of(&uri);
    let rules = stored(&ticked(&form.rules));
    let saved = app.store.subscribe(viewer.user.id, &rules, &viewer.actor(), app.clock.now()).await;
    let outcome = saved.map(|()| lead("/alerts/mail", texts)).map_err(store);
    answered(outcome, &app, &viewer, texts)
}

/// `POST /alerts/mail/test`: sends a mail to whoever asks, at once.
pub(super) async fn test(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Posted { viewer, .. }: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    let (Some(settings), Some(to)) = (&app.mail, &viewer.user.email) else {
        return answered(page(&app, &viewer, texts, None).await, &app, &viewer, texts);
    };
    let tested = match settings.send_test(to, texts).await {
        Ok(()) => (true, texts.with("alerts-mail-test-sent", &[("email", to)])),
        Err(why) => (false, texts.with("alerts-mail-test-failed", &[("why", &why)])),
    };
    answered(page(&app, &viewer, texts, Some(tested)).await, &app, &viewer, texts)
}
