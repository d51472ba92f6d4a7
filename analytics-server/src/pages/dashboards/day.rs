//! The hours of one day: how many ratings, how satisfied, and which hour was the worst, with the way
//! to what people said in it.

use super::bar::carry;
use super::filter::{Filters, InForce};
use super::query::FigureQuery;
use super::quick::{QuickPeriod, working_day_before};
use super::view::{Shown, View, day_address};
use crate::export::figure_tables;
use crate::figure_lines::{WorstHour, hour_name, hour_places, interval, percent};
use crate::pages::prelude::*;
use crate::period::Span;
use crate::stats::measures::hours::worst;
use crate::stats::measures::satisfied;
use crate::stats::slice::Slice;
use jiff::ToSpan as _;
use jiff::civil::Date;
use reports::figures::{Figures, Hour};
use reports::numbers::Numbers;

/// Days back to which the last day with ratings is looked for: over the longest holidays.
const LAST_WITHIN: i64 = 14;

#[derive(Template)]
#[template(path = "dashboards/day.html")]
pub(in crate::pages) struct DayPage {
    pub layout: Layout,
    pub heading: String,
    /// For the field of the form.
    pub date: String,
    /// The period that the reader comes from, where it is known: every way on keeps it.
    pub period: Option<Span>,
    pub narrow: Filters,
    /// Address and name of the days beside it.
    pub previous: Option<(String, String)>,
    pub next: Option<(String, String)>,
    /// Today and the working day before it.
    pub quick: Vec<QuickPeriod>,
    /// The filters that are set.
    pub in_force: InForce,
    /// What stands out.
    pub worst: Option<WorstHour>,
    /// Where its ratings below satisfied are, for who may see them.
    pub worst_visits: Option<String>,
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
        let table = figure_tables::hours(&figures, context.texts);
        return view.file(app, context.text("dashboards-hours"), table, format);
    }
    let date = view.period.from;
    let came_from = address::given(query.period.as_deref()).map(str::parse::<Span>).transpose()?;
    let mut page = DayPage::of(&context, &view, &figures, came_from);
    let period = came_from.unwrap_or_else(|| Span::month_of(date, view.policy));
    carry(&mut page.layout, &period.to_string(), &view.narrow.query, Some(date));
    Ok(answer(StatusCode::OK, page.render()))
}

/// The worst hour of the working day before today, for the overview: the address of that day and a
/// sentence. Where it has no ratings, of the last day that has some; none of a time that is long
/// over.
pub(super) async fn last_day(
    app: &App,
    view: &View,
    figures: &Figures,
) -> PageResult<Option<(String, String)>> {
    let today = app.today();
    let before = || figures.days.iter().rev().map(|day| day.date).filter(move |date| *date < today);
    let working = working_day_before(today, &app.centre());
    let rated = working.filter(|working| before().any(|date| date == *working));
    let recent = |date: &Date| date.saturating_add(LAST_WITHIN.days()) >= today;
    let Some(date) = rated.or_else(|| before().next()).filter(recent) else { return Ok(None) };
    let period = Span::Days(date, date).under(view.policy);
    let figures = app.figures(Slice { period, filter: view.narrow.filter.clone() }).await?;
    let texts = view.texts;
    Ok(worst(&figures.hours).map(|hour| {
        let day = Numbers::of(texts).date(date);
        let told = hour_places(&hour, texts);
        let told = told.iter().map(|(name, text)| (*name, text.as_str()));
        let places: Vec<(&str, &str)> = told.chain([("date", day.as_str())]).collect();
        let key = if today.yesterday().is_ok_and(|yesterday| yesterday == date) {
            "dashboards-yesterday"
        } else if rated == Some(date) {
            "dashboards-working-day-before"
        } else {
            "dashboards-last-day"
        };
        let kept = format!("{}&period={}", view.narrow.query, view.period.name);
        (day_address(date, &kept, texts), texts.with(key, &places))
    }))
}

/// The address of the ratings of an hour that count, for a reader who may see them; `more` narrows it
/// further, `kept` is the period that the reader comes from.
fn visits(hour: u8, more: &str, kept: &str, shown: &Shown) -> Option<String> {
    let (date, query) = (shown.view.period.from, &shown.view.narrow.query);
    let language = address::language(shown.view.texts);
    let may = shown.context.viewer.may(Permission::Records);
    may.then(|| {
        format!("/records?date={date}&hour={hour}{more}{query}&state=counted{kept}{language}")
    })
}

impl DayPage {
    /// `period`: the one that the reader comes from.
    pub fn of(context: &Context, view: &View, figures: &Figures, period: Option<Span>) -> Self {
        let shown = Shown::of(context, view, figures);
        let (texts, numbers) = (view.texts, shown.numbers());
        let (date, narrow) = (view.period.from, view.narrow.clone());
        let heading = texts.with("dashboards-day", &[("date", &numbers.date(date))]);
        let kept = period.map_or_else(String::new, |period| format!("&period={period}"));
        let query = format!("{}{kept}", narrow.query);
        let here = |texts: &Texts| day_address(date, &query, texts);
        let mut layout = context.layout_at(heading.clone(), here);
        layout.simulated = figures.simulated;
        let low = worst(&figures.hours);
        let below = |hour: u8| visits(hour, "&level=below", &kept, &shown);
        let row = |one: &Hour| {
            let of = satisfied(one.satisfied, one.ratings);
            Row {
                hour: hour_name(one.hour, texts),
                total: numbers.count(one.ratings),
                visits: visits(one.hour, "", &kept, &shown),
                below: numbers.count(one.ratings - one.satisfied),
                share: percent(of.share, texts),
                interval: interval(of.low.zip(of.high), texts),
                worst: low == Some(*one),
                reasons: below(one.hour).filter(|_| one.satisfied < one.ratings),
            }
        };
        let beside = |day: Option<Date>| {
            let day = day.filter(|day| (1900..=2199).contains(&day.year()))?;
            Some((day_address(day, &query, texts), numbers.date(day)))
        };
        let wider = date <= context.app.today() && !narrow.fields.is_empty();
        Self {
            heading,
            date: date.to_string(),
            period,
            previous: beside(date.yesterday().ok()),
            // There is nothing to see of what has not begun.
            next: beside(date.tomorrow().ok().filter(|day| *day <= context.app.today())),
            quick: QuickPeriod::days(&context.app, texts, date, |day| {
                day_address(day, &query, texts)
            }),
            in_force: narrow
                .in_force(|filters| day_address(date, &format!("{filters}{kept}"), texts)),
            worst: low.map(|one| {
                let keys = ["dashboards-worst", "dashboards-worst-clear"];
                WorstHour::of(one, &figures.hours, keys, texts)
            }),
            worst_visits: low.and_then(|one| below(one.hour)),
            rows: figures.hours.iter().map(row).collect(),
            files: ["xlsx", "csv"].map(|format| format!("{}&format={format}", here(texts))),
            empty: shown.nothing("dashboards-day-empty"),
            wider: wider.then(|| day_address(date, &kept, texts)),
            export: context.viewer.may(Permission::Export).then(|| view.at("/export", "")),
            narrow,
            layout,
        }
    }
}
