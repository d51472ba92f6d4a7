//! One click into a demonstration, as whoever one wants to be. Anywhere else the address does not
//! exist.

use crate::auth::{Role, session};
use crate::demonstration::PEOPLE;
use crate::pages::forms::SameOriginForm;
use crate::pages::layout::first_page;
use crate::pages::prelude::*;
use crate::storage::sessions::Proof;
use axum_extra::extract::CookieJar;

/// A button of the panel.
pub(super) struct Choice {
    pub role: &'static str,
    pub name: String,
    pub about: String,
    /// The one to begin with.
    pub recommended: bool,
}

/// The panel's buttons; none outside a demonstration.
pub(super) fn choices(app: &App, texts: &Texts) -> Vec<Choice> {
    let people = PEOPLE.iter().filter(|_| app.demo);
    let choice = |(role, ..): &(Role, _, _)| Choice {
        role: role.word(),
        name: texts.get(&format!("account-role-{}", role.word())),
        about: texts.get(&format!("account-demo-{}", role.word())),
        recommended: *role == PEOPLE[0].0,
    };
    people.map(choice).collect()
}

/// Which button was pressed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct DemoForm {
    role: String,
}

/// `POST /demo/sign-in`.
pub(super) async fn sign_in(
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
