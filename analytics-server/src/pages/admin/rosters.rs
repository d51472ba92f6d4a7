//! The roster of a week in one form: who sits at which counter when it is not the usual officer. What
//! overlaps is asked about once and then stored, since it may be meant. Entries are added and
//! cancelled, never changed.

use super::roster_grid::{CounterRow, Grid, Preview, resolve_names, suggestions};
use crate::centre::Centre;
use crate::centre::days_off::DaysOff;
use crate::centre_time::written_day;
use crate::form_reader::{FieldErrors, FormValues, Theirs};
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_errors::FormErrors;
use crate::pages::form_field::{Choice, is_current};
use crate::pages::forms::{LenientQuery, mark_of};
use crate::pages::list::done_notice;
use crate::pages::pagination::{Pager, page_number, pages_of, rows_of};
use crate::pages::prelude::*;
use crate::roster::week::{CellPart, PlannedDuty, RosterClock, RosterWeek};
use crate::roster::week_form::Copied;
use crate::roster::working_days::{monday_of_week, week_word};
use crate::roster::{Workplaces, begin, described, monday_of};
use crate::storage::register::{Entry, Noun};
use crate::storage::roster::Duty;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

const PATH: &str = "/admin/rosters";
/// Fields of a form that is read: one that is made has some 700. Names are resolved and overlaps looked
/// for part by part, so a form without a bound could hold a worker for minutes.
const FIELDS: usize = 2_000;
/// As many counters as one form shows: those of all departments, or of one; more of them follow on the
/// next page. A counter's week takes some 18 KiB.
const COUNTERS: usize = 8;

/// The page of a week.
#[derive(Template)]
#[template(path = "admin/rosters.html")]
struct RosterPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    action: String,
    /// A mark of what the form was made from.
    was: String,
    /// The ids of its counters: they are its own, whatever stands on this page by now.
    own: String,
    done: Option<String>,
    errors: FormErrors,
    /// What was filled in and is not stored yet, and what of it was left out, a sentence each.
    filled: Vec<String>,
    /// Why nothing can be planned in this week; none: something can.
    reading: Option<String>,
    /// The overlaps that are asked about, and what the button sends that stores them.
    questions: Vec<String>,
    sure: String,
    week: String,
    week_field: String,
    before: String,
    after: String,
    departments: Vec<Choice>,
    upload: String,
    download: &'static str,
    from: String,
    until: String,
    /// Name of each day, and that the centre is closed.
    days: Vec<(String, Option<String>)>,
    counters: Vec<CounterRow>,
    pager: Pager,
    /// Names that are suggested where there are too many for a select, and whether they are only those of
    /// the counters' departments.
    officers: Option<(Vec<String>, bool)>,
}

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct WeekQuery {
    /// A week such as `2026-W48`, or any day of it.
    week: String,
    /// Code of a department; empty: all, where their counters are few.
    department: String,
    /// Which of their counters, from 1.
    page: String,
}

/// A week at the counters of the department that an address names.
struct Shown<'a> {
    context: &'a Context,
    week: RosterWeek<'a>,
    off: DaysOff,
    departments: Vec<Choice>,
    department: String,
    /// The page of its counters, from 1, and how many counters there are.
    page: usize,
    all_counters: usize,
}

/// What a page shows beside what is stored.
#[derive(Default)]
struct Outcome {
    errors: FormErrors,
    filled: Vec<String>,
    /// Whether the overlaps are asked about.
    asks: bool,
    /// The mark that the form came with; none: it is made anew.
    was: Option<String>,
}

/// By what a week is looked at.
fn clock_of<'a>(context: &'a Context, centre: &'a Centre) -> RosterClock<'a> {
    RosterClock { hours: &centre.hours, zone: &context.app.zone, now: context.now() }
}

impl<'a> Shown<'a> {
    async fn of(
        context: &'a Context,
        query: &WeekQuery,
        centre: &'a Centre,
        sent: Option<&FormValues>,
    ) -> PageResult<Self> {
        let clock = clock_of(context, centre);
        let store = &context.app.store;
        let workplaces = Workplaces::of(store).await?;
        let all = store.entries(Noun::Department).await?;
        let counters = workplaces.counters.iter().filter(|one| one.retired_at.is_none());
        let owners: Vec<i64> = counters.filter_map(|one| one.department).collect();
        let few = owners.len() <= COUNTERS;
        let own: BTreeSet<i64> = owners.into_iter().collect();
        let offered: Vec<&Entry> = all.iter().filter(|one| own.contains(&one.id)).collect();
        let chosen = offered.iter().find(|one| one.code == query.department);
        let chosen = chosen.or_else(|| offered.first().filter(|_| !few)).copied();
        let choice = |one: &&Entry| Choice {
            value: one.code.clone(),
            name: one.named(),
            chosen: chosen.is_some_and(|chosen| chosen.id == one.id),
        };
        let whole = few.then(|| Choice {
            value: String::new(),
            name: context.text("admin-roster-all"),
            chosen: chosen.is_none(),
        });
        let departments = whole.into_iter().chain(offered.iter().map(choice)).collect();
        let department = chosen.map(|one| one.code.clone()).unwrap_or_default();
        let monday = query.monday(context, clock);
        let id = chosen.map(|one| one.id);
        let mut week = RosterWeek::of(store, workplaces, monday, id, clock).await?;
        let all_counters = week.counters.len();
        let page = page_number(&query.page).unwrap_or(1) as usize;
        let page = page.min(pages_of(all_counters, COUNTERS));
        match sent.and_then(|sent| sent.get("own")) {
            Some(own) => {
                let own: Vec<&str> = own.split(',').collect();
                week.counters.retain(|one| own.contains(&&*one.id.to_string()));
            }
            None => week.counters = rows_of(&week.counters, page, COUNTERS).to_vec(),
        }
        let off = centre.days_off();
        Ok(Self { context, week, off, departments, department, page, all_counters })
    }

    /// The path of a week of the same counters.
    fn path(&self, monday: Date) -> String {
        self.path_of_page(monday, self.page)
    }

    fn path_of_page(&self, monday: Date, page: usize) -> String {
        let (week, page) = (week_word(monday), page.to_string());
        let page = if page == "1" { "" } else { &page };
        let fields = [("week", &*week), ("department", &*self.department), ("page", page)];
        address::with_fields(PATH, fields)
    }

    /// The links to the other counters.
    fn pager(&self) -> Pager {
        let pages = pages_of(self.all_counters, COUNTERS);
        let at = |page: usize| self.context.to(&self.path_of_page(self.week.monday, page));
        let first = (self.page - 1) * COUNTERS;
        let places = [
            ("from", &*(first + 1).to_string()),
            ("to", &*(first + self.week.counters.len()).to_string()),
            ("count", &*self.all_counters.to_string()),
        ];
        let place = self.context.texts.with("admin-roster-counters", &places);
        Pager { place: Some(place), ..Pager::new(self.page, self.page < pages, at) }
    }

    /// The address of the week so many weeks away.
    fn other(&self, weeks: i64) -> String {
        let monday = self.week.monday;
        self.context.to(&self.path(monday.checked_add(weeks.weeks()).unwrap_or(monday)))
    }

    /// Answers with the page.
    fn page(&self, typed: &FormValues, outcome: Outcome) -> Response {
        let Outcome { errors, filled, asks, was } = outcome;
        let (context, week) = (self.context, &self.week);
        let planned = week.read(typed, context.texts).ok();
        let preview = planned.map(|planned| Preview::of(week, planned, typed));
        let officers = suggestions(week);
        let grid = Grid {
            texts: context.texts,
            week,
            typed,
            errors: &errors.fields,
            preview: preview.as_ref(),
            long: officers.is_some(),
            off: &self.off,
        };
        let days = week.days.iter().map(|day| (grid.day_name(day), grid.closed(day)));
        let (monday, last) = (week.monday, week.last_day());
        let here = self.path(monday);
        let page = RosterPage {
            layout: context.layout(context.text("admin-rosters"), &here),
            breadcrumb: Breadcrumb::admin(context),
            action: context.to(&here),
            was: was.unwrap_or_else(|| mark_of(&week.basis())),
            own: own_counters(week),
            done: done_notice(context),
            filled,
            reading: self.reading(),
            questions: if asks { grid.questions() } else { Vec::new() },
            sure: preview.as_ref().map(|one| mark_of(&one.fresh())).unwrap_or_default(),
            week: format!("{} – {}", monday.strftime("%d/%m"), written_day(last)),
            week_field: week_word(monday),
            before: self.other(-1),
            after: self.other(1),
            upload: context.to("/admin/rosters/upload"),
            download: "/admin/rosters/download",
            from: monday.to_string(),
            until: last.to_string(),
            days: days.collect(),
            counters: grid.rows(),
            pager: self.pager(),
            departments: self.departments.clone(),
            officers,
            errors,
        };
        answer(page.errors.status(), page.render())
    }

    /// Why nothing can be planned in this week.
    fn reading(&self) -> Option<String> {
        let key = if self.week.has_begun() { "admin-roster-over" } else { "admin-roster-off" };
        (!self.week.is_open()).then(|| self.context.text(key))
    }

    /// What is wrong in cells, each with a link to its field.
    fn errors(&self, errors: FieldErrors) -> FormErrors {
        let (week, texts) = (&self.week, self.context.texts);
        let errors = FormErrors::of_fields(self.context, errors);
        let (typed, none) = (FormValues::new(), FieldErrors::new());
        let grid = self.plain_grid(&typed, &none);
        let label = |field: &str| {
            let place = CellPart::of_field(field)?;
            let counter = week.counters.iter().find(|one| one.id == place.counter)?;
            Some(grid.cell_name(counter, week.days.get(place.day)?))
        };
        errors.linked(texts, |field| label(field).unwrap_or_default())
    }

    /// A grid that warns of nothing.
    fn plain_grid<'b>(&'b self, typed: &'b FormValues, errors: &'b FieldErrors) -> Grid<'b> {
        let (texts, week, off) = (self.context.texts, &self.week, &self.off);
        Grid { texts, week, typed, errors, preview: None, long: false, off }
    }

    /// The cells in which somebody else stored other entries than were typed.
    fn theirs(&self, typed: &FormValues) -> Vec<Theirs> {
        let (week, texts) = (&self.week, self.context.texts);
        let planned = week.read(typed, texts).unwrap_or_default();
        let errors = &FieldErrors::new();
        let grid = self.plain_grid(typed, errors);
        let mut theirs = Vec::new();
        for counter in &week.counters {
            for (at, day) in week.days.iter().enumerate() {
                let own =
                    |one: &&PlannedDuty| one.place.counter == counter.id && one.place.day == at;
                let text = |duty: &Duty| described(duty, &week.workplaces, week.clock.zone);
                let stored = week.cell(counter.id, day.date).open;
                let stored: Vec<String> = stored.into_iter().map(text).collect();
                let typed = planned.iter().filter(own).map(|one| text(&one.duty));
                let typed: Vec<String> = typed.collect();
                if stored != typed {
                    let label = grid.cell_name(counter, day);
                    theirs.push((label, stored.join("; "), typed.join("; ")));
                }
            }
        }
        theirs
    }
}

impl WeekQuery {
    /// The Monday of the week that is asked for; without one, of the week that still has something to
    /// plan.
    fn monday(&self, context: &Context, clock: RosterClock<'_>) -> Date {
        let day = || self.week.parse().ok().map(monday_of);
        let asked = monday_of_week(&self.week).or_else(day);
        asked.unwrap_or_else(|| clock.usual_monday(monday_of(context.app.today())))
    }
}

/// The counters of a form as it names them.
fn own_counters(week: &RosterWeek<'_>) -> String {
    let ids: Vec<String> = week.counters.iter().map(|one| one.id.to_string()).collect();
    ids.join(",")
}

/// `GET /admin/rosters`.
pub(super) async fn show(
    context: Context,
    LenientQuery(query): LenientQuery<WeekQuery>,
) -> PageResult {
    let centre = context.app.centre_now().await?;
    let shown = Shown::of(&context, &query, &centre, None).await?;
    let typed = shown.week.typed();
    Ok(shown.page(&typed, Outcome::default()))
}

/// `POST /admin/rosters`: stores the week, or fills the form with the week before.
pub(super) async fn save(
    context: Context,
    LenientQuery(query): LenientQuery<WeekQuery>,
    CsrfForm(mut typed): CsrfForm<FormValues>,
) -> PageResult {
    if typed.len() > FIELDS {
        return Err(PageError::Request);
    }
    let centre = context.app.centre_now().await?;
    let shown = Shown::of(&context, &query, &centre, Some(&typed)).await?;
    let week = &shown.week;
    if let Some(sentence) = shown.reading() {
        let errors = FormErrors::refusal(sentence);
        return Ok(shown.page(&week.typed(), Outcome { errors, ..Outcome::default() }));
    }
    let was = typed.get("was").cloned();
    if typed.get("act").is_some_and(|act| act == "copy") {
        let filled = copy(&context, week, &mut typed).await?;
        return Ok(shown.page(&typed, Outcome { filled, was, ..Outcome::default() }));
    }
    let mut errors = resolve_names(week, &mut typed, context.texts);
    if !is_current(&typed, "was", &week.basis()) {
        let errors = FormErrors::stale(&context, shown.theirs(&typed));
        return Ok(shown.page(&typed, Outcome { errors, ..Outcome::default() }));
    }
    let planned = week.read(&typed, context.texts).unwrap_or_else(|more| {
        for (field, error) in more {
            errors.entry(field).or_insert(error);
        }
        Vec::new()
    });
    if !errors.is_empty() {
        let errors = shown.errors(errors);
        return Ok(shown.page(&typed, Outcome { errors, was, ..Outcome::default() }));
    }
    let preview = Preview::of(week, planned, &typed);
    let fresh = preview.fresh();
    // Only the overlaps that somebody was asked about are meant.
    if !fresh.is_empty() && !is_current(&typed, "sure", &fresh) {
        let errors = FormErrors::refusal(context.text("admin-roster-overlaps"));
        return Ok(shown.page(&typed, Outcome { errors, was, asks: true, filled: Vec::new() }));
    }
    let (change, actor) = (&preview.change, context.viewer.actor());
    let store = &context.app.store;
    let made = store.change_roster(&change.cancelled, &change.added, &actor, context.now()).await?;
    if made.is_none() {
        let shown = Shown::of(&context, &query, &centre, Some(&typed)).await?;
        let errors = FormErrors::stale(&context, shown.theirs(&typed));
        return Ok(shown.page(&typed, Outcome { errors, ..Outcome::default() }));
    }
    Ok(context.done(&shown.path(week.monday), "saved"))
}

/// Fills the empty cells of a form with the week before; what was filled in and what was left out, a
/// sentence each.
async fn copy(
    context: &Context,
    week: &RosterWeek<'_>,
    typed: &mut FormValues,
) -> PageResult<Vec<String>> {
    let before = week.monday.checked_sub(1.weeks()).unwrap_or(week.monday);
    let duties = context.app.store.roster(begin(before, &context.app.zone)).await?;
    let Copied { filled, retired, closed, long } = week.copy(&duties, typed);
    let of = |key: &str, count: usize| context.texts.with(key, &[("count", &count.to_string())]);
    let first = match filled {
        0 => context.text("admin-roster-copied-none"),
        count => of("admin-roster-copied", count),
    };
    let left = [
        ("admin-roster-left-retired", retired),
        ("admin-roster-left-closed", closed),
        ("admin-roster-left-long", long),
    ];
    let left = left.into_iter().filter(|(_, count)| *count > 0);
    Ok(std::iter::once(first).chain(left.map(|(key, count)| of(key, count))).collect())
}
