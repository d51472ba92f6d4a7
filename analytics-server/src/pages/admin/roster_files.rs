//! The roster as files: a period taken along, and one read in, looked at before it is stored.

use super::desk::{Desk, Stop};
use super::read_in::{Change, Intake, Subject};
use super::roster_rows::{DAY, FIELDS, Plan, column, columns, first, plan};
use super::rosters::{House, begin, monday_of};
use crate::import::header::Column;
use crate::import::lines::ListRow;
use crate::pages::list_file::list_file;
use axum::extract::Query;
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

/// Days of a file: a year.
const DAYS: i64 = 366;

/// What stands in the address of a file.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    from: String,
    until: String,
    format: String,
}

/// `GET /admin/rosters/download`: from one day to another, this week where none is named.
pub(super) async fn download(desk: Desk) -> Response {
    let made = async {
        let asked: Asked =
            Query::try_from_uri(&desk.uri).map(|Query(asked)| asked).unwrap_or_default();
        let from: Date = asked.from.parse().unwrap_or_else(|_| monday_of(desk.app.today()));
        let until = asked.until.parse().ok().or_else(|| from.checked_add(6.days()).ok());
        let house = House::of(&desk).await?;
        let zone = &desk.app.zone;
        let duties = desk.app.store.roster(begin(from, zone)).await?;
        let mut rows = Vec::new();
        let days = from.series(1.day()).take_while(|day| Some(*day) <= until);
        for (_, day) in (0..DAYS).zip(days) {
            let bounds = (begin(day, zone), begin(day.tomorrow().unwrap_or(day), zone));
            let on = |one: &&_| House::is_on(one, bounds);
            let mut of_day: Vec<[String; 5]> = duties
                .iter()
                .filter(on)
                .map(|duty| {
                    let (counter, officer) = house.codes(duty);
                    let (from, until) = House::clocks(&desk, duty, bounds);
                    [day.strftime(DAY).to_string(), counter, officer, from, until]
                })
                .collect();
            of_day.sort_by(|a, b| (&a[1], &a[3]).cmp(&(&b[1], &b[3])));
            rows.extend(of_day.into_iter().map(Vec::from));
        }
        let header = FIELDS.map(|name| column(name, desk.texts));
        Ok(list_file("phan-cong", &asked.format, &header, &rows)?)
    };
    desk.answer(made.await)
}

/// The roster.
#[derive(Default)]
pub(super) struct Roster;

impl Intake for Roster {
    type Work = Plan;

    fn subject(&self, desk: &Desk) -> Subject {
        let columns = FIELDS.map(|name| column(name, locales::texts("vi")));
        Subject {
            path: "/admin/rosters".to_owned(),
            title: desk.say("admin-rosters"),
            columns: columns.join(", "),
            note: desk.say("admin-roster-file-note"),
            sample: "/admin/rosters/download?format=xlsx".to_owned(),
            heads: ["admin-roster-row-day", "admin-roster-row-who"].map(|key| desk.say(key)),
        }
    }

    fn columns(&self) -> Vec<Column> {
        columns()
    }

    async fn change(&self, desk: &Desk, rows: &[ListRow]) -> Result<Change<Plan>, Stop> {
        let house = House::of(desk).await?;
        let stored = desk.app.store.roster(first(desk, &house, rows)).await?;
        let mut plan = plan(desk, &house, &stored, rows);
        let (mark, steps) = (plan.mark(), plan.steps());
        Ok(Change { rows: std::mem::take(&mut plan.rows), mark, steps, work: plan })
    }

    async fn carry_out(&self, desk: &Desk, plan: Plan) -> Result<Result<(), &'static str>, Stop> {
        let (actor, now) = (desk.viewer.actor(), desk.now());
        let store = &desk.app.store;
        let made = store.change_roster(&plan.cancelled, &plan.added, &actor, now).await?;
        Ok(made.map(|_| ()).ok_or("admin-import-stale"))
    }
}
