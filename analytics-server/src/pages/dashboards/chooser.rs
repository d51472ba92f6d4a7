//! The chooser of a period: what it offers, and what is chosen.

use super::filter::Choice;
use super::view::View;
use crate::pages::address;
use crate::period::Span;

/// What the chooser offers.
pub(in crate::pages) struct Chooser {
    pub groups: Vec<Choices>,
    pub year: i16,
    pub from: String,
    pub to: String,
    /// A range is chosen.
    pub is_range: bool,
    /// The language, where the form has to carry it.
    pub language: Option<&'static str>,
}

/// Choices of the chooser under one heading.
pub(in crate::pages) struct Choices {
    pub heading: String,
    pub choices: Vec<Choice>,
}

impl Chooser {
    pub fn of(view: &View) -> Self {
        let texts = view.texts;
        let year = view.span.year();
        let choice = |span: Span, name: String| {
            let text = span.to_string();
            let value = text.split_once('-').map_or("", |(_, part)| part).to_owned();
            Choice { value, name, chosen: span == view.span }
        };
        let month = |month: i8| {
            let places = [("month", &*month.to_string())];
            choice(Span::Month(year, month), texts.with("pages-part-month", &places))
        };
        let quarter = |(number, roman): (i8, &str)| {
            let places = [("quarter", roman), ("number", &number.to_string())];
            choice(Span::Quarter(year, number), texts.with("pages-part-quarter", &places))
        };
        let longer = [
            (Span::Half(year, 1), "half-1"),
            (Span::Half(year, 2), "half-2"),
            (Span::NineMonths(year), "nine-months"),
            (Span::Year(year), "year"),
        ]
        .map(|(span, key)| choice(span, texts.get(&format!("pages-part-{key}"))));
        let group = |key: &str, choices| {
            let heading = texts.get(&format!("pages-parts-{key}"));
            Choices { heading, choices }
        };
        let quarters = [(1, "I"), (2, "II"), (3, "III"), (4, "IV")].map(quarter);
        Self {
            groups: vec![
                group("longer", longer.into()),
                group("quarters", quarters.into()),
                group("months", (1..=12).map(month).collect()),
            ],
            year,
            from: view.period.from.to_string(),
            to: view.period.to.to_string(),
            is_range: matches!(view.span, Span::Days(..)),
            language: address::carried(texts),
        }
    }
}
