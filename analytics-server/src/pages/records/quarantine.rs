//! What waits in quarantine and why, and the way out of it once what is named there exists.

use crate::centre_time;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::dashboards::query::FigureQuery;
use crate::pages::pagination::{Pager, page_number};
use crate::pages::prelude::*;
use crate::storage::quarantine::Waiting;
use reports::numbers::Numbers;
use std::collections::HashMap;

/// Where the list is.
const PATH: &str = "/quarantine";
/// Events on one page.
const PAGE: u32 = 100;
/// Reasons that have words.
const KNOWN: [&str; 9] = [
    "unreadable",
    "unknown_counter",
    "unknown_officer",
    "no_question",
    "other_tablet",
    "asked_twice",
    "answered_twice",
    "not_answered",
    "level_off_scale",
];

/// The page of the quarantine.
#[derive(Template)]
#[template(path = "records/quarantine.html")]
struct QuarantinePage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    line: String,
    events: Vec<Event>,
    /// Where the list goes on, to both sides.
    pager: Pager,
}

/// One event in words.
struct Event {
    reason: String,
    detail: String,
    place: String,
    when: String,
}

/// `GET /quarantine`.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let Context { app, texts, .. } = &context;
    let number = page_number(query.page.as_deref().unwrap_or_default())?;
    let waiting = app.store.waiting((number - 1) * PAGE, PAGE).await?;
    let count = app.store.quarantined().await?;
    let tablets = app.store.tablets().await?;
    let counters: HashMap<_, _> = tablets.into_iter().map(|row| (row.id, row.counter)).collect();
    let event = |one: &Waiting| {
        let counter = counters.get(&one.tablet).cloned().unwrap_or_default();
        let number = one.number.to_string();
        let places = [("counter", &*counter), ("number", &number)];
        let known = KNOWN.contains(&one.reason.as_str());
        let reason = if known { &*one.reason } else { "other" };
        Event {
            reason: texts.get(&format!("records-odd-{reason}")),
            detail: one.detail.clone(),
            place: texts.with("records-quarantine-place", &places),
            when: centre_time::in_sentence(one.created_at, &app.zone, texts),
        }
    };
    let counted = Numbers::of(texts).count(count);
    let line = match count {
        0 => texts.get("records-quarantine-none"),
        _ => texts.with("records-quarantine-line", &[("count", &counted)]),
    };
    let page = QuarantinePage {
        layout: context.layout(context.text("records-quarantine"), &path(number as usize)),
        breadcrumb: Breadcrumb::admin(&context),
        line,
        events: waiting.iter().map(event).collect(),
        pager: Pager::new(number as usize, u64::from(number * PAGE) < count, |page| {
            context.to(&path(page))
        }),
    };
    Ok(answer(StatusCode::OK, page.render()))
}

/// The address of a page of the list.
fn path(number: usize) -> String {
    match number {
        1 => PATH.to_owned(),
        number => format!("{PATH}?page={number}"),
    }
}

/// `POST /quarantine`: counts what can be counted by now.
pub(super) async fn release(context: Context, _: CsrfForm<EmptyForm>) -> PageResult {
    let app = &context.app;
    let repeat_ms = app.centre_now().await.unwrap_or_default().repeat_ms();
    let now = context.now();
    let released = app.store.release_all(repeat_ms, now).await?;
    if released > 0 {
        let after = serde_json::json!({ "released": released }).to_string();
        app.store.log_release(&context.viewer.actor(), &after, now).await?;
    }
    Ok(context.redirect(PATH))
}
