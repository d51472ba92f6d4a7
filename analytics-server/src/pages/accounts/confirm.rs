//! The password again before dangerous acts: a browser that was left open is not enough for them.
//! What was sent waits in the page that asks, and is carried out once the password was right; for ten
//! minutes after that the session is not asked again.

use super::account::{Refusal, knows};
use super::sign_in::{inside, too_many};
use super::{private, trouble::Trouble};
use crate::auth::Viewer;
use crate::auth::session::{token_hash, token_of};
use crate::auth::throttle::Client;
use crate::pages::address;
use crate::pages::doors::{Guest, texts_of};
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::uri::Uri;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use locales::Texts;

/// Bytes of a form that can wait: the longest has the packed rows of a file of people.
const FORM_BYTES: usize = 4 * 1024 * 1024;

/// The page that asks.
#[derive(Template)]
#[template(path = "accounts/confirm.html")]
struct Confirm {
    shell: Shell,
    /// Where the form that waits was sent to.
    action: String,
    /// What it says.
    fields: Vec<(String, String)>,
    /// The user name, for programs that keep passwords.
    name: String,
    /// Where the person came from, as a path and as an address.
    back: Option<String>,
    leads_back: Option<String>,
    refusal: Option<String>,
}

impl Confirm {
    /// Name of the field with the password.
    const PASSWORD: &str = "confirm-password";
    /// Name of the field with the user name.
    const NAME: &str = "confirm-name";
    /// Name of the field with where the person came from.
    const BACK: &str = "confirm-back";
}

/// A form that was sent, with the password where the page that asks sent it.
struct Sent {
    fields: Vec<(String, String)>,
    password: Option<String>,
    back: Option<String>,
}

impl Sent {
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut fields: Vec<(String, String)> = serde_html_form::from_bytes(bytes).ok()?;
        let given = |name: &str| {
            fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone())
        };
        let (password, back) = (given(Confirm::PASSWORD), given(Confirm::BACK));
        let own = [Confirm::PASSWORD, Confirm::NAME, Confirm::BACK];
        fields.retain(|(name, _)| !own.contains(&name.as_str()));
        Some(Self { fields, password, back })
    }

    fn has_token(&self, csrf: &str) -> bool {
        self.fields.iter().any(|(name, value)| name == "csrf" && value == csrf)
    }
}

/// Lets through what only looks, and what is sent by somebody who gave their password in this
/// session a short while ago; asks everybody else.
pub(in crate::pages) async fn guard(
    State(app): State<App>,
    client: Client,
    Guest(viewer): Guest,
    request: Request,
    next: Next,
) -> Response {
    let now = app.clock.now();
    let Some(viewer) = viewer.filter(|viewer| viewer.must_confirm(now)) else {
        return next.run(request).await;
    };
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let texts = texts_of(request.uri());
    let (mut parts, body) = request.into_parts();
    let sent = to_bytes(body, FORM_BYTES).await.ok().and_then(|bytes| Sent::read(&bytes));
    let Some(sent) = sent else { return Fault::Request.page(&app, Some(&viewer), texts) };
    if !sent.has_token(&viewer.csrf) {
        return Fault::Replayed.page(&app, Some(&viewer), texts);
    }
    let asking = Asking { app: &app, viewer: &viewer, texts, client: &client };
    match asking.confirm(&parts.uri, &parts.headers, sent).await {
        Ok(Ok(fields)) => {
            let body = serde_html_form::to_string(&fields).unwrap_or_default();
            parts.headers.remove(header::CONTENT_LENGTH);
            next.run(Request::from_parts(parts, Body::from(body))).await
        }
        Ok(Err(page)) => page,
        Err(trouble) => trouble.0.page(&app, Some(&viewer), texts),
    }
}

/// Who is asked.
struct Asking<'a> {
    app: &'a App,
    viewer: &'a Viewer,
    texts: &'static Texts,
    client: &'a Client,
}

impl Asking<'_> {
    /// The fields of the form that waited, once the password is right; otherwise the page that asks.
    async fn confirm(
        &self,
        uri: &Uri,
        headers: &HeaderMap,
        sent: Sent,
    ) -> Result<Result<Vec<(String, String)>, Response>, Trouble> {
        let Self { app, viewer, texts, client } = self;
        let Some(password) = sent.password.clone() else {
            let from = headers.get(header::REFERER).and_then(|from| from.to_str().ok());
            let from = from.and_then(|from| from.parse::<Uri>().ok());
            let back = from.map(|from| from.path().to_owned());
            return Ok(Err(self.page(uri, Sent { back, ..sent }, None)));
        };
        let known = knows(app, viewer, (texts, "account-confirm-wrong"), client, password).await?;
        let Some(token) = token_of(app, headers) else { return Err(Fault::SignedOut.into()) };
        match known {
            Ok(_) => {
                let now = app.clock.now();
                app.store.confirm_session(token_hash(&token), now).await?;
                let actor = viewer.actor();
                app.store.note(&actor, "confirm password", &actor, None, now).await?;
                Ok(Ok(sent.fields))
            }
            Err(Refusal { sentence, wait }) => {
                let page = self.page(uri, sent, Some(sentence));
                Ok(Err(match wait {
                    Some(seconds) => too_many(page, seconds),
                    None => page,
                }))
            }
        }
    }

    fn page(&self, uri: &Uri, sent: Sent, refusal: Option<String>) -> Response {
        let back = sent.back.as_deref().map(|path| inside(path).to_owned());
        let place = back.clone().unwrap_or_else(|| "/".to_owned());
        let title = self.texts.get("account-confirm");
        let here = |texts: &Texts| address::in_language(&place, texts);
        let page = Confirm {
            shell: Shell::new(self.app, Some(self.viewer), self.texts, title, here)
                .without_languages(),
            action: uri.path_and_query().map_or("/", |one| one.as_str()).to_owned(),
            fields: sent.fields,
            name: self.viewer.user.name.clone(),
            leads_back: back.as_deref().map(|path| address::in_language(path, self.texts)),
            back,
            refusal,
        };
        private(answer(StatusCode::FORBIDDEN, page.render()))
    }
}
