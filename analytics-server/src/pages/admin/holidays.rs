//! Days off: holidays and days on which the centre is closed, with their names, a year at a time; added
//! and removed by hand, taken from a file, or the year's public holidays at once. Tablets follow within
//! half a minute.

use super::centre::keep;
use super::public_holidays;
use crate::centre::Centre;
use crate::centre::days_off::{DAY_NAME_CHARS, DaysOff, span};
use crate::centre_time::{weekday, written_day};
use crate::form_reader::{FieldErrors, FormValues, line};
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_field::{Field, FormFields};
use crate::pages::forms::LenientQuery;
use crate::pages::list::done_notice;
use crate::pages::prelude::*;
use jiff::civil::Date;
use std::collections::BTreeMap;

const PATH: &str = "/admin/holidays";
/// How an address says that a day was removed.
const REMOVED: &str = "removed";
/// How often a change is tried when others store theirs at the same moment.
const TRIES: usize = 8;

/// The page of a year.
#[derive(Template)]
#[template(path = "admin/holidays.html")]
struct HolidaysPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    action: String,
    remove: String,
    add_public: String,
    upload: String,
    downloads: [(String, &'static str); 2],
    done: Option<String>,
    fields: [Field; 3],
    /// The public holidays that the year does not have yet.
    public: Vec<Field>,
    /// Why none of them was added.
    public_error: Option<String>,
    year: i16,
    /// Year, address, how many days; none of the year that is shown.
    years: Vec<(i16, Option<String>, usize)>,
    days: Vec<DayOff>,
}

/// A day off of the list.
struct DayOff {
    weekday: String,
    /// As people here write it, and as it is stored.
    shown: String,
    day: String,
    /// Empty: nobody named it.
    name: String,
}

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct YearQuery {
    year: String,
}

/// The fields of the address after a day was removed.
#[derive(Default, Deserialize)]
#[serde(default)]
struct RemovedQuery {
    done: String,
    day: String,
}

/// The sentence that names the day that was removed just before; none: none was.
fn removed_notice(context: &Context, days: &DaysOff) -> Option<String> {
    let read = axum::extract::Query::<RemovedQuery>::try_from_uri(&context.uri);
    let RemovedQuery { done, day } = read.ok()?.0;
    let day = day.parse::<Date>().ok().filter(|_| done == REMOVED)?;
    let name = format!("{}, {}", weekday(day, context.texts), written_day(day));
    let sentence = || context.texts.with("admin-holidays-removed", &[("day", &name)]);
    (!days.contains_key(&day)).then(sentence)
}

/// Changes the days off as they are stored now, and begins again where somebody else stored a
/// change meanwhile. The inner error is the key of the sentence that says why not.
pub(super) async fn change(
    context: &Context,
    change: impl Fn(&mut DaysOff) -> Result<(), &'static str>,
) -> PageResult<Result<(), &'static str>> {
    for _ in 0..TRIES {
        let (mut centre, was) = Centre::stored(&context.app.store).await?;
        let mut days = centre.days_off();
        if let Err(key) = change(&mut days).and_then(|()| centre.set_days_off(&days)) {
            return Ok(Err(key));
        }
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
    page(&context, query.year.parse().ok(), &FormValues::new(), &FieldErrors::new()).await
}

/// The address of a year.
fn year_path(year: i16) -> String {
    format!("{PATH}?year={year}")
}

async fn page(
    context: &Context,
    year: Option<i16>,
    typed: &FormValues,
    errors: &FieldErrors,
) -> PageResult {
    let centre = context.app.centre_now().await?;
    let (this, days) = (context.app.today().year(), centre.days_off());
    // Next year's are written down before it begins.
    let mut counts = BTreeMap::from([(this, 0), (this + 1, 0)]);
    for day in days.keys() {
        *counts.entry(day.year()).or_default() += 1;
    }
    let year = year.filter(|year| counts.contains_key(year)).unwrap_or(this);
    let years = counts.iter().map(|(one, count)| {
        let address = (*one != year).then(|| context.to(&year_path(*one)));
        (*one, address, *count)
    });
    let of_year = days.iter().filter(|(day, _)| day.year() == year).map(|(day, name)| DayOff {
        weekday: weekday(*day, context.texts),
        shown: written_day(*day),
        day: day.to_string(),
        name: name.clone(),
    });
    let key = |word: &str| format!("admin-holidays-{word}");
    let form = FormFields { texts: context.texts, key, typed, errors };
    let dates = [form.field("day", 10), form.hinted("until", 10)];
    let [day, until] = dates.map(|field| Field { kind: "date", ..field });
    let public = public_holidays::fields(year, &days, typed, errors, context.texts);
    let file = |format: &str| context.to(&format!("{PATH}/download?format={format}"));
    let page = HolidaysPage {
        layout: context.layout(context.text("admin-holidays"), &year_path(year)),
        breadcrumb: Breadcrumb::below(context, "/admin/centre", context.text("admin-centre")),
        action: context.to(PATH),
        remove: context.to(&format!("{PATH}/remove")),
        add_public: context.to(&format!("{PATH}/public")),
        upload: context.to(&format!("{PATH}/upload")),
        downloads: [(file("csv"), "CSV"), (file("xlsx"), "XLSX")],
        done: done_notice(context).or_else(|| removed_notice(context, &days)),
        fields: [day, until, form.hinted("name", DAY_NAME_CHARS)],
        public,
        public_error: errors.get("public").cloned(),
        year,
        years: years.collect(),
        days: of_year.collect(),
    };
    Ok(answer(form_status(!errors.is_empty()), page.render()))
}

/// Adds days with their names; an error where all of them are there under the same name. A day without a
/// name takes none away.
async fn add_days(context: &Context, days: &DaysOff) -> PageResult<Result<(), &'static str>> {
    let all = |known: &mut DaysOff| {
        let is_new = |(day, name): &(&Date, &String)| {
            known.get(*day).is_none_or(|was| !name.is_empty() && was != *name)
        };
        let fresh: DaysOff =
            days.iter().filter(is_new).map(|(day, name)| (*day, name.clone())).collect();
        if fresh.is_empty() {
            return Err("admin-fault-day-twice");
        }
        known.extend(fresh);
        Ok(())
    };
    change(context, all).await
}

/// `POST /admin/holidays`: one day, or all from one to another.
pub(super) async fn add(context: Context, CsrfForm(typed): CsrfForm<FormValues>) -> PageResult {
    let text = |name: &str| typed.get(name).map_or("", String::as_str);
    let name = match line(text("name"), DAY_NAME_CHARS, false, context.texts) {
        Ok(name) => name,
        Err(sentence) => {
            let errors = FieldErrors::from([("name".to_owned(), sentence)]);
            return page(&context, None, &typed, &errors).await;
        }
    };
    let (field, key) = match span(text("day"), text("until")) {
        Err(error) => error,
        Ok(days) => {
            let year = days.first().map_or(0, |day| day.year());
            let days = days.into_iter().map(|day| (day, name.clone())).collect();
            match add_days(&context, &days).await? {
                Ok(()) => return Ok(context.done(&year_path(year), "saved")),
                Err(key) => ("day", key),
            }
        }
    };
    let errors = FieldErrors::from([(field.to_owned(), context.text(key))]);
    page(&context, None, &typed, &errors).await
}

/// `POST /admin/holidays/public`: the public holidays of a year whose lines are filled in.
pub(super) async fn add_public(
    context: Context,
    CsrfForm(typed): CsrfForm<FormValues>,
) -> PageResult {
    let year = typed.get("year").and_then(|year| year.parse::<i16>().ok());
    let year = year.filter(|year| (1..=9_999).contains(year)).ok_or(PageError::Request)?;
    let (field, key) = match public_holidays::read(year, &typed) {
        Err(error) => error,
        Ok(days) => match add_days(&context, &days).await? {
            Ok(()) => return Ok(context.done(&year_path(year), "saved")),
            Err("admin-fault-day-twice") => ("public".to_owned(), "admin-holidays-public-none"),
            Err(key) => ("public".to_owned(), key),
        },
    };
    let errors = FieldErrors::from([(field, context.text(key))]);
    page(&context, Some(year), &typed, &errors).await
}

/// The fields of the form that removes a day.
#[derive(Deserialize)]
pub(super) struct RemovalForm {
    day: String,
}

/// `POST /admin/holidays/remove`.
pub(super) async fn remove(context: Context, CsrfForm(form): CsrfForm<RemovalForm>) -> PageResult {
    let day: Date = form.day.parse().map_err(|_| PageError::Missing)?;
    let gone = |days: &mut DaysOff| days.remove(&day).map(drop).ok_or("");
    match change(&context, gone).await? {
        Ok(()) => {
            let path = format!("{}&day={day}", year_path(day.year()));
            Ok(context.done(&path, REMOVED))
        }
        Err(_) => Err(PageError::Missing),
    }
}
