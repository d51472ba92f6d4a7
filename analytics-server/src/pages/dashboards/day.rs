//! The hours of one day: how many ratings, how satisfied, and which hour was the worst, with the way
//! to what people said in it.

use super::data::{TableData, TakenPage, share};
use super::filter::Narrowed;
use crate::auth::{Right, Viewer};
use crate::pages::address::{self, Asked, Seen};
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::period::Span;
use crate::state::App;
use crate::stats::measures::satisfied;
use crate::stats::slice::Slice;
use crate::tables_out::Cell;
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan as _;
use jiff::civil::Date;
use locales::Texts;
use reports::figures::{Figures, Hour};
use reports::measures::differ_from_the_rest;
use reports::numbers::Numbers;

/// Fewest ratings of an hour that is called the worst: of fewer the share says nothing.
pub(super) const WORST_FROM: u64 = 5;
/// Days back to which the last day with ratings is looked for: over the longest holidays.
const LAST_WITHIN: i64 = 14;

/// The page.
#[derive(Template)]
#[template(path = "dashboards/day.html")]
pub(in crate::pages) struct DayPage {
    pub shell: Shell,
    pub heading: String,
    /// For the field of the form.
    pub date: String,
    pub narrow: Narrowed,
    /// Address and name of the days beside it.
    pub previous: Option<(String, String)>,
    pub next: Option<(String, String)>,
    pub language: Option<&'static str>,
    /// What stands out.
    pub worst: Option<Worst>,
    pub rows: Vec<Row>,
    /// Said where there are no hours.
    pub empty: String,
    /// Where more would be seen.
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
pub(in crate::pages) async fn day(
    State(app): State<App>,
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Ok(Query(asked)) = asked else {
        return Fault::Request.page(&app, Some(&viewer), Asked::default().texts());
    };
    match show(&app, &viewer, &asked).await {
        Ok(response) => response,
        Err(fault) => fault.page(&app, Some(&viewer), asked.texts()),
    }
}

async fn show(app: &App, viewer: &Viewer, asked: &Asked) -> Result<Response, Fault> {
    let narrow = Narrowed::of(app, viewer, asked).await?;
    let date = match address::given(asked.date.as_deref()) {
        Some(text) => {
            let span: Span = format!("{text}..{text}").parse()?;
            span.under(app.centre().policy).from
        }
        None => app.latest_day(&viewer.scope()).await?,
    };
    let slice = slice(date, &narrow, app)?;
    let figures = app.figures(&slice).await?;
    if let Some(format) = &asked.format {
        let texts = asked.texts();
        let title = texts.get("dashboards-hours");
        let page = TakenPage { app, title, period: &slice.period, narrow: &narrow, texts };
        return page.file(table(&figures.hours, texts), format);
    }
    // The period that the reader comes from, or else the day's month.
    let period = match address::given(asked.period.as_deref()) {
        Some(text) => text.parse()?,
        None => Span::month_of(date, app.centre().policy),
    };
    let query = narrow.query.clone();
    let mut page = DayPage::of(app, viewer, date, narrow, &figures, asked.texts());
    page.shell.carry_to(&period.to_string(), &query, Some(date));
    Ok(answer(StatusCode::OK, page.render()))
}

/// The ratings of one day.
pub(in crate::pages) fn slice(date: Date, narrow: &Narrowed, app: &App) -> Result<Slice, Fault> {
    let span: Span = format!("{date}..{date}").parse()?;
    Ok(Slice { period: span.under(app.centre().policy), filter: narrow.filter.clone() })
}

/// The worst hour of the last day before today that has ratings, for the overview: the address of
/// that day and a sentence. None of a time that is long over.
pub(in crate::pages) async fn last_day(
    app: &App,
    seen: &Seen,
    figures: &Figures,
) -> Result<Option<(String, String)>, Fault> {
    let today = app.today();
    let before = figures.days.iter().rev().map(|day| day.date).find(|date| *date < today);
    let recent = |date: &Date| date.saturating_add(LAST_WITHIN.days()) >= today;
    let Some(date) = before.filter(recent) else { return Ok(None) };
    let figures = app.figures(slice(date, &seen.narrow, app)?).await?;
    let texts = seen.texts;
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
        (address(date, &seen.narrow.query, texts), texts.with(key, &places))
    }))
}

/// The address of a day's hours.
pub(in crate::pages) fn address(date: Date, query: &str, texts: &Texts) -> String {
    format!("/day?date={date}{query}{}", address::language(texts))
}

/// The address of the ratings of an hour that count; `more` narrows it further.
fn visits(date: Date, hour: u8, more: &str, query: &str, texts: &Texts) -> String {
    let language = address::language(texts);
    format!("/records?date={date}&hour={hour}{more}{query}&state=counted{language}")
}

/// The worst hour: the lowest share among the hours with enough ratings. None where nobody was less
/// than satisfied in any of them.
pub(in crate::pages) fn worst(hours: &[Hour]) -> Option<Hour> {
    let enough =
        hours.iter().filter(|one| one.ratings >= WORST_FROM && one.satisfied < one.ratings);
    // Shares as products, so that equal ones are equal; among those the hour with more ratings.
    enough
        .min_by(|one, other| {
            let (left, right) = (one.satisfied * other.ratings, other.satisfied * one.ratings);
            left.cmp(&right).then(other.ratings.cmp(&one.ratings))
        })
        .copied()
}

/// The hours of which chance alone hardly explains that they lie below the others, as the report's
/// chart of the hours has it: many are compared at once.
pub(in crate::pages) fn clearly_lower(hours: &[Hour]) -> Vec<Hour> {
    let pairs: Vec<_> = hours.iter().map(|one| (one.satisfied, one.ratings)).collect();
    let all = pairs.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let apart = hours.iter().zip(differ_from_the_rest(&pairs, all));
    apart.filter(|(_, by)| by.is_some_and(|by| by.high < 0.0)).map(|(one, _)| *one).collect()
}

/// `9–10 giờ`.
pub(in crate::pages) fn hour_name(hour: u8, texts: &Texts) -> String {
    let places = [("from", &*hour.to_string()), ("to", &(hour + 1).to_string())];
    texts.with("dashboards-hour", &places)
}

/// An hour's share, interval and number below satisfied.
fn written(hour: Hour, texts: &Texts) -> [String; 3] {
    let numbers = Numbers::of(texts);
    let of = satisfied(hour.satisfied, hour.ratings);
    let none = || "–".to_owned();
    [
        of.share.map_or_else(none, |share| numbers.percent(share)),
        of.low.zip(of.high).map_or_else(none, |(low, high)| numbers.interval(low, high)),
        numbers.count(hour.ratings - hour.satisfied),
    ]
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
    pub fn of(
        app: &App,
        viewer: &Viewer,
        date: Date,
        narrow: Narrowed,
        figures: &Figures,
        texts: &'static Texts,
    ) -> Self {
        let numbers = Numbers::of(texts);
        let may = viewer.may(Right::Records);
        let heading = texts.with("dashboards-day", &[("date", &numbers.date(date))]);
        let here = |texts: &Texts| address(date, &narrow.query, texts);
        let mut shell = Shell::new(app, Some(viewer), texts, heading.clone(), here);
        shell.simulated = figures.simulated;
        let low = worst(&figures.hours);
        let to_visits = |hour: u8, more: &str| visits(date, hour, more, &narrow.query, texts);
        let rows = figures.hours.iter().map(|one| {
            let [share, interval, below] = written(*one, texts);
            Row {
                hour: hour_name(one.hour, texts),
                total: numbers.count(one.ratings),
                visits: may.then(|| to_visits(one.hour, "")),
                below,
                share,
                interval,
                worst: low == Some(*one),
                reasons: (may && one.satisfied < one.ratings)
                    .then(|| to_visits(one.hour, "&level=below")),
            }
        });
        let rows = rows.collect();
        let future = date > app.today();
        let key = match (future, narrow.fields.is_empty()) {
            (true, _) => "dashboards-future",
            (false, false) => "dashboards-nothing",
            (false, true) => "dashboards-day-empty",
        };
        let beside = |day: Option<Date>| {
            let day = day.filter(|day| (1900..=2199).contains(&day.year()))?;
            Some((address(day, &narrow.query, texts), numbers.date(day)))
        };
        let wider = !future && !narrow.fields.is_empty();
        Self {
            heading,
            date: date.to_string(),
            previous: beside(date.yesterday().ok()),
            next: beside(date.tomorrow().ok()),
            language: address::carried(texts),
            worst: low.map(|one| {
                let reasons = may.then(|| to_visits(one.hour, "&level=below"));
                Worst::of(one, figures, reasons, texts)
            }),
            files: ["xlsx", "csv"]
                .map(|format| format!("{}&format={format}", address(date, &narrow.query, texts))),
            rows,
            empty: texts.get(key),
            wider: wider.then(|| address(date, "", texts)),
            export: viewer
                .may(Right::Export)
                .then(|| address::at("/export", &format!("{date}..{date}"), &narrow.query, texts)),
            narrow,
            shell,
        }
    }
}

impl Worst {
    fn of(hour: Hour, figures: &Figures, reasons: Option<String>, texts: &Texts) -> Self {
        let [share, _, below] = written(hour, texts);
        let name = hour_name(hour.hour, texts);
        let total = Numbers::of(texts).count(hour.ratings);
        let places = [("hour", &*name), ("share", &*share), ("total", &*total), ("below", &*below)];
        let clear = clearly_lower(&figures.hours).contains(&hour);
        let caution = if clear { "dashboards-worst-clear" } else { "dashboards-worst-unclear" };
        Self {
            sentence: texts.with("dashboards-worst", &places),
            caution: texts.get(caution),
            reasons,
        }
    }
}
