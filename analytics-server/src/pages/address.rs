//! What a page's address asks for: a period and a language. The chooser's fields are turned into
//! one canonical address, so that what is seen can be kept and sent to others.

use crate::auth::Viewer;
use crate::pages::dashboards::filter::Narrowed;
use crate::pages::fault::Fault;
use crate::pages::usual::usual;
use crate::period::{Policy, Span};
use crate::state::App;
use crate::stats::slice::Slice;
use locales::Texts;
use reports::figures::Period;
use serde::Deserialize;

/// The fields of an address; those that are not known are passed over.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// BCP 47.
    pub lang: Option<String>,
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
    /// Code of a department.
    pub department: Option<String>,
    /// Code of a site.
    pub site: Option<String>,
    /// Code of a procedure.
    pub procedure: Option<String>,
    /// Word of a stage.
    pub stage: Option<String>,
    /// Word of a channel.
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

impl Asked {
    /// The language's sentences; those of the reader's usual one unless another is asked for.
    pub fn texts(&self) -> &'static Texts {
        locales::texts(self.lang.as_deref().unwrap_or_else(|| usual()))
    }

    /// The period that the chooser's fields name, where they were used.
    fn chosen(&self) -> Option<String> {
        if self.from.is_some() || self.to.is_some() {
            let day = |field: &Option<String>| given(field.as_deref()).unwrap_or("").to_owned();
            return Some(format!("{}..{}", day(&self.from), day(&self.to)));
        }
        let year = self.year.as_deref()?.trim();
        match given(self.part.as_deref()) {
            None => Some(year.to_owned()),
            Some(part) => Some(format!("{year}-{part}")),
        }
    }

    /// Where the chooser leads, if the address came from it.
    pub fn destination(&self, narrow: &Narrowed) -> Result<Option<String>, Fault> {
        self.destination_at("/", &narrow.query)
    }

    /// The same for the chooser of another page; `query` is what its address has to carry.
    pub fn destination_at(&self, path: &str, query: &str) -> Result<Option<String>, Fault> {
        match self.chosen() {
            Some(text) => {
                let span: Span = text.parse()?;
                Ok(Some(at(path, &span.to_string(), query, self.texts())))
            }
            None => Ok(None),
        }
    }

    /// The period asked for: the month of the last rating that the reader may see, or of today,
    /// unless one is named.
    pub async fn seen(&self, app: &App, viewer: &Viewer) -> Result<Seen, Fault> {
        let policy = app.centre().policy;
        let span = span(app, viewer, self.period.as_deref()).await?;
        Ok(Seen {
            span,
            period: span.under(policy),
            policy,
            texts: self.texts(),
            narrow: Narrowed::default(),
        })
    }
}

/// The period that a field names: the month of the last rating that the reader may see, or of
/// today, unless it names one.
pub(super) async fn span(app: &App, viewer: &Viewer, field: Option<&str>) -> Result<Span, Fault> {
    if let Some(text) = given(field) {
        return Ok(text.parse()?);
    }
    let day = app.latest_day(&viewer.scope()).await?;
    Ok(Span::month_of(day, app.centre().policy))
}

/// As many entries as a form offers under one field: nobody looks through more, and a province's
/// two thousand procedures would make every page too large.
const OFFERED: usize = 300;

/// The entries that a form offers: those of the chosen department, if one is chosen; none where
/// they are still too many. An address may name any.
pub(super) fn offered<T>(
    all: &[T],
    department: Option<i64>,
    of: impl Fn(&T) -> i64,
) -> impl Iterator<Item = &T> {
    let own = move |one: &&T| department.is_none_or(|id| id == of(one));
    let fits = all.iter().filter(&own).count() <= OFFERED;
    all.iter().filter(move |one| fits && own(one))
}

/// A field that says something. Forms send empty ones; they are as good as none.
pub(super) fn given(field: Option<&str>) -> Option<&str> {
    field.map(str::trim).filter(|text| !text.is_empty())
}

/// A page of a list as an address names it, from 1.
pub(super) fn page_number(text: &str) -> Result<u32, Fault> {
    match text {
        "" => Ok(1),
        text => text.parse().ok().filter(|page| (1..=100_000).contains(page)).ok_or(Fault::Request),
    }
}

/// What is to be shown, and how.
#[derive(Clone)]
pub(super) struct Seen {
    /// The period before it has days.
    pub span: Span,
    /// The period.
    pub period: Period,
    /// The centre's rule for days.
    pub policy: Policy,
    /// The language's sentences.
    pub texts: &'static Texts,
    /// Which part of the house.
    pub narrow: Narrowed,
}

impl Seen {
    /// What is counted for it.
    pub fn slice(&self) -> Slice {
        Slice { period: self.period.clone(), filter: self.narrow.filter.clone() }
    }

    /// Whether the period holds today.
    pub fn is_live(&self, app: &App) -> bool {
        (self.period.from..=self.period.to).contains(&app.today())
    }
}

/// The address of the overview of a period.
pub(super) fn overview(period: &str, query: &str, texts: &Texts) -> String {
    at("/", period, query, texts)
}

/// The address of a page of a period's figures.
pub(super) fn at(path: &str, period: &str, query: &str, texts: &Texts) -> String {
    format!("{path}?period={period}{query}{}", language(texts))
}

/// A code as one part of a path.
pub(super) fn segment(code: &str) -> String {
    use std::fmt::Write as _;
    code.bytes().fold(String::new(), |mut path, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(path, "%{byte:02X}");
        }
        path
    })
}

/// The address of the report of what is seen: of the reader's part of the house, or of one
/// department. There is none of less.
pub(super) fn report(seen: &Seen) -> Option<String> {
    let reported = |(name, _): &(&str, String)| *name == "department";
    let Seen { period, narrow, texts, .. } = seen;
    let (query, language) = (&narrow.query, language(texts));
    narrow
        .fields
        .iter()
        .all(reported)
        .then(|| format!("/report?period={}&format=pdf{query}{language}", period.name))
}

/// The address of the visits behind what is seen; `more` narrows it further.
pub(super) fn visits(seen: &Seen, more: &str) -> String {
    let (from, to) = (seen.period.from, seen.period.to);
    format!("/records?from={from}&to={to}{}{more}{}", seen.narrow.query, language(seen.texts))
}

/// The address of the ratings behind a number of what is seen: those that count, no other ones.
pub(super) fn counted(seen: &Seen, more: &str) -> String {
    visits(seen, &format!("{more}&state=counted"))
}

/// The address of the overview of the usual period.
pub(super) fn home(texts: &Texts) -> String {
    in_language("/", texts)
}

/// The language, where an address has to carry it: it is not the reader's usual one.
pub(super) fn carried(texts: &Texts) -> Option<&'static str> {
    Some(texts.language()).filter(|language| *language != usual())
}

/// An address without a query, in a language.
pub(super) fn in_language(path: &str, texts: &Texts) -> String {
    match carried(texts) {
        None => path.to_owned(),
        Some(other) => format!("{path}?lang={other}"),
    }
}

/// The language, where an address has to carry it.
pub(super) fn language(texts: &Texts) -> String {
    match carried(texts) {
        None => String::new(),
        Some(other) => format!("&lang={other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_offers_what_can_be_looked_through() {
        // Number and department.
        let of = |count: i64| (0..count).map(|nth| (nth, nth % 10)).collect::<Vec<_>>();
        let count = |all: &[(i64, i64)], department| offered(all, department, |one| one.1).count();
        assert_eq!(count(&of(300), None), 300);
        assert_eq!(count(&of(301), None), 0, "too many");
        assert_eq!(count(&of(2_000), Some(3)), 200, "those of the chosen department");
        assert_eq!(count(&of(4_000), Some(3)), 0, "still too many");
    }
}
