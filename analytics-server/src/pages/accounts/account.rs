//! The page of a person's own account: name, role and departments, password, second factor,
//! language, sessions.

use super::password::password_refusal;
use crate::audit::browser_name;
use crate::auth::credentials::check_password;
use crate::auth::password;
use crate::auth::session::{begin, token_hash, token_of};
use crate::auth::throttle::Client;
use crate::pages::confirmation::{Confirmation, ConfirmedForm};
use crate::pages::language::preferred;
use crate::pages::prelude::*;
use crate::storage::sessions::{IDLE_MS, Proof};
use axum_extra::extract::CookieJar;
use locales::languages_of;

/// What was done just now, by the word that the address has.
const DONE: [&str; 4] = ["password", "language", "sessions", "second"];

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct AccountPage {
    layout: Layout,
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
    notices: Notices,
}

/// One of the own sessions.
struct Browser {
    agent: String,
    since: String,
    last_seen: String,
    here: bool,
}

/// What is to be said on the page.
#[derive(Default)]
pub(super) struct Notices {
    /// What was done just now.
    pub done: Option<String>,
    /// Why the password was not changed.
    pub password: Option<String>,
    /// Why the second factor was left as it is.
    pub second_factor: Option<String>,
}

/// A language to read in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct LanguageForm {
    language: String,
}

/// A new password.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct NewPasswordForm {
    old: String,
    password: String,
    again: String,
}

/// The page with what is to be said on it.
pub(super) async fn page(context: &Context, notices: Notices) -> PageResult {
    let Context { app, viewer, texts, headers, .. } = context;
    let user = &viewer.user;
    let directory = app.store.directory().await?;
    let department = |id: &i64| directory.department_of(*id).map(|one| one.name.clone());
    let own = token_of(app, headers).map(|token| token_hash(&token));
    let sessions = app.store.sessions_of(user.id, context.now() - IDLE_MS).await?.into_iter();
    let sessions = sessions.map(|one| Browser {
        since: context.moment(Some(one.created_at)),
        last_seen: context.moment(Some(one.last_seen_at)),
        here: Some(one.token_hash) == own,
        agent: browser_name(texts, &one.agent),
    });
    let chosen = user.language.as_deref().unwrap_or_else(|| preferred());
    let language = |code| (code, texts.get(&format!("language-{code}")), code == chosen);
    let refused = notices.password.is_some() || notices.second_factor.is_some();
    let page = AccountPage {
        layout: context.layout(texts.get("account-own"), "/account"),
        name: user.name.clone(),
        departments: user.departments.iter().filter_map(department).collect(),
        languages: languages_of("pages").map(language).collect(),
        has_password: user.has_password,
        has_second: user.has_second_factor,
        second_required: app.centre().second_factor.contains(&user.role),
        codes: app.store.second_factor(user.id).await?.codes.to_string(),
        sessions: sessions.collect(),
        notices,
    };
    Ok(no_store_form_answer(refused, page.render()))
}

/// `GET /account`.
pub(super) async fn show(context: Context) -> PageResult {
    let done = context.was_done(&DONE)?;
    let done = done.map(|word| context.text(&format!("account-done-{word}")));
    page(&context, Notices { done, ..Notices::default() }).await
}

/// `POST /account/language`.
pub(super) async fn change_language(
    context: Context,
    CsrfForm(form): CsrfForm<LanguageForm>,
) -> PageResult {
    let known = languages_of("pages").find(|code| *code == form.language);
    context.app.store.put_language(context.viewer.user.id, known, context.now()).await?;
    let texts = locales::texts(known.unwrap_or("vi"));
    let to = address::with_language("/account?done=language", texts);
    Ok(Redirect::to(&to).into_response())
}

/// `POST /account/sessions/end`.
pub(super) async fn end_other_sessions(
    context: Context,
    CsrfForm(form): CsrfForm<ConfirmedForm>,
) -> PageResult {
    let Context { app, viewer, headers, .. } = &context;
    if !form.is_confirmed() {
        let asked = Confirmation {
            title: context.text("account-ask-sessions"),
            effects: vec![context.text("account-sessions-end-note")],
            button: context.text("account-sessions-end"),
            fields: Vec::new(),
            back: "/account".to_owned(),
        };
        return Ok(asked.page(&context));
    }
    if let Some(token) = token_of(app, headers) {
        let (user, now) = (viewer.user.id, context.now());
        app.store.end_other_sessions(user, token_hash(&token), now).await?;
    }
    Ok(context.done("/account", "sessions"))
}

/// `POST /account/password`.
pub(super) async fn change_password(
    context: Context,
    client: Client,
    jar: CookieJar,
    CsrfForm(form): CsrfForm<NewPasswordForm>,
) -> PageResult {
    let Context { app, viewer, texts, headers, .. } = &context;
    let (user, actor) = (&viewer.user, viewer.actor());
    let refuse = |sentence: String| {
        page(&context, Notices { password: Some(sentence), ..Notices::default() })
    };
    if let Some(refusal) = password_refusal(app, texts, user, &form.password, &form.again).await? {
        return refuse(refusal).await;
    }
    let old = match check_password(app, &actor, &client, &user.name, form.old).await? {
        Ok((_, old)) => old,
        Err(refusal) => return refuse(refusal.sentence(texts, "account-old-wrong")).await,
    };
    let hash = password::hash(form.password).await?;
    // Every session ends, also this one; a new one takes its place.
    if !app.store.put_password(user.id, Some(&old), &hash, &actor, context.now()).await? {
        // Somebody reset it while it was looked at, and meant this session, too.
        return refuse(texts.get("account-old-wrong")).await;
    }
    match begin(app, user.id, Proof::Password(&hash), false, headers).await? {
        Some(cookie) => Ok((jar.add(cookie), context.done("/account", "password")).into_response()),
        None => Ok(context.redirect("/sign-in")),
    }
}
