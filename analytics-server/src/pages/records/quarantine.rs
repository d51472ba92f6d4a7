//! What waits in quarantine and why, and the way out of it once what is named there exists.

use super::{busy, told};
use crate::auth::Viewer;
use crate::moments;
use crate::pages::address::{self, Asked};
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::{InAddress, Posted, Pressed};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::quarantine::Waiting;
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use reports::numbers::Numbers;
use std::collections::HashMap;

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

/// The page.
#[derive(Template)]
#[template(path = "records/quarantine.html")]
pub(in crate::pages) struct Quarantine {
    pub shell: Shell,
    pub line: String,
    pub events: Vec<Event>,
    /// Where the list goes on, to both sides.
    pub before: Option<String>,
    pub after: Option<String>,
}

/// One event in words.
pub(in crate::pages) struct Event {
    pub reason: String,
    pub detail: String,
    pub place: String,
    pub when: String,
}

/// `GET /quarantine`.
pub(in crate::pages) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let texts = texts_of(&uri);
    told(&app, &viewer, texts, page(&app, &viewer, &asked, texts).await)
}

async fn page(
    app: &App,
    viewer: &Viewer,
    asked: &Asked,
    texts: &'static Texts,
) -> Result<Response, Fault> {
    let number = address::page_number(asked.page.as_deref().unwrap_or_default())?;
    let waiting = app.store.waiting((number - 1) * PAGE, PAGE).await.map_err(busy)?;
    let count = app.store.quarantined().await.map_err(busy)?;
    let tablets = app.store.tablets().await.map_err(busy)?;
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
            when: moments::told(one.created_at, &app.zone, texts),
        }
    };
    let title = texts.get("records-quarantine");
    let shell = Shell::new(app, Some(viewer), texts, title, |texts| at(number, texts));
    let counted = Numbers::of(texts).count(count);
    let line = match count {
        0 => texts.get("records-quarantine-none"),
        _ => texts.with("records-quarantine-line", &[("count", &counted)]),
    };
    let page = Quarantine {
        shell,
        line,
        events: waiting.iter().map(event).collect(),
        before: (number > 1).then(|| at(number - 1, texts)),
        after: (u64::from(number * PAGE) < count).then(|| at(number + 1, texts)),
    };
    Ok(answer(StatusCode::OK, page.render()))
}

/// The address of a page of the list.
fn at(number: u32, texts: &Texts) -> String {
    match number {
        1 => address::in_language("/quarantine", texts),
        number => format!("/quarantine?page={number}{}", address::language(texts)),
    }
}

/// `POST /quarantine`: counts what can be counted by now.
pub(in crate::pages) async fn release(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Posted { viewer, form: Pressed {} }: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    told(&app, &viewer, texts, count(&app, &viewer, texts).await)
}

async fn count(app: &App, viewer: &Viewer, texts: &Texts) -> Result<Response, Fault> {
    let repeat_ms = app.centre_now().await.unwrap_or_default().repeat_ms();
    let now = app.clock.now();
    let mut released = 0;
    for row in app.store.waiting_by_tablet().await.map_err(busy)? {
        released += app.store.release(row.tablet, repeat_ms, now).await.map_err(busy)?;
    }
    if released > 0 {
        let after = serde_json::json!({ "released": released }).to_string();
        app.store.log_release(&viewer.actor(), &after, now).await.map_err(busy)?;
    }
    Ok(Redirect::to(&address::in_language("/quarantine", texts)).into_response())
}
