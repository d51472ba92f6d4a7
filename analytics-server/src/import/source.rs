//! Where rows come from: files, folders, bytes in memory. What a file is and what it is packed in
//! is told by its first bytes, never by its name.

use super::faults::Foreign;
use super::foreign::{self, COMPOUND};
use super::header::{Wanted, fit};
use super::outcome::{FileFault, FileOutcome, ImportError, Unread};
use super::table::{CsvTable, Table};
use super::utf16::{Utf16, is_utf16};
use super::workbook::{Book, Size};
use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much of a text is looked at to find its header: rows above it are short.
const PEEKED: u64 = 64 * 1024;
/// How much tells what a file is.
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
    pub fn open(&self, wanted: &[Wanted], size: Size) -> Result<Content<'a>, FileFault> {
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

/// How it is told that a packed file can not be unpacked.
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
    wanted: &[Wanted],
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
fn delimiter(text: &[u8], wanted: &[Wanted]) -> u8 {
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

/// The files of `paths`: a file as it is, a folder's exported files in the order of their names.
/// What else is in the folders is told.
pub(super) fn gather(
    paths: &[PathBuf],
) -> Result<(Vec<Source<'static>>, Vec<FileOutcome>), ImportError> {
    let (mut sources, mut unread) = (Vec::new(), Vec::new());
    for path in paths {
        let fault = |cause| ImportError::Path { path: path.clone(), cause };
        if !fs::metadata(path).map_err(fault)?.is_dir() {
            sources.push(Source::File(path.clone()));
            continue;
        }
        let mut all = Vec::new();
        for entry in fs::read_dir(path).map_err(fault)? {
            all.push(entry.map_err(fault)?.path());
        }
        all.sort();
        let before = sources.len();
        for found in all {
            match kind_of(&found) {
                Found::Export => sources.push(Source::File(found)),
                Found::Lock => {}
                Found::Unread(why) => unread.push(FileOutcome::unread(name_of(&found), why)),
            }
        }
        if sources.len() == before {
            return Err(ImportError::NoFiles(path.clone()));
        }
    }
    Ok((sources, unread))
}

/// What is found in a folder.
enum Found {
    /// An exported file.
    Export,
    /// What office programs leave behind while a file is open, and systems for themselves.
    Lock,
    /// Something that is not read.
    Unread(Unread),
}

/// Endings of files that are read.
const READ: [&str; 4] = [".csv", ".csv.gz", ".xlsx", ".hljournal"];
/// Endings of files that hold data and are not read.
const DATA: [&str; 17] = [
    ".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".fods", ".txt", ".tsv", ".tab", ".csv.zip",
    ".xlsx.gz", ".zip", ".rar", ".7z", ".gz", ".pdf", ".xml",
];

fn kind_of(path: &Path) -> Found {
    let name = name_of(path).to_lowercase();
    if name.starts_with('.') || name.starts_with("~$") {
        return Found::Lock;
    }
    if path.is_dir() {
        return Found::Unread(Unread::Folder);
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends(&READ) {
        return Found::Export;
    }
    // A copy that somebody put aside, such as `danh-gia.csv.bak` or `danh-gia`.
    let aside = READ.iter().any(|ending| name.contains(ending));
    let data = ends(&DATA) || aside || is_data(path);
    Found::Unread(if data { Unread::Export } else { Unread::Other })
}

/// Whether a file without a known ending has a header that is known, or is packed.
fn is_data(path: &Path) -> bool {
    let source = Source::File(path.to_owned());
    match source.open(&Wanted::all(), Size::OF_FILES) {
        Ok(Content::Text(opened)) => super::run::header_of(*opened, &Wanted::all()).is_ok(),
        // A picture or a letter lies in many a folder and is no export.
        Err(FileFault::Foreign(Foreign::Picture | Foreign::Document)) => false,
        Ok(Content::Book(_)) | Err(FileFault::Foreign(_) | FileFault::Unpack(_)) => true,
        Err(_) => false,
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into())
}
