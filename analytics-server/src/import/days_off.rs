//! What a file of days off would change. A file only adds: what it does not name stays a day off.

use super::header::{Column, ColumnContent};
use super::kinds::names;
use super::lines::ListRow;
use super::plan::{Plan, PlannedRow, RowOutcome};
use crate::centre_time::{day_in_form, weekday};
use jiff::civil::Date;
use locales::Texts;
use std::collections::BTreeSet;

/// The name of the one column.
pub(crate) fn column(texts: &Texts) -> String {
    texts.get("admin-holidays-day")
}

/// The columns of a file.
pub(crate) fn columns() -> Vec<Column> {
    vec![Column::new(names(column), true, ColumnContent::Moment)]
}

/// What rows would change beside the days that are known: the days that are new.
pub(crate) fn plan(
    known: &BTreeSet<Date>,
    rows: &[ListRow],
    texts: &Texts,
) -> Plan<BTreeSet<Date>> {
    let mut fresh = BTreeSet::new();
    let planned = rows.iter().map(|row| {
        let cell = row.text(0).unwrap_or_default();
        let (outcome, name) = match (&row.refusal, day_in_form(&cell).parse::<Date>()) {
            (Some(why), _) => (RowOutcome::Faulty(why.clone()), String::new()),
            (None, Err(_)) => {
                (RowOutcome::Faulty(texts.get("admin-fault-day-file")), String::new())
            }
            (None, Ok(day)) => {
                let known = known.contains(&day) || !fresh.insert(day);
                (if known { RowOutcome::Same } else { RowOutcome::New }, weekday(day, texts))
            }
        };
        PlannedRow::new(row, &cell, &name, outcome)
    });
    Plan { rows: planned.collect(), work: fresh }
}
