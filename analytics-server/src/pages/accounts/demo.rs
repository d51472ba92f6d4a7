//! One click into a demonstration, as whoever one wants to be. Anywhere else the address does not
//! exist.

use super::origin::foreign;
use crate::auth::{Role, session};
use crate::demonstration::PEOPLE;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::Unsigned;
use crate::pages::shell::first_page;
use crate::state::App;
use crate::storage::sessions::Proof;
use axum::extract::{OriginalUri, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use locales::Texts;
use serde::Deserialize;

/// A button of the panel.
pub(in crate::pages) struct Choice {
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
pub(in crate::pages) struct Chosen {
    role: String,
}

/// `POST /demo/sign-in`.
pub(in crate::pages) async fn sign_in(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    jar: CookieJar,
    Unsigned(chosen): Unsigned<Chosen>,
) -> Response {
    let texts = texts_of(&uri);
    let person = PEOPLE.iter().find(|(role, ..)| app.demo && role.word() == chosen.role);
    let Some((role, name, _)) = person else { return Fault::Missing.page(&app, None, texts) };
    if foreign(app.trust_proxy, &headers) {
        return Fault::Replayed.page(&app, None, texts);
    }
    let users = match app.store.users().await {
        Ok(users) => users,
        Err(error) => return Fault::Figures(error.into()).page(&app, None, texts),
    };
    let user = users.into_iter().find(|user| user.name == *name && user.retired_at.is_none());
    let Some(user) = user else { return Fault::Missing.page(&app, None, texts) };
    match session::begin(&app, user.id, Proof::Click, false, &headers).await {
        Ok(Some(cookie)) => {
            (jar.add(cookie), Redirect::to(&first_page(*role, texts))).into_response()
        }
        Ok(None) => Fault::Missing.page(&app, None, texts),
        Err(error) => {
            tracing::error!(%error, "nobody can sign in");
            Fault::Interrupted.page(&app, None, texts)
        }
    }
}
