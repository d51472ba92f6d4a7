//! The roster as files: a period taken along, and one read in, looked at before it is stored.

use super::dates::written;
use super::duties::{Bounds, begin, monday_of};
use super::file_import::{Change, ImportList, Subject};
use super::roster_rows::{FIELDS, Plan, column, columns, first, plan};
use super::workplaces::{Workplaces, code};
use crate::import::header::Column;
use crate::import::lines::ListRow;
use crate::pages::forms::LenientQuery;
use crate::pages::list_file::list_file;
use crate::pages::prelude::*;
use jiff::ToSpan;
use jiff::civil::Date;

/// Days of a file: a year.
const DAYS: i64 = 366;

/// The fields of the address of a file.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PeriodQuery {
    from: String,
    until: String,
    format: String,
}

/// `GET /admin/rosters/download`: from one day to another, this week where none is named.
pub(super) async fn download(
    context: Context,
    LenientQuery(query): LenientQuery<PeriodQuery>,
) -> PageResult {
    let from: Date = query.from.parse().unwrap_or_else(|_| monday_of(context.app.today()));
    let until = query.until.parse().ok().or_else(|| from.checked_add(6.days()).ok());
    let workplaces = Workplaces::of(&context).await?;
    let duties = context.app.store.roster(begin(from, &context.app.zone)).await?;
    let mut rows = Vec::new();
    let days = from.series(1.day()).take_while(|day| Some(*day) <= until);
    for (_, day) in (0..DAYS).zip(days) {
        let bounds = Bounds::of(&context, day);
        let of_day = duties.iter().filter(|duty| bounds.meet(duty)).map(|duty| {
            let (from, until) = bounds.hours(&context, duty);
            let counter = code(workplaces.counter(duty.counter));
            [written(day), counter, code(workplaces.officer(duty.officer)), from, until]
        });
        let mut of_day: Vec<[String; 5]> = of_day.collect();
        of_day.sort_by(|a, b| (&a[1], &a[3]).cmp(&(&b[1], &b[3])));
        rows.extend(of_day.into_iter().map(Vec::from));
    }
    let header = FIELDS.map(|name| column(name, context.texts));
    list_file("phan-cong", &query.format, &header, &rows)
}

/// The roster.
#[derive(Default)]
pub(super) struct Roster;

impl ImportList for Roster {
    type Work = Plan;

    fn subject(&self, context: &Context) -> Subject {
        let columns = FIELDS.map(|name| column(name, locales::texts("vi")));
        Subject {
            path: "/admin/rosters".to_owned(),
            title: context.text("admin-rosters"),
            columns: columns.join(", "),
            note: context.text("admin-roster-file-note"),
            sample: "/admin/rosters/download?format=xlsx".to_owned(),
            heads: ["admin-roster-row-day", "admin-roster-row-who"].map(|key| context.text(key)),
        }
    }

    fn columns(&self) -> Vec<Column> {
        columns()
    }

    async fn change(&self, context: &Context, rows: &[ListRow]) -> PageResult<Change<Plan>> {
        let workplaces = Workplaces::of(context).await?;
        let stored = context.app.store.roster(first(context, &workplaces, rows)).await?;
        let mut plan = plan(context, &workplaces, &stored, rows);
        let (mark, steps) = (plan.mark(), plan.steps());
        Ok(Change { rows: std::mem::take(&mut plan.rows), mark, steps, work: plan })
    }

    async fn carry_out(
        &self,
        context: &Context,
        plan: Plan,
    ) -> PageResult<Result<(), &'static str>> {
        let (actor, now) = (context.viewer.actor(), context.now());
        let store = &context.app.store;
        let made = store.change_roster(&plan.cancelled, &plan.added, &actor, now).await?;
        Ok(made.map(|_| ()).ok_or("admin-import-stale"))
    }
}
