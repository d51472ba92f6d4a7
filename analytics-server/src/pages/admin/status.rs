//! The state of the system: what the command `check` prints, for administrators on a page.

use super::desk::{Desk, Stop};
use crate::checks::{self, Finding, Level, Surroundings};
use crate::pages::shell::{Shell, answer};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use std::cmp::Reverse;

/// The page.
#[derive(Template)]
#[template(path = "admin/status.html")]
struct Status {
    shell: Shell,
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
pub(super) async fn show(desk: Desk) -> Response {
    let shown = async {
        let mut found = findings(&desk).await?;
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
        let summary = desk.texts.with(key, &places);
        let at = desk.moment(Some(desk.now()));
        let at = [("at", at.as_str()), ("version", env!("CARGO_PKG_VERSION"))];
        let page = Status {
            shell: desk.shell(desk.say("check-title"), "/admin/status"),
            summary,
            at: desk.texts.with("check-at", &at),
            rows: found.iter().map(|finding| row(&desk, finding)).collect(),
        };
        Ok(answer(StatusCode::OK, page.render()))
    };
    desk.answer(shown.await)
}

async fn findings(desk: &Desk) -> Result<Vec<Finding>, Stop> {
    let app = &desk.app;
    let around = Surroundings {
        data_dir: &app.data_dir,
        listen: &app.listen,
        tls: app.tls.as_deref(),
        trust_proxy: app.trust_proxy,
        mail: app.mail.as_deref(),
        demo: app.demo,
        now: desk.now(),
    };
    let mut found = checks::inside(&app.store, &around).await?;
    found.push(checks::writing(app.write_check.outcome(&app.store, &app.data_dir).await));
    let size = app.store.about().await?.bytes_here();
    found.extend(checks::outside(&around, size).await);
    Ok(found)
}

fn row(desk: &Desk, finding: &Finding) -> Row {
    let level = finding.level.name();
    Row {
        level,
        name: desk.say(&format!("check-level-{level}")),
        title: finding.title(desk.texts),
        sentence: finding.sentence(desk.texts),
    }
}
