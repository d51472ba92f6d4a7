//! Where rows come from: files, folders, bytes in memory. What a file is packed in is told by its
//! first bytes, never by its name.

use super::outcome::{FileFault, ImportError};
use super::table::{CsvTable, Table};
use super::workbook;
use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much of a text is looked at to tell whether it is one: a header and a title fit in it.
const PEEKED: u64 = 8 * 1024;

/// A file or what would be in one.
#[derive(Clone, Debug)]
pub(super) enum Source<'a> {
    /// A file on disk.
    File(PathBuf),
    /// Its content, with the name to speak of it.
    Bytes(&'a str, &'a [u8]),
}

/// Bytes, and how many of them were read so far.
type Raw<'a> = (Box<dyn Read + Send + 'a>, Arc<AtomicU64>);

/// A source that was opened: its rows, and how many of its bytes were read so far.
pub(super) struct Opened<'a> {
    pub table: Table<'a>,
    pub read: Arc<AtomicU64>,
}

impl Source<'_> {
    /// The name to speak of it: without its folder.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path
                .file_name()
                .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into()),
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
        let inner: Box<dyn Read + Send + 'a> = match self {
            Self::File(path) => Box::new(File::open(path).map_err(FileFault::Read)?),
            Self::Bytes(_, bytes) => Box::new(Cursor::new(*bytes)),
        };
        Ok((Box::new(Counted { inner, read: Arc::clone(&read) }), read))
    }

    /// Opens it and finds out what it is packed in.
    pub fn open(&self) -> Result<Opened<'a>, FileFault> {
        let (raw, read) = self.raw()?;
        let (head, raw) = peek(raw, 8).map_err(FileFault::Read)?;
        let table = if head.starts_with(&[0x1f, 0x8b]) {
            text(Box::new(flate2::read::MultiGzDecoder::new(raw)), FileFault::Unpack)?
        } else if head.starts_with(b"PK\x03\x04") {
            Table::Sheet(Box::new(workbook::open(raw)?))
        } else if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(FileFault::OldExcel);
        } else {
            text(raw, FileFault::Read)?
        };
        Ok(Opened { table, read })
    }
}

/// Rows of a text; `fault` says how a failure to read it is told.
fn text<'a>(
    raw: Box<dyn Read + Send + 'a>,
    fault: fn(io::Error) -> FileFault,
) -> Result<Table<'a>, FileFault> {
    let (head, raw) = peek(raw, PEEKED).map_err(fault)?;
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(FileFault::NotUtf8);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
    if text.iter().all(u8::is_ascii_whitespace) && (head.len() as u64) < PEEKED {
        return Err(FileFault::Empty);
    }
    Ok(Table::Csv(CsvTable::new(raw, delimiter(text), fault)))
}

/// Comma, or the semicolon or tab that spreadsheet programs write where the comma is the decimal
/// sign: the most frequent one. A header names at least two columns, so it decides.
fn delimiter(text: &[u8]) -> u8 {
    let count = |sign: u8| text.split(|byte| *byte == sign).count();
    // `max_by_key` takes the last of equals: the comma.
    b"\t;,".iter().copied().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// The first bytes, and a reader that gives them again.
fn peek<'a>(
    mut raw: Box<dyn Read + Send + 'a>,
    bytes: u64,
) -> io::Result<(Vec<u8>, Box<dyn Read + Send + 'a>)> {
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
pub(super) fn gather(paths: &[PathBuf]) -> Result<Vec<Source<'static>>, ImportError> {
    let mut sources = Vec::new();
    for path in paths {
        let fault = |cause| ImportError::Path { path: path.clone(), cause };
        if !fs::metadata(path).map_err(fault)?.is_dir() {
            sources.push(Source::File(path.clone()));
            continue;
        }
        let mut files = Vec::new();
        for entry in fs::read_dir(path).map_err(fault)? {
            let file = entry.map_err(fault)?.path();
            if file.is_file() && is_export(&file) {
                files.push(file);
            }
        }
        if files.is_empty() {
            return Err(ImportError::NoFiles(path.clone()));
        }
        files.sort();
        sources.extend(files.into_iter().map(Source::File));
    }
    Ok(sources)
}

/// Whether a file of a folder is meant. Office programs leave `~$…` and `.~lock…` files behind.
fn is_export(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ends =
        [".csv", ".csv.gz", ".xlsx", ".hljournal"].iter().any(|ending| name.ends_with(ending));
    ends && !name.starts_with(['~', '.'])
}
