//! Days off as files: the list taken along, and one read in, looked at before it is stored. A file
//! only adds: what it does not name stays a day off.

use super::desk::{Desk, Stop};
use super::holidays::{PATH, change, days_of};
use super::plan::{Cells, Fate, Planned, below, is_named};
use super::read_in::{Carrying, Confirmed, Subject, preview_page, sent, upload_page};
use super::roster_rows::{DAY, day};
use super::upload::Uploaded;
use crate::import::Line;
use crate::pages::list_file::list_file;
use crate::pages::posted::{Posted, mark_of};
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

fn subject(desk: &Desk) -> Subject {
    Subject {
        path: PATH.to_owned(),
        title: desk.say("admin-holidays"),
        columns: column(locales::texts("vi")),
        note: desk.say("admin-holidays-file-note"),
        sample: format!("{PATH}/download?format=xlsx"),
        heads: ["admin-holidays-day", "admin-holidays-weekday"].map(|key| desk.say(key)),
    }
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

/// `GET /admin/holidays/upload`.
pub(super) async fn ask(desk: Desk) -> Response {
    upload_page(&desk, &subject(&desk), None)
}

/// `POST /admin/holidays/upload`.
pub(super) async fn send(desk: Desk, form: Uploaded) -> Response {
    let shown = async {
        match sent(&desk, form, cells).await? {
            Ok(rows) => preview(&desk, &rows, None).await,
            Err(fault) => Ok(upload_page(&desk, &subject(&desk), Some(fault))),
        }
    };
    desk.answer(shown.await)
}

/// The rows below the header; none where no column has the days.
fn cells(lines: Vec<Line>) -> Option<Vec<Cells>> {
    below(lines, |row| {
        let place = row.iter().position(|title| is_named(column, title))?;
        Some(vec![Some(place)])
    })
}

/// What becomes of each row beside the days that are known, and the days that are new.
fn plan(desk: &Desk, known: &BTreeSet<Date>, rows: &[Cells]) -> (Vec<Planned>, BTreeSet<Date>) {
    let (mut planned, mut fresh) = (Vec::new(), BTreeSet::new());
    for (line, fields) in rows {
        let cell = fields.as_ref().and_then(|all| all.first().cloned().flatten());
        let read = cell.as_deref().map(|cell| day(cell).parse::<Date>());
        let (fate, name) = match read {
            None => (Fate::Faulty(desk.say("admin-row-unreadable")), String::new()),
            Some(Err(_)) => (Fate::Faulty(desk.say("admin-fault-day-file")), String::new()),
            Some(Ok(day)) => {
                let known = known.contains(&day) || !fresh.insert(day);
                let weekday = day.weekday().to_monday_one_offset();
                let fate = if known { Fate::Same } else { Fate::New };
                (fate, desk.say(&format!("admin-weekday-{weekday}")))
            }
        };
        let code = cell.unwrap_or_default().chars().take(40).collect();
        planned.push(Planned { line: *line, code, name, fate });
    }
    (planned, fresh)
}

async fn preview(desk: &Desk, rows: &[Cells], refusal: Option<String>) -> Result<Response, Stop> {
    let known = days_of(&desk.app.centre_now().await?);
    let (planned, fresh) = plan(desk, &known, rows);
    let carrying = Carrying { rows, mark: mark_of(&fresh), steps: fresh.len() };
    Ok(preview_page(desk, subject(desk), planned, &carrying, refusal))
}

/// `POST /admin/holidays/import`.
pub(super) async fn carry(desk: Desk, posted: Posted<Confirmed>) -> Response {
    let done = async {
        let (rows, mark) = (posted.form.cells()?, posted.form.mark);
        let taken = change(&desk, |days| {
            let (_, fresh) = plan(&desk, days, &rows);
            if fresh.is_empty() || mark_of(&fresh) != mark {
                return Err("admin-import-stale");
            }
            days.extend(fresh);
            Ok(())
        });
        match taken.await? {
            Ok(()) => Ok(desk.done(PATH, "imported")),
            Err(key) => preview(&desk, &rows, Some(desk.say(key))).await,
        }
    };
    desk.answer(done.await)
}
