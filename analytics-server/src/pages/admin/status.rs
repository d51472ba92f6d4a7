//! The state of the system: what the command `check` prints, for administrators on a page.

use crate::checks::{self, Finding, Level, Surroundings};
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
    rows: Vec<Row>,
}

/// A finding.
struct Row {
    level: &'static str,
    name: String,
    title: String,
    sentence: String,
}

/// `GET /admin/status`.
pub(super) async fn show(context: Context) -> PageResult {
    let mut found = findings(&context).await?;
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
        rows: found.iter().map(|finding| row(&context, finding)).collect(),
    };
    Ok(answer(StatusCode::OK, page.render()))
}

async fn findings(context: &Context) -> PageResult<Vec<Finding>> {
    let app = &context.app;
    let around = Surroundings {
        data_dir: &app.data_dir,
        listen: &app.listen,
        tls: app.tls.as_deref(),
        trust_proxy: app.trust_proxy,
        mail: app.mail.as_deref(),
        demo: app.demo,
        now: context.now(),
    };
    let mut found = checks::inside(&app.store, &around).await?;
    found.push(checks::writing(app.write_check.outcome(&app.store, &app.data_dir).await));
    let size = app.store.about().await?.bytes_here();
    found.extend(checks::outside(&around, size).await);
    Ok(found)
}

fn row(context: &Context, finding: &Finding) -> Row {
    let level = finding.level.name();
    Row {
        level,
        name: context.text(&format!("check-level-{level}")),
        title: finding.title(context.texts),
        sentence: finding.sentence(context.texts),
    }
}
