//! Signing in with a name and a password, and signing out.

use super::demo::{self, Choice};
use super::totp_login;
use crate::auth::throttle::{Client, Target, Try};
use crate::auth::{password, session};
use crate::pages::credentials::{VISITOR, failed, too_many, wait_sentence};
use crate::pages::forms::SameOriginForm;
use crate::pages::language;
use crate::pages::layout::first_page;
use crate::pages::prelude::*;
use crate::storage::sessions::Proof;
use crate::storage::users::User;
use axum::http::HeaderName;
use axum_extra::extract::CookieJar;

/// Tells a browser to let go of what it kept of this server.
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    layout: Layout,
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

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct SignInQuery {
    next: String,
    /// A password was chosen just now.
    chosen: Option<String>,
}

/// Name and password, and where they lead.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct SignInForm {
    name: String,
    password: String,
    next: String,
}

/// Where somebody goes after the sign-in: where they wanted, or where their role begins. Their own
/// language holds there unless the address names another.
fn destination(user: &User, next: &str, texts: &'static Texts) -> String {
    match next {
        "" | "/" => first_page(user.role, texts),
        "/?lang=en" => first_page(user.role, locales::texts("en")),
        "/?lang=vi" => first_page(user.role, locales::texts("vi")),
        _ => next.to_owned(),
    }
}

async fn page(
    context: &PublicContext,
    form: SignInForm,
    chosen: bool,
    refusal: Option<String>,
) -> PageResult {
    let here = |texts: &Texts| address::sign_in(&form.next, texts);
    let layout = context.layout_for_visitor(context.text("account-sign-in"), here);
    let status = if refusal.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    let notice = if chosen {
        Some(context.text("account-password-chosen"))
    } else {
        let anybody = context.app.store.has_users().await?;
        (!anybody).then(|| context.text("account-nobody"))
    };
    let choices = demo::choices(&context.app, context.texts);
    let SignInForm { next, name, .. } = form;
    let page = SignInPage { layout, next, name, refusal, notice, choices };
    Ok(no_store(answer(status, page.render())))
}

/// `GET /sign-in`.
pub(super) async fn show(context: PublicContext, Query(query): Query<SignInQuery>) -> PageResult {
    let next = address::inside(&query.next);
    if let Some(viewer) = &context.viewer {
        let to = destination(&viewer.user, next, context.texts);
        return Ok(Redirect::to(&to).into_response());
    }
    let form = SignInForm { next: next.to_owned(), ..SignInForm::default() };
    page(&context, form, query.chosen.is_some(), None).await
}

/// `POST /sign-in`: lets in whoever knows the password of a name, or leads on to the second factor.
pub(super) async fn sign_in(
    context: PublicContext,
    client: Client,
    jar: CookieJar,
    SameOriginForm(mut form): SameOriginForm<SignInForm>,
) -> PageResult {
    let PublicContext { app, texts, headers, .. } = &context;
    form.next = address::inside(&form.next).to_owned();
    let name = form.name.trim().to_lowercase();
    let taken = match Try::take(app, Target::Name(&name), &client).await? {
        Ok(taken) => taken,
        Err(seconds) => {
            let refusal = wait_sentence(texts, seconds);
            let page = page(&context, form, false, Some(refusal)).await?;
            return Ok(too_many(page, seconds));
        }
    };
    let (user, hash) = app.store.password_of(&name).await?.unzip();
    let right = password::holds_any(form.password.clone(), hash.clone()).await;
    let user = match user {
        Some(user) => app.store.user(user).await?,
        None => None,
    };
    let (Some(user), Some(hash)) = (user.filter(|_| right), hash) else {
        failed(app, VISITOR, &client, &name, "give wrong password").await?;
        return page(&context, form, false, Some(texts.get("account-refused"))).await;
    };
    taken.succeed(app).await?;
    session::leave(app, headers).await?;
    let pending = user.has_second_factor;
    let proof = Proof::Password(&hash);
    let Some(cookie) = session::begin(app, user.id, proof, pending, headers).await? else {
        // The password was reset, or the person retired, while it was looked at.
        return page(&context, form, false, Some(texts.get("account-refused"))).await;
    };
    let destination = destination(&user, &form.next, context.texts);
    let to = if pending { totp_login::step_address(&destination, texts) } else { destination };
    Ok((jar.add(cookie), Redirect::to(&to)).into_response())
}

/// `POST /sign-out`.
pub(super) async fn sign_out(
    context: Context,
    jar: CookieJar,
    _: CsrfForm<EmptyForm>,
) -> PageResult {
    let Context { app, headers, .. } = &context;
    session::leave(app, headers).await?;
    // Whoever signed out goes on reading what they read, whatever their browser asks for.
    let visitor = language::negotiate(None, headers, context.uri.path());
    let to = language::scope(visitor, async { context.to("/sign-in") }).await;
    let forget = [(CLEAR_SITE_DATA, "\"cache\", \"storage\"")];
    Ok((jar.add(session::farewell(app, headers)), forget, Redirect::to(&to)).into_response())
}
