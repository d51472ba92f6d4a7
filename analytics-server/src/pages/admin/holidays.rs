//! Days off: holidays and days on which the centre is closed, a year at a time, added and removed
//! by hand or taken from a file. Tablets follow within half a minute.

use super::centre::keep;
use super::dates::{weekday, written};
use crate::centre::Centre;
use crate::import::fields::Typed;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_field::{Field, FieldErrors, FieldValues};
use crate::pages::forms::LenientQuery;
use crate::pages::list::done_notice;
use crate::pages::prelude::*;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Where they are.
pub(super) const PATH: &str = "/admin/holidays";
/// Days that are kept; thirty years of them.
const MOST: usize = 1_000;
/// Days that one press adds: the longest holidays, around Tết, and a centre that is rebuilt.
const AT_ONCE: usize = 31;
/// How often a change is tried again over those of others.
const TRIES: usize = 8;

/// The page of a year.
#[derive(Template)]
#[template(path = "admin/holidays.html")]
struct HolidaysPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
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

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct YearQuery {
    year: String,
}

/// The days off of some settings.
pub(super) fn days_of(centre: &Centre) -> BTreeSet<Date> {
    // Whoever stored them has looked that each is a day.
    centre.hours.closed.iter().filter_map(|day| day.parse().ok()).collect()
}

/// Changes the days off, with whatever somebody else changed meanwhile; the key of why not.
pub(super) async fn change(
    context: &Context,
    change: impl Fn(&mut BTreeSet<Date>) -> Result<(), &'static str>,
) -> PageResult<Result<(), &'static str>> {
    for _ in 0..TRIES {
        let (mut centre, was) = Centre::stored(&context.app.store).await?;
        let mut days = days_of(&centre);
        if let Err(key) = change(&mut days) {
            return Ok(Err(key));
        }
        if days.len() > MOST {
            return Ok(Err("admin-fault-days-full"));
        }
        centre.hours.closed = days.iter().map(Date::to_string).collect();
        if keep(context, was.as_deref(), &centre).await? {
            return Ok(Ok(()));
        }
    }
    Err(PageError::Interrupted)
}

/// `GET /admin/holidays`.
pub(super) async fn show(
    context: Context,
    LenientQuery(query): LenientQuery<YearQuery>,
) -> PageResult {
    page(&context, query.year.parse().ok(), &Typed::new(), &FieldErrors::new()).await
}

/// The address of a year.
fn year_path(year: i16) -> String {
    format!("{PATH}?year={year}")
}

async fn page(
    context: &Context,
    year: Option<i16>,
    typed: &Typed,
    errors: &FieldErrors,
) -> PageResult {
    let centre = context.app.centre_now().await?;
    let (this, days) = (context.app.today().year(), days_of(&centre));
    let mut counts = BTreeMap::from([(this, 0)]);
    for day in &days {
        *counts.entry(day.year()).or_default() += 1;
    }
    let year = year.filter(|year| counts.contains_key(year)).unwrap_or(this);
    let years = counts.iter().map(|(one, count)| {
        let address = (*one != year).then(|| context.to(&year_path(*one)));
        (*one, address, *count)
    });
    let of_year = days
        .iter()
        .filter(|day| day.year() == year)
        .map(|day| (weekday(context, *day), written(*day), day.to_string()));
    let values = FieldValues { context, typed, errors };
    let day = Field { kind: "date", ..values.line("day", "admin-holidays-day", 10) };
    let hint = Some(context.text("admin-holidays-until-hint"));
    let until = Field { kind: "date", hint, ..values.line("until", "admin-holidays-until", 10) };
    let file = |format: &str| context.to(&format!("{PATH}/download?format={format}"));
    let page = HolidaysPage {
        layout: context.layout(context.text("admin-holidays"), &year_path(year)),
        breadcrumb: Breadcrumb::below(context, "/admin/centre", context.text("admin-centre")),
        action: context.to(PATH),
        remove: context.to(&format!("{PATH}/remove")),
        upload: context.to(&format!("{PATH}/upload")),
        downloads: [(file("csv"), "CSV"), (file("xlsx"), "XLSX")],
        done: done_notice(context),
        fields: [day, until],
        year,
        years: years.collect(),
        days: of_year.collect(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(answer(status, page.render()))
}

/// `POST /admin/holidays`: one day, or all from one to another.
pub(super) async fn add(context: Context, CsrfForm(typed): CsrfForm<Typed>) -> PageResult {
    let text = |name: &str| typed.get(name).map_or("", String::as_str);
    let (name, key) = match span(text("day"), text("until")) {
        Err(error) => error,
        Ok(days) => {
            let all = |known: &mut BTreeSet<Date>| {
                let fresh = days.iter().filter(|day| known.insert(**day)).count();
                if fresh == 0 { Err("admin-fault-day-twice") } else { Ok(()) }
            };
            match change(&context, all).await? {
                Ok(()) => {
                    let year = days.first().map_or(0, |day| day.year());
                    return Ok(context.done(&year_path(year), "saved"));
                }
                Err(key) => ("day", key),
            }
        }
    };
    let errors = FieldErrors::from([(name.to_owned(), context.text(key))]);
    page(&context, None, &typed, &errors).await
}

/// The days from one to another, or which of the two fields can not be taken and why.
fn span(day: &str, until: &str) -> Result<Vec<Date>, (&'static str, &'static str)> {
    let from: Date = day.trim().parse().map_err(|_| ("day", "admin-fault-day"))?;
    if until.trim().is_empty() {
        return Ok(vec![from]);
    }
    let until: Date = until.trim().parse().map_err(|_| ("until", "admin-fault-day"))?;
    let days: Vec<Date> =
        from.series(1.day()).take_while(|day| *day <= until).take(AT_ONCE + 1).collect();
    match days.len() {
        0 => Err(("until", "admin-fault-day-before")),
        many if many > AT_ONCE => Err(("until", "admin-fault-days-long")),
        _ => Ok(days),
    }
}

/// The fields of the form that removes a day.
#[derive(Deserialize)]
pub(super) struct RemovalForm {
    day: String,
}

/// `POST /admin/holidays/remove`.
pub(super) async fn remove(context: Context, CsrfForm(form): CsrfForm<RemovalForm>) -> PageResult {
    let day: Date = form.day.parse().map_err(|_| PageError::Missing)?;
    let gone = |days: &mut BTreeSet<Date>| if days.remove(&day) { Ok(()) } else { Err("") };
    match change(&context, gone).await? {
        Ok(()) => Ok(context.done(&year_path(day.year()), "saved")),
        Err(_) => Err(PageError::Missing),
    }
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
        assert_eq!(count("2026-01-01", "2026-02-01"), Err(("until", "admin-fault-days-long")));
        assert_eq!(count("2026-01-01", "9999-12-31"), Err(("until", "admin-fault-days-long")));
        assert_eq!(count("9999-12-31", "9999-12-31"), Ok(1));
        assert_eq!(count("2026-09-02", "2026-09-01"), Err(("until", "admin-fault-day-before")));
        assert_eq!(count("2026-02-30", ""), Err(("day", "admin-fault-day")));
        assert_eq!(count("2026-02-01", "x"), Err(("until", "admin-fault-day")));
    }
}
