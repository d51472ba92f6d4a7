//! The audit log, for administrators and auditors: who did what, when, with what was and what is.

use crate::audit::{AuditLine, AuditLog};
use crate::pages::access_audit::AccessAudit;
use crate::pages::prelude::*;
use crate::storage::audit::AuditFilter;
use crate::table_files;
use axum::body::Body;
use axum::http::header;
use serde::Serialize;
use serde_json::json;

/// Lines on one page.
const PAGE: u32 = 100;

#[derive(Template)]
#[template(path = "accounts/audit.html")]
struct AuditPage {
    layout: Layout,
    query: AuditQuery,
    rows: Vec<AuditLine>,
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
    fn filter(&self, log: &AuditLog) -> Option<AuditFilter> {
        let filter = log.filter(&self.who, &self.what, [&self.from, &self.to])?;
        Some(AuditFilter { below: self.below.parse().ok(), ..filter })
    }

    /// The address of the page, in no language, or of the file, with the lines below one.
    fn path(&self, path: &str, below: String) -> String {
        let query = Self { below, ..self.clone() };
        format!("{path}?{}", serde_html_form::to_string(query).unwrap_or_default())
    }
}

/// `GET /admin/audit`.
pub(super) async fn list(context: Context, Query(query): Query<AuditQuery>) -> PageResult {
    let log = AuditLog::of(&context.app, context.texts).await?;
    let filter = query.filter(&log);
    let mut changes = match &filter {
        // One more than is shown tells whether there is a next page.
        Some(filter) => context.app.store.audit_lines(filter, PAGE + 1).await?,
        None => Vec::new(),
    };
    let more = changes.len() > PAGE as usize;
    changes.truncate(PAGE as usize);
    let last = changes.last().filter(|_| more).map(|one| one.num);
    let page_below = |below: String| query.path("/admin/audit", below);
    let page = AuditPage {
        layout: context.layout(context.text("account-audit"), &page_below(query.below.clone())),
        file: context.to(&query.path("/admin/audit.csv", String::new())),
        newest: (!query.below.is_empty()).then(|| context.to(&page_below(String::new()))),
        older: last.map(|num| context.to(&page_below(num.to_string()))),
        refusal: filter.is_none().then(|| context.text("account-audit-day")),
        rows: changes.into_iter().map(|change| log.line(change)).collect(),
        query: query.clone(),
    };
    let status = if filter.is_none() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    Ok(no_store(answer(status, page.render())))
}

/// `GET /admin/audit.csv`: all lines that are asked for, sent as they are read.
pub(super) async fn file(context: Context, Query(query): Query<AuditQuery>) -> PageResult {
    let log = AuditLog::of(&context.app, context.texts).await?;
    let filter = query.filter(&log).ok_or(PageError::Request)?;
    let place = (header::CONTENT_DISPOSITION, "attachment; filename=\"nhat-ky.csv\"");
    let headers = [(header::CONTENT_TYPE, table_files::CSV), place];
    // How many lines they are is not known before they are read.
    let file = AccessAudit::file("list nhat-ky", json!({ "format": "csv" }));
    let lines = Body::from_stream(log.csv(filter));
    Ok(no_store(file.with((headers, lines).into_response())))
}
