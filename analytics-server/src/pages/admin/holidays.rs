//! Days off: holidays and days on which the centre is closed, a year at a time, added and removed
//! by hand or taken from a file. Tablets follow within half a minute.

use super::centre::keep;
use crate::centre::Centre;
use crate::centre::days_off::span;
use crate::centre_time::{weekday, written_day};
use crate::form_reader::{FieldErrors, FormValues};
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_field::{Field, FormFields};
use crate::pages::forms::LenientQuery;
use crate::pages::list::done_notice;
use crate::pages::prelude::*;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

const PATH: &str = "/admin/holidays";
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

/// Changes the days off as they are stored now, and begins again where somebody else stored a
/// change meanwhile. The inner error is the key of the sentence that says why not.
pub(super) async fn change(
    context: &Context,
    change: impl Fn(&mut BTreeSet<Date>) -> Result<(), &'static str>,
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
        .map(|day| (weekday(*day, context.texts), written_day(*day), day.to_string()));
    let key = |word: &str| format!("admin-holidays-{word}");
    let form = FormFields { texts: context.texts, key, typed, errors };
    let fields = [form.field("day", 10), form.hinted("until", 10)];
    let file = |format: &str| context.to(&format!("{PATH}/download?format={format}"));
    let page = HolidaysPage {
        layout: context.layout(context.text("admin-holidays"), &year_path(year)),
        breadcrumb: Breadcrumb::below(context, "/admin/centre", context.text("admin-centre")),
        action: context.to(PATH),
        remove: context.to(&format!("{PATH}/remove")),
        upload: context.to(&format!("{PATH}/upload")),
        downloads: [(file("csv"), "CSV"), (file("xlsx"), "XLSX")],
        done: done_notice(context),
        fields: fields.map(|field| Field { kind: "date", ..field }),
        year,
        years: years.collect(),
        days: of_year.collect(),
    };
    Ok(answer(form_status(!errors.is_empty()), page.render()))
}

/// `POST /admin/holidays`: one day, or all from one to another.
pub(super) async fn add(context: Context, CsrfForm(typed): CsrfForm<FormValues>) -> PageResult {
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
