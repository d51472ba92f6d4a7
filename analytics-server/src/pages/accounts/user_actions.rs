//! What an administrator does for one person: retire them or bring them back, make a link for a new
//! password, take a lost second factor away. What the person would feel asks first.

use super::user::{page, path_of, user_of};
use crate::auth::link;
use crate::centre_time;
use crate::pages::confirmation::{Confirmation, ConfirmedForm, is_confirmed};
use crate::pages::form_errors::FormErrors;
use crate::pages::prelude::*;
use crate::pages::server_address::ServerAddress;
use crate::storage::user_changes::Changed;
use crate::storage::users::User;

/// A link, shown once.
#[derive(Template)]
#[template(path = "accounts/link.html")]
struct LinkPage {
    layout: Layout,
    user: User,
    path: String,
    /// With this server's name, to be copied.
    whole: String,
    until: String,
    back: String,
    /// Why the link leads nowhere from elsewhere, and the address of the setting that mends it.
    warning: Option<(String, String)>,
}

/// Whether somebody is to be retired.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RetiredForm {
    retired: String,
    confirmed: String,
}

/// The page that asks before something is done to a person: the key of the question, what will happen,
/// the key of the button.
fn ask(
    context: &Context,
    user: &User,
    key: &str,
    effects: Vec<String>,
    button: &str,
) -> Confirmation {
    Confirmation {
        title: context.texts.with(key, &[("name", &user.full_name)]),
        effects,
        button: context.text(button),
        fields: Vec::new(),
        back: path_of(user.id),
    }
}

/// `POST /admin/users/{id}/retired`.
pub(super) async fn retire(
    context: Context,
    Path(id): Path<String>,
    CsrfForm(form): CsrfForm<RetiredForm>,
) -> PageResult {
    let user = user_of(&context, &id).await?;
    let (retired, actor) = (form.retired == "yes", context.viewer.actor());
    if retired && !is_confirmed(&form.confirmed) {
        let own = user.id == context.viewer.user.id;
        let keys = ["account-retire-note", "account-retire-sessions"];
        let keys = keys.into_iter().chain(own.then_some("account-retire-own"));
        let effects = keys.map(|key| context.text(key)).collect();
        let asked = ask(&context, &user, "account-ask-retire", effects, "account-retire");
        let fields = vec![("retired".to_owned(), form.retired)];
        return Ok(Confirmation { fields, ..asked }.page(&context));
    }
    match context.app.store.retire_user(user.id, retired, &actor, context.now()).await? {
        Changed::Done => {
            Ok(context.done(&path_of(user.id), if retired { "retired" } else { "back" }))
        }
        Changed::Missing | Changed::Stale => Err(PageError::Missing),
        Changed::LastAdministrator => {
            let errors = FormErrors::refusal(context.text("account-fault-last"));
            page(&context, Some(user), None, errors).await
        }
    }
}

/// `POST /admin/users/{id}/link`: the answer is no redirect, since the link is shown this once;
/// sending the form again makes a new one, and the older is void. Somebody who has no password yet
/// loses nothing by it.
pub(super) async fn make_link(
    context: Context,
    Path(id): Path<String>,
    CsrfForm(form): CsrfForm<ConfirmedForm>,
) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let user = user_of(&context, &id).await?;
    if user.id == viewer.user.id || user.retired_at.is_some() {
        let errors = FormErrors::refusal(texts.get("account-fault-link"));
        return page(&context, Some(user), None, errors).await;
    }
    if user.has_password && !form.is_confirmed() {
        let effects = vec![texts.get("account-link-note")];
        let asked = ask(&context, &user, "account-ask-link", effects, "account-link-make");
        return Ok(asked.page(&context));
    }
    let now = context.now();
    let path = link::make(&app.store, user.id, &viewer.actor(), now).await?;
    let back = path_of(user.id);
    let ServerAddress { server, warning } = ServerAddress::of(&context, "account-link-unreachable");
    let page = LinkPage {
        layout: context.layout(texts.get("account-link"), &back).without_languages(),
        whole: format!("{server}{path}"),
        path,
        until: centre_time::in_sentence(now + link::VALID_MS, &app.zone, texts),
        back: context.to(&back),
        user,
        warning,
    };
    Ok(no_store(answer(StatusCode::OK, page.render())))
}

/// `POST /admin/users/{id}/factor`: takes a second factor away from somebody who lost it.
pub(super) async fn take_factor(
    context: Context,
    Path(id): Path<String>,
    CsrfForm(form): CsrfForm<ConfirmedForm>,
) -> PageResult {
    let user = user_of(&context, &id).await?;
    if user.has_second_factor && !form.is_confirmed() {
        let effects = ["account-factor-note", "account-factor-again"];
        let effects = effects.map(|key| context.text(key)).into();
        let asked = ask(&context, &user, "account-ask-factor", effects, "account-factor-take");
        return Ok(asked.page(&context));
    }
    let actor = context.viewer.actor();
    context.app.store.remove_second_factor(user.id, &actor, context.now()).await?;
    Ok(context.done(&path_of(user.id), "factor"))
}
