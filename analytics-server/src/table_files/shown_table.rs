//! A table of a page as a file: the columns and rows that are shown, with their types, and on a sheet
//! of its own what they are about. CSV has the bare table: numbers with a point, shares as fractions,
//! days as 2023-09-27, as programs read them; a workbook shows all of it as the page does.

use super::plain::{CSV, MARK, TableError, XLSX, cell_text, csv_line, text_format};
use super::text::as_text;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::{Date, DateTime};
use locales::Texts;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::fmt::Write as _;
use std::str::FromStr;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing: there is no figure.
    Empty,
    /// Letters: a name, a code, a word.
    Text(String),
    /// A count.
    Count(u64),
    /// A number with so many decimals.
    Decimal(f64, u8),
    /// A share of a whole, 0 to 1; shown as a percentage.
    Share(f64),
    /// A day.
    Day(Date),
    /// A moment by the clocks of the centre.
    Moment(DateTime),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl Cell {
    /// As it stands in CSV.
    fn in_csv(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => as_text(text),
            Self::Count(count) => count.to_string(),
            Self::Decimal(value, digits) => format!("{value:.*}", usize::from(*digits)),
            Self::Share(share) => format!("{share:.4}"),
            Self::Day(day) => day.strftime("%Y-%m-%d").to_string(),
            Self::Moment(at) => at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        }
    }

    /// How many letters it takes at most on a sheet.
    fn width(&self) -> usize {
        match self {
            Self::Text(text) => text.chars().count(),
            Self::Moment(_) => 19,
            _ => 10,
        }
    }
}

/// The form of a table's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileForm {
    /// Text with commas.
    Csv,
    /// A workbook.
    Xlsx,
}

impl FileForm {
    /// The end of a file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

impl FromStr for FileForm {
    type Err = ();

    fn from_str(ending: &str) -> Result<Self, ()> {
        [Self::Csv, Self::Xlsx].into_iter().find(|form| form.ending() == ending).ok_or(())
    }
}

/// A table as it is shown on a page.
#[derive(Clone, Debug)]
pub struct ShownTable {
    /// The file's name without its ending, such as `co-quan-2026-11`.
    pub name: String,
    /// The heading above the table; also the sheet's name.
    pub title: String,
    /// What it is about, label by label: the period, what it was narrowed by, when it was made.
    pub about: Vec<(String, Cell)>,
    /// The columns' headings.
    pub columns: Vec<String>,
    /// The rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl ShownTable {
    /// The answer that is saved as a file.
    pub fn response(&self, form: FileForm, texts: &Texts) -> Result<Response, TableError> {
        let (bytes, kind) = match form {
            FileForm::Csv => (self.csv(), CSV),
            FileForm::Xlsx => (self.xlsx(texts)?, XLSX),
        };
        let headers = [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, attachment(&self.name, form.ending())),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        Ok((headers, bytes).into_response())
    }

    /// Text with commas, with the mark that spreadsheet programs look for.
    pub fn csv(&self) -> Vec<u8> {
        let mut lines = MARK.to_owned();
        csv_line(&mut lines, self.columns.iter().map(|column| as_text(column)));
        for row in &self.rows {
            csv_line(&mut lines, row.iter().map(Cell::in_csv));
        }
        lines.into_bytes()
    }

    /// A workbook: the table with filters on, and a sheet that tells what it is about.
    pub fn xlsx(&self, texts: &Texts) -> Result<Vec<u8>, TableError> {
        let mut book = Workbook::new();
        let formats = Formats::default();
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&self.title))?;
        let widths = (0..self.columns.len()).map(|column| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            let longest = cells.map(Cell::width).max().unwrap_or(0);
            longest.max(self.columns[column].chars().count() + 4)
        });
        head(sheet, &self.columns, widths, &formats)?;
        for (line, row) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(row) {
                write_cell(sheet, (line, column), cell, &formats)?;
            }
        }
        filters_on(sheet, self.rows.len(), self.columns.len())?;
        summary(&mut book, &self.title, &self.about, texts, &formats)?;
        Ok(book.save_to_buffer()?)
    }
}

/// `Content-Disposition` of a file that is saved under a name. Readers that know RFC 6266 take every
/// letter of it, the others a name in ASCII.
pub fn attachment(name: &str, ending: &str) -> String {
    let plain = |letter: char| {
        let is_kept = letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
        if is_kept { letter } else { '-' }
    };
    let ascii: String = name.chars().map(plain).collect();
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string can not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{ascii}.{ending}\"; filename*=UTF-8''{encoded}.{ending}")
}

/// How the cells of a workbook look.
pub(crate) struct Formats {
    bold: Format,
    text: Format,
    count: Format,
    share: Format,
    day: Format,
    moment: Format,
}

impl Default for Formats {
    fn default() -> Self {
        let number = |pattern: &str| Format::new().set_num_format(pattern);
        Self {
            bold: Format::new().set_bold(),
            text: text_format(),
            count: number("#,##0"),
            share: number("0.00%"),
            day: number("dd/mm/yyyy"),
            moment: number("dd/mm/yyyy hh:mm:ss"),
        }
    }
}

/// Headings that stay in sight, and how wide the columns are.
pub(crate) fn head(
    sheet: &mut Worksheet,
    headings: &[String],
    widths: impl IntoIterator<Item = usize>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    for ((column, heading), width) in (0..).zip(headings).zip(widths) {
        // A sheet is read on a screen: no column takes it all.
        sheet.set_column_width(column, width.clamp(8, 60) as f64)?;
        sheet.write_string_with_format(0, column, cell_text(heading), &formats.bold)?;
    }
    Ok(())
}

/// Lets a reader choose rows by what stands in their cells.
pub(crate) fn filters_on(
    sheet: &mut Worksheet,
    rows: usize,
    columns: usize,
) -> Result<(), XlsxError> {
    let last = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let column = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last(rows), column).map(|_| ())
}

/// Writes one cell with its type.
pub(crate) fn write_cell(
    sheet: &mut Worksheet,
    (line, column): (u32, u16),
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => {
            sheet.write_string_with_format(line, column, cell_text(text), &formats.text)?;
        }
        Cell::Count(count) => {
            sheet.write_number_with_format(line, column, *count as f64, &formats.count)?;
        }
        Cell::Decimal(value, digits) => {
            let pattern = format!("#,##0.{}", "0".repeat(usize::from(*digits).max(1)));
            let format = Format::new().set_num_format(pattern);
            sheet.write_number_with_format(line, column, *value, &format)?;
        }
        Cell::Share(share) => {
            sheet.write_number_with_format(line, column, *share, &formats.share)?;
        }
        Cell::Day(day) => {
            let at = excel_day(*day)?;
            sheet.write_datetime_with_format(line, column, &at, &formats.day)?;
        }
        Cell::Moment(at) => {
            let (hour, minute, second) = (at.hour(), at.minute(), at.second());
            let hour = u16::from(hour.unsigned_abs());
            let time = (hour, minute.unsigned_abs(), second.unsigned_abs());
            let at = excel_day(at.date())?.and_hms(time.0, time.1, time.2)?;
            sheet.write_datetime_with_format(line, column, &at, &formats.moment)?;
        }
    }
    Ok(())
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let year = day.year().unsigned_abs();
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs())
}

/// The sheet that tells what a workbook is about.
pub(crate) fn summary(
    book: &mut Workbook,
    title: &str,
    about: &[(String, Cell)],
    texts: &Texts,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(&texts.get("export-summary")))?;
    sheet.set_column_width(0, 44)?;
    sheet.set_column_width(1, 44)?;
    sheet.write_string_with_format(0, 0, cell_text(title), &formats.bold)?;
    for (line, (label, cell)) in (1..).zip(about) {
        sheet.write_string(line, 0, cell_text(label))?;
        write_cell(sheet, (line, 1), cell, formats)?;
    }
    Ok(())
}

/// A name that a sheet can have: at most 31 letters, none of seven signs.
fn sheet_name(title: &str) -> String {
    let name = title.replace(['[', ']', ':', '*', '?', '/', '\\'], " ");
    let name: String = name.trim_matches(['\'', ' ']).chars().take(31).collect();
    let name = name.trim_end_matches(['\'', ' ']);
    if name.is_empty() { "1".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader as _, Xlsx};
    use jiff::civil::date;
    use std::io::Cursor;

    fn table() -> ShownTable {
        ShownTable {
            name: "Cơ quan-2026-11".into(),
            title: "Theo cơ quan: tháng 11/2026".into(),
            about: vec![("Kỳ".into(), "2026-11".into()), ("Số lượt".into(), Cell::Count(4_482))],
            columns: ["Mã", "Cơ quan", "Số lượt", "Tỷ lệ", "Ngày", "Lúc"].map(str::to_owned).into(),
            rows: vec![vec![
                "007".into(),
                " =1+1".into(),
                Cell::Count(4_482),
                Cell::Share(0.984_375),
                Cell::Day(date(2026, 11, 25)),
                Cell::Moment(date(2026, 11, 25).at(9, 5, 0, 0)),
            ]],
        }
    }

    #[test]
    fn a_shown_table_is_the_same_in_both_files() {
        let csv = String::from_utf8(table().csv()).unwrap();
        assert_eq!(
            csv,
            "\u{feff}Mã,Cơ quan,Số lượt,Tỷ lệ,Ngày,Lúc\r\n\
             '007,' =1+1,4482,0.9844,2026-11-25,2026-11-25 09:05:00\r\n"
        );
        let bytes = table().xlsx(locales::texts("vi")).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["Theo cơ quan  tháng 11 2026", "Tóm tắt"]);
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let cell = |column| sheet.get_value((1, column)).cloned().unwrap_or(Data::Empty);
        assert_eq!(cell(0), Data::String("007".into()));
        assert_eq!(cell(1), Data::String(" =1+1".into()));
        assert_eq!((cell(2), cell(3)), (Data::Float(4_482.0), Data::Float(0.984_375)));
        assert!(
            matches!(cell(4), Data::DateTime(at) if at.to_string() == "46351"),
            "{:?}",
            cell(4)
        );
        assert!(matches!(cell(5), Data::DateTime(_)));
        let summary = book.worksheet_range("Tóm tắt").unwrap();
        assert_eq!(summary.get_value((2, 1)), Some(&Data::Float(4_482.0)));
    }

    #[test]
    fn a_files_name_keeps_its_letters() {
        assert_eq!(
            attachment("cơ quan-2026", "csv"),
            "attachment; filename=\"c--quan-2026.csv\"; \
             filename*=UTF-8''c%C6%A1%20quan-2026.csv"
        );
        assert_eq!(sheet_name("'x'"), "x");
        assert_eq!(sheet_name("???"), "1");
    }
}
