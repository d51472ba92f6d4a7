//! Rows of text, whatever they came from, one at a time. A CSV file is read as a stream: however
//! long the file or one of its lines is, only one row and one buffer are in memory.

use super::outcome::{FileFault, Reason};
use super::workbook::SheetTable;
use crate::letters::composed;
use csv::{ErrorKind, StringRecord};
use std::borrow::Cow;
use std::io::{self, Read};

/// Bytes of one row. A row of the known files has about 80, with the longest reason under 3 KiB.
const ROW_BYTES: u64 = 64 * 1024;

/// Fields of one row: exports of other software have up to a hundred.
const FIELDS: usize = 256;

/// Bytes that are read ahead.
const BUFFER: u16 = 16 * 1024;

/// What a field was in its file. Of a text nothing more is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Cell {
    /// A text.
    #[default]
    Text,
    /// A number, with the text that the spreadsheet program shows for it.
    Shown,
    /// A number of which nobody can say how it is shown.
    Number,
    /// A moment.
    Date,
    /// TRUE or FALSE.
    YesNo,
}

/// One row.
#[derive(Default)]
pub(super) struct Row {
    /// Line of the file or row of the sheet where it begins, counted from 1.
    pub line: u64,
    /// The line it ends in: a text between quotation marks may go over several.
    pub last: u64,
    /// Whether a quotation mark was open when the file ended.
    pub open: bool,
    /// What parts the fields of a text; none: it is a row of a sheet.
    pub delimiter: Option<char>,
    fields: StringRecord,
    /// What the fields of a sheet were; empty: texts.
    cells: Vec<Cell>,
}

impl Row {
    /// A row of a sheet.
    pub fn fill(&mut self, line: u64, fields: &[(String, Cell)]) {
        (self.line, self.last, self.open, self.delimiter) = (line, line, false, None);
        self.fields.clear();
        self.cells.clear();
        for (field, cell) in fields {
            self.fields.push_field(field);
            self.cells.push(*cell);
        }
    }

    /// All fields.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter()
    }

    /// How many fields it has.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// The field of a place.
    pub fn field(&self, place: usize) -> Option<&str> {
        self.fields.get(place)
    }

    /// What it was in its file.
    pub fn cell(&self, place: usize) -> Cell {
        self.cells.get(place).copied().unwrap_or_default()
    }

    /// Where it begins and ends.
    pub fn lines(&self) -> (u64, u64) {
        (self.line, self.last)
    }

    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.trim().is_empty())
    }

    /// Takes letters without shape away and composes decomposed ones. Nearly every row is so
    /// already.
    fn compose(&mut self) {
        if let Cow::Owned(_) = composed(self.fields.as_slice()) {
            let fields: Vec<String> = self.fields.iter().map(|one| composed(one).into()).collect();
            self.fields = StringRecord::from(fields);
        }
    }
}

/// What a reader came upon.
pub(super) enum Step {
    /// A row.
    Row,
    /// A row that can not be read, from its first to its last line; the next one may be.
    Unreadable((u64, u64), Reason),
    /// The end.
    End,
}

/// Rows of a text or of a sheet.
pub(super) enum Table<'a> {
    Csv(CsvTable<'a>),
    Sheet(Box<SheetTable>),
}

impl Table<'_> {
    /// Reads the next row into `row`.
    pub fn next(&mut self, row: &mut Row) -> Result<Step, FileFault> {
        let step = match self {
            Self::Csv(table) => table.next(row),
            Self::Sheet(table) => Ok(table.next(row)),
        }?;
        if matches!(step, Step::Row) && row.fields.as_slice().contains(is_unwritable) {
            return Ok(Step::Unreadable(row.lines(), Reason::Control));
        }
        if matches!(step, Step::Row) {
            row.compose();
        }
        Ok(step)
    }
}

/// Rows of a CSV text.
pub(super) struct CsvTable<'a> {
    reader: csv::Reader<Bounded<Box<dyn Read + Send + 'a>>>,
    delimiter: u8,
    fault: fn(io::Error) -> FileFault,
}

impl<'a> CsvTable<'a> {
    /// Reads `raw`; `fault` says how a failure is told.
    pub fn new(
        raw: Box<dyn Read + Send + 'a>,
        delimiter: u8,
        fault: fn(io::Error) -> FileFault,
    ) -> Self {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            // Told to take CR LF as one, csv counts a row's line before it has seen the LF. The
            // CR that stays at the end of the last field is trimmed with other spaces.
            .terminator(csv::Terminator::Any(b'\n'))
            .buffer_capacity(BUFFER.into())
            .from_reader(Bounded::new(raw));
        Self { reader, delimiter, fault }
    }

    fn next(&mut self, row: &mut Row) -> Result<Step, FileFault> {
        let start = self.reader.position().clone();
        self.reader.get_mut().allowed = start.byte() + ROW_BYTES + u64::from(BUFFER);
        match self.reader.read_record(&mut row.fields) {
            Ok(false) => Ok(Step::End),
            Ok(true) => {
                // A record is said to begin before the empty lines above it, so its lines are
                // counted back from its end.
                let breaks = row.fields.as_slice().bytes().filter(|byte| *byte == b'\n').count();
                let (last, open) = self.last_line();
                row.last = last;
                row.open = open;
                row.delimiter = Some(char::from(self.delimiter));
                row.cells.clear();
                row.line = (last + u64::from(open)).saturating_sub(breaks as u64);
                if row.fields.as_slice().len() as u64 > ROW_BYTES {
                    return Ok(Step::Unreadable(row.lines(), Reason::TooManyBytes));
                }
                if row.fields.len() > FIELDS {
                    return Ok(Step::Unreadable(row.lines(), Reason::TooManyFields));
                }
                Ok(Step::Row)
            }
            Err(error) => match error.into_kind() {
                ErrorKind::Utf8 { pos, .. } => {
                    let line = pos.map_or(start.line(), |pos| pos.line());
                    let (last, _) = self.last_line();
                    Ok(Step::Unreadable((line, last.max(line)), Reason::NotUtf8))
                }
                ErrorKind::Io(_) if self.reader.get_ref().exceeded => {
                    Err(FileFault::HugeLine { line: start.line() })
                }
                ErrorKind::Io(error) => Err((self.fault)(error)),
                // The other kinds belong to writing and to headers.
                other => Err((self.fault)(io::Error::other(format!("{other:?}")))),
            },
        }
    }
}

impl CsvTable<'_> {
    /// The line that the last record ended in, and whether that line's end belongs to the record:
    /// then a quotation mark was open when the file ended.
    fn last_line(&self) -> (u64, bool) {
        let next = self.reader.position().line();
        match self.reader.get_ref() {
            Bounded { ended: true, newline: false, .. } => (next, false),
            Bounded { ended, .. } => (next.saturating_sub(1), *ended),
        }
    }
}

/// Letters that no database or document is sure to keep. Tabs and line ends are told elsewhere.
fn is_unwritable(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\r' | '\n')
}

/// A reader that gives no more than it was allowed, so that a row without end can not fill the
/// memory.
struct Bounded<R> {
    inner: R,
    given: u64,
    allowed: u64,
    exceeded: bool,
    /// Whether there is no more.
    ended: bool,
    /// Whether the last byte ended a line.
    newline: bool,
}

impl<R> Bounded<R> {
    fn new(inner: R) -> Self {
        Self { inner, given: 0, allowed: 0, exceeded: false, ended: false, newline: false }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given >= self.allowed {
            self.exceeded = true;
            return Err(io::Error::other("the row is too long"));
        }
        let count = self.inner.read(buffer)?;
        self.given += count as u64;
        match buffer[..count].last() {
            Some(last) => self.newline = *last == b'\n',
            None => self.ended = true,
        }
        Ok(count)
    }
}
