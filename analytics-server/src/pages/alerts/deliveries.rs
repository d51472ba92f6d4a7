//! The log of deliveries: what was told to whom, and how it went.

use super::paths::{DELIVERIES, INBOX, THRESHOLDS};
use crate::alerts::{AlertTexts, answer_words};
use crate::pages::address::with_language;
use crate::pages::pagination::{Pager, page_number};
use crate::pages::prelude::*;
use crate::storage::alert_deliveries::Delivery;

/// Deliveries of one page.
const ROWS: u32 = 50;

/// The page of the log.
#[derive(Template)]
#[template(path = "alerts/deliveries.html")]
struct DeliveriesPage {
    layout: Layout,
    deliveries: Vec<DeliveryView>,
    settings: String,
    pub pager: Pager,
}

/// One delivery in words.
pub(super) struct DeliveryView {
    pub made: String,
    /// Number and address of the alert; none: a test.
    pub alert: Option<(i64, String)>,
    pub channel: String,
    pub target: String,
    pub status: String,
    pub class: String,
    pub attempts: u32,
    /// When it is tried next, or was finished.
    pub when: String,
    pub answer: String,
    pub id: String,
}

impl DeliveryView {
    pub fn of(words: &AlertTexts, row: &Delivery) -> Self {
        let texts = words.texts;
        Self {
            made: words.moment(row.created_at),
            alert: row.alert.map(|num| (num, with_language(&format!("{INBOX}/{num}"), texts))),
            channel: texts.get(&format!("alerts-channel-{}", row.channel)),
            target: row.target.clone(),
            status: texts.get(&format!("alerts-delivery-{}", row.status)),
            class: row.status.clone(),
            attempts: row.attempts,
            when: row.finished_at.map_or_else(
                || texts.with("alerts-delivery-next", &[("when", &words.moment(row.next_at))]),
                |at| words.moment(at),
            ),
            answer: row.answer.as_deref().map(|one| answer_words(texts, one)).unwrap_or_default(),
            id: row.id.to_string(),
        }
    }
}

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct DeliveriesQuery {
    page: String,
}

/// `GET /admin/alerts/deliveries`.
pub(super) async fn show(context: Context, Query(query): Query<DeliveriesQuery>) -> PageResult {
    let number = page_number(&query.page)?;
    let words = AlertTexts::of(&context.app, context.texts, false).await?;
    // One more than a page shows tells whether there is another.
    let rows = context.app.store.deliveries(None, (number - 1) * ROWS, ROWS + 1).await?;
    let address = |page: usize| context.to(&format!("{DELIVERIES}?page={page}"));
    let listed = rows.iter().take(ROWS as usize);
    let page = DeliveriesPage {
        layout: context.layout(context.text("alerts-deliveries-title"), DELIVERIES),
        deliveries: listed.map(|row| DeliveryView::of(&words, row)).collect(),
        settings: context.to(THRESHOLDS),
        pager: Pager::new(number as usize, rows.len() > ROWS as usize, address).by_time(),
    };
    Ok(answer(StatusCode::OK, page.render()))
}
