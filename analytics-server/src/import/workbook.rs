//! XLSX workbooks: cells become the same texts a CSV file would hold, so that everything after
//! this reads one form. A workbook can not be streamed, so its size is bounded.

use super::outcome::FileFault;
use super::table::{Row, Step};
use super::unpacked;
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use jiff::civil::DateTime;
use std::io::{Cursor, Read};

/// Bytes of a workbook: one with a million ratings, the most a sheet can hold, has about 30 MiB.
const WORKBOOK_BYTES: u64 = 32 * 1024 * 1024;

/// How much a workbook may hold.
#[derive(Clone, Copy)]
pub(super) struct Size {
    /// Bytes of all its parts when unpacked.
    pub unpacked: u64,
    /// Cells of a sheet: rows times the widest row.
    pub cells: usize,
}

/// A workbook of a million ratings unpacks to a quarter of this, and has twenty columns.
const SIZE: Size = Size { unpacked: 2 * 1024 * 1024 * 1024, cells: 40_000_000 };

/// Columns that are looked at; exports have up to twenty.
const COLUMNS: u32 = 256;

/// The manner of a moment in CSV files.
const MANNER: &str = "%d/%m/%Y %H:%M:%S";

/// The sheets of a workbook, one after the other.
pub(super) struct SheetTable {
    workbook: Xlsx<Cursor<Vec<u8>>>,
    names: Vec<String>,
    /// Index of the sheet that is read.
    sheet: usize,
    size: Size,
    rows: std::vec::IntoIter<(u64, Vec<String>)>,
}

/// Reads a workbook and its first sheet.
pub(super) fn open(raw: impl Read) -> Result<SheetTable, FileFault> {
    let mut bytes = Vec::new();
    raw.take(WORKBOOK_BYTES + 1).read_to_end(&mut bytes).map_err(FileFault::Read)?;
    if bytes.len() as u64 > WORKBOOK_BYTES {
        return Err(FileFault::WorkbookTooLarge { limit_mib: WORKBOOK_BYTES / 1024 / 1024 });
    }
    if unpacked::exceeds(&bytes, SIZE.unpacked) {
        return Err(FileFault::Workbook("it unpacks to more than is read".into()));
    }
    read(bytes, SIZE)
}

/// Reads a workbook that was found to fit.
pub(super) fn open_within(bytes: &[u8], size: Size) -> Result<SheetTable, FileFault> {
    read(bytes.to_vec(), size)
}

fn read(bytes: Vec<u8>, size: Size) -> Result<SheetTable, FileFault> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    let names = workbook.sheet_names();
    let Some(first) = names.first() else { return Err(FileFault::Empty) };
    let rows = rows(&mut workbook, first, size)?.into_iter();
    Ok(SheetTable { workbook, names, sheet: 0, size, rows })
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn fault(error: calamine::XlsxError) -> FileFault {
    FileFault::Workbook(error.to_string())
}

impl SheetTable {
    /// Reads the next row.
    pub fn next(&mut self, row: &mut Row) -> Step {
        let Some((line, fields)) = self.rows.next() else { return Step::End };
        row.fill(line, &fields);
        Step::Row
    }

    /// Goes to the next sheet that can be read.
    pub fn next_sheet(&mut self) -> bool {
        while let Some(name) = self.names.get(self.sheet + 1) {
            self.sheet += 1;
            // A sheet of charts has no cells and is passed over.
            if let Ok(rows) = rows(&mut self.workbook, name, self.size) {
                self.rows = rows.into_iter();
                return true;
            }
        }
        false
    }

    /// The sheet that is read, and the others.
    pub fn sheets(&self) -> (&str, Vec<&str>) {
        let others = self.names.iter().enumerate().filter(|(at, _)| *at != self.sheet);
        let read = self.names.get(self.sheet).map_or("", String::as_str);
        (read, others.map(|(_, name)| name.as_str()).collect())
    }
}

/// All rows of a sheet with their numbers, each as wide as the widest.
fn rows(
    workbook: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
    size: Size,
) -> Result<Vec<(u64, Vec<String>)>, FileFault> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(fault)?;
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    let mut width = 0;
    while let Some(cell) = cells.next_cell().map_err(fault)? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if column >= COLUMNS || text.is_empty() {
            continue;
        }
        let line = u64::from(row) + 1;
        if rows.last().is_none_or(|(last, _)| *last != line) {
            rows.push((line, Vec::with_capacity(width)));
        }
        let column = column as usize;
        width = width.max(column + 1);
        if rows.len().saturating_mul(width) > size.cells {
            return Err(FileFault::Workbook(format!("it has more than {} cells", size.cells)));
        }
        if let Some((_, fields)) = rows.last_mut() {
            if fields.len() <= column {
                fields.resize(column + 1, String::new());
            }
            fields[column] = text;
        }
    }
    for (_, fields) in &mut rows {
        fields.resize(width, String::new());
    }
    Ok(rows)
}

/// A cell as a CSV file would hold it.
fn text_of(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Rust writes 3.0 as `3`, without a decimal sign.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(moment) => {
            moment_of(moment).map_or_else(|| moment.as_f64().to_string(), written)
        }
        DataRef::DateTimeIso(text) => {
            text.parse::<DateTime>().map_or_else(|_| text.clone(), written)
        }
        DataRef::Error(error) => error.to_string(),
    }
}

fn written(moment: DateTime) -> String {
    moment.strftime(MANNER).to_string()
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
