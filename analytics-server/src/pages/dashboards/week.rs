//! The hours of the week on the overview: the share and the number of ratings of each hour, the lower
//! the share the stronger its colour, each with the way to the visits of that hour.

use super::view::Shown;
use crate::figure_lines::WorstHour;
use crate::stats::measures::hours::{WORST_FROM, clearly_lower, worst};
use reports::charts::Shares;
use reports::figures::Hour;

/// Monday to Friday have a row also when nobody came.
const WORKING_DAYS: u8 = 5;
/// Steps of the colour, from the best share to the lowest.
const SHADES: f64 = 5.0;

pub(in crate::pages) struct WeekCard {
    /// How a cell is read.
    pub note: String,
    /// Heads of the columns.
    pub hours: Vec<String>,
    /// A weekday and its hours.
    pub rows: Vec<(String, Vec<Slot>)>,
    pub worst: Option<WorstHour>,
    /// Where its ratings below satisfied are, for who may see them.
    pub worst_visits: Option<String>,
}

/// One hour of the week; nothing in it where nobody rated.
#[derive(Default)]
pub(in crate::pages) struct Slot {
    pub share: String,
    pub total: String,
    /// 0 the best share … 4 the lowest.
    pub shade: u8,
    /// Few ratings say little about a share: it has no colour.
    pub few: bool,
    /// Lower than the other hours by more than chance explains.
    pub low: bool,
    /// The visits of it.
    pub link: Option<String>,
}

impl WeekCard {
    pub fn of(shown: &Shown) -> Self {
        let (texts, hours) = (shown.view.texts, &shown.figures.hours);
        let rated = || hours.iter().filter(|one| one.ratings > 0);
        let ends = rated().map(|one| one.hour).min().zip(rated().map(|one| one.hour).max());
        let note = texts.with("dashboards-week-note", &[("from", &WORST_FROM.to_string())]);
        let Some((first, last)) = ends else {
            let (hours, rows) = (Vec::new(), Vec::new());
            return Self { note, hours, rows, worst: None, worst_visits: None };
        };
        let enough = rated().filter(|one| one.ratings >= WORST_FROM);
        let axis = Shares::showing(enough.map(share));
        let low = clearly_lower(hours);
        let slot = |day: u8, hour: u8| {
            let one = rated().find(|one| (one.weekday, one.hour) == (day, hour));
            one.map_or_else(Slot::default, |one| Slot::of(one, axis, low.contains(one), shown))
        };
        let came = |day: u8| rated().any(|one| one.weekday == day);
        let days = (1..=7).filter(|day| *day <= WORKING_DAYS || came(*day));
        let row = |day: u8| {
            let name = texts.get(&format!("chart-weekday-{day}"));
            (name, (first..=last).map(|hour| slot(day, hour)).collect())
        };
        let (worst, worst_visits) = worst_hour(shown).unzip();
        let hour = |hour: u8| texts.with("chart-hour", &[("hour", &hour.to_string())]);
        Self {
            note,
            hours: (first..=last).map(hour).collect(),
            rows: days.map(row).collect(),
            worst,
            worst_visits: worst_visits.flatten(),
        }
    }
}

/// The hour of the week with the lowest share in words, and where its ratings below satisfied are for
/// who may see them.
pub(super) fn worst_hour(shown: &Shown) -> Option<(WorstHour, Option<String>)> {
    let hours = &shown.figures.hours;
    let lowest = worst(hours)?;
    let keys = ["dashboards-week-worst", "dashboards-week-clear"];
    let words = WorstHour::of(lowest, hours, keys, shown.view.texts);
    Some((words, visits(&lowest, "&level=below", shown)))
}

fn share(one: &Hour) -> f64 {
    one.satisfied as f64 / one.ratings.max(1) as f64
}

/// The address of the visits of an hour of the week.
fn visits(one: &Hour, more: &str, shown: &Shown) -> Option<String> {
    shown.counted(&format!("&weekday={}&hour={}{more}", one.weekday, one.hour))
}

impl Slot {
    fn of(one: &Hour, axis: Shares, low: bool, shown: &Shown) -> Self {
        let numbers = shown.numbers();
        let below = 1.0 - axis.place(share(one)).clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 4")]
        let shade = (below * SHADES).min(SHADES - 1.0) as u8;
        Self {
            // The sign stands above all of them.
            share: numbers.percent(share(one)).replace('%', ""),
            total: numbers.count(one.ratings),
            shade,
            few: one.ratings < WORST_FROM,
            low,
            link: visits(one, "", shown),
        }
    }
}
