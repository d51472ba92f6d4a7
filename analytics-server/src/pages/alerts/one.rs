//! One alert: what it says, who did what about it, who was told elsewhere; and the two things that
//! can be done.

use super::view::AlertView;
use crate::alerts::{AlertTexts, departments_of};
use crate::pages::prelude::*;
use crate::storage::alert_deliveries::Delivery;
use crate::storage::alerts::AlertRow;

/// Letters of a note: a few sentences.
const NOTE_CHARS: usize = 500;
/// Deliveries that are listed.
const DELIVERIES: u32 = 50;

#[derive(Template)]
#[template(path = "alerts/one.html")]
struct AlertPage {
    layout: Layout,
    words: AlertTexts,
    alert: AlertView,
    /// Who was told elsewhere; only for who administers.
    deliveries: Option<Vec<Delivery>>,
    /// What was typed as a note.
    typed: String,
    /// Why the note was not taken.
    refusal: Option<String>,
}

/// The form that closes an alert.
#[derive(Deserialize)]
pub(super) struct CloseForm {
    #[serde(default)]
    note: String,
}

/// The alert of an address, if this person may see it.
async fn visible_alert(context: &Context, num: &str) -> PageResult<AlertRow> {
    let num: i64 = num.parse().map_err(|_| PageError::Missing)?;
    let own = departments_of(&context.viewer.scope());
    let alert = context.app.store.alert(num, own.as_deref()).await?;
    alert.ok_or(PageError::Missing)
}

fn path(alert: &AlertRow) -> String {
    format!("/alerts/{}", alert.num)
}

async fn page(
    context: &Context,
    alert: AlertRow,
    typed: String,
    refusal: Option<String>,
) -> PageResult {
    let Context { app, viewer, texts, .. } = context;
    let mut words = AlertTexts::of(app, texts, true).await?;
    words.directory = viewer.scope().narrow(words.directory);
    let users = app.store.users().await?;
    let deliveries = if viewer.may(Permission::Administer) {
        Some(app.store.deliveries(Some(alert.num), 0, DELIVERIES).await?)
    } else {
        None
    };
    let title = texts.with("alerts-one-title", &[("num", &alert.num.to_string())]);
    let mut layout = context.layout(title, &path(&alert));
    layout.simulated = alert.simulated;
    let status = form_status(refusal.is_some());
    let alert = AlertView::of(&words, viewer, &users, alert);
    Ok(answer(status, AlertPage { layout, words, alert, deliveries, typed, refusal }.render()))
}

/// `GET /alerts/{num}`.
pub(super) async fn show(context: Context, Path(num): Path<String>) -> PageResult {
    let alert = visible_alert(&context, &num).await?;
    page(&context, alert, String::new(), None).await
}

/// `POST /alerts/{num}/acknowledge`. Who comes second is shown who came first.
pub(super) async fn acknowledge(
    context: Context,
    Path(num): Path<String>,
    _: CsrfForm<EmptyForm>,
) -> PageResult {
    let alert = visible_alert(&context, &num).await?;
    let Context { app, viewer, .. } = &context;
    app.store.acknowledge_alert(alert.num, &viewer.actor(), context.now()).await?;
    Ok(context.redirect(&path(&alert)))
}

/// `POST /alerts/{num}/close`.
pub(super) async fn close(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<CloseForm>,
) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let alert = visible_alert(&context, &num).await?;
    let note = form.note.replace("\r\n", "\n").trim().to_owned();
    let refusal = if note.is_empty() {
        Some(texts.get("alerts-note-missing"))
    } else if note.chars().count() > NOTE_CHARS || note.contains('\0') {
        Some(texts.with("alerts-note-long", &[("letters", &NOTE_CHARS.to_string())]))
    } else {
        None
    };
    if refusal.is_some() {
        return page(&context, alert, form.note, refusal).await;
    }
    app.store.close_alert(alert.num, Some(&note), &viewer.actor(), context.now()).await?;
    Ok(context.redirect(&path(&alert)))
}
