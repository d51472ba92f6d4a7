//! XLSX workbooks: cells become the same texts a CSV file would hold, so that everything after this reads
//! one form. Of a sheet only one row is in memory. Because only a sheet's end tells how wide its rows are
//! and whether a column's moments have seconds, it is read twice: once for that and once for its rows.

use super::foreign;
use super::number_format::format_number;
use super::outcome::FileFault;
use super::row::{CellKind, ReadStep, TableRow};
use super::unpacked;
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader};
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

/// How moments are written in CSV files.
const MOMENT_FORMAT: &str = "%d/%m/%Y %H:%M:%S";
/// The same where no moment of the column has seconds: then it was written without them.
const MINUTE_FORMAT: &str = "%d/%m/%Y %H:%M";

/// Bytes of a workbook, read part by part.
type Archive = Cursor<Vec<u8>>;

/// A workbook.
pub(super) struct Book {
    workbook: Xlsx<Archive>,
    /// Names of the sheets that people see.
    pub sheets: Vec<String>,
    /// Names of those that are hidden.
    pub hidden: Vec<String>,
    size: Size,
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

    /// The rows of a sheet. It is read to its end first, so one that is damaged gives no row at all.
    pub fn table(&mut self, sheet: &str) -> Result<SheetTable<'_>, FileFault> {
        let shape = Shape::of(SheetCells::new(&mut self.workbook, sheet)?, self.size.cells)?;
        let mut cells = SheetCells::new(&mut self.workbook, sheet)?;
        let next = cells.next()?;
        Ok(SheetTable { cells, next, shape })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn fault(error: calamine::XlsxError) -> FileFault {
    FileFault::Workbook(error.to_string())
}

/// The rows of a sheet, each as wide as the widest.
pub(super) struct SheetTable<'a> {
    cells: SheetCells<'a>,
    /// The first cell of the next row.
    next: Option<SheetCell>,
    shape: Shape,
}

impl SheetTable<'_> {
    /// Reads the next row.
    pub fn next(&mut self, row: &mut TableRow) -> Result<ReadStep, FileFault> {
        let Some(line) = self.next.as_ref().map(|cell| cell.line) else { return Ok(ReadStep::End) };
        let mut fields = vec![(String::new(), CellKind::Text); self.shape.width];
        while let Some(cell) = self.next.take_if(|cell| cell.line == line) {
            if let Some(field) = fields.get_mut(cell.column) {
                *field = cell.value.written(self.shape.has_seconds[cell.column]);
            }
            self.next = self.cells.next()?;
        }
        row.fill(line, &fields);
        Ok(ReadStep::Row)
    }
}

/// What only the whole of a sheet tells.
#[derive(Default)]
struct Shape {
    /// Columns of the widest row.
    width: usize,
    /// Whether any moment of a column has seconds, by column.
    has_seconds: Vec<bool>,
}

impl Shape {
    /// Of a sheet that may have at most `limit` cells.
    fn of(mut cells: SheetCells<'_>, limit: usize) -> Result<Self, FileFault> {
        let mut shape = Self::default();
        let (mut rows, mut line) = (0_usize, None);
        while let Some(cell) = cells.next()? {
            if line != Some(cell.line) {
                (rows, line) = (rows + 1, Some(cell.line));
            }
            shape.width = shape.width.max(cell.column + 1);
            if rows.saturating_mul(shape.width) > limit {
                return Err(FileFault::TooManyCells(limit));
            }
            shape.has_seconds.resize(shape.width, false);
            shape.has_seconds[cell.column] |= cell.value.has_seconds();
        }
        Ok(shape)
    }
}

/// The cells of a sheet that hold something, in the order of the file.
struct SheetCells<'a> {
    reader: Box<XlsxCellReader<'a, Archive>>,
    /// Number formats by style.
    formats: Vec<String>,
}

impl<'a> SheetCells<'a> {
    fn new(workbook: &'a mut Xlsx<Archive>, sheet: &str) -> Result<Self, FileFault> {
        let reader = Box::new(workbook.worksheet_cells_reader(sheet).map_err(fault)?);
        let formats = reader.styles().iter().map(|style| {
            style
                .number_format
                .as_ref()
                .map(|format| format.format_code.clone())
                .unwrap_or_default()
        });
        Ok(Self { formats: formats.collect(), reader })
    }

    fn next(&mut self) -> Result<Option<SheetCell>, FileFault> {
        while let Some((cell, style)) = self.reader.next_cell_with_style_id().map_err(fault)? {
            let (row, column) = cell.get_position();
            let format = self.formats.get(style).map_or("", String::as_str);
            let value = CellValue::of(cell.get_value(), format);
            if column < COLUMNS && !value.is_empty() {
                return Ok(Some(SheetCell {
                    line: u64::from(row) + 1,
                    column: column as usize,
                    value,
                }));
            }
        }
        Ok(None)
    }
}

/// A cell that holds something.
struct SheetCell {
    /// Number of its row, counted from 1.
    line: u64,
    /// Number of its column, counted from 0.
    column: usize,
    value: CellValue,
}

/// What a cell holds.
enum CellValue {
    Text(String, CellKind),
    Moment(DateTime),
}

impl CellValue {
    fn of(value: &DataRef<'_>, format: &str) -> Self {
        match value {
            DataRef::Empty => Self::Text(String::new(), CellKind::Text),
            DataRef::String(text) | DataRef::DurationIso(text) => {
                Self::Text(text.clone(), CellKind::Text)
            }
            DataRef::SharedString(text) => Self::Text((*text).to_owned(), CellKind::Text),
            DataRef::Int(number) => Self::Text(number.to_string(), CellKind::Shown),
            DataRef::Float(number) => match format_number(*number, format) {
                Some(text) => Self::Text(text, CellKind::Shown),
                // Rust writes 3.0 as `3`, without a decimal sign.
                None => Self::Text(number.to_string(), CellKind::Number),
            },
            DataRef::Bool(yes) => {
                Self::Text(if *yes { "TRUE" } else { "FALSE" }.to_owned(), CellKind::YesNo)
            }
            DataRef::DateTime(moment) => moment_of(moment).map_or_else(
                || Self::Text(moment.as_f64().to_string(), CellKind::Number),
                Self::Moment,
            ),
            DataRef::DateTimeIso(text) => {
                text.parse().map_or_else(|_| Self::Text(text.clone(), CellKind::Date), Self::Moment)
            }
            DataRef::Error(error) => Self::Text(error.to_string(), CellKind::Text),
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text, _) if text.is_empty())
    }

    fn has_seconds(&self) -> bool {
        matches!(self, Self::Moment(moment) if moment.second() != 0)
    }

    /// As a CSV file would hold it.
    fn written(self, with_seconds: bool) -> (String, CellKind) {
        match self {
            Self::Text(text, kind) => (text, kind),
            Self::Moment(moment) => {
                let format = if with_seconds { MOMENT_FORMAT } else { MINUTE_FORMAT };
                (moment.strftime(format).to_string(), CellKind::Date)
            }
        }
    }
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
