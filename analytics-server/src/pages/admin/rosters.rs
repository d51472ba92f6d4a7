//! The roster of a week: who sits at which counter when it is not the usual officer. Entries are
//! added and cancelled, never changed; where two overlap, the one made last holds.

use crate::centre_time::{weekday, written_day};
use crate::form_reader::{FieldErrors, FormValues};
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_errors::FormErrors;
use crate::pages::form_field::{Field, FormFields};
use crate::pages::forms::LenientQuery;
use crate::pages::list::done_notice;
use crate::pages::prelude::*;
use crate::roster::{Bounds, Workplaces, monday_of, name, read};
use crate::storage::register::Entry;
use crate::storage::roster::Duty;
use jiff::ToSpan;
use jiff::civil::Date;

const PATH: &str = "/admin/rosters";

/// The page of a week.
#[derive(Template)]
#[template(path = "admin/rosters.html")]
struct RosterPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    action: String,
    done: Option<String>,
    errors: FormErrors,
    fields: Vec<Field>,
    week: String,
    before: String,
    after: String,
    upload: String,
    download: &'static str,
    from: String,
    until: String,
    days: Vec<String>,
    counters: Vec<Line>,
}

/// A counter's week.
struct Line {
    counter: String,
    usual: String,
    days: Vec<Vec<DutyCell>>,
}

/// One entry on one day.
struct DutyCell {
    officer: String,
    hours: String,
    retired: bool,
    cancel: String,
}

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct WeekQuery {
    week: String,
}

impl WeekQuery {
    /// The Monday of the week that is asked for: today's unless the address names a day.
    fn monday(&self, context: &Context) -> Date {
        monday_of(self.week.parse().unwrap_or_else(|_| context.app.today()))
    }
}

/// The address of a week.
fn week_path(monday: Date) -> String {
    format!("{PATH}?week={monday}")
}

/// A week, and what is known of it.
struct Week<'a> {
    context: &'a Context,
    monday: Date,
    days: Vec<Date>,
    workplaces: Workplaces,
    duties: Vec<Duty>,
}

impl<'a> Week<'a> {
    async fn of(context: &'a Context, monday: Date) -> PageResult<Self> {
        let days: Vec<Date> = (0..7).filter_map(|at| monday.checked_add(at.days()).ok()).collect();
        let workplaces = Workplaces::of(&context.app.store).await?;
        let begin = days.first().map_or(0, |day| Bounds::of(*day, &context.app.zone).begin);
        let duties = context.app.store.roster(begin).await?;
        Ok(Self { context, monday, days, workplaces, duties })
    }

    /// The address of the week so many weeks away.
    fn other(&self, weeks: i64) -> String {
        let there = self.monday.checked_add(weeks.weeks()).unwrap_or(self.monday);
        self.context.to(&week_path(there))
    }

    fn line(&self, counter: &Entry) -> Line {
        // Officers come by their codes: the first one of a counter is who a tablet asks about.
        let is_usual = |one: &&Entry| one.place == Some(counter.id) && one.retired_at.is_none();
        Line {
            counter: counter.named(),
            usual: name(self.workplaces.officers.iter().find(is_usual)),
            days: self.days.iter().map(|day| self.cells(counter, *day)).collect(),
        }
    }

    fn cells(&self, counter: &Entry, day: Date) -> Vec<DutyCell> {
        let bounds = Bounds::of(day, &self.context.app.zone);
        let own = self.duties.iter().filter(|duty| duty.counter == counter.id && bounds.meet(duty));
        let cells = own.map(|duty| {
            let officer = self.workplaces.officer(duty.officer);
            let (from, until) = bounds.hours(duty);
            let cancel = format!("{PATH}/{}/cancel?week={}", duty.num, self.monday);
            DutyCell {
                officer: name(officer),
                hours: format!("{from}–{until}"),
                retired: officer.is_some_and(|one| one.retired_at.is_some()),
                cancel: self.context.to(&cancel),
            }
        });
        cells.collect()
    }

    fn fields(&self, typed: &FormValues, errors: &FieldErrors) -> Vec<Field> {
        let today = self.context.app.today().max(self.monday).to_string();
        let usual = [("day", &*today), ("from", "07:00"), ("until", "17:00")];
        let mut filled: FormValues =
            usual.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        filled.extend(typed.clone());
        let key = |word: &str| format!("admin-roster-{word}");
        let form = FormFields { texts: self.context.texts, key, typed: &filled, errors };
        let entry = |name: &str, entries: &[Entry]| {
            form.entries(form.field(name, 64), "admin-choose", entries)
        };
        vec![
            entry("counter", &self.workplaces.counters),
            entry("officer", &self.workplaces.officers),
            Field { kind: "date", ..form.field("day", 64) },
            form.field("from", 64),
            form.field("until", 64),
        ]
    }
}

/// `GET /admin/rosters`.
pub(super) async fn show(
    context: Context,
    LenientQuery(query): LenientQuery<WeekQuery>,
) -> PageResult {
    page(&context, query.monday(&context), &FormValues::new(), FormErrors::default()).await
}

async fn page(
    context: &Context,
    monday: Date,
    typed: &FormValues,
    errors: FormErrors,
) -> PageResult {
    let week = Week::of(context, monday).await?;
    let (days, last) = (&week.days, week.days.last().copied().unwrap_or(monday));
    let day = |day: &Date| format!("{} {}", weekday(*day, context.texts), day.strftime("%d/%m"));
    let counters = week.workplaces.counters.iter().filter(|one| one.retired_at.is_none());
    let page = RosterPage {
        layout: context.layout(context.text("admin-rosters"), PATH),
        breadcrumb: Breadcrumb::admin(context),
        action: context.to(&week_path(monday)),
        done: done_notice(context),
        fields: week.fields(typed, &errors.fields),
        week: format!("{} – {}", monday.strftime("%d/%m"), written_day(last)),
        before: week.other(-1),
        after: week.other(1),
        upload: context.to("/admin/rosters/upload"),
        download: "/admin/rosters/download",
        from: monday.to_string(),
        until: last.to_string(),
        days: days.iter().map(day).collect(),
        counters: counters.map(|counter| week.line(counter)).collect(),
        errors,
    };
    Ok(answer(page.errors.status(), page.render()))
}

/// `POST /admin/rosters`.
pub(super) async fn add(
    context: Context,
    LenientQuery(query): LenientQuery<WeekQuery>,
    CsrfForm(typed): CsrfForm<FormValues>,
) -> PageResult {
    let (workplaces, now) = (Workplaces::of(&context.app.store).await?, context.now());
    let errors = match read(&typed, &workplaces, &context.app.zone, context.texts) {
        Err(errors) => errors,
        Ok((duty, _)) if duty.until <= now => {
            FieldErrors::from([("day".to_owned(), context.text("admin-fault-past"))])
        }
        Ok((duty, day)) => {
            context.app.store.add_duty(&duty, &context.viewer.actor(), now).await?;
            return Ok(context.done(&week_path(monday_of(day)), "added"));
        }
    };
    let errors = FormErrors::of_fields(&context, errors);
    page(&context, query.monday(&context), &typed, errors).await
}

/// `POST /admin/rosters/{num}/cancel`.
pub(super) async fn cancel(
    context: Context,
    Path(num): Path<String>,
    LenientQuery(query): LenientQuery<WeekQuery>,
    _: CsrfForm<EmptyForm>,
) -> PageResult {
    let num: i64 = num.parse().map_err(|_| PageError::Missing)?;
    if !context.app.store.cancel_duty(num, &context.viewer.actor(), context.now()).await? {
        return Err(PageError::Missing);
    }
    Ok(context.done(&week_path(query.monday(&context)), "saved"))
}
