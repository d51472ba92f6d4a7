//! The hours of the week on the overview: the picture, and the same as a table whose days and hours
//! are told in words and lead to the visits of that hour.

use crate::auth::{Right, Viewer};
use crate::pages::address::{self, Seen};
use crate::pages::overview::Chart;
use reports::charts::{self, ChartError, Size};
use reports::figures::Figures;
use reports::numbers::Numbers;

/// Picture and table.
pub(in crate::pages) struct WeekCard {
    pub chart: Chart,
    /// The hours, as the heads of columns, with the way to their visits.
    pub hours: Vec<(String, Option<String>)>,
    /// A weekday and its counts.
    pub rows: Vec<(String, Vec<String>)>,
}

impl WeekCard {
    /// The card of some figures.
    pub fn of(figures: &Figures, viewer: &Viewer, seen: &Seen) -> Result<Self, ChartError> {
        let texts = seen.texts;
        let chart = Chart {
            wide: charts::hours(figures, texts, Size::CARD)?,
            narrow: charts::hours(figures, texts, Size::PHONE)?,
            caption: charts::hours_caption(figures, texts),
            numbers: None,
        };
        let Some(week) = charts::Week::of(figures) else {
            return Ok(Self { chart, hours: Vec::new(), rows: Vec::new() });
        };
        let hour = |hour: &u8| {
            let visits = || address::visits(seen, &format!("&hour={hour}"));
            let name = texts.with("chart-hour", &[("hour", &hour.to_string())]);
            (name, viewer.may(Right::Records).then(visits))
        };
        let cell = |slot: &charts::Slot| {
            let count = Numbers::of(texts).count(slot.count);
            if slot.is_low {
                texts.with("dashboards-week-low", &[("count", &count)])
            } else {
                count
            }
        };
        let row = |(day, slots): (&u8, &Vec<charts::Slot>)| {
            (texts.get(&format!("chart-weekday-{day}")), slots.iter().map(cell).collect())
        };
        let hours = week.hours.iter().map(hour).collect();
        Ok(Self { chart, hours, rows: week.days.iter().zip(&week.rows).map(row).collect() })
    }
}
