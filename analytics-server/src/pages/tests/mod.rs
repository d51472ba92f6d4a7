//! Every template rendered with sample figures, and every route asked as a browser would.
#![allow(clippy::unwrap_used)]

mod access_audit;
mod accounts;
mod accounts_attack;
mod admin;
mod admin_asked;
mod admin_files;
mod admin_first;
mod admin_lists;
mod admin_rosters;
mod admin_tablets;
mod admin_usual;
mod alerts;
mod alerts_handled;
mod answers;
mod audit;
mod carried;
mod carried_on;
mod confirm;
mod dashboards;
mod dashboards_part;
mod entry;
mod export;
mod flags;
mod floods;
mod forked;
mod groups;
mod languages;
mod large;
mod live;
mod me;
mod pieces;
mod records;
mod records_list;
mod records_replies;
mod recounted;
mod redaction;
mod render;
mod report;
mod routes;
mod second_factor;
mod second_required;
mod start;
mod waiting;

use super::context::Context;
use super::router;
use crate::auth::{Role, Viewer, session};
use crate::clock::Clock;
use crate::sealing::Sealing;
use crate::state::App;
use crate::storage::rows::{Department, FileColumns, ImportedRating};
use crate::storage::sessions::Proof;
use crate::storage::users::UserData;
use crate::storage::{Birth, Store};
use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, Response, Uri, header};
use jiff::civil::date;
use jiff::tz::TimeZone;
use protocol::{Level, Scale};
use reports::figures::Figures;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

/// A server without ratings, at noon of 1 October 2023.
async fn app() -> (TempDir, App) {
    let dir = TempDir::new().unwrap();
    let birth = Birth { id: uuid::Uuid::nil(), secret: [0; 32], now: 0 };
    let store = Store::open(dir.path(), None, &birth).await.unwrap();
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let now = date(2023, 10, 1).at(12, 0, 0, 0).to_zoned(zone).unwrap();
    let now = now.timestamp().as_millisecond();
    let mut app = App::open(store, dir.path(), Clock::from_fn(move || now)).await.unwrap();
    app.sealing = Arc::new(Sealing::fresh().unwrap());
    // The first of the case's, so that an import of those finds it there.
    let department = Department {
        id: 0,
        code: "SKHDT".into(),
        name: "Sở Kế hoạch và Đầu tư".into(),
        ticket_prefix: Some("A".into()),
    };
    app.store.put_departments(&[department], now).await.unwrap();
    for role in Role::ALL {
        let data = UserData {
            name: role.word().into(),
            full_name: "Nguyễn Văn A".into(),
            role,
            departments: (role == Role::Supervisor).then_some(1).into_iter().collect(),
            officer: None,
            email: None,
            language: None,
        };
        let user = app.store.add_user(&data, "test", now).await.unwrap().unwrap();
        let hash = session::token_hash(&token(role));
        app.store.begin_session(hash, user, Proof::Click, false, "test", now).await.unwrap();
    }
    (dir, app)
}

/// The session's token of the one person of a role.
fn token(role: Role) -> [u8; 32] {
    let place = Role::ALL.into_iter().position(|one| one == role).unwrap();
    [u8::try_from(place).unwrap(); 32]
}

/// The one person of a role, as the pages know them.
async fn viewer(app: &App, role: Role) -> Viewer {
    let mut headers = axum::http::HeaderMap::new();
    let cookie = format!("hai-long={}", hex::encode(token(role)));
    headers.insert(header::COOKIE, cookie.parse().unwrap());
    session::viewer(app, &headers).await.unwrap().unwrap()
}

/// What a handler has at hand when the one person of a role asks in a language.
async fn context(app: &App, role: Role, language: &str) -> Context {
    let viewer = viewer(app, role).await;
    let (texts, uri) = (locales::texts(language), Uri::from_static("/"));
    Context { app: app.clone(), viewer, texts, uri, headers: HeaderMap::new() }
}

/// Sends a request, signed in as a person of a role.
async fn ask(app: &App, role: Option<Role>, request: Builder, body: String) -> Response<Body> {
    let request = match role {
        Some(role) => {
            request.header(header::COOKIE, format!("hai-long={}", hex::encode(token(role))))
        }
        None => request,
    };
    let all = crate::api::router().merge(router(app)).with_state(app.clone());
    all.oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
}

/// Sends a form as a person of a role, with the token that their forms have.
async fn post(app: &App, role: Role, address: &str, form: &str) -> Response<Body> {
    let csrf = session::csrf(&token(role));
    let request =
        Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    ask(app, Some(role), request, format!("csrf={csrf}&{form}")).await
}

/// The body of an answer.
async fn text(response: Response<Body>) -> String {
    let bytes = to_bytes(response.into_body(), 10_000_000).await.unwrap();
    String::from_utf8(bytes.into()).unwrap()
}

/// A header of an answer.
fn head<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// The nine months of the case, marked as simulated.
fn nine_months() -> Figures {
    let json = include_str!("../../../../reports/tests/fixture/tayninh-2023-9m.json");
    let mut figures: Figures = serde_json::from_str(json).unwrap();
    figures.simulated = true;
    // No rule found any of them odd.
    figures.cleaned = figures.ratings.clone();
    figures
}

/// A rating of the first counter and officer from a file, with a comment.
fn commented_rating(id: Uuid, at: i64, level: Level, comment: &str) -> ImportedRating {
    ImportedRating {
        id,
        at,
        counter: 1,
        officer: 1,
        stage: None,
        scale: Scale::Five,
        level,
        dossier: None,
        reasons: Vec::new(),
        comment: Some(comment.to_owned()),
        told: FileColumns::default(),
        simulated: false,
    }
}
