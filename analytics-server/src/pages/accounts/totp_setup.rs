//! The own second factor: a key is shown, one code of it proves that the app has it, and recovery
//! codes are shown once.

use super::account::{self, Notices};
use crate::auth::credentials::Refusal;
use crate::auth::throttle::{Client, Target, Try};
use crate::auth::{factor_keys, second};
use crate::pages::layout::first_page;
use crate::pages::prelude::*;

/// Where a second factor is set up.
const PATH: &str = "/account/second";
/// Key of the sentence that a code is not right.
const REFUSED: &str = "account-second-refused";

/// Why a second factor has to be set up.
#[derive(Template)]
#[template(path = "accounts/required.html")]
struct RequiredPage {
    layout: Layout,
    refusal: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/totp_setup.html")]
struct KeyPage {
    layout: Layout,
    key: String,
    /// SVG.
    picture: String,
    refusal: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/codes.html")]
struct CodesPage {
    layout: Layout,
    fresh: Vec<String>,
    account: String,
}

/// A first code.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CodeForm {
    code: String,
}

fn layout(context: &Context) -> Layout {
    context.layout(context.text("account-second"), PATH)
}

/// The key that awaits its first code. Where none does: back to the account, or why one has to be
/// made.
async fn page(context: &Context, refusal: Option<String>) -> PageResult {
    let Context { app, viewer, .. } = context;
    let user = viewer.user.id;
    let offered = app.store.second_factor(user).await?.offered;
    let offered = offered.map(|kept| factor_keys::open(&app.sealing, user, &kept)).transpose()?;
    let shown = offered.and_then(|secret| second::shown(&secret, &viewer.user.name));
    let Some((key, picture)) = shown else {
        if viewer.must_set_up_factor {
            return Ok(required(context, refusal));
        }
        return Ok(context.redirect("/account"));
    };
    let page = KeyPage { layout: layout(context), key, picture, refusal };
    Ok(no_store_form_answer(page.refusal.is_some(), page.render()))
}

fn required(context: &Context, refusal: Option<String>) -> Response {
    let page = RequiredPage { layout: layout(context), refusal };
    no_store_form_answer(page.refusal.is_some(), page.render())
}

/// The account's page with why the second factor is left as it is.
async fn refuse(context: &Context, key: &str) -> PageResult {
    let refusal = Some(context.text(key));
    if context.viewer.must_set_up_factor {
        return Ok(required(context, refusal));
    }
    account::page(context, Notices { second_factor: refusal, ..Notices::default() }).await
}

/// `GET /account/second`.
pub(super) async fn show(context: Context) -> PageResult {
    page(&context, None).await
}

/// `POST /account/second/offer`: a fresh key. One that holds goes on holding until the new one was
/// proven.
pub(super) async fn offer(context: Context, _: CsrfForm<EmptyForm>) -> PageResult {
    let Context { app, viewer, .. } = &context;
    if !app.sealing.has_key() {
        return refuse(&context, "account-second-no-key").await;
    }
    let user = viewer.user.id;
    let sealed = factor_keys::seal(&app.sealing, user, &second::fresh_secret()?)?;
    app.store.offer_second_factor(user, &sealed).await?;
    Ok(context.redirect(PATH))
}

/// `POST /account/second`: the first code. The answer is no redirect: the recovery codes are shown
/// this once, and sending the form again finds no key that waits.
pub(super) async fn confirm(
    context: Context,
    client: Client,
    CsrfForm(form): CsrfForm<CodeForm>,
) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let (user, now) = (viewer.user.id, context.now());
    let Some(offered) = app.store.second_factor(user).await?.offered else {
        return page(&context, None).await;
    };
    let secret = factor_keys::open(&app.sealing, user, &offered)?;
    let taken = match Try::take(app, Target::Second(user), &client).await? {
        Ok(taken) => taken,
        Err(seconds) => {
            let sentence = Refusal::Wait(seconds).sentence(texts, REFUSED);
            return page(&context, Some(sentence)).await;
        }
    };
    let Some(step) = second::step_of(&secret, &form.code, now) else {
        return page(&context, Some(texts.get(REFUSED))).await;
    };
    taken.succeed(app).await?;
    let (fresh, hashes) = second::fresh_codes()?;
    if !app.store.confirm_second_factor(user, &offered, step, &hashes, now).await? {
        return page(&context, None).await;
    }
    // After a setup that the role requires, the person goes on to the first page of the role.
    let account = if viewer.must_set_up_factor {
        first_page(viewer.user.role, texts)
    } else {
        context.to("/account")
    };
    let page = CodesPage { layout: layout(&context).without_languages(), fresh, account };
    Ok(no_store(answer(StatusCode::OK, page.render())))
}

/// `POST /account/second/remove`.
pub(super) async fn remove(context: Context, _: CsrfForm<EmptyForm>) -> PageResult {
    let Context { app, viewer, .. } = &context;
    if viewer.user.has_password && app.centre().second_factor.contains(&viewer.user.role) {
        return refuse(&context, "account-second-keep").await;
    }
    app.store.remove_second_factor(viewer.user.id, &viewer.actor(), context.now()).await?;
    Ok(context.done("/account", "second"))
}
