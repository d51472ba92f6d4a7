//! Bare tables of texts as CSV and XLSX.

use super::text::{as_text, harmless, visible};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::borrow::Cow;

/// Letters of a cell that a workbook can hold.
const CELL_CHARS: usize = 32_767;
/// So that Excel reads the letters as UTF-8.
pub const MARK: &str = "\u{feff}";
/// Media type of [`csv`].
pub const CSV: &str = "text/csv; charset=utf-8";
/// Media type of [`xlsx`].
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The workbook could not be written.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] XlsxError),
}

/// Adds a line of CSV, as RFC 4180 ends it. What any program might take for the end of a cell stands
/// in quotation marks: some also part cells at semicolons and tabs.
pub fn csv_line<S: AsRef<str>>(line: &mut String, cells: impl IntoIterator<Item = S>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        let cell = cell.as_ref();
        if cell.contains([',', ';', '\t', '"', '\r', '\n']) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(cell);
        }
    }
    line.push_str("\r\n");
}

/// CSV in UTF-8 with the mark that spreadsheet programs look for, comma, CRLF. Columns of days, times
/// and plain numbers stay what they are; in the others every text stays a text.
pub fn csv(header: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    let is_of_values = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).all(|cell| is_plain_value(cell))
    };
    let of_values: Vec<bool> = (0..header.len()).map(is_of_values).collect();
    let mut lines = MARK.to_owned();
    csv_line(&mut lines, header.iter().map(|cell| as_text(cell)));
    for row in rows {
        let is_value = |place: usize| of_values.get(place).copied().unwrap_or(false);
        let cells = row.iter().enumerate();
        let cells =
            cells.map(|(place, cell)| if is_value(place) { harmless(cell) } else { as_text(cell) });
        csv_line(&mut lines, cells);
    }
    lines.into_bytes()
}

/// Whether a spreadsheet program shows and saves a value as it is written: nothing, a short number
/// without zeros in front, 07:30, 03/10/2023 or 2023-10-03.
fn is_plain_value(cell: &str) -> bool {
    let digits = |part: &str, count: usize| {
        part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts = |sign, counts: &[usize]| {
        let parts: Vec<&str> = cell.split(sign).collect();
        parts.len() == counts.len()
            && parts.iter().zip(counts).all(|(part, count)| digits(part, *count))
    };
    let is_number = digits(cell, cell.len()) && cell.len() <= 11;
    (is_number && (cell.len() <= 1 || !cell.starts_with('0')))
        || parts(':', &[2, 2])
        || parts('/', &[2, 2, 4])
        || parts('-', &[4, 2, 2])
}

/// Lines of such a file after `begin`: the mark, or nothing where the file goes on.
pub fn csv_lines<'a>(begin: &str, rows: impl IntoIterator<Item = &'a [String]>) -> Vec<u8> {
    let mut lines = begin.to_owned();
    for row in rows {
        csv_line(&mut lines, row.iter().map(|cell| harmless(cell)));
    }
    lines.into_bytes()
}

/// A workbook with one sheet, all cells texts.
pub fn xlsx(header: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, TableError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    let text = text_format();
    for (line, row) in (0..).zip(std::iter::once(header).chain(rows.iter().map(Vec::as_slice))) {
        for (column, cell) in (0..).zip(row) {
            sheet.write_string_with_format(line, column, cell_text(cell), &text)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// The same as another program may write it: our own files show signs that give orders.
#[cfg(test)]
pub(crate) fn foreign_xlsx(header: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (line, row) in (0..).zip(std::iter::once(header).chain(rows.iter().map(Vec::as_slice))) {
        for (column, cell) in (0..).zip(row) {
            sheet.write_string(line, column, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// The format of texts in a workbook: they stay texts when somebody types in their cell.
pub fn text_format() -> Format {
    Format::new().set_num_format("@").set_quote_prefix()
}

/// A text as a workbook's cell holds it.
pub fn cell_text(text: &str) -> Cow<'_, str> {
    let shown = visible(text);
    if shown.len() <= CELL_CHARS {
        return shown;
    }
    Cow::Owned(shown.chars().take(CELL_CHARS).collect())
}

#[cfg(test)]
mod tests {
    use super::super::text::as_typed;
    use super::*;
    use calamine::{Reader as _, Xlsx};
    use proptest::prelude::*;
    use std::io::Cursor;

    #[test]
    fn a_text_has_the_mark_and_a_workbook_its_letters() {
        let (header, rows) = (["Mã".to_owned()], [vec!["=HYPERLINK(\"x\")".to_owned()]]);
        let text = String::from_utf8(csv(&header, &rows)).unwrap();
        assert_eq!(text, "\u{feff}Mã\r\n\"'=HYPERLINK(\"\"x\"\")\"\r\n");
        assert!(xlsx(&header, &rows).unwrap().starts_with(b"PK\x03\x04"));
    }

    #[test]
    fn codes_in_a_list_keep_their_zeros_and_times_stay_times() {
        let header = ["Mã", "Từ", "Ngày", "Số ngày"].map(str::to_owned);
        let row = |code: &str| [code, "07:30", "03/10/2023", "5"].map(str::to_owned).to_vec();
        let text = String::from_utf8(csv(&header, &[row("007"), row("Q1")])).unwrap();
        let lines: Vec<_> = text.lines().skip(1).collect();
        assert_eq!(lines, ["'007,07:30,03/10/2023,5", "Q1,07:30,03/10/2023,5"]);
    }

    /// The cells of a CSV text, parted as one that parts at every sign programs part at would.
    fn read_csv(bytes: &[u8]) -> Vec<Vec<String>> {
        let text = bytes.strip_prefix(MARK.as_bytes()).unwrap();
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text);
        let row = |row: ::csv::StringRecord| row.iter().map(as_typed).map(str::to_owned).collect();
        reader.records().map(|record| row(record.unwrap())).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// What is written into a file of either form comes back from it as it was seen.
        #[test]
        fn tables_come_back_from_their_files(
            rows in prop::collection::vec(
                prop::collection::vec("[=+0-9.\"';,\n\taàệ_x\u{1b}\u{200b}-]{0,10}", 3), 1..6),
        ) {
            let header: Vec<String> = ["Mã", "Tên", "Khác"].map(str::to_owned).into();
            let seen: Vec<Vec<String>> = std::iter::once(&header)
                .chain(&rows)
                .map(|row| row.iter().map(|cell| visible(cell).into_owned()).collect())
                .collect();
            let whole = |cells: &Vec<String>| cells.iter().all(String::is_empty);
            prop_assume!(!rows.iter().any(whole));
            prop_assert_eq!(read_csv(&csv(&header, &rows)), seen.clone());
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx(&header, &rows).unwrap())).unwrap();
            let range = book.worksheet_range_at(0).unwrap().unwrap();
            for (line, row) in (0..).zip(&seen) {
                for (column, cell) in (0..).zip(row) {
                    let found = range.get_value((line, column));
                    let found = found.map(ToString::to_string).unwrap_or_default();
                    prop_assert_eq!(&found, cell);
                }
            }
        }
    }
}
