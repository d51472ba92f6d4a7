//! What waits in quarantine and why, and the way out of it once what is named there exists.

use super::{busy, moment, told};
use crate::auth::Viewer;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, Pressed};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::quarantine::Waiting;
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use reports::numbers::Numbers;
use std::collections::{BTreeSet, HashMap};

/// Events shown at once: more than anybody reads.
const SHOWN: u32 = 200;
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
) -> Response {
    let texts = texts_of(&uri);
    told(&app, &viewer, texts, page(&app, &viewer, texts).await)
}

async fn page(app: &App, viewer: &Viewer, texts: &'static Texts) -> Result<Response, Fault> {
    let waiting = app.store.waiting(SHOWN).await.map_err(busy)?;
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
            when: moment(one.created_at, &app.zone, texts),
        }
    };
    let title = texts.get("records-quarantine");
    let shell = Shell::new(app, Some(viewer), texts, title, |texts| {
        address::in_language("/quarantine", texts)
    });
    let counted = Numbers::of(texts).count(count);
    let line = match count {
        0 => texts.get("records-quarantine-none"),
        _ => texts.with("records-quarantine-line", &[("count", &counted)]),
    };
    let page = Quarantine { shell, line, events: waiting.iter().map(event).collect() };
    Ok(answer(StatusCode::OK, page.render()))
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
    let waiting = app.store.waiting(u32::MAX).await.map_err(busy)?;
    let tablets: BTreeSet<_> = waiting.iter().map(|event| event.tablet).collect();
    let repeat_ms = app.centre_now().await.unwrap_or_default().repeat_ms();
    let now = app.clock.now();
    let mut released = 0;
    for tablet in tablets {
        released += app.store.release(tablet, repeat_ms, now).await.map_err(busy)?;
    }
    if released > 0 {
        let after = serde_json::json!({ "released": released }).to_string();
        app.store.log_release(&viewer.actor(), &after, now).await.map_err(busy)?;
    }
    Ok(Redirect::to(&address::in_language("/quarantine", texts)).into_response())
}
