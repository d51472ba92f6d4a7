//! One alert: what it says, who did what about it, who was told elsewhere; and the two things that
//! can be done. What closes an alert of a low rating is written down beside the rating, too.

use super::view::{AlertView, views};
use crate::alerts::{AlertTexts, departments_of};
use crate::pages::came_from::CameFrom;
use crate::pages::prelude::*;
use crate::storage::alert_deliveries::Delivery;
use crate::storage::alerts::AlertRow;
use crate::storage::notes::Author;

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
    /// Where the reader came from, and what that is called.
    back: (String, String),
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
pub(super) async fn visible_alert(context: &Context, num: &str) -> PageResult<AlertRow> {
    let num: i64 = num.parse().map_err(|_| PageError::Missing)?;
    let own = departments_of(&context.viewer.scope());
    let alert = context.app.store.alert(num, own.as_deref()).await?;
    alert.ok_or(PageError::Missing)
}

/// The address of an alert, which keeps the list of the present one.
fn path(context: &Context, alert: &AlertRow) -> String {
    CameFrom::of(&context.uri).carried_to(&format!("/alerts/{}", alert.num))
}

/// A note as it is kept, or the sentence that says why not.
pub(super) fn read_note(typed: &str, texts: &Texts) -> Result<String, String> {
    let note = typed.replace("\r\n", "\n").trim().to_owned();
    if note.is_empty() {
        Err(texts.get("alerts-note-missing"))
    } else if note.chars().count() > NOTE_CHARS || note.contains('\0') {
        Err(texts.with("alerts-note-long", &[("letters", &NOTE_CHARS.to_string())]))
    } else {
        Ok(note)
    }
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
    let list = CameFrom::of(&context.uri);
    let deliveries = if viewer.may(Permission::Administer) {
        Some(app.store.deliveries(Some(alert.num), 0, DELIVERIES).await?)
    } else {
        None
    };
    let title = texts.with("alerts-one-title", &[("num", &alert.num.to_string())]);
    let mut layout = context.layout(title, &path(context, &alert));
    layout.simulated = alert.simulated;
    let status = form_status(refusal.is_some());
    let back = list.address().unwrap_or("/alerts");
    let name = if back.starts_with("/records/") { "alerts-back-rating" } else { "alerts-back" };
    let back = (context.to(back), texts.get(name));
    let alert = views(context, &words, &list, vec![alert]).await?.pop();
    let alert = alert.ok_or(PageError::Missing)?;
    let page = AlertPage { layout, words, alert, back, deliveries, typed, refusal };
    Ok(answer(status, page.render()))
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
    Ok(context.redirect(&path(&context, &alert)))
}

/// `POST /alerts/{num}/close`.
pub(super) async fn close(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<CloseForm>,
) -> PageResult {
    let alert = visible_alert(&context, &num).await?;
    let note = match read_note(&form.note, context.texts) {
        Ok(note) => note,
        Err(sentence) => return page(&context, alert, form.note, Some(sentence)).await,
    };
    let actor = context.viewer.actor();
    let author = Author { user: context.viewer.user.id, actor: &actor };
    context.app.store.settle_alert(alert.num, &note, author, context.now()).await?;
    Ok(context.redirect(&path(&context, &alert)))
}
