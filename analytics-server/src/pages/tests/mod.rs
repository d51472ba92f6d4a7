//! Every template rendered with sample figures, and every route asked as a browser would.
#![allow(clippy::unwrap_used)]

mod render;
mod routes;

use super::router;
use crate::clock::Clock;
use crate::state::App;
use crate::storage::{Birth, Store};
use jiff::civil::date;
use jiff::tz::TimeZone;
use reports::figures::Figures;
use tempfile::TempDir;

/// A server without ratings, at noon of 1 October 2023.
async fn app() -> (TempDir, App) {
    let dir = TempDir::new().unwrap();
    let birth = Birth { id: uuid::Uuid::nil(), secret: [0; 32], now: 0 };
    let store = Store::open(dir.path(), None, &birth).await.unwrap();
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let now = date(2023, 10, 1).at(12, 0, 0, 0).to_zoned(zone).unwrap();
    let now = now.timestamp().as_millisecond();
    let app = App::open(store, dir.path(), Clock::from_fn(move || now)).await.unwrap();
    (dir, app)
}

/// The nine months of the case, marked as simulated.
fn nine_months() -> Figures {
    let json = include_str!("../../../../reports/tests/fixture/tayninh-2023-9m.json");
    let mut figures: Figures = serde_json::from_str(json).unwrap();
    figures.simulated = true;
    figures
}
