//! One alert: what it says, who did what about it, who was told elsewhere; and the two things that
//! can be done.

use super::view::View;
use super::webhooks::DeliveryView;
use super::{answered, lead, number, store, texts_of};
use crate::alerts::{AlertTexts as Words, departments_of};
use crate::auth::{Right, Viewer};
use crate::pages::address;
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, Pressed};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::alerts::AlertRow;
use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use locales::Texts;
use serde::Deserialize;

/// Letters of a note: a few sentences.
const NOTE_CHARS: usize = 500;

/// Deliveries that are listed.
const DELIVERIES: u32 = 50;

/// The page.
#[derive(Template)]
#[template(path = "alerts/one.html")]
pub(in crate::pages) struct One {
    pub shell: Shell,
    pub alert: View,
    /// Address of the inbox.
    pub inbox: String,
    /// Who was told elsewhere; only for who administers.
    pub deliveries: Option<Vec<DeliveryView>>,
    /// What was typed as a note.
    pub typed: String,
    /// Why the note was not taken.
    pub refusal: Option<String>,
}

/// What the form of closing says.
#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    note: String,
}

/// The alert of an address, if this person may see it.
async fn alert(app: &App, viewer: &Viewer, num: &str) -> Result<AlertRow, Fault> {
    let own = departments_of(&viewer.scope());
    let alert = app.store.alert(number(num)?, own.as_deref()).await.map_err(store)?;
    alert.ok_or(Fault::Missing)
}

async fn page(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    alert: &AlertRow,
    typed: String,
    refusal: Option<String>,
) -> Result<Response, Fault> {
    let mut words = Words::of(app, texts, true).await.map_err(store)?;
    words.directory = viewer.scope().narrow(words.directory);
    let users = app.store.users().await.map_err(store)?;
    let deliveries = if viewer.may(Right::Administer) {
        let rows = app.store.deliveries(Some(alert.num), 0, DELIVERIES).await.map_err(store)?;
        Some(rows.iter().map(|row| DeliveryView::of(&words, row)).collect())
    } else {
        None
    };
    let title = texts.with("alerts-one-title", &[("num", &alert.num.to_string())]);
    let here = format!("/alerts/{}", alert.num);
    let mut shell =
        Shell::new(app, Some(viewer), texts, title, |texts| address::in_language(&here, texts));
    shell.simulated = alert.simulated;
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let alert = View::of(&words, viewer, &users, alert);
    let inbox = address::in_language("/alerts", texts);
    Ok(answer(status, One { shell, alert, inbox, deliveries, typed, refusal }.render()))
}

/// `GET /alerts/{num}`.
pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
) -> Response {
    let texts = texts_of(&uri);
    let outcome = match alert(&app, &viewer, &num).await {
        Ok(alert) => page(&app, &viewer, texts, &alert, String::new(), None).await,
        Err(fault) => Err(fault),
    };
    answered(outcome, &app, &viewer, texts)
}

/// `POST /alerts/{num}/acknowledge`. Who comes second is shown who came first.
pub(super) async fn acknowledge(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
    Posted { viewer, form: Pressed {} }: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    let outcome = async {
        let alert = alert(&app, &viewer, &num).await?;
        let now = app.clock.now();
        app.store.acknowledge_alert(alert.num, &viewer.actor(), now).await.map_err(store)?;
        Ok(lead(&format!("/alerts/{}", alert.num), texts))
    };
    answered(outcome.await, &app, &viewer, texts)
}

/// `POST /alerts/{num}/close`.
pub(super) async fn close(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
    Posted { viewer, form }: Posted<Filled>,
) -> Response {
    let texts = texts_of(&uri);
    let outcome = async {
        let alert = alert(&app, &viewer, &num).await?;
        let note: String = form.note.replace("\r\n", "\n").trim().to_owned();
        let refusal = if note.is_empty() {
            Some(texts.get("alerts-note-missing"))
        } else if note.chars().count() > NOTE_CHARS || note.contains('\0') {
            let most = NOTE_CHARS.to_string();
            Some(texts.with("alerts-note-long", &[("letters", &most)]))
        } else {
            None
        };
        if refusal.is_some() {
            return page(&app, &viewer, texts, &alert, form.note, refusal).await;
        }
        let now = app.clock.now();
        app.store.close_alert(alert.num, Some(&note), &viewer.actor(), now).await.map_err(store)?;
        Ok(lead(&format!("/alerts/{}", alert.num), texts))
    };
    answered(outcome.await, &app, &viewer, texts)
}
