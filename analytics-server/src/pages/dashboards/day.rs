//! The hours of one day: how many ratings, how satisfied, and which hour was the worst, with the way
//! to what people said in it. Counts of 1 to 4 are told only to those who verify single ratings.

use super::filter::Narrowed;
use crate::auth::{Right, Viewer};
use crate::pages::address::{self, Asked, Seen};
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::period::Span;
use crate::state::App;
use crate::stats::measures::{difference, satisfied};
use crate::stats::slice::Slice;
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use locales::Texts;
use reports::figures::{Figures, Hour, Levels, Ratings, SHOWN_FROM};
use reports::masks::told;
use reports::numbers::Numbers;

/// Where there is no figure.
const NONE: &str = "–";

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
}

/// The worst hour in words.
pub(in crate::pages) struct Worst {
    pub sentence: String,
    pub caution: String,
    pub reasons: String,
}

/// One hour.
pub(in crate::pages) struct Row {
    pub hour: String,
    pub total: String,
    pub below: String,
    pub share: String,
    pub interval: String,
    pub worst: bool,
    /// Where its low ratings are; none where there are none.
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
        Ok(page) => answer(StatusCode::OK, page.render()),
        Err(fault) => fault.page(&app, Some(&viewer), asked.texts()),
    }
}

async fn show(app: &App, viewer: &Viewer, asked: &Asked) -> Result<DayPage, Fault> {
    let narrow = Narrowed::of(app, viewer, asked).await?;
    let date = match address::given(asked.date.as_deref()) {
        Some(text) => {
            let span: Span = format!("{text}..{text}").parse()?;
            span.under(app.centre().policy).from
        }
        None => app.latest_day(&viewer.scope()).await?,
    };
    let figures = app.figures(slice(date, &narrow, app)?).await?;
    // The period that the reader comes from, or else the day's month.
    let period = match address::given(asked.period.as_deref()) {
        Some(text) => text.parse()?,
        None => Span::month_of(date, app.centre().policy),
    };
    let query = narrow.query.clone();
    let mut page = DayPage::of(app, viewer, date, narrow, &figures, asked.texts());
    page.shell.carry_to(&period.to_string(), &query, Some(date));
    Ok(page)
}

/// The ratings of one day.
pub(in crate::pages) fn slice(date: Date, narrow: &Narrowed, app: &App) -> Result<Slice, Fault> {
    let span: Span = format!("{date}..{date}").parse()?;
    Ok(Slice { period: span.under(app.centre().policy), filter: narrow.filter.clone() })
}

/// Yesterday's worst hour, for the overview: the address of that day and a sentence.
pub(in crate::pages) async fn yesterday(
    app: &App,
    viewer: &Viewer,
    seen: &Seen,
) -> Result<Option<(String, String)>, Fault> {
    let Ok(date) = app.today().yesterday() else { return Ok(None) };
    if !(seen.period.from..=seen.period.to).contains(&date) {
        return Ok(None);
    }
    let figures = app.figures(slice(date, &seen.narrow, app)?).await?;
    let texts = seen.texts;
    Ok(worst(&figures.hours).map(|hour| {
        let [_, _, below] = written(hour, viewer.may(Right::Verify), texts);
        let (day, name) = (Numbers::of(texts).date(date), hour_name(hour.hour, texts));
        let places = [("date", &*day), ("hour", &*name), ("below", &*below)];
        (address(date, &seen.narrow.query, texts), texts.with("dashboards-yesterday", &places))
    }))
}

/// The address of a day's hours.
pub(in crate::pages) fn address(date: Date, query: &str, texts: &Texts) -> String {
    format!("/day?date={date}{query}{}", address::language(texts))
}

/// The address of the low ratings of an hour.
fn reasons(date: Date, hour: u8, query: &str, texts: &Texts) -> String {
    format!("/records?date={date}&hour={hour}&level=low{query}{}", address::language(texts))
}

/// The worst hour of a day: the lowest share among the hours with enough ratings to be told. None
/// where nobody was less than satisfied in any of them.
pub(in crate::pages) fn worst(hours: &[Hour]) -> Option<Hour> {
    let told = hours.iter().filter(|one| one.ratings >= SHOWN_FROM && one.satisfied < one.ratings);
    // Shares as products, so that equal ones are equal; among those the hour with more ratings.
    told.min_by(|one, other| {
        let (left, right) = (one.satisfied * other.ratings, other.satisfied * one.ratings);
        left.cmp(&right).then(other.ratings.cmp(&one.ratings))
    })
    .copied()
}

/// Whether chance alone hardly explains that an hour lies below the others of its day.
fn is_clear(hour: Hour, hours: &[Hour]) -> bool {
    let all = hours.iter().fold((0, 0), |sum, one| (sum.0 + one.satisfied, sum.1 + one.ratings));
    let rest = (all.0 - hour.satisfied, all.1 - hour.ratings);
    difference((hour.satisfied, hour.ratings), rest).is_some_and(|one| one.high < 0.0)
}

/// `9–10 giờ`.
pub(in crate::pages) fn hour_name(hour: u8, texts: &Texts) -> String {
    let places = [("from", &*hour.to_string()), ("to", &(hour + 1).to_string())];
    texts.with("dashboards-hour", &places)
}

/// An hour's share, interval and number below satisfied, as this reader may be told them.
fn written(hour: Hour, exact: bool, texts: &Texts) -> [String; 3] {
    let numbers = Numbers::of(texts);
    let below = hour.ratings - hour.satisfied;
    let of = satisfied(hour.satisfied, hour.ratings);
    if let (true, Some(share), Some(low), Some(high)) = (exact, of.share, of.low, of.high) {
        return [numbers.percent(share), numbers.interval(low, high), numbers.count(below)];
    }
    let levels = Levels { very_satisfied: hour.satisfied, neutral: below, ..Levels::default() };
    let ratings = Ratings { total: hour.ratings, levels, satisfied: of, ..Ratings::default() };
    let Some(told) = told(&ratings) else { return [NONE; 3].map(str::to_owned) };
    let share = told.satisfied;
    let dash = || NONE.to_owned();
    [
        share.written(numbers).unwrap_or_else(dash),
        share.interval(numbers).unwrap_or_else(dash),
        told.levels[2].written(numbers),
    ]
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
        let exact = viewer.may(Right::Verify);
        let heading = texts.with("dashboards-day", &[("date", &numbers.date(date))]);
        let here = |texts: &Texts| address(date, &narrow.query, texts);
        let mut shell = Shell::new(app, Some(viewer), texts, heading.clone(), here);
        shell.simulated = figures.simulated;
        let low = worst(&figures.hours);
        let rows = figures.hours.iter().map(|one| {
            let [share, interval, below] = written(*one, exact, texts);
            let is_low = one.satisfied < one.ratings && (exact || one.ratings >= SHOWN_FROM);
            Row {
                hour: hour_name(one.hour, texts),
                total: if exact { numbers.count(one.ratings) } else { numbers.cell(one.ratings) },
                below,
                share,
                interval,
                worst: low == Some(*one),
                reasons: is_low.then(|| reasons(date, one.hour, &narrow.query, texts)),
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
            language: (texts.language() != "vi").then(|| texts.language()),
            worst: low.map(|one| Worst::of(one, date, figures, &narrow, exact, texts)),
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
    fn of(
        hour: Hour,
        date: Date,
        figures: &Figures,
        narrow: &Narrowed,
        exact: bool,
        texts: &Texts,
    ) -> Self {
        let [share, _, below] = written(hour, exact, texts);
        let name = hour_name(hour.hour, texts);
        let total = Numbers::of(texts).count(hour.ratings);
        let places = [("hour", &*name), ("share", &*share), ("total", &*total), ("below", &*below)];
        let clear = is_clear(hour, &figures.hours);
        let caution = if clear { "dashboards-worst-clear" } else { "dashboards-worst-unclear" };
        Self {
            sentence: texts.with("dashboards-worst", &places),
            caution: texts.get(caution),
            reasons: reasons(date, hour.hour, &narrow.query, texts),
        }
    }
}
