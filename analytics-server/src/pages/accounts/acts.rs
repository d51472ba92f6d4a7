//! What an administrator does for one person at the press of a button: retire them or bring them
//! back, make a link for a new password, take a lost second factor away.

use super::person::{Said, done, of_id, one};
use super::private;
use super::trouble::Trouble;
use crate::auth::link;
use crate::moments;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, Pressed};
use crate::pages::shell::{Shell, answer};
use crate::proxy::{host, scheme};
use crate::state::App;
use crate::storage::user_changes::Changed;
use crate::storage::users::User;
use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use locales::Texts;
use serde::Deserialize;

/// A link, shown once.
#[derive(Template)]
#[template(path = "accounts/link.html")]
struct Link {
    shell: Shell,
    user: User,
    path: String,
    /// With this server's name, to be copied.
    whole: String,
    until: String,
    back: String,
}

/// Whether somebody is to be retired.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Retired {
    retired: String,
}

/// `POST /admin/users/{id}/retired`.
pub(in crate::pages) async fn retire(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(id): Path<String>,
    Posted { viewer, form }: Posted<Retired>,
) -> Response {
    let texts = texts_of(&uri);
    let changed = async {
        let user = of_id(&app, &id).await?;
        let (retired, now) = (form.retired == "yes", app.clock.now());
        match app.store.retire_user(user.id, retired, &viewer.actor(), now).await? {
            Changed::Done => Ok(done(user.id, if retired { "retired" } else { "back" }, texts)),
            Changed::Missing | Changed::Stale => Err(Fault::Missing.into()),
            Changed::LastAdministrator => {
                let said = Said::refusal(texts.get("account-fault-last"));
                one(&app, &viewer, texts, Some(user), None, said).await
            }
        }
    };
    changed.await.unwrap_or_else(|trouble: Trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// `POST /admin/users/{id}/link`: the answer is no redirect, since the link is shown this once;
/// sending the form again makes a new one, and the older is void.
pub(in crate::pages) async fn make_link(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(id): Path<String>,
    headers: HeaderMap,
    Posted { viewer, .. }: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    let made = async {
        let user = of_id(&app, &id).await?;
        if user.id == viewer.user.id || user.retired_at.is_some() {
            let said = Said::refusal(texts.get("account-fault-link"));
            return one(&app, &viewer, texts, Some(user), None, said).await;
        }
        let now = app.clock.now();
        let path = link::make(&app.store, user.id, &viewer.actor(), now).await?;
        let here =
            |texts: &Texts| address::in_language(&format!("/admin/users/{}", user.id), texts);
        let page = Link {
            shell: Shell::new(&app, Some(&viewer), texts, texts.get("account-link"), here)
                .without_languages(),
            whole: whole(&app, &headers, &path),
            path,
            until: moments::told(now + link::VALID_MS, &app.zone, texts),
            back: here(texts),
            user,
        };
        Ok(private(answer(StatusCode::OK, page.render())))
    };
    made.await.unwrap_or_else(|trouble: Trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// `POST /admin/users/{id}/factor`: takes a second factor away from somebody who lost it.
pub(in crate::pages) async fn take_factor(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(id): Path<String>,
    Posted { viewer, .. }: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    let taken = async {
        let user = of_id(&app, &id).await?;
        app.store.remove_second_factor(user.id, &viewer.actor(), app.clock.now()).await?;
        Ok::<_, Trouble>(done(user.id, "factor", texts))
    };
    taken.await.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// A path with the name under which the administrator's browser reached this server.
fn whole(app: &App, headers: &HeaderMap, path: &str) -> String {
    match host(app, headers) {
        None => path.to_owned(),
        Some(host) => format!("{}://{host}{path}", scheme(app, headers)),
    }
}
