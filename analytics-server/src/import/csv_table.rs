//! A CSV file, read as a stream: only one row and one buffer are in memory, so neither a long file nor a
//! long line takes much of it.

use super::outcome::{FileFault, Reason};
use super::row::{ReadStep, TableRow};
use csv::ErrorKind;
use std::io::{self, Read};

/// Bytes of one row. A row of the known files has about 80, with the longest reason under 3 KiB.
const ROW_BYTES: u64 = 64 * 1024;

/// Fields of one row: exports of other software have up to a hundred.
const FIELDS: usize = 256;

/// Bytes that are read ahead.
const BUFFER: u16 = 16 * 1024;

/// Rows of a CSV text.
pub(super) struct CsvTable<'a> {
    reader: csv::Reader<Bounded<Box<dyn Read + Send + 'a>>>,
    delimiter: u8,
    fault: fn(io::Error) -> FileFault,
}

impl<'a> CsvTable<'a> {
    /// Reads `raw`; `fault` makes the error of a failure.
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

    /// Reads the next row into `row`.
    pub fn next(&mut self, row: &mut TableRow) -> Result<ReadStep, FileFault> {
        let start = self.reader.position().clone();
        self.reader.get_mut().allowed = start.byte() + ROW_BYTES + u64::from(BUFFER);
        match self.reader.read_record(&mut row.fields) {
            Ok(false) => Ok(ReadStep::End),
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
                    return Ok(ReadStep::Unreadable(row.lines(), Reason::TooManyBytes));
                }
                if row.fields.len() > FIELDS {
                    return Ok(ReadStep::Unreadable(row.lines(), Reason::TooManyFields));
                }
                Ok(ReadStep::Row)
            }
            Err(error) => match error.into_kind() {
                ErrorKind::Utf8 { pos, .. } => {
                    let line = pos.map_or(start.line(), |pos| pos.line());
                    let (last, _) = self.last_line();
                    Ok(ReadStep::Unreadable((line, last.max(line)), Reason::NotUtf8))
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
