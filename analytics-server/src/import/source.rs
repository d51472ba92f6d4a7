//! Where rows come from: files and bytes in memory. What a file is and what it is packed in
//! is recognised by its first bytes, never by its name.

use super::csv_table::CsvTable;
use super::foreign::{self, COMPOUND};
use super::header::{KnownHeader, fit};
use super::outcome::FileFault;
use super::table::Table;
use super::utf16::{Utf16, is_utf16};
use super::workbook::{Book, SheetTable, Size};
use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much of a text is looked at to find its header: rows above it are short.
const PEEKED: u64 = 64 * 1024;
/// How many bytes are enough to recognise a file.
const BEGINNING: u64 = 1_024;
/// Rows in which a header is looked for: an export has at most a letterhead and a title above it.
pub(super) const HEADER_ROWS: usize = 20;
/// Bytes of a compound file in which the names of its parts are looked for.
const COMPOUND_BYTES: u64 = 32 * 1024 * 1024;
/// The byte-order mark of UTF-8. A file that two programs marked has two.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A file or what would be in one.
#[derive(Clone, Debug)]
pub(super) enum Source<'a> {
    /// A file on disk.
    File(PathBuf),
    /// Its content, with the name to speak of it.
    Bytes(&'a str, &'a [u8]),
}

/// Bytes that are read once.
type Stream<'a> = Box<dyn Read + Send + 'a>;

/// Bytes, and how many of them were read so far.
type Raw<'a> = (Stream<'a>, Arc<AtomicU64>);

/// A source that was opened: its rows, and how many of its bytes were read so far.
pub(super) struct Opened<'a> {
    pub table: Table<'a>,
    pub read: Arc<AtomicU64>,
}

impl<'a> From<SheetTable<'a>> for Opened<'a> {
    /// A workbook was read whole when it was opened, so nothing is counted.
    fn from(table: SheetTable<'a>) -> Self {
        Self { table: Table::Sheet(table), read: Arc::default() }
    }
}

/// What is in a source.
pub(super) enum Content<'a> {
    /// Rows of a text.
    Text(Box<Opened<'a>>),
    /// A workbook.
    Book(Box<Book>),
}

impl Source<'_> {
    /// The name to speak of it: without its folder.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => name_of(path),
            Self::Bytes(name, _) => (*name).to_owned(),
        }
    }

    /// Its length in bytes, for a progress bar.
    pub fn len(&self) -> u64 {
        match self {
            Self::File(path) => fs::metadata(path).map_or(0, |data| data.len()),
            Self::Bytes(_, bytes) => bytes.len() as u64,
        }
    }
}

impl<'a> Source<'a> {
    /// Opens it as it is: its bytes, and how many of them were read so far.
    pub fn raw(&self) -> Result<Raw<'a>, FileFault> {
        let read = Arc::new(AtomicU64::new(0));
        let inner: Stream<'a> = match self {
            Self::File(path) => Box::new(File::open(path).map_err(FileFault::Read)?),
            Self::Bytes(_, bytes) => Box::new(Cursor::new(*bytes)),
        };
        Ok((Box::new(Counted { inner, read: Arc::clone(&read) }), read))
    }

    /// Opens it and finds out what it is. The header of a text decides how its fields are parted.
    pub fn open(&self, wanted: &[KnownHeader], size: Size) -> Result<Content<'a>, FileFault> {
        let (mut raw, read) = self.raw()?;
        let mut fault: fn(io::Error) -> FileFault = FileFault::Read;
        let mut head;
        (head, raw) = peek(raw, BEGINNING).map_err(fault)?;
        if head.starts_with(&[0x1f, 0x8b]) {
            fault = unpacking;
            let unpacked = flate2::read::MultiGzDecoder::new(raw);
            // A workbook in it is measured by its own limits.
            let limit = size.text.max(size.packed);
            let unpacked = Box::new(Limited { inner: unpacked, left: limit });
            (head, raw) = peek(unpacked, BEGINNING).map_err(fault)?;
        }
        if head.starts_with(b"PK") && head.get(2).is_some_and(|byte| *byte < 9) {
            return Ok(Content::Book(Box::new(Book::open(raw, size, fault)?)));
        }
        if head.starts_with(COMPOUND) {
            let mut bytes = Vec::new();
            raw.take(COMPOUND_BYTES).read_to_end(&mut bytes).map_err(fault)?;
            return Err(FileFault::Foreign(foreign::of_compound(&bytes)));
        }
        if let Some(found) = foreign::of_beginning(&head) {
            return Err(FileFault::Foreign(found));
        }
        let table = text(raw, fault, wanted)?;
        Ok(Content::Text(Box::new(Opened { table, read })))
    }
}

/// The error of a compressed file that can not be unpacked.
fn unpacking(error: io::Error) -> FileFault {
    match error.kind() {
        io::ErrorKind::FileTooLarge => FileFault::UnpacksTooLarge,
        _ => FileFault::Unpack(error),
    }
}

/// A reader that fails once it has given more than it may.
struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
        Ok(count)
    }
}

/// Rows of a text; `fault` says how a failure to read it is told.
fn text<'a>(
    raw: Stream<'a>,
    fault: fn(io::Error) -> FileFault,
    wanted: &[KnownHeader],
) -> Result<Table<'a>, FileFault> {
    let (mut head, mut raw) = peek(raw, PEEKED).map_err(fault)?;
    if let Some(big) = is_utf16(&head) {
        let read: Stream<'a> = Box::new(Utf16::new(raw, big));
        (head, raw) = peek(read, PEEKED).map_err(|_| FileFault::BrokenUtf16)?;
    }
    let mut marks = 0;
    while head[marks..].starts_with(MARK) {
        marks += MARK.len();
    }
    if marks > 0 {
        io::copy(&mut raw.by_ref().take(marks as u64), &mut io::sink()).map_err(fault)?;
    }
    let text = &head[marks..];
    if text.iter().all(u8::is_ascii_whitespace) && (head.len() as u64) < PEEKED {
        return Err(FileFault::Empty);
    }
    Ok(Table::Csv(CsvTable::new(raw, delimiter(text, wanted), fault)))
}

/// Comma, or the semicolon or tab that spreadsheet programs write where the comma is the decimal
/// sign: the one by which a row becomes a header. What stands in other rows has no say.
fn delimiter(text: &[u8], wanted: &[KnownHeader]) -> u8 {
    let mut signs = vec![b',', b';', b'\t', b'|'];
    // The first line in which Excel says it.
    if let Some(sign) = text.strip_prefix(b"sep=").and_then(|rest| rest.first())
        && !signs.contains(sign)
        && sign.is_ascii_punctuation()
    {
        signs.push(*sign);
    }
    let best = |sign: u8| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(sign)
            .from_reader(text);
        let rows = reader.byte_records().flatten();
        let fits = rows.take(2 * HEADER_ROWS).map(|row| {
            let fields: Vec<_> = row.iter().map(String::from_utf8_lossy).collect();
            fit(fields.iter().map(AsRef::as_ref), wanted)
        });
        fits.max().unwrap_or_default()
    };
    // The first of equals.
    signs.into_iter().rev().max_by_key(|sign| best(*sign)).unwrap_or(b',')
}

/// The first bytes, and a reader that gives them again.
fn peek(mut raw: Stream<'_>, bytes: u64) -> io::Result<(Vec<u8>, Stream<'_>)> {
    let mut head = Vec::new();
    raw.by_ref().take(bytes).read_to_end(&mut head)?;
    let again = Cursor::new(head.clone()).chain(raw);
    Ok((head, Box::new(again)))
}

struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// The name of a file without its folder.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into())
}
