//! The head of a page of figures: its name, its period with the neighbours, and the filters. Every
//! link and form keeps what the reader has chosen.

use super::filter::Narrowed;
use crate::pages::address::{self, Seen};
use crate::pages::overview::Chooser;
use crate::period::Span;
use reports::numbers::Numbers;
use reports::periods::period_name;

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
    /// The order chosen, which forms have to carry.
    pub sort: Option<&'static str>,
}

impl Bar {
    /// The head of the page at `path`.
    pub fn of(path: &str, heading: String, seen: &Seen, sort: Option<&'static str>) -> Self {
        let texts = seen.texts;
        let numbers = Numbers::of(texts);
        let (from, to) = (numbers.date(seen.period.from), numbers.date(seen.period.to));
        let mut days = texts.with("pages-days", &[("from", &from), ("to", &to)]);
        if !matches!(seen.span, Span::Days(..)) {
            let name = period_name(&seen.period, texts);
            let places = [("period", &*name), ("days", &*days)];
            days = texts.with("groups-period", &places);
        }
        let query = format!("{}{}", seen.narrow.query, carried(sort));
        let beside = |span: Option<Span>, key: &str| {
            let period = span?.under(seen.policy);
            let name = texts.with(key, &[("period", &period_name(&period, texts))]);
            Some((address::at(path, &period.name, &query, texts), name))
        };
        Self {
            path: path.to_owned(),
            heading,
            days,
            previous: beside(seen.span.previous(), "pages-previous"),
            next: beside(seen.span.next(), "pages-next"),
            chooser: Chooser::of(seen),
            narrow: seen.narrow.clone(),
            sort,
        }
    }
}

/// The order as a part of an address.
pub(super) fn carried(sort: Option<&str>) -> String {
    sort.map_or_else(String::new, |word| format!("&sort={word}"))
}
