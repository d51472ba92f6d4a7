//! The head of a page of figures: its name, its period with the neighbours, and the filters. Every
//! link and form keeps what the reader has chosen.

use super::chooser::Chooser;
use super::filter::Filters;
use super::view::{View, day_address};
use crate::pages::prelude::*;
use crate::period::Span;
use jiff::ToSpan as _;
use jiff::civil::Date;
use reports::figures::Figures;
use reports::numbers::Numbers;
use reports::periods::period_name;

/// The lists that stand beside one another.
const TABS: [&str; 6] = ["departments", "officers", "counters", "procedures", "aspects", "answers"];

/// The head.
pub(in crate::pages) struct Bar {
    /// Where its forms lead.
    pub path: String,
    pub heading: String,
    /// Period and its days.
    pub days: String,
    /// Address and name of the periods beside it.
    pub previous: Option<(String, String)>,
    pub next: Option<(String, String)>,
    pub chooser: Chooser,
    pub narrow: Filters,
    /// Address, name and whether it is this one, of the lists beside a list.
    pub tabs: Vec<(String, String, bool)>,
    /// The order chosen, which forms have to carry.
    pub sort: Option<&'static str>,
    /// Where the ratings behind it are to be had as a file; none for who may not take one.
    pub export: Option<String>,
    /// The table of the page as a file: XLSX and CSV.
    pub files: [String; 2],
    /// Address and name of this week and the one before, and whether it is the one shown.
    pub weeks: Vec<(String, String, bool)>,
}

impl Bar {
    /// The head of the page at `path`.
    pub fn of(path: &str, heading: String, view: &View, sort: Option<&'static str>) -> Self {
        let texts = view.texts;
        let mut days = days(view);
        if !matches!(view.span, Span::Days(..)) {
            let name = capital(&period_name(&view.period, texts));
            let places = [("period", &*name), ("days", &*days)];
            days = texts.with("groups-period", &places);
        }
        let sorted = carried(sort);
        let query = format!("{}{sorted}", view.narrow.query);
        let beside = |span: Option<Span>, key: &str| {
            let period = span?.under(view.policy);
            let name = texts.with(key, &[("period", &period_name(&period, texts))]);
            Some((address::at(path, &period.name, &query, texts), name))
        };
        let word = path.trim_start_matches('/');
        let tab = |other: &str| {
            let address = view.at(&format!("/{other}"), "");
            (address, texts.get(&format!("groups-{other}")), other == word)
        };
        let tabs = if TABS.contains(&word) { TABS.map(tab).into() } else { Vec::new() };
        Self {
            tabs,
            path: path.to_owned(),
            heading,
            days,
            previous: beside(view.span.previous(), "pages-previous"),
            next: beside(view.span.next(), "pages-next"),
            chooser: Chooser::of(view),
            narrow: view.narrow.clone(),
            sort,
            export: None,
            files: ["xlsx", "csv"]
                .map(|format| view.at(path, &format!("{sorted}&format={format}"))),
            weeks: Vec::new(),
        }
    }

    /// With the ways to this week, Monday to Sunday, and to the one before.
    pub fn with_weeks(mut self, today: Date, view: &View) -> Self {
        let query = format!("{}{}", view.narrow.query, carried(self.sort));
        let monday = i32::from(today.weekday().to_monday_zero_offset());
        self.weeks = [("dashboards-this-week", 0), ("dashboards-last-week", 7)]
            .map(|(key, back)| {
                let from = today.saturating_sub((monday + back).days());
                let span = Span::Days(from, from.saturating_add(6.days()));
                let address = address::at(&self.path, &span.to_string(), &query, view.texts);
                (address, view.texts.get(key), span == view.span)
            })
            .into();
        self
    }

    /// With the way to the export of the same ratings; `place` narrows it further.
    pub fn exported(self, viewer: &Viewer, view: &View, place: &str) -> Self {
        Self { export: viewer.may(Right::Export).then(|| view.at("/export", place)), ..self }
    }
}

/// The first and the last day of what is shown.
pub(super) fn days(view: &View) -> String {
    let numbers = Numbers::of(view.texts);
    let (from, to) = (numbers.date(view.period.from), numbers.date(view.period.to));
    view.texts.with("pages-days", &[("from", &from), ("to", &to)])
}

/// The order as a part of an address.
pub(super) fn carried(sort: Option<&str>) -> String {
    sort.map_or_else(String::new, |word| format!("&sort={word}"))
}

/// The text with a capital in front.
pub(in crate::pages) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The layout of a page of figures, whose navigation keeps what is shown; `more` is what the page's
/// address carries besides the filters.
pub(in crate::pages) fn layout(
    context: &Context,
    title: String,
    path: &str,
    more: &str,
    view: &View,
    figures: &Figures,
) -> Layout {
    let query = format!("{}{more}", view.narrow.query);
    let here = |texts: &Texts| address::at(path, &view.period.name, &query, texts);
    let mut layout = context.layout_at(title, here);
    carry(&mut layout, view, figures);
    layout.simulated = figures.simulated;
    layout
}

/// The pages of figures in the navigation: they understand one another's period and filters.
const OF_FIGURES: [&str; 4] = ["/", "/departments", "/officers", "/flags"];

/// Lets the ways to other pages of figures keep the period and the filters that are shown; to the
/// hours of a day, its last day with ratings.
pub(in crate::pages) fn carry(layout: &mut Layout, view: &View, figures: &Figures) {
    let (period, query) = (&view.period.name, &view.narrow.query);
    carry_to(layout, period, query, figures.days.last().map(|day| day.date));
}

/// The same, by the parts of an address.
pub(in crate::pages) fn carry_to(
    layout: &mut Layout,
    period: &str,
    query: &str,
    day: Option<Date>,
) {
    let texts = layout.texts;
    for item in &mut layout.nav {
        if OF_FIGURES.contains(&item.path) {
            item.address = address::at(item.path, period, query, texts);
        } else if let ("/day", Some(day)) = (item.path, day) {
            let query = format!("{query}&period={period}");
            item.address = day_address(day, &query, texts);
        }
    }
}
