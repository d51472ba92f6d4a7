//! The state of the system: what the command `check` prints, for administrators on a page.

use crate::checks::{self, Finding, Level};
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::prelude::*;
use std::cmp::Reverse;

/// The page with all findings.
#[derive(Template)]
#[template(path = "admin/status.html")]
struct StatusPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    /// How many are as they should be, in a sentence.
    summary: String,
    at: String,
    found: Vec<Finding>,
}

/// `GET /admin/status`.
pub(super) async fn show(context: Context) -> PageResult {
    let mut found = checks::all(&context.app).await?;
    // What needs somebody stands first; the order of the others stays.
    found.sort_by_key(|finding| Reverse(finding.level));
    let count = |level| found.iter().filter(|one| one.level == level).count().to_string();
    let (faults, warnings) = (count(Level::Fault), count(Level::Warning));
    let key = match (faults.as_str(), warnings.as_str()) {
        ("0", "0") => "check-all-good",
        ("0", _) => "check-some-warnings",
        _ => "check-some",
    };
    let places = [("faults", faults.as_str()), ("warnings", warnings.as_str())];
    let at = context.moment(Some(context.now()));
    let at = [("at", at.as_str()), ("version", env!("CARGO_PKG_VERSION"))];
    let page = StatusPage {
        layout: context.layout(context.text("check-title"), "/admin/status"),
        breadcrumb: Breadcrumb::admin(&context),
        summary: context.texts.with(key, &places),
        at: context.texts.with("check-at", &at),
        found,
    };
    Ok(answer(StatusCode::OK, page.render()))
}
