//! The front page of the administration: every room of it with what it is for.

use super::desk::Desk;
use crate::auth::Right;
use crate::pages::shell::{Shell, answer};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

/// The rooms: key of the name (its sentence has `-note` behind it), address, right.
const ROOMS: [(&str, &str, Right); 16] = [
    ("admin-sites", "/admin/sites", Right::Administer),
    ("admin-departments", "/admin/departments", Right::Administer),
    ("admin-counters", "/admin/counters", Right::Administer),
    ("admin-officers", "/admin/officers", Right::Administer),
    ("admin-procedures", "/admin/procedures", Right::Administer),
    ("admin-tablets", "/admin/tablets", Right::Administer),
    ("admin-questionnaires", "/admin/questionnaires", Right::Administer),
    ("admin-rosters", "/admin/rosters", Right::Administer),
    ("admin-holidays", "/admin/holidays", Right::Administer),
    ("admin-centre", "/admin/centre", Right::Administer),
    ("admin-users", "/admin/users", Right::Users),
    ("admin-tokens", "/admin/tokens", Right::Users),
    ("admin-alerts", "/admin/alerts", Right::Administer),
    ("admin-quarantine", "/quarantine", Right::Administer),
    ("admin-audit", "/admin/audit", Right::AuditLog),
    ("admin-status", "/admin/status", Right::Administer),
];

/// The page.
#[derive(Template)]
#[template(path = "admin/index.html")]
struct Index {
    shell: Shell,
    rooms: Vec<Room>,
}

/// One room.
struct Room {
    name: String,
    note: String,
    address: String,
}

/// `GET /admin`.
pub(super) async fn show(desk: Desk) -> Response {
    let rooms = ROOMS.into_iter().filter(|(.., right)| desk.viewer.may(*right));
    let rooms = rooms.map(|(key, address, _)| Room {
        name: desk.say(key),
        note: desk.say(&format!("{key}-note")),
        address: desk.to(address),
    });
    let index =
        Index { rooms: rooms.collect(), shell: desk.shell(desk.say("admin-title"), "/admin") };
    answer(StatusCode::OK, index.render())
}
