//! Tokens of other software of the centre: seen, made (shown once) and revoked by an administrator.

use super::trouble::Trouble;
use super::{private, told};
use crate::api::machine::SCOPES;
use crate::auth::Viewer;
use crate::enrolment::{fresh_machine_token, machine_hash};
use crate::moments;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, Pressed};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use serde::Deserialize;

/// Letters of a name: enough for a product and its version.
const NAME_CHARS: usize = 100;

/// One row.
struct Row {
    num: i64,
    name: String,
    scopes: String,
    made: String,
    used: String,
    /// When it was revoked.
    revoked: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "accounts/tokens.html")]
struct Tokens {
    shell: Shell,
    rows: Vec<Row>,
    /// Word of the protocol, what it allows, whether it is chosen.
    scopes: Vec<(&'static str, String, bool)>,
    name: String,
    /// Just made: shown this once.
    token: Option<String>,
    refusal: Option<String>,
}

/// What the form says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    name: String,
    scopes: Vec<String>,
}

async fn page(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    filled: &Filled,
    token: Option<String>,
    refusal: Option<String>,
) -> Result<Response, Trouble> {
    let here = |texts: &Texts| address::in_language("/admin/tokens", texts);
    let never = || texts.get("account-token-never");
    let row = |one: crate::storage::machines::MachineToken| Row {
        num: one.num,
        name: one.name,
        scopes: one.scopes,
        made: moments::short(one.created_at, &app.zone),
        used: one.last_used_at.map_or_else(never, |at| moments::short(at, &app.zone)),
        revoked: one.revoked_at.map(|at| moments::short(at, &app.zone)),
    };
    let mut rows: Vec<_> = app.store.machine_tokens().await?.into_iter().map(row).collect();
    rows.sort_by_key(|row| (row.revoked.is_some(), -row.num));
    let chosen = |scope: &&'static str| {
        (*scope, told::scope(texts, scope), filled.scopes.iter().any(|one| one == scope))
    };
    let status = if refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let shell = Shell::new(app, Some(viewer), texts, texts.get("account-tokens"), here);
    let page = Tokens {
        shell: if token.is_some() { shell.without_languages() } else { shell },
        rows,
        scopes: SCOPES.iter().map(chosen).collect(),
        name: filled.name.clone(),
        token,
        refusal,
    };
    Ok(private(answer(status, page.render())))
}

/// `GET /admin/tokens`.
pub(in crate::pages) async fn list(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    viewer: Viewer,
) -> Response {
    let texts = texts_of(&uri);
    let page = page(&app, &viewer, texts, &Filled::default(), None, None).await;
    page.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// `POST /admin/tokens`: the answer is no redirect, since the token is shown this once.
pub(in crate::pages) async fn make(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Posted { viewer, form }: Posted<Filled>,
) -> Response {
    let texts = texts_of(&uri);
    let made = async {
        let name = form.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let letters = name.chars().count();
        let fits = (1..=NAME_CHARS).contains(&letters) && !name.chars().any(char::is_control);
        // In the order of the list, each once, and only those there are.
        let asked = |scope: &&&str| form.scopes.iter().any(|one| one == **scope);
        let scopes: Vec<&str> = SCOPES.iter().filter(asked).copied().collect();
        let refusal = match (fits, scopes.is_empty()) {
            (false, _) => Some("account-token-name-fault"),
            (_, true) => Some("account-token-scope-fault"),
            _ => None,
        };
        if let Some(key) = refusal {
            return page(&app, &viewer, texts, &form, None, Some(texts.get(key))).await;
        }
        let token = fresh_machine_token()?;
        let hash = machine_hash(&token).ok_or_else(|| Trouble::broken("a new token is none"))?;
        let (scopes, actor, now) = (scopes.join(" "), viewer.actor(), app.clock.now());
        app.store.add_machine_token(&name, hash, &scopes, &actor, now).await?;
        page(&app, &viewer, texts, &Filled::default(), Some(token), None).await
    };
    made.await.unwrap_or_else(|trouble: Trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// `POST /admin/tokens/{num}/revoked`.
pub(in crate::pages) async fn revoke(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
    Posted { viewer, .. }: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    let revoked = async {
        let Ok(num) = num.parse() else { return Err(Fault::Missing.into()) };
        let (actor, now) = (viewer.actor(), app.clock.now());
        if !app.store.revoke_machine_token(num, &actor, now).await? {
            return Err(Fault::Missing.into());
        }
        let to = address::in_language("/admin/tokens", texts);
        Ok(Redirect::to(&to).into_response())
    };
    revoked.await.unwrap_or_else(|trouble: Trouble| trouble.0.page(&app, Some(&viewer), texts))
}
