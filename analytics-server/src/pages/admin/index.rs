//! The front page of the administration: each of its sections with what it is for.

use crate::pages::prelude::*;

/// The sections: key of the name (its sentence has `-note` behind it), address, right.
const SECTIONS: [(&str, &str, Right); 16] = [
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

/// The front page.
#[derive(Template)]
#[template(path = "admin/index.html")]
struct IndexPage {
    layout: Layout,
    sections: Vec<Section>,
}

/// What leads to a section.
struct Section {
    name: String,
    note: String,
    address: String,
}

/// `GET /admin`.
pub(super) async fn show(context: Context) -> Response {
    let sections = SECTIONS.into_iter().filter(|(.., right)| context.viewer.may(*right));
    let sections = sections.map(|(key, address, _)| Section {
        name: context.text(key),
        note: context.text(&format!("{key}-note")),
        address: context.to(address),
    });
    let layout = context.layout(context.text("admin-title"), "/admin");
    let page = IndexPage { layout, sections: sections.collect() };
    answer(StatusCode::OK, page.render())
}
