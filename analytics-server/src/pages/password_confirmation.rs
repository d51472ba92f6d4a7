//! The password again before dangerous acts: a browser that was left open is not enough for them.
//! What was sent waits in the page that asks, and is carried out once the password was right; for ten
//! minutes after that the session is not asked again.

use super::forms::check_csrf;
use super::layout::credentials_refused;
use crate::auth::credentials::check_password;
use crate::auth::session::{token_hash, token_of};
use crate::auth::throttle::Client;
use crate::pages::prelude::*;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Method, Uri, header};
use axum::middleware::Next;

/// Bytes of a form that can wait: the longest has the packed rows of a file of people.
const FORM_BYTES: usize = 4 * 1024 * 1024;

/// The page that asks.
#[derive(Template)]
#[template(path = "accounts/confirm.html")]
struct Confirm {
    layout: Layout,
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

    fn token(&self) -> &str {
        let token = self.fields.iter().find(|(name, _)| name == "csrf");
        token.map_or("", |(_, value)| value)
    }
}

/// Lets through what only looks, and what is sent by somebody who gave their password in this
/// session a short while ago; asks everybody else.
pub(super) async fn require_password(
    context: PublicContext,
    client: Client,
    request: Request,
    next: Next,
) -> PageResult {
    let (now, is_sent) = (context.now(), request.method() == Method::POST);
    let asked = context.viewer.clone().filter(|viewer| is_sent && viewer.must_confirm(now));
    let Some(viewer) = asked else { return Ok(next.run(request).await) };
    let (mut parts, body) = request.into_parts();
    let sent = to_bytes(body, FORM_BYTES).await.ok().and_then(|bytes| Sent::read(&bytes));
    let sent = sent.ok_or(PageError::Request)?;
    check_csrf(sent.token(), &viewer.csrf)?;
    match confirm(&context.signed_in(viewer), &client, sent).await? {
        Ok(fields) => {
            let body = serde_html_form::to_string(&fields).unwrap_or_default();
            parts.headers.remove(header::CONTENT_LENGTH);
            Ok(next.run(Request::from_parts(parts, Body::from(body))).await)
        }
        Err(page) => Ok(page),
    }
}

/// The fields of the form that waited, once the password is right; otherwise the page that asks.
async fn confirm(
    context: &Context,
    client: &Client,
    sent: Sent,
) -> PageResult<Result<Vec<(String, String)>, Response>> {
    let Context { app, viewer, texts, headers, .. } = context;
    let Some(password) = sent.password.clone() else {
        let from = headers.get(header::REFERER).and_then(|from| from.to_str().ok());
        let from = from.and_then(|from| from.parse::<Uri>().ok());
        let back = from.map(|from| from.path().to_owned());
        return Ok(Err(page(context, Sent { back, ..sent }, None)));
    };
    let (actor, now) = (viewer.actor(), context.now());
    let checked = check_password(app, &actor, client, &viewer.user.name, password).await?;
    let token = token_of(app, headers).ok_or(PageError::SignedOut)?;
    if let Err(refusal) = checked {
        let sentence = refusal.sentence(texts, "account-confirm-wrong");
        return Ok(Err(credentials_refused(page(context, sent, Some(sentence)), refusal)));
    }
    app.store.confirm_session(token_hash(&token), now).await?;
    app.store.add_audit_line(&actor, "confirm password", &actor, None, now).await?;
    Ok(Ok(sent.fields))
}

fn page(context: &Context, sent: Sent, refusal: Option<String>) -> Response {
    let back = sent.back.as_deref().map(|path| address::inside(path).to_owned());
    let place = back.clone().unwrap_or_else(|| "/".to_owned());
    let page = Confirm {
        layout: context.layout(context.text("account-confirm"), &place).without_languages(),
        action: context.uri.path_and_query().map_or("/", |one| one.as_str()).to_owned(),
        fields: sent.fields,
        name: context.viewer.user.name.clone(),
        leads_back: back.as_deref().map(|path| context.to(path)),
        back,
        refusal,
    };
    no_store(answer(StatusCode::FORBIDDEN, page.render()))
}
