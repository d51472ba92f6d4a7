//! A link with which somebody chooses their password: when an account is new, or lost.

use crate::auth::credentials::weigh_password;
use crate::auth::{link, password};
use crate::pages::forms::SameOriginForm;
use crate::pages::prelude::*;
use crate::storage::users::User;

#[derive(Template)]
#[template(path = "accounts/password.html")]
struct PasswordPage {
    layout: Layout,
    /// Whose it is; none: the link can not be used.
    user: Option<User>,
    address: String,
    refusal: Option<String>,
}

/// A new password.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PasswordForm {
    password: String,
    again: String,
}

fn page(
    context: &PublicContext,
    token: &str,
    user: Option<User>,
    refusal: Option<String>,
) -> Response {
    let path = format!("/password/{token}");
    let status = match (&user, &refusal) {
        (None, _) => StatusCode::NOT_FOUND,
        (_, Some(_)) => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    let here = |texts: &Texts| address::with_language(&path, texts);
    let layout = context.layout_for_visitor(context.text("account-choose-password"), here);
    let page = PasswordPage { layout, user, address: context.to(&path), refusal };
    no_store(answer(status, page.render()))
}

/// `GET /password/{token}`.
pub(super) async fn show(context: PublicContext, Path(token): Path<String>) -> PageResult {
    let owner = link::owner(&context.app.store, &token, context.now()).await?;
    Ok(page(&context, &token, owner.map(|(user, _)| user), None))
}

/// `POST /password/{token}`.
pub(super) async fn choose(
    context: PublicContext,
    Path(token): Path<String>,
    SameOriginForm(form): SameOriginForm<PasswordForm>,
) -> PageResult {
    let PublicContext { app, texts, .. } = &context;
    let Some((user, hash)) = link::owner(&app.store, &token, context.now()).await? else {
        return Ok(page(&context, &token, None, None));
    };
    if let Some(refusal) = password_refusal(app, texts, &user, &form.password, &form.again).await? {
        return Ok(page(&context, &token, Some(user), Some(refusal)));
    }
    let kept = password::hash(form.password).await?;
    if !app.store.use_password_link(hash, &kept, context.now()).await? {
        return Ok(page(&context, &token, None, None));
    }
    Ok(context.redirect("/sign-in?chosen=1"))
}

/// Why a new password of somebody, typed twice, is not taken.
pub(super) async fn password_refusal(
    app: &App,
    texts: &Texts,
    user: &User,
    password: &str,
    again: &str,
) -> PageResult<Option<String>> {
    if let Err(fault) = weigh_password(app, user, password.to_owned()).await? {
        return Ok(Some(texts.get(&format!("account-password-{}", fault.word()))));
    }
    Ok((password != again).then(|| texts.get("account-password-again-differs")))
}
