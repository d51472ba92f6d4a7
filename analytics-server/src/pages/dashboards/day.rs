//! The hours of one day: how many ratings, how satisfied, and which hour was the worst, with the way
//! to what people said in it.

use super::bar::carry_to;
use super::data::{TableData, TakenPage, share};
use super::filter::Filters;
use super::hours::{clearly_lower, hour_name, worst};
use super::numbers::{interval, percent};
use super::query::FigureQuery;
use super::view::{View, day_address, nothing};
use crate::pages::prelude::*;
use crate::period::Span;
use crate::stats::measures::satisfied;
use crate::stats::slice::Slice;
use crate::tables_out::Cell;
use jiff::ToSpan as _;
use jiff::civil::Date;
use reports::figures::{Figures, Hour};
use reports::numbers::Numbers;

/// Days back to which the last day with ratings is looked for: over the longest holidays.
const LAST_WITHIN: i64 = 14;

/// The page of a day.
#[derive(Template)]
#[template(path = "dashboards/day.html")]
pub(in crate::pages) struct DayPage {
    pub layout: Layout,
    pub heading: String,
    /// For the field of the form.
    pub date: String,
    pub narrow: Filters,
    /// Address and name of the days beside it.
    pub previous: Option<(String, String)>,
    pub next: Option<(String, String)>,
    pub language: Option<&'static str>,
    /// What stands out.
    pub worst: Option<Worst>,
    pub rows: Vec<Row>,
    /// Said where there are no hours.
    pub empty: String,
    /// Where more would be shown.
    pub wider: Option<String>,
    /// Where the day's ratings are to be had as a file.
    pub export: Option<String>,
    /// The table of the page as a file: XLSX and CSV.
    pub files: [String; 2],
}

/// The worst hour in words.
pub(in crate::pages) struct Worst {
    pub sentence: String,
    pub caution: String,
    /// Where its ratings below satisfied are, for who may see them.
    pub reasons: Option<String>,
}

/// One hour.
pub(in crate::pages) struct Row {
    pub hour: String,
    pub total: String,
    /// Where its ratings are.
    pub visits: Option<String>,
    pub below: String,
    pub share: String,
    pub interval: String,
    pub worst: bool,
    /// Where its ratings below satisfied are; none where there are none.
    pub reasons: Option<String>,
}

/// `GET /day`.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let app = &context.app;
    let filters = Filters::of(&context, &query).await?;
    let day = match address::given(query.date.as_deref()) {
        Some(text) => text.to_owned(),
        None => app.latest_day(&context.viewer.scope()).await?.to_string(),
    };
    let day: Span = format!("{day}..{day}").parse()?;
    let view = View::of_span(&context, day, filters);
    let figures = app.figures(view.slice()).await?;
    if let Some(format) = &query.format {
        let page = TakenPage::of(app, context.text("dashboards-hours"), &view);
        return page.file(table(&figures.hours, context.texts), format);
    }
    let date = view.period.from;
    // The period that the reader comes from, or else the day's month.
    let period = match address::given(query.period.as_deref()) {
        Some(text) => text.parse()?,
        None => Span::month_of(date, view.policy),
    };
    let mut page = DayPage::of(&context, &view, &figures);
    carry_to(&mut page.layout, &period.to_string(), &view.narrow.query, Some(date));
    Ok(answer(StatusCode::OK, page.render()))
}

/// The worst hour of the last day before today that has ratings, for the overview: the address of
/// that day and a sentence. None of a time that is long over.
pub(super) async fn last_day(
    app: &App,
    view: &View,
    figures: &Figures,
) -> PageResult<Option<(String, String)>> {
    let today = app.today();
    let before = figures.days.iter().rev().map(|day| day.date).find(|date| *date < today);
    let recent = |date: &Date| date.saturating_add(LAST_WITHIN.days()) >= today;
    let Some(date) = before.filter(recent) else { return Ok(None) };
    let period = Span::Days(date, date).under(view.policy);
    let figures = app.figures(Slice { period, filter: view.narrow.filter.clone() }).await?;
    let texts = view.texts;
    Ok(worst(&figures.hours).map(|hour| {
        let numbers = Numbers::of(texts);
        let below = numbers.count(hour.ratings - hour.satisfied);
        let (day, name) = (numbers.date(date), hour_name(hour.hour, texts));
        let places = [("date", &*day), ("hour", &*name), ("below", &*below)];
        let key = if today.yesterday().is_ok_and(|yesterday| yesterday == date) {
            "dashboards-yesterday"
        } else {
            "dashboards-last-day"
        };
        (day_address(date, &view.narrow.query, texts), texts.with(key, &places))
    }))
}

/// The address of the ratings of an hour that count; `more` narrows it further.
fn visits(hour: u8, more: &str, view: &View) -> String {
    let (date, query, language) =
        (view.period.from, &view.narrow.query, address::language(view.texts));
    format!("/records?date={date}&hour={hour}{more}{query}&state=counted{language}")
}

/// The hours as a table.
fn table(hours: &[Hour], texts: &Texts) -> TableData {
    let words = ["hour", "total", "well", "below", "share", "low", "high"];
    let row = |one: &Hour| {
        let of = satisfied(one.satisfied, one.ratings);
        let counts = [one.ratings, one.satisfied, one.ratings - one.satisfied];
        let shares = [of.share, of.low, of.high].map(share);
        let name = Cell::Text(hour_name(one.hour, texts));
        [name].into_iter().chain(counts.map(Cell::Count)).chain(shares).collect()
    };
    TableData {
        columns: words.map(|word| texts.get(&format!("pages-table-{word}"))).into(),
        rows: hours.iter().map(row).collect(),
    }
}

impl DayPage {
    /// The page of some figures.
    pub fn of(context: &Context, view: &View, figures: &Figures) -> Self {
        let (app, viewer, texts) = (&context.app, &context.viewer, view.texts);
        let (date, narrow) = (view.period.from, view.narrow.clone());
        let numbers = Numbers::of(texts);
        let may = viewer.may(Right::Records);
        let heading = texts.with("dashboards-day", &[("date", &numbers.date(date))]);
        let here = |texts: &Texts| day_address(date, &narrow.query, texts);
        let mut layout = context.layout_at(heading.clone(), here);
        layout.simulated = figures.simulated;
        let low = worst(&figures.hours);
        let rows = figures.hours.iter().map(|one| {
            let of = satisfied(one.satisfied, one.ratings);
            let below = one.ratings - one.satisfied;
            Row {
                hour: hour_name(one.hour, texts),
                total: numbers.count(one.ratings),
                visits: may.then(|| visits(one.hour, "", view)),
                below: numbers.count(below),
                share: percent(of.share, texts),
                interval: interval(of.low.zip(of.high), texts),
                worst: low == Some(*one),
                reasons: (may && below > 0).then(|| visits(one.hour, "&level=below", view)),
            }
        });
        let beside = |day: Option<Date>| {
            let day = day.filter(|day| (1900..=2199).contains(&day.year()))?;
            Some((day_address(day, &narrow.query, texts), numbers.date(day)))
        };
        let wider = date <= app.today() && !narrow.fields.is_empty();
        Self {
            heading,
            date: date.to_string(),
            previous: beside(date.yesterday().ok()),
            next: beside(date.tomorrow().ok()),
            language: address::carried(texts),
            worst: low.map(|one| {
                let reasons = may.then(|| visits(one.hour, "&level=below", view));
                Worst::of(one, figures, reasons, texts)
            }),
            rows: rows.collect(),
            files: ["xlsx", "csv"].map(|format| {
                format!("{}&format={format}", day_address(date, &narrow.query, texts))
            }),
            empty: nothing(app, view, "dashboards-day-empty"),
            wider: wider.then(|| day_address(date, "", texts)),
            export: viewer.may(Right::Export).then(|| view.at("/export", "")),
            narrow,
            layout,
        }
    }
}

impl Worst {
    fn of(hour: Hour, figures: &Figures, reasons: Option<String>, texts: &Texts) -> Self {
        let numbers = Numbers::of(texts);
        let share = satisfied(hour.satisfied, hour.ratings).share;
        let places = [
            ("hour", hour_name(hour.hour, texts)),
            ("share", percent(share, texts)),
            ("total", numbers.count(hour.ratings)),
            ("below", numbers.count(hour.ratings - hour.satisfied)),
        ];
        let places = places.each_ref().map(|(name, value)| (*name, value.as_str()));
        let clear = clearly_lower(&figures.hours).contains(&hour);
        let caution = if clear { "dashboards-worst-clear" } else { "dashboards-worst-unclear" };
        Self {
            sentence: texts.with("dashboards-worst", &places),
            caution: texts.get(caution),
            reasons,
        }
    }
}
