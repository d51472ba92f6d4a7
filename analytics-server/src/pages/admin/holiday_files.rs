//! Days off as files: the list taken along, and one read in, looked at before it is stored. A file
//! only adds: what it does not name stays a day off.

use super::desk::{Desk, Stop};
use super::holidays::{PATH, change, days_of, weekday};
use super::read_in::{Change, Intake, Subject};
use super::roster_rows::{DAY, day};
use crate::import::header::{Column, Holds};
use crate::import::kinds::names;
use crate::import::lines::ListRow;
use crate::import::plan::{Fate, Planned};
use crate::pages::list_file::list_file;
use crate::pages::posted::mark_of;
use axum::extract::Query;
use axum::response::Response;
use jiff::civil::Date;
use locales::Texts;
use serde::Deserialize;
use std::collections::BTreeSet;

/// What stands in the address of a file.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    format: String,
}

/// The name of the one column.
fn column(texts: &Texts) -> String {
    texts.get("admin-holidays-day")
}

/// `GET /admin/holidays/download`.
pub(super) async fn download(desk: Desk) -> Response {
    let made = async {
        let asked = Query::<Asked>::try_from_uri(&desk.uri).map(|Query(asked)| asked);
        let days = days_of(&desk.app.centre_now().await?);
        let rows = days.iter().map(|day| vec![day.strftime(DAY).to_string()]);
        let format = asked.unwrap_or_default().format;
        let header = [column(desk.texts)];
        Ok(list_file("ngay-nghi", &format, &header, &rows.collect::<Vec<_>>())?)
    };
    desk.answer(made.await)
}

/// The list of days off.
#[derive(Default)]
pub(super) struct Holidays;

impl Intake for Holidays {
    /// The days that are new.
    type Work = BTreeSet<Date>;

    fn subject(&self, desk: &Desk) -> Subject {
        Subject {
            path: PATH.to_owned(),
            title: desk.say("admin-holidays"),
            columns: column(locales::texts("vi")),
            note: desk.say("admin-holidays-file-note"),
            sample: format!("{PATH}/download?format=xlsx"),
            heads: ["admin-holidays-day", "admin-holidays-weekday"].map(|key| desk.say(key)),
        }
    }

    fn columns(&self) -> Vec<Column> {
        vec![Column::new(names(column), true, Holds::Moment)]
    }

    async fn change(&self, desk: &Desk, rows: &[ListRow]) -> Result<Change<BTreeSet<Date>>, Stop> {
        let known = days_of(&desk.app.centre_now().await?);
        let (rows, fresh) = plan(desk, &known, rows);
        Ok(Change { rows, mark: mark_of(&fresh), steps: fresh.len(), work: fresh })
    }

    async fn carry_out(
        &self,
        desk: &Desk,
        fresh: BTreeSet<Date>,
    ) -> Result<Result<(), &'static str>, Stop> {
        change(desk, |days| {
            let before = days.len();
            days.extend(&fresh);
            if days.len() == before + fresh.len() { Ok(()) } else { Err("admin-import-stale") }
        })
        .await
    }
}

/// What becomes of each row beside the days that are known, and the days that are new.
fn plan(desk: &Desk, known: &BTreeSet<Date>, rows: &[ListRow]) -> (Vec<Planned>, BTreeSet<Date>) {
    let (mut planned, mut fresh) = (Vec::new(), BTreeSet::new());
    for row in rows {
        let cell = row.text(0).unwrap_or_default();
        let (fate, name) = match (&row.refusal, day(&cell).parse::<Date>()) {
            (Some(why), _) => (Fate::Faulty(why.clone()), String::new()),
            (None, Err(_)) => (Fate::Faulty(desk.say("admin-fault-day-file")), String::new()),
            (None, Ok(day)) => {
                let known = known.contains(&day) || !fresh.insert(day);
                let fate = if known { Fate::Same } else { Fate::New };
                (fate, weekday(desk, day))
            }
        };
        let code = cell.chars().take(40).collect();
        planned.push(Planned { line: row.line, last: row.last, code, name, fate });
    }
    (planned, fresh)
}
