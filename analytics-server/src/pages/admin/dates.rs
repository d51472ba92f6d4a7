//! Days as people here write them, on pages and in files.

use crate::pages::context::Context;
use jiff::civil::Date;

/// Day, month, year.
const WRITTEN: &str = "%d/%m/%Y";

/// A day as people here write it.
pub(super) fn written(day: Date) -> String {
    day.strftime(WRITTEN).to_string()
}

/// The day of a file's cell as a form would have it, also where people or workbooks wrote it.
pub(super) fn as_in_form(cell: &str) -> String {
    let day = cell.split_whitespace().next().unwrap_or_default();
    Date::strptime(WRITTEN, day).map_or_else(|_| day.to_owned(), |day| day.to_string())
}

/// What the weekday of a day is called.
pub(super) fn weekday(context: &Context, day: Date) -> String {
    context.text(&format!("admin-weekday-{}", day.weekday().to_monday_one_offset()))
}
