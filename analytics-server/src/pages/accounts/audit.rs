//! The audit log, for administrators and auditors: who did what, when, with what was and what is.

use super::trouble::Trouble;
use super::{private, sought, told};
use crate::auth::Viewer;
use crate::centre::{CENTRE, Centre};
use crate::moments;
use crate::pages::address;
use crate::pages::disclosed::Disclosed;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::InAddress;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::audit::{AuditFilter as Lines, Change};
use crate::storage::rows::Directory;
use crate::storage::users::User;
use crate::tables_out;
use askama::Template;
use axum::BoxError;
use axum::body::Body;
use axum::extract::{OriginalUri, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt as _, stream};
use jiff::civil::Date;
use locales::Texts;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;

/// Lines on one page.
const PAGE: u32 = 100;
/// Lines of a file that are held in memory at once.
const PIECE: u32 = 500;

/// One line.
struct Row {
    at: String,
    actor: String,
    action: String,
    subject: String,
    before: String,
    after: String,
    /// Of two states each difference.
    changes: Vec<String>,
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
    fn lines(&self, app: &App, texts: &Texts, users: &[User]) -> Option<Lines> {
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
            actor: sought::who(texts, users, &self.who),
            what: sought::what(texts, users, &self.what),
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

/// What lines are told with: names as they are now.
#[derive(Clone)]
struct Names {
    users: Arc<[User]>,
    directory: Arc<Directory>,
}

impl Names {
    async fn read(app: &App) -> Result<Self, StoreError> {
        let users = app.store.users().await?.into();
        Ok(Self { users, directory: app.store.directory().await? })
    }
}

fn row(app: &App, texts: &Texts, names: &Names, change: Change) -> Row {
    let Change { at, actor, action, subject, before, after, .. } = change;
    let (zone, users, directory) = (&app.zone, &*names.users, &*names.directory);
    let reader = told::Reader { texts, zone, users, directory };
    // Settings that nobody had touched were those of the program.
    let untouched = || {
        (subject.strip_prefix("setting ") == Some(CENTRE))
            .then(|| serde_json::to_string(&Centre::default()).ok())
    };
    let before = before.or_else(|| untouched().flatten()).unwrap_or_default();
    let after = after.unwrap_or_default();
    let told::States { before, after, changes } = told::states(reader, &subject, &before, &after);
    Row {
        at: moments::short(at, zone),
        actor: reader.named(&actor),
        action: told::action(texts, &action),
        subject: reader.named(&subject),
        before,
        after,
        changes,
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
        let names = Names::read(&app).await?;
        let lines = asked.lines(&app, texts, &names.users);
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
            rows: changes
                .into_iter()
                .take(shown)
                .map(|change| row(&app, texts, &names, change))
                .collect(),
            asked: asked.clone(),
        };
        let status = if lines.is_none() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        Ok::<_, Trouble>(private(answer(status, page.render())))
    };
    page.await.unwrap_or_else(|trouble| trouble.0.page(&app, Some(&viewer), texts))
}

/// `GET /admin/audit.csv`: all lines that are asked for, however many, sent as they are read.
pub(in crate::pages) async fn file(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    viewer: Viewer,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let texts = texts_of(&uri);
    let names = match Names::read(&app).await {
        Ok(names) => names,
        Err(error) => return Fault::Store(error).page(&app, Some(&viewer), texts),
    };
    let Some(lines) = asked.lines(&app, texts, &names.users) else {
        return Fault::Request.page(&app, Some(&viewer), texts);
    };
    let heads = ["at", "actor", "action", "subject", "before", "after"];
    let heads = heads.map(|key| texts.get(&format!("account-audit-{key}")));
    let head = Ok(tables_out::csv(&heads, &[]));
    let pieces = stream::try_unfold(Some(lines), move |lines| {
        let (app, names) = (app.clone(), names.clone());
        async move {
            let Some(lines) = lines else { return Ok(None) };
            piece(&app, texts, &names, lines).await.map(Some)
        }
    });
    let pieces = stream::iter([head]).chain(pieces).inspect(|piece| {
        if let Err(error) = piece {
            // The reader sees a download that broke off: the head is long gone.
            tracing::error!(%error, "the audit log's file broke off");
        }
    });
    let place = (header::CONTENT_DISPOSITION, "attachment; filename=\"nhat-ky.csv\"");
    let headers = [(header::CONTENT_TYPE, tables_out::CSV), place];
    // How many lines they are is not known before they are read.
    let file = Disclosed::file("list nhat-ky", json!({ "format": "csv" }));
    private(file.with((headers, Body::from_stream(pieces)).into_response()))
}

/// The next lines of the file, and what is asked for after them.
async fn piece(
    app: &App,
    texts: &Texts,
    names: &Names,
    lines: Lines,
) -> Result<(Vec<u8>, Option<Lines>), BoxError> {
    let changes = app.store.audit_lines(&lines, PIECE).await?;
    let last = changes.last().filter(|_| changes.len() == PIECE as usize).map(|one| one.num);
    let cells = |change: Change| {
        let Row { at, actor, action, subject, before, after, .. } = row(app, texts, names, change);
        vec![at, actor, action, subject, before, after]
    };
    let rows: Vec<Vec<String>> = changes.into_iter().map(cells).collect();
    let bytes = tables_out::csv_lines("", rows.iter().map(Vec::as_slice));
    Ok((bytes, last.map(|num| Lines { below: Some(num), ..lines })))
}
