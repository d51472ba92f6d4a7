//! The head of a page of figures: its name, its period with the neighbours and the chooser of another,
//! and the filters. Every link and form keeps what the reader has chosen.

use super::filter::InForce;
use super::quick::QuickPeriod;
use super::view::{Shown, View, day_address};
use crate::figure_lines::{days, period_title};
use crate::pages::choices::Choice;
use crate::pages::prelude::*;
use crate::period::Span;
use jiff::civil::Date;
use reports::periods::{QUARTERS, period_name};

/// The lists that stand beside one another.
const TABS: [&str; 6] = ["departments", "officers", "counters", "procedures", "aspects", "answers"];

pub(in crate::pages) struct Bar {
    /// Where its forms lead.
    pub path: String,
    pub heading: String,
    /// The heading stands apart, above what the page begins with.
    pub is_headed: bool,
    /// Period and its days.
    pub days: String,
    /// Address and name of the periods beside it.
    pub previous: Option<(String, String)>,
    pub next: Option<(String, String)>,
    /// The usual periods.
    pub quick: Vec<QuickPeriod>,
    /// The filters that are set.
    pub in_force: InForce,
    /// What the chooser offers, by headings.
    pub periods: [(String, Vec<Choice>); 3],
    /// What stands in its other fields.
    pub chooser: Chooser,
    pub view: View,
    /// Address, name and whether it is this one, of the lists beside a list.
    pub tabs: Vec<(String, String, bool)>,
    /// The order chosen, which forms have to carry.
    pub sort: Option<&'static str>,
    /// Where the ratings behind it are to be had as a file; none for who may not take one.
    pub export: Option<String>,
    /// The table of the page as a file: XLSX and CSV.
    pub files: [String; 2],
}

/// What stands in the fields of the chooser, and why what was typed there is not shown.
pub(in crate::pages) struct Chooser {
    pub year: String,
    pub from: String,
    pub to: String,
    /// Said beside the part of a year.
    pub part_refusal: Option<String>,
    /// Said beside the days.
    pub days_refusal: Option<String>,
}

impl Chooser {
    fn of(view: &View) -> Self {
        let shown = Self {
            year: view.span.year().to_string(),
            from: view.period.from.to_string(),
            to: view.period.to.to_string(),
            part_refusal: None,
            days_refusal: None,
        };
        let Some(refused) = view.refusal.clone() else { return shown };
        let sentence = Some(refused.sentence);
        if refused.is_of_days {
            Self { from: refused.from, to: refused.to, days_refusal: sentence, ..shown }
        } else {
            Self { year: refused.year, part_refusal: sentence, ..shown }
        }
    }
}

impl Bar {
    /// The head of the page at `path`.
    pub fn of(shown: &Shown, path: &str, heading: String, sort: Option<&'static str>) -> Self {
        let Shown { context, view, .. } = shown;
        let (texts, period) = (view.texts, &view.period);
        let mut days = days(period.from, period.to, texts);
        if !view.is_range() {
            let name = period_title(period, texts);
            days = texts.with("groups-period", &[("period", &name), ("days", &days)]);
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
        let may = context.viewer.may(Permission::Export);
        // There is nothing to see of what has not begun.
        let today = context.app.today();
        let begun = |span: &Span| span.under(view.policy).from <= today;
        Self {
            path: path.to_owned(),
            heading,
            is_headed: false,
            days,
            previous: beside(view.span.previous(), "pages-previous"),
            next: beside(view.span.next().filter(begun), "pages-next"),
            quick: QuickPeriod::all(&context.app, texts, Some(view.span), |span| {
                address::at(path, &span.to_string(), &query, texts)
            }),
            in_force: view.narrow.in_force(|filters| {
                address::at(path, &period.name, &format!("{filters}{sorted}"), texts)
            }),
            periods: periods(view),
            chooser: Chooser::of(view),
            view: View::clone(view),
            tabs: if TABS.contains(&word) { TABS.map(tab).into() } else { Vec::new() },
            sort,
            export: may.then(|| view.at("/export", &shown.place)),
            files: ["xlsx", "csv"]
                .map(|format| view.at(path, &format!("{sorted}&format={format}"))),
        }
    }
}

/// The parts of a year, by the headings of the chooser.
fn periods(view: &View) -> [(String, Vec<Choice>); 3] {
    let (texts, year) = (view.texts, view.span.year());
    let refused = view.refusal.as_ref().filter(|one| !one.is_of_days);
    let choice = |span: Span, name: String| {
        let text = span.to_string();
        let value = text.split_once('-').map_or("", |(_, part)| part).to_owned();
        let chosen = refused.map_or(span == view.span, |one| one.part == value);
        Choice { value, name, chosen }
    };
    let month = |month: i8| {
        let number = month.to_string();
        let name = texts.get(&format!("month-{number}"));
        let name = texts.with("pages-part-month", &[("month", &number), ("name", &name)]);
        choice(Span::Month(year, month), name)
    };
    let quarter = |(number, roman): (i8, &str)| {
        let places = [("quarter", roman), ("number", &number.to_string())];
        choice(Span::Quarter(year, number), texts.with("pages-part-quarter", &places))
    };
    let longer = [
        (Span::Half(year, 1), "pages-part-half-1"),
        (Span::Half(year, 2), "pages-part-half-2"),
        (Span::NineMonths(year), "pages-part-nine-months"),
        (Span::Year(year), "pages-part-year"),
    ];
    [
        ("longer", longer.map(|(span, key)| choice(span, texts.get(key))).into()),
        ("quarters", (1..).zip(QUARTERS).map(quarter).collect()),
        ("months", (1..=12).map(month).collect()),
    ]
    .map(|(key, choices)| (texts.get(&format!("pages-parts-{key}")), choices))
}

/// The order as a part of an address.
pub(super) fn carried(sort: Option<&str>) -> String {
    sort.map_or_else(String::new, |word| format!("&sort={word}"))
}

/// The pages of figures in the navigation: they understand one another's period and filters.
const OF_FIGURES: [&str; 4] = ["/", "/departments", "/officers", "/flags"];

/// Lists in the navigation that have days of their own and keep the period for the way back.
const OF_VISITS: [&str; 2] = ["/records", "/comments"];

impl Shown<'_> {
    /// The layout of the page at `path`, whose navigation keeps what is shown; `more` is what the
    /// page's address carries besides the filters.
    pub fn layout(&self, path: &str, title: String, more: &str) -> Layout {
        let (narrow, period) = (&self.view.narrow.query, &self.view.period.name);
        let query = format!("{narrow}{more}");
        let here = |texts: &Texts| address::at(path, period, &query, texts);
        let mut layout = self.context.layout_at(title, here);
        layout.simulated = self.figures.simulated;
        // The last day with ratings.
        carry(&mut layout, period, narrow, self.figures.days.last().map(|day| day.date));
        layout
    }
}

/// Lets the ways to other pages of figures keep the period and the filters that are shown.
pub(in crate::pages) fn carry(layout: &mut Layout, period: &str, query: &str, day: Option<Date>) {
    let texts = layout.texts;
    for item in &mut layout.nav {
        item.address = match (item.path, day) {
            ("/day", Some(day)) => day_address(day, &format!("{query}&period={period}"), texts),
            (path, _) if path == "/day" || OF_FIGURES.contains(&path) => {
                address::at(path, period, query, texts)
            }
            (path, _) if OF_VISITS.contains(&path) => address::at(path, period, "", texts),
            _ => continue,
        };
    }
}
