//! Signing in with a name and a password, or into a demonstration by one click, and signing out.

use super::totp_login;
use crate::auth::credentials::{VISITOR, check_password};
use crate::auth::throttle::Client;
use crate::auth::{Role, session};
use crate::demonstration::PEOPLE;
use crate::pages::forms::SameOriginForm;
use crate::pages::language;
use crate::pages::layout::{credentials_refused, first_page};
use crate::pages::prelude::*;
use crate::storage::sessions::Proof;
use crate::storage::users::User;
use axum::http::HeaderName;
use axum_extra::extract::CookieJar;

/// Tells a browser to delete what it stored of this server.
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
    /// The people to choose from in a demonstration; empty outside of one.
    choices: Vec<Choice>,
}

/// A button into a demonstration.
struct Choice {
    role: &'static str,
    name: String,
    about: String,
    /// Whether it is recommended to begin with.
    recommended: bool,
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
    let choice = |(role, ..): &(Role, _, _)| Choice {
        role: role.word(),
        name: role.name(context.texts),
        about: context.text(&format!("account-demo-{}", role.word())),
        recommended: *role == PEOPLE[0].0,
    };
    let choices = PEOPLE.iter().filter(|_| context.app.demo).map(choice).collect();
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

/// `POST /sign-in`: checks name and password, then begins a session or leads on to the second
/// factor.
pub(super) async fn sign_in(
    context: PublicContext,
    client: Client,
    jar: CookieJar,
    SameOriginForm(mut form): SameOriginForm<SignInForm>,
) -> PageResult {
    let PublicContext { app, texts, headers, .. } = &context;
    form.next = address::inside(&form.next).to_owned();
    let name = form.name.trim().to_lowercase();
    let given = form.password.clone();
    let (id, hash) = match check_password(app, VISITOR, &client, &name, given).await? {
        Ok(known) => known,
        Err(refusal) => {
            let sentence = refusal.sentence(texts, "account-refused");
            return Ok(credentials_refused(
                page(&context, form, false, Some(sentence)).await?,
                refusal,
            ));
        }
    };
    let Some(user) = app.store.user(id).await? else {
        return page(&context, form, false, Some(texts.get("account-refused"))).await;
    };
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

/// Which button was pressed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct DemoForm {
    role: String,
}

/// `POST /demo/sign-in`: outside a demonstration the address does not exist.
pub(super) async fn demo_sign_in(
    context: PublicContext,
    jar: CookieJar,
    SameOriginForm(form): SameOriginForm<DemoForm>,
) -> PageResult {
    let app = &context.app;
    let person = PEOPLE.iter().find(|(role, ..)| app.demo && role.word() == form.role);
    let (role, name, _) = person.ok_or(PageError::Missing)?;
    let users = app.store.users().await?;
    let user = users.into_iter().find(|user| user.name == *name && user.retired_at.is_none());
    let user = user.ok_or(PageError::Missing)?;
    let cookie = session::begin(app, user.id, Proof::Click, false, &context.headers).await?;
    let cookie = cookie.ok_or(PageError::Missing)?;
    Ok((jar.add(cookie), Redirect::to(&first_page(*role, context.texts))).into_response())
}

/// `POST /sign-out`.
pub(super) async fn sign_out(
    context: Context,
    jar: CookieJar,
    _: CsrfForm<EmptyForm>,
) -> PageResult {
    let Context { app, headers, .. } = &context;
    session::leave(app, headers).await?;
    // The sign-in page keeps the language of the page before: its address names that language where
    // the browser asks for another one.
    let visitor = language::negotiate(None, headers, context.uri.path());
    let to = language::scope(visitor, async { context.to("/sign-in") }).await;
    let forget = [(CLEAR_SITE_DATA, "\"cache\", \"storage\"")];
    Ok((jar.add(session::farewell(app, headers)), forget, Redirect::to(&to)).into_response())
}
