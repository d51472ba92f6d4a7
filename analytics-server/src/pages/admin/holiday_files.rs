//! Days off as files: the list taken along, and one read in, looked at before it is stored. A file
//! only adds: what it does not name stays a day off.

use super::dates::{as_in_form, weekday, written};
use super::file_import::{Change, ImportList, Subject};
use super::holidays::{PATH, change, days_of};
use crate::import::header::Column;
use crate::import::header::Holds;
use crate::import::kinds::names;
use crate::import::lines::ListRow;
use crate::import::plan::{Fate, Planned};
use crate::pages::forms::{LenientQuery, mark_of};
use crate::pages::list_file::list_file;
use crate::pages::prelude::*;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The fields of the address of a file.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct FormatQuery {
    format: String,
}

/// The name of the one column.
fn column(texts: &Texts) -> String {
    texts.get("admin-holidays-day")
}

/// `GET /admin/holidays/download`.
pub(super) async fn download(
    context: Context,
    LenientQuery(query): LenientQuery<FormatQuery>,
) -> PageResult {
    let days = days_of(&context.app.centre_now().await?);
    let rows: Vec<_> = days.iter().map(|day| vec![written(*day)]).collect();
    list_file("ngay-nghi", &query.format, &[column(context.texts)], &rows)
}

/// The list of days off.
#[derive(Default)]
pub(super) struct Holidays;

impl ImportList for Holidays {
    /// The days that are new.
    type Work = BTreeSet<Date>;

    fn subject(&self, context: &Context) -> Subject {
        Subject {
            path: PATH.to_owned(),
            title: context.text("admin-holidays"),
            columns: column(locales::texts("vi")),
            note: context.text("admin-holidays-file-note"),
            sample: format!("{PATH}/download?format=xlsx"),
            heads: ["admin-holidays-day", "admin-holidays-weekday"].map(|key| context.text(key)),
        }
    }

    fn columns(&self) -> Vec<Column> {
        vec![Column::new(names(column), true, Holds::Moment)]
    }

    async fn change(
        &self,
        context: &Context,
        rows: &[ListRow],
    ) -> PageResult<Change<BTreeSet<Date>>> {
        let known = days_of(&context.app.centre_now().await?);
        let (rows, fresh) = plan(context, &known, rows);
        Ok(Change { rows, mark: mark_of(&fresh), steps: fresh.len(), work: fresh })
    }

    async fn carry_out(
        &self,
        context: &Context,
        fresh: BTreeSet<Date>,
    ) -> PageResult<Result<(), &'static str>> {
        change(context, |days| {
            let before = days.len();
            days.extend(&fresh);
            if days.len() == before + fresh.len() { Ok(()) } else { Err("admin-import-stale") }
        })
        .await
    }
}

/// What becomes of each row beside the days that are known, and the days that are new.
fn plan(
    context: &Context,
    known: &BTreeSet<Date>,
    rows: &[ListRow],
) -> (Vec<Planned>, BTreeSet<Date>) {
    let (mut planned, mut fresh) = (Vec::new(), BTreeSet::new());
    for row in rows {
        let cell = row.text(0).unwrap_or_default();
        let (fate, name) = match (&row.refusal, as_in_form(&cell).parse::<Date>()) {
            (Some(why), _) => (Fate::Faulty(why.clone()), String::new()),
            (None, Err(_)) => (Fate::Faulty(context.text("admin-fault-day-file")), String::new()),
            (None, Ok(day)) => {
                let known = known.contains(&day) || !fresh.insert(day);
                let fate = if known { Fate::Same } else { Fate::New };
                (fate, weekday(context, day))
            }
        };
        let code = cell.chars().take(40).collect();
        planned.push(Planned { line: row.line, last: row.last, code, name, fate });
    }
    (planned, fresh)
}
