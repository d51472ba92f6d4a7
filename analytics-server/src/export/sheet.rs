//! A workbook of one sheet, row by row into a temporary file: nothing but the row that is being
//! written lies in memory.

use super::ExportError;
use super::table::{Columns, Field};
use crate::storage::export::RatingOut;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::fs::File;
use tokio::sync::mpsc;

/// How a moment is shown.
const MOMENT: &str = "dd/mm/yyyy hh:mm:ss";
/// Letters of the widest column; a moment needs 19.
const WIDTH: f64 = 20.0;
/// Letters that a cell can hold.
const CELL_CHARS: usize = 32_767;

/// Writes the pages that come.
pub(super) fn write(
    columns: &Columns,
    title: &str,
    mut pages: mpsc::Receiver<Vec<RatingOut>>,
) -> Result<File, ExportError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(title)?;
    sheet.set_freeze_panes(1, 0)?;
    let (bold, moment) = (Format::new().set_bold(), Format::new().set_num_format(MOMENT));
    for (column, heading) in (0..).zip(columns.headings()) {
        sheet.set_column_width(column, WIDTH)?;
        sheet.write_with_format(0, column, heading, &bold)?;
    }
    let mut line = 0;
    while let Some(page) = pages.blocking_recv() {
        for row in &page {
            line += 1;
            for (column, field) in (0..).zip(columns.row(row)) {
                match field {
                    Field::Text(text) if text.is_empty() => {}
                    Field::Text(text) if text.len() > CELL_CHARS => {
                        let cut: String = text.chars().take(CELL_CHARS).collect();
                        sheet.write_string(line, column, cut)?;
                    }
                    Field::Text(text) => {
                        sheet.write_string(line, column, text)?;
                    }
                    Field::Number(number) => {
                        sheet.write_number(line, column, number as f64)?;
                    }
                    Field::Moment(at) => {
                        let day = (at.year().unsigned_abs(), at.month(), at.day());
                        let day = ExcelDateTime::from_ymd(day.0, zero(day.1), zero(day.2))?;
                        let hour = u16::from(zero(at.hour()));
                        let at = day.and_hms(hour, zero(at.minute()), zero(at.second()))?;
                        sheet.write_datetime_with_format(line, column, &at, &moment)?;
                    }
                }
            }
        }
    }
    let file = tempfile::tempfile()?;
    book.save_to_writer(file.try_clone()?)?;
    Ok(file)
}

/// Parts of a moment are small and not negative.
fn zero(part: i8) -> u8 {
    part.unsigned_abs()
}
