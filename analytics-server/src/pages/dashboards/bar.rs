//! The head of a page of figures: its name, its period with the neighbours, and the filters. Every
//! link and form keeps what the reader has chosen.

use super::chooser::Chooser;
use super::filter::Narrowed;
use crate::auth::{Right, Viewer};
use crate::pages::address::{self, Seen};
use crate::period::Span;
use jiff::ToSpan as _;
use jiff::civil::Date;
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
    pub narrow: Narrowed,
    /// Address, name and whether it is this one, of the lists beside a list.
    pub tabs: Vec<(String, String, bool)>,
    /// The order chosen, which forms have to carry.
    pub sort: Option<&'static str>,
    /// Where the ratings behind it are to be had as a file; none for who may not take one.
    pub export: Option<String>,
    /// The table of the page as a file: XLSX and CSV.
    pub files: [String; 2],
    /// Address and name of this week and the one before, and whether it is seen.
    pub weeks: Vec<(String, String, bool)>,
}

impl Bar {
    /// The head of the page at `path`.
    pub fn of(path: &str, heading: String, seen: &Seen, sort: Option<&'static str>) -> Self {
        let texts = seen.texts;
        let numbers = Numbers::of(texts);
        let (from, to) = (numbers.date(seen.period.from), numbers.date(seen.period.to));
        let mut days = texts.with("pages-days", &[("from", &from), ("to", &to)]);
        if !matches!(seen.span, Span::Days(..)) {
            let name = capital(&period_name(&seen.period, texts));
            let places = [("period", &*name), ("days", &*days)];
            days = texts.with("groups-period", &places);
        }
        let query = format!("{}{}", seen.narrow.query, carried(sort));
        let beside = |span: Option<Span>, key: &str| {
            let period = span?.under(seen.policy);
            let name = texts.with(key, &[("period", &period_name(&period, texts))]);
            Some((address::at(path, &period.name, &query, texts), name))
        };
        let word = path.trim_start_matches('/');
        let tab = |other: &str| {
            let (name, query) = (&seen.period.name, &seen.narrow.query);
            let address = address::at(&format!("/{other}"), name, query, texts);
            (address, texts.get(&format!("groups-{other}")), other == word)
        };
        let tabs = if TABS.contains(&word) { TABS.map(tab).into() } else { Vec::new() };
        Self {
            tabs,
            path: path.to_owned(),
            heading,
            days,
            previous: beside(seen.span.previous(), "pages-previous"),
            next: beside(seen.span.next(), "pages-next"),
            chooser: Chooser::of(seen),
            narrow: seen.narrow.clone(),
            sort,
            export: None,
            files: ["xlsx", "csv"].map(|format| {
                let query = format!("{query}&format={format}");
                address::at(path, &seen.period.name, &query, texts)
            }),
            weeks: Vec::new(),
        }
    }

    /// With the ways to this week, Monday to Sunday, and to the one before.
    pub fn with_weeks(mut self, today: Date, seen: &Seen) -> Self {
        let query = format!("{}{}", seen.narrow.query, carried(self.sort));
        let monday = i32::from(today.weekday().to_monday_zero_offset());
        self.weeks = [("dashboards-this-week", 0), ("dashboards-last-week", 7)]
            .map(|(key, back)| {
                let from = today.saturating_sub((monday + back).days());
                let span = Span::Days(from, from.saturating_add(6.days()));
                let address = address::at(&self.path, &span.to_string(), &query, seen.texts);
                (address, seen.texts.get(key), span == seen.span)
            })
            .into();
        self
    }

    /// With the way to the export of the same ratings; `place` narrows it further.
    pub fn exported(self, viewer: &Viewer, seen: &Seen, place: &str) -> Self {
        let query = format!("{}{place}", seen.narrow.query);
        let address = address::at("/export", &seen.period.name, &query, seen.texts);
        Self { export: viewer.may(Right::Export).then_some(address), ..self }
    }
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
