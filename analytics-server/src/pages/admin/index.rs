//! The front page of the administration: each of its sections with what it is for, below the steps to the
//! first rating while something of them is missing.

use crate::pages::first_steps::FirstSteps;
use crate::pages::prelude::*;

/// The sections: key of the name (its sentence has `-note` behind it), address, right.
const SECTIONS: [(&str, &str, Permission); 16] = [
    ("admin-sites", "/admin/sites", Permission::Administer),
    ("admin-departments", "/admin/departments", Permission::Administer),
    ("admin-counters", "/admin/counters", Permission::Administer),
    ("admin-officers", "/admin/officers", Permission::Administer),
    ("admin-procedures", "/admin/procedures", Permission::Administer),
    ("admin-tablets", "/admin/tablets", Permission::Administer),
    ("admin-questionnaires", "/admin/questionnaires", Permission::Administer),
    ("admin-rosters", "/admin/rosters", Permission::Administer),
    ("admin-holidays", "/admin/holidays", Permission::Administer),
    ("admin-centre", "/admin/centre", Permission::Administer),
    ("admin-users", "/admin/users", Permission::Users),
    ("admin-tokens", "/admin/tokens", Permission::Users),
    ("admin-alerts", "/admin/alerts", Permission::Administer),
    ("admin-quarantine", "/quarantine", Permission::Administer),
    ("admin-audit", "/admin/audit", Permission::AuditLog),
    ("admin-status", "/admin/status", Permission::Administer),
];

/// The front page.
#[derive(Template)]
#[template(path = "admin/index.html")]
struct IndexPage {
    layout: Layout,
    first_steps: Option<FirstSteps>,
    /// Name, note, address.
    sections: Vec<(String, String, String)>,
}

/// `GET /admin`.
pub(super) async fn show(context: Context) -> PageResult {
    let first_steps = FirstSteps::of(&context).await?;
    let sections = SECTIONS.into_iter().filter(|(.., right)| context.viewer.may(*right));
    let sections = sections.map(|(key, address, _)| {
        (context.text(key), context.text(&format!("{key}-note")), context.to(address))
    });
    let layout = context.layout(context.text("admin-title"), "/admin");
    let page = IndexPage { layout, first_steps, sections: sections.collect() };
    Ok(answer(StatusCode::OK, page.render()))
}
