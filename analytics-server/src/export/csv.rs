//! Text with commas, as every spreadsheet opens it: UTF-8 with a byte order mark, so that Vietnamese
//! letters are read as such, lines ended as RFC 4180 says. What a spreadsheet would take for a number
//! or a formula has an apostrophe in front.

use super::table::ExportColumns;
use crate::storage::export::RatingOut;
use crate::table_files::{Field, MARK, as_text, csv_line};
use axum::body::Bytes;

/// Mark and headings.
pub(super) fn head(columns: &ExportColumns) -> Bytes {
    let mut lines = MARK.to_owned();
    csv_line(&mut lines, columns.headings().iter().map(|heading| as_text(heading)));
    lines.into()
}

/// The lines of a page.
pub(super) fn lines(columns: &ExportColumns, page: &[RatingOut]) -> Bytes {
    let mut lines = String::new();
    for row in page {
        let cells = columns.row(row).into_iter().map(|field| match field {
            Field::Empty => String::new(),
            Field::Text(text) => as_text(&text),
            Field::Number(number) => number.to_string(),
            Field::Moment(moment) => moment.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        });
        csv_line(&mut lines, cells);
    }
    lines.into()
}
