//! The hours of the week on the overview: the share and the number of ratings of each hour, the lower
//! the share the stronger its colour, each with the way to the visits of that hour.

use super::hours::{self, WORST_FROM};
use super::view::View;
use crate::pages::prelude::*;
use crate::stats::measures::satisfied;
use reports::charts::Shares;
use reports::figures::{Figures, Hour};
use reports::numbers::Numbers;

/// Monday to Friday have a row also when nobody came.
const WORKING_DAYS: u8 = 5;
/// Steps of the colour, from the best share to the lowest.
const SHADES: f64 = 5.0;

/// The hours of the week.
pub(in crate::pages) struct WeekCard {
    /// Heads of the columns.
    pub hours: Vec<String>,
    /// A weekday and its hours.
    pub rows: Vec<(String, Vec<Slot>)>,
    /// The hour with the lowest share, in a sentence, what to think of it, and the visits of it that
    /// were below satisfied.
    pub worst: Option<(String, String, Option<String>)>,
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
    /// The card of some figures.
    pub fn of(figures: &Figures, viewer: &Viewer, view: &View) -> Self {
        let texts = view.texts;
        let rated = || figures.hours.iter().filter(|one| one.ratings > 0);
        let ends = rated().map(|one| one.hour).min().zip(rated().map(|one| one.hour).max());
        let Some((first, last)) = ends else {
            return Self { hours: Vec::new(), rows: Vec::new(), worst: None };
        };
        let enough = rated().filter(|one| one.ratings >= WORST_FROM);
        let axis = Shares::showing(enough.map(share));
        let visits = |one: &Hour, more: &str| {
            let place = format!("&weekday={}&hour={}{more}", one.weekday, one.hour);
            viewer.may(Right::Records).then(|| view.counted(&place))
        };
        let low = hours::clearly_lower(&figures.hours);
        let slot = |day: u8, hour: u8| {
            let one = rated().find(|one| (one.weekday, one.hour) == (day, hour));
            one.map_or_else(Slot::default, |one| {
                let link = visits(one, "");
                Slot { link, ..Slot::of(one, axis, &low, view) }
            })
        };
        let came = |day: u8| rated().any(|one| one.weekday == day);
        let days = (1..=7).filter(|day| *day <= WORKING_DAYS || came(*day));
        let row = |day: u8| {
            let name = texts.get(&format!("chart-weekday-{day}"));
            (name, (first..=last).map(|hour| slot(day, hour)).collect())
        };
        let hour = |hour: u8| texts.with("chart-hour", &[("hour", &hour.to_string())]);
        let worst = hours::worst(&figures.hours).map(|one| {
            let (sentence, caution) = worst(one, &low, view);
            (sentence, caution, visits(&one, "&level=below"))
        });
        Self { hours: (first..=last).map(hour).collect(), rows: days.map(row).collect(), worst }
    }
}

fn share(one: &Hour) -> f64 {
    one.satisfied as f64 / one.ratings.max(1) as f64
}

impl Slot {
    fn of(one: &Hour, axis: Shares, low: &[Hour], view: &View) -> Self {
        let numbers = Numbers::of(view.texts);
        let below = 1.0 - axis.place(share(one)).clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 4")]
        let shade = (below * SHADES).min(SHADES - 1.0) as u8;
        Self {
            // The sign stands above all of them.
            share: numbers.percent(share(one)).replace('%', ""),
            total: numbers.count(one.ratings),
            shade,
            few: one.ratings < WORST_FROM,
            low: low.contains(one),
            link: None,
        }
    }
}

/// The hour with the lowest share in words.
fn worst(one: Hour, low: &[Hour], view: &View) -> (String, String) {
    let texts = view.texts;
    let numbers = Numbers::of(texts);
    let of = satisfied(one.satisfied, one.ratings);
    let places = [
        ("day", texts.get(&format!("live-weekday-{}", one.weekday))),
        ("hour", hours::hour_name(one.hour, texts)),
        ("share", of.share.map_or_else(String::new, |share| numbers.percent(share))),
        ("total", numbers.count(one.ratings)),
        ("below", numbers.count(one.ratings - one.satisfied)),
    ];
    let places = places.each_ref().map(|(name, value)| (*name, value.as_str()));
    let caution =
        if low.contains(&one) { "dashboards-week-clear" } else { "dashboards-worst-unclear" };
    (texts.with("dashboards-week-worst", &places), texts.get(caution))
}
