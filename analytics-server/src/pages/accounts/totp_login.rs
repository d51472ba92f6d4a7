//! The second step of the sign-in: a code of the app, or a recovery code. The session that awaits it
//! opens no page, and is replaced by another when the code was right.

use crate::auth::credentials::check_second_factor;
use crate::auth::session;
use crate::auth::throttle::Client;
use crate::pages::forms::{SameOriginForm, check_csrf};
use crate::pages::layout::credentials_refused;
use crate::pages::prelude::*;
use crate::storage::sessions::Proof;
use crate::storage::users::User;
use axum_extra::extract::CookieJar;

#[derive(Template)]
#[template(path = "accounts/totp_login.html")]
struct CodePage {
    layout: Layout,
    next: String,
    csrf: String,
    refusal: Option<String>,
}

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CodeQuery {
    next: String,
}

/// A code, and where it leads.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CodeForm {
    next: String,
    code: String,
    csrf: String,
}

/// The address of the second step that leads to `next`.
pub(super) fn step_address(next: &str, texts: &Texts) -> String {
    let query = serde_html_form::to_string([("next", next)]).unwrap_or_default();
    address::with_language(&format!("/sign-in/second?{query}"), texts)
}

fn page(context: &PublicContext, next: &str, csrf: String, refusal: Option<String>) -> Response {
    let here = |texts: &Texts| step_address(next, texts);
    let layout = context.layout_for_visitor(context.text("account-second"), here);
    let status = if refusal.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    no_store(answer(status, CodePage { layout, next: next.to_owned(), csrf, refusal }.render()))
}

/// Back to the first step.
fn from_the_start(context: &PublicContext, next: &str) -> Response {
    Redirect::to(&address::sign_in(next, context.texts)).into_response()
}

/// Who gave the password and is awaited.
struct Awaited {
    user: User,
    /// What their form sends along.
    csrf: String,
    /// The hash of the token of the session that awaits them.
    session: [u8; 32],
}

async fn awaited(context: &PublicContext) -> PageResult<Option<Awaited>> {
    let PublicContext { app, headers, .. } = context;
    let Some((user, session)) = session::awaited(app, headers).await? else { return Ok(None) };
    let csrf = session::token_of(app, headers).map(|token| session::csrf(&token));
    Ok(csrf.map(|csrf| Awaited { user, csrf, session }))
}

/// `GET /sign-in/second`.
pub(super) async fn show(context: PublicContext, Query(query): Query<CodeQuery>) -> PageResult {
    let next = address::inside(&query.next);
    Ok(match awaited(&context).await? {
        Some(Awaited { csrf, .. }) => page(&context, next, csrf, None),
        None => from_the_start(&context, next),
    })
}

/// `POST /sign-in/second`.
pub(super) async fn sign_in(
    context: PublicContext,
    client: Client,
    jar: CookieJar,
    SameOriginForm(form): SameOriginForm<CodeForm>,
) -> PageResult {
    let PublicContext { app, texts, headers, .. } = &context;
    let next = address::inside(&form.next);
    let Some(Awaited { user, csrf, session }) = awaited(&context).await? else {
        return Ok(from_the_start(&context, next));
    };
    check_csrf(&form.csrf, &csrf)?;
    if let Err(refusal) = check_second_factor(app, &client, &user, &form.code).await? {
        let sentence = refusal.sentence(texts, "account-second-refused");
        return Ok(credentials_refused(page(&context, next, csrf, Some(sentence)), refusal));
    }
    let proof = Proof::Second(session);
    let Some(cookie) = session::begin(app, user.id, proof, false, headers).await? else {
        // The password was reset, or the person retired, meanwhile.
        return Ok(from_the_start(&context, next));
    };
    Ok((jar.add(cookie), Redirect::to(next)).into_response())
}
