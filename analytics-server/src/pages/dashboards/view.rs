//! What a page of figures shows: a period, and the part of the centre that the filters leave.

use super::filter::Filters;
use super::query::FigureQuery;
use crate::pages::address::{self, given};
use crate::pages::prelude::*;
use crate::period::{Policy, Span};
use crate::stats::slice::Slice;
use jiff::civil::Date;
use reports::figures::Period;

/// The period that a field names: the month of the last rating that the reader may see, or of
/// today, unless it names one.
pub(in crate::pages) async fn span(
    app: &App,
    viewer: &Viewer,
    field: Option<&str>,
) -> PageResult<Span> {
    if let Some(text) = given(field) {
        return Ok(text.parse()?);
    }
    let day = app.latest_day(&viewer.scope()).await?;
    Ok(Span::month_of(day, app.centre().policy))
}

/// What is shown, and in which language.
#[derive(Clone)]
pub(in crate::pages) struct View {
    /// The period before it has days.
    pub span: Span,
    /// The period.
    pub period: Period,
    /// The centre's rule for days.
    pub policy: Policy,
    /// The language's sentences.
    pub texts: &'static Texts,
    /// Which part of the centre.
    pub narrow: Filters,
}

impl View {
    /// What an address asks for, within these filters: the period that it names, else the month of
    /// the last rating that the reader may see, or of today.
    pub async fn of(context: &Context, query: &FigureQuery, narrow: Filters) -> PageResult<Self> {
        let span = span(&context.app, &context.viewer, query.period.as_deref()).await?;
        Ok(Self::of_span(context, span, narrow))
    }

    /// A period within these filters.
    pub fn of_span(context: &Context, span: Span, narrow: Filters) -> Self {
        let policy = context.app.centre().policy;
        Self { span, period: span.under(policy), policy, texts: context.texts, narrow }
    }

    /// What is counted for it.
    pub fn slice(&self) -> Slice {
        Slice { period: self.period.clone(), filter: self.narrow.filter.clone() }
    }

    /// Whether the period holds today.
    pub fn is_live(&self, app: &App) -> bool {
        (self.period.from..=self.period.to).contains(&app.today())
    }

    /// The address of another page of the same; `more` narrows it further.
    pub fn at(&self, path: &str, more: &str) -> String {
        let query = format!("{}{more}", self.narrow.query);
        address::at(path, &self.period.name, &query, self.texts)
    }

    /// The address of the report of what is shown: of the reader's part of the centre, or of one
    /// department. There is none of less.
    pub fn report(&self) -> Option<String> {
        let reported = |(name, _): &(&str, String)| *name == "department";
        let Self { period, narrow, texts, .. } = self;
        let (query, language) = (&narrow.query, address::language(texts));
        narrow
            .fields
            .iter()
            .all(reported)
            .then(|| format!("/report?period={}&format=pdf{query}{language}", period.name))
    }

    /// The address of the visits behind what is shown; `more` narrows it further.
    pub fn visits(&self, more: &str) -> String {
        let (from, to) = (self.period.from, self.period.to);
        let (query, language) = (&self.narrow.query, address::language(self.texts));
        format!("/records?from={from}&to={to}{query}{more}{language}")
    }

    /// The address of the ratings behind a number of what is shown: those that count, no other ones.
    pub fn counted(&self, more: &str) -> String {
        self.visits(&format!("{more}&state=counted"))
    }
}

/// The address of a day's hours.
pub(in crate::pages) fn day_address(date: Date, query: &str, texts: &Texts) -> String {
    format!("/day?date={date}{query}{}", address::language(texts))
}

/// Why there is nothing to see: the time is still to come, nothing matches what was chosen, or the
/// reason of the page, by its key.
pub(in crate::pages) fn nothing(app: &App, view: &View, otherwise: &str) -> String {
    let key = match (view.period.from > app.today(), view.narrow.fields.is_empty()) {
        (true, _) => "dashboards-future",
        (false, false) => "dashboards-nothing",
        (false, true) => otherwise,
    };
    view.texts.get(key)
}
