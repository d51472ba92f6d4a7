//! The log of deliveries: what was told to whom, and how it went.

use crate::alerts::AlertTexts;
use crate::pages::pagination::{Pager, page_number};
use crate::pages::prelude::*;
use crate::storage::alert_deliveries::Delivery;

/// Where it is.
pub(super) const PATH: &str = "/admin/alerts/deliveries";
/// Deliveries of one page.
const ROWS: u32 = 50;

#[derive(Template)]
#[template(path = "alerts/deliveries.html")]
struct DeliveriesPage {
    layout: Layout,
    words: AlertTexts,
    deliveries: Vec<Delivery>,
    pager: Pager,
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
    // One more than a page shows tells whether there is another.
    let (from, shown) = ((number - 1) * ROWS, ROWS as usize);
    let mut deliveries = context.app.store.deliveries(None, from, ROWS + 1).await?;
    let more = deliveries.len() > shown;
    deliveries.truncate(shown);
    let address = |page: usize| context.to(&format!("{PATH}?page={page}"));
    let page = DeliveriesPage {
        layout: context.layout(context.text("alerts-deliveries-title"), PATH),
        words: AlertTexts::of(&context.app, context.texts, false).await?,
        deliveries,
        pager: Pager::new(number as usize, more, address).by_time(),
    };
    Ok(answer(StatusCode::OK, page.render()))
}
