//! The audit log, for administrators and auditors: who did what, when, with what was and what is.

use super::audit_search::{action_part, actor_part};
use super::audit_wording::{Wording, action_words};
use super::differences::{States, states};
use crate::centre::{CENTRE, Centre};
use crate::moments;
use crate::pages::disclosure::Disclosure;
use crate::pages::prelude::*;
use crate::storage::audit::{AuditFilter as Lines, Change};
use crate::storage::rows::Directory;
use crate::storage::users::User;
use crate::tables_out;
use axum::BoxError;
use axum::body::Body;
use axum::http::header;
use futures_util::{StreamExt as _, stream};
use jiff::civil::Date;
use serde::Serialize;
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

#[derive(Template)]
#[template(path = "accounts/audit.html")]
struct AuditPage {
    layout: Layout,
    query: AuditQuery,
    rows: Vec<Row>,
    /// The same lines as a file.
    file: String,
    newest: Option<String>,
    older: Option<String>,
    refusal: Option<String>,
}

/// The fields of the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct AuditQuery {
    who: String,
    what: String,
    from: String,
    to: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    below: String,
}

impl AuditQuery {
    /// What the store is asked; none: a day is none.
    fn lines(&self, log: &Log) -> Option<Lines> {
        let Context { app, texts, .. } = &log.context;
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
            actor: actor_part(texts, &log.users, &self.who),
            what: action_part(texts, &log.users, &self.what),
            from: start(&self.from, 0)?,
            // Both days are counted.
            until: start(&self.to, 1)?,
            below: self.below.parse().ok(),
        })
    }

    /// The address of the page, in no language, or of the file, with the lines below one.
    fn path(&self, path: &str, below: String) -> String {
        let query = Self { below, ..self.clone() };
        format!("{path}?{}", serde_html_form::to_string(query).unwrap_or_default())
    }
}

/// The log for a reader, in words and with names as they are now.
#[derive(Clone)]
struct Log {
    context: Context,
    users: Arc<[User]>,
    directory: Arc<Directory>,
}

impl Log {
    async fn of(context: Context) -> PageResult<Self> {
        let users = context.app.store.users().await?.into();
        let directory = context.app.store.directory().await?;
        Ok(Self { context, users, directory })
    }

    fn row(&self, change: Change) -> Row {
        let Context { app, texts, .. } = &self.context;
        let Change { at, actor, action, subject, before, after, .. } = change;
        let (users, directory) = (&*self.users, &*self.directory);
        let wording = Wording { texts, zone: &app.zone, users, directory };
        // Settings that nobody had touched were those of the program.
        let untouched = || {
            (subject.strip_prefix("setting ") == Some(CENTRE))
                .then(|| serde_json::to_string(&Centre::default()).ok())
        };
        let before = before.or_else(|| untouched().flatten()).unwrap_or_default();
        let after = after.unwrap_or_default();
        let States { before, after, changes } = states(wording, &subject, &before, &after);
        Row {
            at: moments::short(at, &app.zone),
            actor: wording.with_names(&actor),
            action: action_words(texts, &action),
            subject: wording.with_names(&subject),
            before,
            after,
            changes,
        }
    }

    /// The next lines of the file, and what is asked for after them.
    async fn piece(&self, lines: Lines) -> Result<(Vec<u8>, Option<Lines>), BoxError> {
        let changes = self.context.app.store.audit_lines(&lines, PIECE).await?;
        let last = changes.last().filter(|_| changes.len() == PIECE as usize).map(|one| one.num);
        let cells = |change: Change| {
            let Row { at, actor, action, subject, before, after, .. } = self.row(change);
            vec![at, actor, action, subject, before, after]
        };
        let rows: Vec<Vec<String>> = changes.into_iter().map(cells).collect();
        let bytes = tables_out::csv_lines("", rows.iter().map(Vec::as_slice));
        Ok((bytes, last.map(|num| Lines { below: Some(num), ..lines })))
    }
}

/// `GET /admin/audit`.
pub(super) async fn list(context: Context, Query(query): Query<AuditQuery>) -> PageResult {
    let log = Log::of(context.clone()).await?;
    let lines = query.lines(&log);
    let mut changes = match &lines {
        // One more than is shown tells whether there is a next page.
        Some(lines) => context.app.store.audit_lines(lines, PAGE + 1).await?,
        None => Vec::new(),
    };
    let more = changes.len() > PAGE as usize;
    changes.truncate(PAGE as usize);
    let last = changes.last().filter(|_| more).map(|one| one.num);
    let page_below = |below: String| query.path("/admin/audit", below);
    let here = page_below(query.below.clone());
    let page = AuditPage {
        layout: context.layout(context.text("account-audit"), &here),
        file: context.to(&query.path("/admin/audit.csv", String::new())),
        newest: (!query.below.is_empty()).then(|| context.to(&page_below(String::new()))),
        older: last.map(|num| context.to(&page_below(num.to_string()))),
        refusal: lines.is_none().then(|| context.text("account-audit-day")),
        rows: changes.into_iter().map(|change| log.row(change)).collect(),
        query: query.clone(),
    };
    let status = if lines.is_none() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    Ok(no_store(answer(status, page.render())))
}

/// `GET /admin/audit.csv`: all lines that are asked for, however many, sent as they are read.
pub(super) async fn file(context: Context, Query(query): Query<AuditQuery>) -> PageResult {
    let heads = ["at", "actor", "action", "subject", "before", "after"];
    let heads = heads.map(|key| context.text(&format!("account-audit-{key}")));
    let log = Log::of(context).await?;
    let lines = query.lines(&log).ok_or(PageError::Request)?;
    let head = Ok(tables_out::csv(&heads, &[]));
    let pieces = stream::try_unfold(Some(lines), move |lines| {
        let log = log.clone();
        async move {
            let Some(lines) = lines else { return Ok(None) };
            log.piece(lines).await.map(Some)
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
    let file = Disclosure::file("list nhat-ky", json!({ "format": "csv" }));
    Ok(no_store(file.with((headers, Body::from_stream(pieces)).into_response())))
}
