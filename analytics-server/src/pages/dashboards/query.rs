//! The fields of the address of a page of figures. The chooser's fields are turned into one canonical
//! address, so that what is shown can be kept and sent to others.

use crate::pages::address::given;
use crate::pages::prelude::*;
use crate::period::{PeriodError, Span};

/// Letters of a field of the chooser that are kept.
const TYPED_CHARS: usize = 20;

/// The fields of the address of a page of figures; those that are not known are passed over.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct FigureQuery {
    /// As on the command line.
    pub period: Option<String>,
    /// From the chooser: `09`, `Q3`, `H1`, `9M`, or nothing for the whole year.
    pub part: Option<String>,
    /// From the chooser.
    pub year: Option<String>,
    /// From the chooser of days.
    pub from: Option<String>,
    /// From the chooser of days.
    pub to: Option<String>,
    /// `figures`: only what a page that is open already fetches again.
    pub fragment: Option<String>,
    /// Of the page of hours.
    pub date: Option<String>,
    pub department: Option<String>,
    pub site: Option<String>,
    pub procedure: Option<String>,
    pub stage: Option<String>,
    pub channel: Option<String>,
    /// Order of a list: `name`, `count` or `share`.
    pub sort: Option<String>,
    /// Of a report.
    pub format: Option<String>,
    /// Of a report: for whom, such as `publication`.
    #[serde(rename = "for")]
    pub purpose: Option<String>,
    /// Page of a list, or of a report drawn as PNG, from 1.
    pub page: Option<String>,
}

impl FigureQuery {
    /// The period that the chooser's fields name, where they were used. Where no part of a year was
    /// chosen the period stays the one that is shown.
    pub fn chosen(&self) -> Result<Option<Span>, PeriodError> {
        let text = if self.from.is_some() || self.to.is_some() {
            let day = |field: &Option<String>| given(field.as_deref()).unwrap_or("").to_owned();
            format!("{}..{}", day(&self.from), day(&self.to))
        } else {
            let Some(year) = self.year.as_deref() else { return Ok(None) };
            if self.part.is_none() && self.period.is_some() {
                return Ok(None);
            }
            let year = year.trim();
            if !matches!(year.parse::<Span>(), Ok(Span::Year(_))) {
                return Err(PeriodError::Year { word: short(year) });
            }
            let part = given(self.part.as_deref()).map(|part| format!("-{part}"));
            format!("{year}{}", part.unwrap_or_default())
        };
        Ok(Some(text.parse()?))
    }
}

/// As much of a field as the page that says what is wrong with it shows again.
fn short(field: &str) -> String {
    field.chars().take(TYPED_CHARS).collect()
}

/// Fields of the chooser that name no period: the page stands there again with them and says why.
#[derive(Clone, Debug)]
pub(in crate::pages) struct PeriodRefusal {
    /// Why, in a sentence.
    pub sentence: String,
    /// Days were typed, and no part of a year.
    pub is_of_days: bool,
    pub part: String,
    pub year: String,
    pub from: String,
    pub to: String,
}

impl PeriodRefusal {
    /// What an address says, and why it is not taken.
    pub fn of(query: &FigureQuery, error: PeriodError, texts: &Texts) -> Self {
        let typed = |field: &Option<String>| short(given(field.as_deref()).unwrap_or_default());
        Self {
            sentence: PageError::from(error).sentence(texts),
            is_of_days: query.from.is_some() || query.to.is_some(),
            part: typed(&query.part),
            year: typed(&query.year),
            from: typed(&query.from),
            to: typed(&query.to),
        }
    }
}
