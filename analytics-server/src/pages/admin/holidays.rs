//! Days off: holidays and days on which the centre is closed, a year at a time, added and removed
//! by hand or taken from a file. Tablets follow within half a minute.

use super::centre::keep;
use super::desk::{Desk, Stop};
use super::form::Field;
use super::list::done_of;
use crate::centre::Centre;
use crate::pages::fault::Fault;
use crate::pages::posted::Posted;
use crate::pages::shell::{Shell, answer};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Where they are.
pub(super) const PATH: &str = "/admin/holidays";
/// Days that are kept; thirty years of them.
const MOST: usize = 1_000;
/// Days that one press adds: the longest holidays, around Tết, and a centre that is rebuilt.
const AT_ONCE: usize = 31;
/// How often a change is tried again over those of others.
const TRIES: usize = 8;

/// The page.
#[derive(Template)]
#[template(path = "admin/holidays.html")]
struct HolidaysPage {
    shell: Shell,
    trail: (String, String, String),
    action: String,
    remove: String,
    upload: String,
    downloads: [(String, &'static str); 2],
    done: Option<String>,
    fields: [Field; 2],
    year: i16,
    /// Year, address, how many days; none of the year that is shown.
    years: Vec<(i16, Option<String>, usize)>,
    /// Weekday, day as people here write it, day as it is stored.
    days: Vec<(String, String, String)>,
}

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    year: String,
}

/// What was typed, and why it was not taken.
#[derive(Default)]
struct Trouble {
    typed: [String; 2],
    faults: [Option<String>; 2],
}

/// The days off of some settings.
pub(super) fn days_of(centre: &Centre) -> BTreeSet<Date> {
    // Whoever stored them has looked that each is a day.
    centre.hours.closed.iter().filter_map(|day| day.parse().ok()).collect()
}

/// What the weekday of a day is called.
pub(super) fn weekday(desk: &Desk, day: Date) -> String {
    desk.say(&format!("admin-weekday-{}", day.weekday().to_monday_one_offset()))
}

/// Changes the days off, with whatever somebody else changed meanwhile; the key of why not.
pub(super) async fn change(
    desk: &Desk,
    change: impl Fn(&mut BTreeSet<Date>) -> Result<(), &'static str>,
) -> Result<Result<(), &'static str>, Stop> {
    for _ in 0..TRIES {
        let (mut centre, was) = Centre::stored(&desk.app.store).await?;
        let mut days = days_of(&centre);
        if let Err(key) = change(&mut days) {
            return Ok(Err(key));
        }
        if days.len() > MOST {
            return Ok(Err("admin-fault-days-full"));
        }
        centre.hours.closed = days.iter().map(Date::to_string).collect();
        if keep(desk, was.as_deref(), &centre).await? {
            return Ok(Ok(()));
        }
    }
    Err(Fault::Interrupted.into())
}

/// `GET /admin/holidays`.
pub(super) async fn show(desk: Desk) -> Response {
    let asked = Query::<Asked>::try_from_uri(&desk.uri).map(|Query(asked)| asked);
    let year = asked.ok().and_then(|asked| asked.year.parse().ok());
    let shown = page(&desk, year, Trouble::default()).await;
    desk.answer(shown)
}

async fn page(desk: &Desk, year: Option<i16>, trouble: Trouble) -> Result<Response, Stop> {
    let centre = desk.app.centre_now().await?;
    let (this, days) = (desk.app.today().year(), days_of(&centre));
    let mut counts = BTreeMap::from([(this, 0)]);
    for day in &days {
        *counts.entry(day.year()).or_default() += 1;
    }
    let year = year.filter(|year| counts.contains_key(year)).unwrap_or(this);
    let at = |year: i16| format!("{PATH}?year={year}");
    let years = counts.iter().map(|(one, count)| {
        let address = (*one != year).then(|| desk.to(&at(*one)));
        (*one, address, *count)
    });
    let told = days
        .iter()
        .filter(|day| day.year() == year)
        .map(|day| (weekday(desk, *day), day.strftime("%d/%m/%Y").to_string(), day.to_string()));
    let Trouble { typed: [day, until], faults: [day_fault, until_fault] } = trouble;
    let none = day_fault.is_none() && until_fault.is_none();
    let field = |name: &str, value, fault| Field {
        name: name.to_owned(),
        label: desk.say(&format!("admin-holidays-{name}")),
        hint: (name == "until").then(|| desk.say("admin-holidays-until-hint")),
        value,
        kind: "date",
        limit: 10,
        choices: Vec::new(),
        fault,
        fixed: false,
    };
    let file = |format: &str| desk.to(&format!("{PATH}/download?format={format}"));
    let shown = HolidaysPage {
        shell: desk.shell(desk.say("admin-holidays"), &at(year)),
        trail: (desk.to("/admin"), desk.to("/admin/centre"), desk.say("admin-centre")),
        action: desk.to(PATH),
        remove: desk.to(&format!("{PATH}/remove")),
        upload: desk.to(&format!("{PATH}/upload")),
        downloads: [(file("csv"), "CSV"), (file("xlsx"), "XLSX")],
        done: done_of(desk),
        fields: [field("day", day, day_fault), field("until", until, until_fault)],
        year,
        years: years.collect(),
        days: told.collect(),
    };
    let status = if none { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(answer(status, shown.render()))
}

/// What the form that adds says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Added {
    day: String,
    until: String,
}

/// `POST /admin/holidays`: one day, or all from one to another.
pub(super) async fn add(desk: Desk, posted: Posted<Added>) -> Response {
    let added = async {
        let Added { day, until } = posted.form;
        let (at, key) = match span(&day, &until) {
            Err(fault) => fault,
            Ok(days) => {
                let all = |known: &mut BTreeSet<Date>| {
                    let fresh = days.iter().filter(|day| known.insert(**day)).count();
                    if fresh == 0 { Err("admin-fault-day-twice") } else { Ok(()) }
                };
                match change(&desk, all).await? {
                    Ok(()) => {
                        let year = days.first().map_or(0, |day| day.year());
                        return Ok(desk.done(&format!("{PATH}?year={year}"), "saved"));
                    }
                    Err(key) => (0, key),
                }
            }
        };
        let mut trouble = Trouble {
            typed: [day, until].map(|text| text.chars().take(40).collect()),
            ..Trouble::default()
        };
        trouble.faults[at] = Some(desk.say(key));
        page(&desk, None, trouble).await
    };
    desk.answer(added.await)
}

/// The days from one to another, or which of the two fields is at fault and why.
fn span(day: &str, until: &str) -> Result<Vec<Date>, (usize, &'static str)> {
    let from: Date = day.trim().parse().map_err(|_| (0, "admin-fault-day"))?;
    if until.trim().is_empty() {
        return Ok(vec![from]);
    }
    let until: Date = until.trim().parse().map_err(|_| (1, "admin-fault-day"))?;
    let days: Vec<Date> =
        from.series(1.day()).take_while(|day| *day <= until).take(AT_ONCE + 1).collect();
    match days.len() {
        0 => Err((1, "admin-fault-day-before")),
        many if many > AT_ONCE => Err((1, "admin-fault-days-long")),
        _ => Ok(days),
    }
}

/// What the button that removes says.
#[derive(Deserialize)]
pub(super) struct Removed {
    day: String,
}

/// `POST /admin/holidays/remove`.
pub(super) async fn remove(desk: Desk, posted: Posted<Removed>) -> Response {
    let removed = async {
        let day: Date = posted.form.day.parse().map_err(|_| Fault::Missing)?;
        let gone = |days: &mut BTreeSet<Date>| if days.remove(&day) { Ok(()) } else { Err("") };
        match change(&desk, gone).await? {
            Ok(()) => Ok(desk.done(&format!("{PATH}?year={}", day.year()), "saved")),
            Err(_) => Err(Fault::Missing.into()),
        }
    };
    desk.answer(removed.await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_added_one_by_one_or_from_one_to_another() {
        let count = |day, until| span(day, until).map(|days| days.len());
        assert_eq!(count("2026-09-02", ""), Ok(1));
        assert_eq!(count("2026-09-02", "2026-09-02"), Ok(1));
        assert_eq!(count("2026-12-30", " 2027-01-02 "), Ok(4));
        assert_eq!(count("2026-01-01", "2026-01-31"), Ok(31));
        assert_eq!(count("2026-01-01", "2026-02-01"), Err((1, "admin-fault-days-long")));
        assert_eq!(count("2026-01-01", "9999-12-31"), Err((1, "admin-fault-days-long")));
        assert_eq!(count("9999-12-31", "9999-12-31"), Ok(1));
        assert_eq!(count("2026-09-02", "2026-09-01"), Err((1, "admin-fault-day-before")));
        assert_eq!(count("2026-02-30", ""), Err((0, "admin-fault-day")));
        assert_eq!(count("2026-02-01", "x"), Err((1, "admin-fault-day")));
    }
}
