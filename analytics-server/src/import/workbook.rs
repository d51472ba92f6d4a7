//! XLSX workbooks: cells become the same texts a CSV file would hold, so that everything after this reads
//! one form. A sheet is read cell by cell and kept whole, because only its end tells how wide its rows are
//! and whether a column's moments have seconds; so its size is bounded.

use super::foreign;
use super::number_format::format_number;
use super::outcome::FileFault;
use super::row::{CellKind, ReadStep, TableRow};
use super::unpacked;
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use jiff::civil::DateTime;
use std::io::{self, Cursor, Read};

/// How much a workbook may hold.
#[derive(Clone, Copy)]
pub(super) struct Size {
    /// Bytes of the file.
    pub packed: u64,
    /// Bytes of all its parts when unpacked.
    pub unpacked: u64,
    /// Cells of a sheet: rows times the widest row.
    pub cells: usize,
    /// Bytes of a packed text when unpacked.
    pub text: u64,
}

impl Size {
    /// Of a file of the command line. One with a million ratings, the most a sheet can hold, has
    /// about 30 MiB, unpacks to half a GiB, and has twenty columns.
    /// A text is read as a stream, however long.
    pub const OF_FILES: Self = Self {
        packed: 32 * 1024 * 1024,
        unpacked: 2 * 1024 * 1024 * 1024,
        cells: 40_000_000,
        text: u64::MAX,
    };
    /// Of an upload: fifty times what five thousand rows need, and as much text as comes unpacked.
    pub const OF_UPLOADS: Self = Self {
        packed: 32 * 1024 * 1024,
        unpacked: 64 * 1024 * 1024,
        cells: 1_000_000,
        text: 10 * 1024 * 1024,
    };
}

/// Columns that are looked at; exports have up to twenty.
const COLUMNS: u32 = 256;

/// The format of a moment in CSV files.
const MOMENT_FORMAT: &str = "%d/%m/%Y %H:%M:%S";

/// A cell as it was read.
struct SheetCell {
    text: String,
    cell: CellKind,
    /// The moment of a date.
    moment: Option<DateTime>,
}

/// A workbook.
pub(super) struct Book {
    workbook: Xlsx<Cursor<Vec<u8>>>,
    /// Names of the sheets that people see.
    pub sheets: Vec<String>,
    /// Names of those that are hidden.
    pub hidden: Vec<String>,
    size: Size,
}

/// The rows of a sheet.
pub(super) struct SheetTable {
    rows: std::vec::IntoIter<(u64, Vec<(String, CellKind)>)>,
}

impl Book {
    /// Reads a workbook, after it was measured.
    pub fn open(
        raw: impl Read,
        size: Size,
        unreadable: fn(io::Error) -> FileFault,
    ) -> Result<Self, FileFault> {
        let mut bytes = Vec::new();
        raw.take(size.packed + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > size.packed {
            return Err(FileFault::WorkbookTooLarge { limit_mib: size.packed / 1024 / 1024 });
        }
        foreign::of_zip(&unpacked::examine(&bytes, size.unpacked)?)?;
        let workbook = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
        let (mut sheets, mut hidden) = (Vec::new(), Vec::new());
        for sheet in workbook.sheets_metadata() {
            if sheet.typ == SheetType::WorkSheet {
                let seen = sheet.visible == SheetVisible::Visible;
                if seen { &mut sheets } else { &mut hidden }.push(sheet.name.clone());
            }
        }
        Ok(Self { workbook, sheets, hidden, size })
    }

    /// The rows of a sheet.
    pub fn table(&mut self, sheet: &str) -> Result<SheetTable, FileFault> {
        let rows = rows(&mut self.workbook, sheet, self.size)?;
        Ok(SheetTable { rows: rows.into_iter() })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn fault(error: calamine::XlsxError) -> FileFault {
    FileFault::Workbook(error.to_string())
}

impl SheetTable {
    /// Reads the next row.
    pub fn next(&mut self, row: &mut TableRow) -> ReadStep {
        let Some((line, fields)) = self.rows.next() else { return ReadStep::End };
        row.fill(line, &fields);
        ReadStep::Row
    }
}

/// Rows with their numbers in the sheet.
type NumberedRows = Vec<(u64, Vec<(String, CellKind)>)>;

/// All rows of a sheet with their numbers, each as wide as the widest.
fn rows(
    workbook: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
    size: Size,
) -> Result<NumberedRows, FileFault> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(fault)?;
    let formats: Vec<String> = cells
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref())
        .map(|format| format.map(|one| one.format_code.clone()).unwrap_or_default())
        .collect();
    let mut rows: Vec<(u64, Vec<SheetCell>)> = Vec::new();
    let (mut width, mut precise) = (0, Vec::new());
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(fault)? {
        let (row, column) = cell.get_position();
        let format = formats.get(style).map_or("", String::as_str);
        let found = found(cell.get_value(), format);
        if column >= COLUMNS || found.text.is_empty() {
            continue;
        }
        let line = u64::from(row) + 1;
        if rows.last().is_none_or(|(last, _)| *last != line) {
            rows.push((line, Vec::with_capacity(width)));
        }
        let column = column as usize;
        width = width.max(column + 1);
        if rows.len().saturating_mul(width) > size.cells {
            return Err(FileFault::TooManyCells(size.cells));
        }
        if precise.len() <= column {
            precise.resize(column + 1, false);
        }
        precise[column] |= found.moment.is_some_and(|moment| moment.second() != 0);
        if let Some((_, fields)) = rows.last_mut() {
            if fields.len() <= column {
                fields.resize_with(column + 1, SheetCell::nothing);
            }
            fields[column] = found;
        }
    }
    let rows = rows.into_iter().map(|(line, mut fields)| {
        fields.resize_with(width, SheetCell::nothing);
        let fields = fields.into_iter().zip(&precise);
        (line, fields.map(|(found, precise)| found.written(*precise)).collect())
    });
    Ok(rows.collect())
}

impl SheetCell {
    const fn nothing() -> Self {
        Self { text: String::new(), cell: CellKind::Text, moment: None }
    }

    /// As a CSV file would hold it. A column of moments that has no seconds anywhere was written
    /// without them.
    fn written(self, precise: bool) -> (String, CellKind) {
        match self.moment {
            Some(moment) if !precise => (moment.strftime("%d/%m/%Y %H:%M").to_string(), self.cell),
            _ => (self.text, self.cell),
        }
    }
}

/// A cell as a CSV file would hold it.
fn found(value: &DataRef<'_>, format: &str) -> SheetCell {
    let one = |text: String, cell| SheetCell { text, cell, moment: None };
    match value {
        DataRef::Empty => SheetCell::nothing(),
        DataRef::String(text) | DataRef::DurationIso(text) => one(text.clone(), CellKind::Text),
        DataRef::SharedString(text) => one((*text).to_owned(), CellKind::Text),
        DataRef::Int(number) => one(number.to_string(), CellKind::Shown),
        DataRef::Float(number) => match format_number(*number, format) {
            Some(text) => one(text, CellKind::Shown),
            // Rust writes 3.0 as `3`, without a decimal sign.
            None => one(number.to_string(), CellKind::Number),
        },
        DataRef::Bool(yes) => one(if *yes { "TRUE" } else { "FALSE" }.to_owned(), CellKind::YesNo),
        DataRef::DateTime(moment) => match moment_of(moment) {
            Some(moment) => dated(moment),
            None => one(moment.as_f64().to_string(), CellKind::Number),
        },
        DataRef::DateTimeIso(text) => match text.parse::<DateTime>() {
            Ok(moment) => dated(moment),
            Err(_) => one(text.clone(), CellKind::Date),
        },
        DataRef::Error(error) => one(error.to_string(), CellKind::Text),
    }
}

fn dated(moment: DateTime) -> SheetCell {
    let text = moment.strftime(MOMENT_FORMAT).to_string();
    SheetCell { text, cell: CellKind::Date, moment: Some(moment) }
}

/// Excel keeps a moment as a fraction of days: it is right to the nearest second, not below.
fn moment_of(moment: &ExcelDateTime) -> Option<DateTime> {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let part = |number: u8| i8::try_from(number).ok();
    let whole = DateTime::new(
        i16::try_from(year).ok()?,
        part(month)?,
        part(day)?,
        part(hour)?,
        part(minute)?,
        part(second)?,
        i32::from(milli) * 1_000_000,
    );
    whole.ok()?.round(jiff::Unit::Second).ok()
}
