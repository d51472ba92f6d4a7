//! Tables as files for spreadsheet programs: CSV and XLSX of the same rows. No cell is ever a
//! formula there, and no text becomes a number: in XLSX cells have types, in CSV an apostrophe stands
//! before what would be taken for something else (`text.rs`).

mod field;
mod plain;
mod shown_table;
mod text;

pub use field::Field;
#[cfg(test)]
pub(crate) use plain::foreign_xlsx;
pub use plain::{
    CSV, MARK, TableError, XLSX, cell_text, csv, csv_line, csv_lines, text_format, xlsx,
};
pub use shown_table::{Cell, FileForm, ShownTable, attachment};
pub(crate) use shown_table::{Formats, filters_on, head as sheet_head, summary, write_cell};
pub use text::{as_text, as_typed, harmless, visible};
