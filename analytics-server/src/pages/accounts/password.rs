//! A link with which somebody chooses their password: when an account is new, or lost.

use crate::auth::link;
use crate::auth::password::{self, PasswordFault};
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

/// Why a password is not taken, as a sentence.
fn sentence(texts: &Texts, error: PasswordFault) -> String {
    match error {
        PasswordFault::Short => texts.get("account-password-short"),
        PasswordFault::Long => texts.get("account-password-long"),
        PasswordFault::Weak(weakness) => {
            texts.get(&format!("account-password-weak-{}", weakness.word()))
        }
    }
}

/// Whose link it is, while it can be used.
async fn owner(app: &App, token: &str) -> PageResult<Option<User>> {
    let Some(hash) = link::hash_of(token) else { return Ok(None) };
    let link = app.store.password_link(hash).await?;
    let good = link.filter(|link| link.used_at.is_none() && link.expires_at > app.clock.now());
    let Some(link) = good else { return Ok(None) };
    Ok(app.store.user(link.user).await?.filter(|user| user.retired_at.is_none()))
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
    let user = owner(&context.app, &token).await?;
    Ok(page(&context, &token, user, None))
}

/// `POST /password/{token}`.
pub(super) async fn choose(
    context: PublicContext,
    Path(token): Path<String>,
    SameOriginForm(form): SameOriginForm<PasswordForm>,
) -> PageResult {
    let (app, texts) = (&context.app, context.texts);
    let (Some(user), Some(hash)) = (owner(app, &token).await?, link::hash_of(&token)) else {
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
    let directory = app.store.directory().await?;
    let code = user.officer.and_then(|id| directory.officer_of(id)).map(|one| one.code.clone());
    let department = |id: &i64| directory.department_of(*id).map(|one| one.name.clone());
    let mut about = vec![user.name.clone(), user.full_name.clone()];
    about.extend(code.into_iter().chain(user.email.clone()));
    about.extend(user.departments.iter().filter_map(department));
    about.extend(app.centre().name.values().cloned());
    if let Err(error) = password::weigh(password.to_owned(), about).await {
        return Ok(Some(sentence(texts, error)));
    }
    Ok((password != again).then(|| texts.get("account-password-again-differs")))
}
