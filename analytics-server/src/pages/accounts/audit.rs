//! The audit log, for administrators and auditors: who did what, when, with what was and what is.

use super::trouble::Trouble;
use super::{csv_file, moment, private, told};
use crate::auth::Viewer;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::posted::InAddress;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::audit::{Asked as Lines, Change};
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use locales::Texts;
use serde::{Deserialize, Serialize};

/// Lines on one page.
const PAGE: u32 = 100;
/// Lines in one file: what an office program opens.
const FILE: u32 = 100_000;

/// One line.
struct Row {
    at: String,
    actor: String,
    action: String,
    subject: String,
    before: String,
    after: String,
}

/// The page.
#[derive(Template)]
#[template(path = "accounts/audit.html")]
struct Audit {
    shell: Shell,
    asked: Asked,
    rows: Vec<Row>,
    /// The same lines as a file.
    file: String,
    newest: Option<String>,
    older: Option<String>,
    refusal: Option<String>,
}

/// What stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(in crate::pages) struct Asked {
    who: String,
    what: String,
    from: String,
    to: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    below: String,
}

impl Asked {
    /// What the store is asked; none: a day is none.
    fn lines(&self, app: &App, texts: &Texts) -> Option<Lines> {
        let start = |text: &str, days: i64| -> Option<Option<i64>> {
            if text.trim().is_empty() {
                return Some(None);
            }
            let day: Date = text.trim().parse().ok()?;
            let day = day.checked_add(jiff::Span::new().days(days)).ok()?;
            let start = day.to_zoned(app.zone.clone()).ok()?;
            Some(Some(start.timestamp().as_millisecond()))
        };
        Some(Lines {
            actor: told::sought(texts, &self.who),
            what: told::sought(texts, &self.what),
            from: start(&self.from, 0)?,
            // Both days are counted.
            until: start(&self.to, 1)?,
            below: self.below.parse().ok(),
        })
    }

    fn address(&self, path: &str, texts: &Texts) -> String {
        let query = serde_html_form::to_string(self).unwrap_or_default();
        format!("{path}?{query}{}", address::language(texts))
    }
}

fn row(app: &App, texts: &Texts, change: Change) -> Row {
    let Change { at, actor, action, subject, before, after, .. } = change;
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let (before, after) = told::states(texts, &app.zone, &before, &after);
    Row {
        at: moment(app, at),
        actor: told::subject(texts, &actor),
        action: told::action(texts, &action),
        subject: told::subject(texts, &subject),
        before,
        after,
    }
}

/// `GET /admin/audit`.
pub(in crate::pages) async fn list(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    viewer: Viewer,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let texts = texts_of(&uri);
    let page = async {
        let lines = asked.lines(&app, texts);
        let changes = match &lines {
            // One more than is shown tells whether there is a next page.
            Some(lines) => app.store.audit_lines(lines, PAGE + 1).await?,
            None => Vec::new(),
        };
        let shown = PAGE as usize;
        let last = changes.get(shown - 1).filter(|_| changes.len() > shown).map(|one| one.num);
        let at = |below: String, texts: &Texts| {
            Asked { below, ..asked.clone() }.address("/admin/audit", texts)
        };
        let here = |texts: &Texts| at(asked.below.clone(), texts);
        let page = Audit {
            shell: Shell::new(&app, Some(&viewer), texts, texts.get("account-audit"), here),
            file: Asked { below: String::new(), ..asked.clone() }
                .address("/admin/audit.csv", texts),
            newest: (!asked.below.is_empty()).then(|| at(String::new(), texts)),
            older: last.map(|num| at(num.to_string(), texts)),
            refusal: lines.is_none().then(|| texts.get("account-audit-day")),
            rows: changes.into_iter().take(shown).map(|change| row(&app, texts, change)).collect(),
            asked: asked.clone(),
        };
        let status = if lines.is_none() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        Ok::<_, Trouble>(private(answer(status, page.render())))
    };
    page.await.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// `GET /admin/audit.csv`.
pub(in crate::pages) async fn file(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    viewer: Viewer,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let texts = texts_of(&uri);
    let file = async {
        let lines = asked.lines(&app, texts).ok_or(crate::pages::fault::Fault::Request)?;
        let heads = ["at", "actor", "action", "subject", "before", "after"];
        let heads = heads.map(|key| texts.get(&format!("account-audit-{key}")));
        let mut rows = Vec::new();
        for change in app.store.audit_lines(&lines, FILE).await? {
            let Row { at, actor, action, subject, before, after } = row(&app, texts, change);
            rows.push(vec![at, actor, action, subject, before, after]);
        }
        csv_file("nhat-ky.csv", &heads, &rows)
    };
    file.await.unwrap_or_else(|trouble: Trouble| trouble.0.page(&app, Some(&viewer), texts))
}
