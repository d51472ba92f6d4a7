//! The audit log, for administrators and auditors: who did what, when, with what was and what is. A line
//! leads to what it is about, and the page of that leads back to the lines about it.

use crate::alerts::{SETTING, Thresholds};
use crate::audit::{AuditKind, AuditLine, AuditLog, AuditSearch};
use crate::pages::access_audit::AccessAudit;
use crate::pages::audit_links::{lines_about, page_of, thing_at};
use crate::pages::choices::{Choice, Select};
use crate::pages::pagination::Pager;
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
    /// The kinds of actions to choose.
    selects: [Select; 1],
    /// The thing that the lines are about, where one was asked for: its name, its page, and the log
    /// without this filter.
    thing: Option<(String, Option<String>, String)>,
    rows: Vec<Row>,
    /// The same lines as a file.
    file: String,
    pager: Pager,
    refusal: Option<String>,
}

/// A line with the page of what it is about; where the reader may not open it, with the lines about it.
struct Row {
    line: AuditLine,
    page: Option<String>,
}

/// The fields of the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct AuditQuery {
    who: String,
    what: String,
    from: String,
    to: String,
    /// A kind of actions.
    #[serde(skip_serializing_if = "String::is_empty")]
    kind: String,
    /// The path of the page of one thing.
    #[serde(skip_serializing_if = "String::is_empty")]
    of: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    below: String,
}

impl AuditQuery {
    /// The log for a reader, who looks for words or does not.
    async fn log(&self, context: &Context) -> PageResult<AuditLog> {
        let is_search = !self.who.is_empty() || !self.what.is_empty();
        let log = AuditLog::of(&context.app, context.texts, is_search).await?;
        Ok(log.with_default(SETTING, &Thresholds::default()))
    }

    /// What the store is asked; an error within: the key of the sentence that says what is wrong with the
    /// days. A kind or a page that is not known is an address that can not be read.
    fn filter(&self, log: &AuditLog) -> PageResult<Result<AuditFilter, &'static str>> {
        let known = |field: &str, is_known: bool| field.is_empty() || is_known;
        let (kind, thing) = (AuditKind::of(&self.kind), thing_at(&self.of));
        if !known(&self.kind, kind.is_some()) || !known(&self.of, thing.is_some()) {
            return Err(PageError::Request);
        }
        let days = [self.from.as_str(), self.to.as_str()];
        let search = AuditSearch { who: &self.who, what: &self.what, days, kind, thing };
        let below = self.below.parse().ok();
        Ok(log.filter(search).map(|filter| AuditFilter { below, ..filter }))
    }

    /// The address of the page, in no language, or of the file, with the lines below one.
    fn path(&self, path: &str, below: String) -> String {
        let query = Self { below, ..self.clone() };
        format!("{path}?{}", serde_html_form::to_string(query).unwrap_or_default())
    }

    /// The kinds of actions that the form offers.
    fn kinds(&self, texts: &Texts) -> Select {
        let choice = |kind: &AuditKind| Choice {
            value: kind.word.to_owned(),
            name: kind.name(texts),
            chosen: kind.word == self.kind,
        };
        let choices = AuditKind::all().iter().map(choice).collect();
        let select = Select { name: "kind", label: texts.get("account-audit-kind"), choices };
        select.with_all(texts.get("account-audit-kind-all"))
    }
}

/// `GET /admin/audit`.
pub(super) async fn list(context: Context, Query(query): Query<AuditQuery>) -> PageResult {
    let log = query.log(&context).await?;
    let filter = query.filter(&log)?;
    let mut changes = match &filter {
        // One more than is shown tells whether there is a next page.
        Ok(filter) => context.app.store.audit_lines(filter, PAGE + 1).await?,
        Err(_) => Vec::new(),
    };
    let more = changes.len() > PAGE as usize;
    changes.truncate(PAGE as usize);
    let last = changes.last().filter(|_| more).map(|one| one.num);
    let page_below = |below: String| query.path("/admin/audit", below);
    let page_of = |thing| page_of(thing, log.names(), &context.viewer);
    let own = thing_at(&query.of);
    let leads_to = |thing| {
        let lines = || lines_about(thing).filter(|_| own != Some(thing));
        page_of(thing).or_else(lines).map(|to| context.to(&to))
    };
    let newest = (!query.below.is_empty()).then(|| context.to(&page_below(String::new())));
    let older = last.map(|num| context.to(&page_below(num.to_string())));
    let row = |line: AuditLine| {
        let page = line.thing.and_then(leads_to);
        Row { line, page }
    };
    let everything = AuditQuery { of: String::new(), below: String::new(), ..query.clone() };
    let page = AuditPage {
        layout: context.layout(context.text("account-audit"), &page_below(query.below.clone())),
        selects: [query.kinds(context.texts)],
        thing: own.map(|thing| {
            let without = context.to(&everything.path("/admin/audit", String::new()));
            (log.thing_name(thing), page_of(thing).map(|to| context.to(&to)), without)
        }),
        file: context.to(&query.path("/admin/audit.csv", String::new())),
        pager: Pager {
            previous_key: "account-audit-newest",
            next_key: "account-audit-older",
            ..Pager::of_cursors(newest, older)
        },
        refusal: filter.as_ref().err().map(|key| context.text(key)),
        rows: log.lines(&changes).await?.into_iter().map(row).collect(),
        query: query.clone(),
    };
    let status = if filter.is_err() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    Ok(no_store(answer(status, page.render())))
}

/// `GET /admin/audit.csv`: all lines that are asked for, sent as they are read.
pub(super) async fn file(context: Context, Query(query): Query<AuditQuery>) -> PageResult {
    let log = query.log(&context).await?;
    let filter = query.filter(&log)?.map_err(|_| PageError::Request)?;
    let place = (header::CONTENT_DISPOSITION, "attachment; filename=\"nhat-ky.csv\"");
    let headers = [(header::CONTENT_TYPE, table_files::CSV), place];
    // How many lines they are is not known before they are read.
    let file = AccessAudit::file("list nhat-ky", json!({ "format": "csv" }));
    let lines = Body::from_stream(log.csv(filter));
    Ok(no_store(file.with((headers, lines).into_response())))
}
