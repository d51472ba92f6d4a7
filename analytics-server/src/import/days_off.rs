//! What a file of days off would change. A file only adds and names: what it does not have stays a
//! day off.

use super::header::{Column, ColumnContent};
use super::kinds::names;
use super::lines::ListRow;
use super::plan::{Plan, PlannedRow, RowOutcome};
use crate::centre::days_off::{DAY_NAME_CHARS, DaysOff};
use crate::centre_time::{day_in_form, weekday};
use crate::form_reader::line;
use jiff::civil::Date;
use locales::Texts;

/// The name of the column of days.
fn day_column(texts: &Texts) -> String {
    texts.get("admin-holidays-day")
}

/// The name of the column of their names.
fn name_column(texts: &Texts) -> String {
    texts.get("admin-holidays-name")
}

/// The names of the columns.
pub(crate) fn header(texts: &Texts) -> [String; 2] {
    [day_column(texts), name_column(texts)]
}

/// The columns of a file. One of days alone is a list, too.
pub(crate) fn columns() -> Vec<Column> {
    vec![
        Column::new(names(day_column), true, ColumnContent::Moment),
        Column::new(names(name_column), false, ColumnContent::Text),
    ]
}

/// What rows would change beside the days that are known: the days that are new, and those that get
/// another name.
pub(crate) fn plan(known: &DaysOff, rows: &[ListRow], texts: &Texts) -> Plan<DaysOff> {
    let mut work = DaysOff::new();
    let planned = rows.iter().map(|row| {
        let cell = row.text(0).unwrap_or_default();
        let name = line(&row.text(1).unwrap_or_default(), DAY_NAME_CHARS, false, texts);
        let (outcome, shown) = match (&row.refusal, day_in_form(&cell).parse::<Date>(), name) {
            (Some(why), ..) => (RowOutcome::Faulty(why.clone()), String::new()),
            (None, Err(_), _) => {
                (RowOutcome::Faulty(texts.get("admin-fault-day-file")), String::new())
            }
            (None, Ok(_), Err(why)) => (RowOutcome::Faulty(why), String::new()),
            (None, Ok(day), Ok(name)) => {
                let shown = [&*weekday(day, texts), &*name].join(" ").trim().to_owned();
                (take(known, &mut work, (day, name), texts), shown)
            }
        };
        PlannedRow::new(row, &cell, &shown, outcome)
    });
    Plan { rows: planned.collect(), work }
}

/// What becomes of a day with its name; a day that stands in the file twice is taken once, and one
/// without a name leaves the name that there is.
fn take(
    known: &DaysOff,
    work: &mut DaysOff,
    (day, name): (Date, String),
    texts: &Texts,
) -> RowOutcome {
    if work.contains_key(&day) {
        return RowOutcome::Same;
    }
    match known.get(&day) {
        Some(was) if name.is_empty() || *was == name => RowOutcome::Same,
        Some(was) => {
            let change = (name_column(texts), was.clone(), name.clone());
            work.insert(day, name);
            RowOutcome::Changed(vec![change])
        }
        None => {
            work.insert(day, name);
            RowOutcome::New
        }
    }
}
