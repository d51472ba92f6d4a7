//! Rows of text from a CSV file or a workbook, one at a time.

use super::csv_table::CsvTable;
use super::outcome::{FileFault, Reason};
use super::row::{ReadStep, TableRow};
use super::workbook::SheetTable;

/// Rows of a text or of a sheet.
pub(super) enum Table<'a> {
    Csv(CsvTable<'a>),
    Sheet(SheetTable<'a>),
}

impl Table<'_> {
    /// Reads the next row into `row`.
    pub fn next(&mut self, row: &mut TableRow) -> Result<ReadStep, FileFault> {
        let step = match self {
            Self::Csv(table) => table.next(row),
            Self::Sheet(table) => table.next(row),
        }?;
        if matches!(step, ReadStep::Row) && row.fields.as_slice().contains(is_unwritable) {
            return Ok(ReadStep::Unreadable(row.lines(), Reason::Control));
        }
        if matches!(step, ReadStep::Row) {
            row.compose();
        }
        Ok(step)
    }
}

/// Letters that no database or document is sure to keep. Tabs and line ends are told elsewhere.
fn is_unwritable(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\r' | '\n')
}
