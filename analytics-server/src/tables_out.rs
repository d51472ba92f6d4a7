//! Tables as files for spreadsheet programs: CSV and XLSX of the same rows. No cell is ever a
//! formula there: one that looks like it is written as text in XLSX and after an apostrophe in CSV.

use rust_xlsxwriter::{Workbook, XlsxError};

/// What a spreadsheet program takes for the beginning of a formula
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];
/// Letters of a cell that a workbook can hold.
const CELL_CHARS: usize = 32_767;
/// So that Excel reads the letters as UTF-8.
pub const MARK: &str = "\u{feff}";
/// Media type of [`csv`].
pub const CSV: &str = "text/csv; charset=utf-8";

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The text could not be written.
    #[error("the CSV text could not be written: {0}")]
    Csv(String),
    /// The workbook could not be written.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] XlsxError),
}

/// A cell that no program takes for a formula.
pub fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

/// A cell as it was before [`harmless`].
pub fn as_typed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// A writer of CSV after `begin`: comma, and lines ended as RFC 4180 says.
pub fn csv_writer(begin: &str) -> csv::Writer<Vec<u8>> {
    let begin = begin.as_bytes().to_vec();
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(begin)
}

/// CSV in UTF-8 with the mark that spreadsheet programs look for, comma, CRLF.
pub fn csv(header: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, TableError> {
    csv_lines(MARK, std::iter::once(header).chain(rows.iter().map(Vec::as_slice)))
}

/// Lines of such a file after `begin`: the mark, or nothing where the file goes on.
pub fn csv_lines<'a>(
    begin: &str,
    rows: impl IntoIterator<Item = &'a [String]>,
) -> Result<Vec<u8>, TableError> {
    let fault = |error: csv::Error| TableError::Csv(error.to_string());
    let mut writer = csv_writer(begin);
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(fault)?;
    }
    writer.into_inner().map_err(|error| TableError::Csv(error.to_string()))
}

/// A workbook with one sheet, all cells texts.
pub fn xlsx(header: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, TableError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    for (line, row) in (0..).zip(std::iter::once(header).chain(rows.iter().map(Vec::as_slice))) {
        for (column, cell) in (0..).zip(row) {
            let cell: String = cell.chars().take(CELL_CHARS).collect();
            sheet.write_string(line, column, cell)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_what_was_typed_comes_back() {
        for cell in ["=1+1", "+84", "-5", "@sum", "\tx", "\rx"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
            assert_eq!(as_typed(&harmless(cell)), cell);
        }
        for cell in ["", "Sở Tư pháp", "'trích", "5-3"] {
            assert_eq!(harmless(cell), cell);
            assert_eq!(as_typed(cell), cell);
        }
    }

    #[test]
    fn a_text_has_the_mark_and_a_workbook_its_letters() {
        let (header, rows) = (["Mã".to_owned()], [vec!["=HYPERLINK(\"x\")".to_owned()]]);
        let text = String::from_utf8(csv(&header, &rows).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}Mã\r\n\"'=HYPERLINK(\"\"x\"\")\"\r\n");
        assert!(xlsx(&header, &rows).unwrap().starts_with(b"PK\x03\x04"));
    }
}
