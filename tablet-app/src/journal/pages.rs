//! Reads rows out of a SQLite file that SQLite itself refuses: every leaf page of a table in the file and in
//! its write-ahead log is read, without following the pages above it. The rows are not trusted: the caller
//! checks them by their digests.
//!
//! The layout is that of <https://www.sqlite.org/fileformat2.html>.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Bytes of a page, as SQLite makes them where nobody says otherwise; the journal does not.
const PAGE: usize = 4_096;
/// Bytes of the header before the first page of a file.
const FILE_HEADER: usize = 100;
/// Bytes of the header of a write-ahead log, and of each of its frames.
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// What a leaf of a table begins with, and how long its header is.
const LEAF: u8 = 0x0d;
const LEAF_HEADER: usize = 8;
/// Rows of a page at most: each has two bytes of pointer and at least two of its own.
const MOST_ROWS: u16 = 1_024;
/// Longest row that is put together: the settings with all photos are far shorter.
const LONGEST: u64 = 64 * 1024 * 1024;

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Integer(i64),
    Blob(Vec<u8>),
    Text(Vec<u8>),
    /// A kind that no table of the journal has.
    Other,
}

/// A row and its number.
#[derive(Debug)]
pub(super) struct Row {
    pub number: i64,
    pub values: Vec<Value>,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    page: Image,
    cell: u16,
}

/// One image of a page: in the file, or in a frame of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Image {
    File(u64),
    Frame(u64),
}

/// The pages of a journal.
pub(super) struct Pages {
    file: File,
    /// Pages of the file, counted from 1.
    count: u64,
    log: Option<File>,
    /// Number of the page in each frame that belongs to the log as it is now; 0 in those left over
    /// from before.
    frames: Vec<u64>,
}

impl Pages {
    /// Opens the file, and its log where there is one. Neither is written to.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let count = file.metadata()?.len().div_ceil(PAGE as u64);
        let mut log_path = path.as_os_str().to_owned();
        log_path.push("-wal");
        let log = match File::open(&log_path) {
            Ok(log) => Some(log),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let frames = log.as_ref().map_or_else(|| Ok(Vec::new()), frames)?;
        Ok(Self { file, count, log, frames })
    }

    /// Gives every row of every leaf to `take`, those of the log last: they are the newer ones. A page
    /// that can not be read is passed over.
    pub fn rows(&self, mut take: impl FnMut(Place, Row)) {
        let file = (1..=self.count).map(Image::File);
        let frames = (0..self.frames.len() as u64).map(Image::Frame);
        for page in file.chain(frames) {
            let Some(bytes) = self.page(page) else { continue };
            for cell in 0..cells(page, &bytes) {
                let place = Place { page, cell };
                if let Some(row) = self.row_in(place, &bytes) {
                    take(place, row);
                }
            }
        }
    }

    /// The row at a place.
    pub fn row(&self, place: Place) -> Option<Row> {
        self.row_in(place, &self.page(place.page)?)
    }

    /// The bytes of a page image; none where it can not be read, or is left over in the log.
    fn page(&self, image: Image) -> Option<Vec<u8>> {
        let mut bytes = vec![0; PAGE];
        match image {
            Image::File(number) => {
                let at = number.checked_sub(1)?.checked_mul(PAGE as u64)?;
                fill(&self.file, &mut bytes, at).ok()?;
            }
            Image::Frame(frame) => {
                (*self.frames.get(usize::try_from(frame).ok()?)? > 0).then_some(())?;
                let at = frame_at(frame) + FRAME_HEADER as u64;
                fill(self.log.as_ref()?, &mut bytes, at).ok()?;
            }
        }
        Some(bytes)
    }

    /// A page as it stands now: the last one of the log, else that of the file.
    fn current(&self, number: u64) -> Option<Vec<u8>> {
        let frame = self.frames.iter().rposition(|page| *page == number);
        self.page(frame.map_or(Image::File(number), |frame| Image::Frame(frame as u64)))
    }

    fn row_in(&self, place: Place, page: &[u8]) -> Option<Row> {
        let pointer = header(place.page) + LEAF_HEADER + 2 * usize::from(place.cell);
        let start =
            usize::from(u16::from_be_bytes(page.get(pointer..pointer + 2)?.try_into().ok()?));
        let mut cell = page.get(start..)?;
        let length = usize::try_from(varint(&mut cell).filter(|bytes| *bytes <= LONGEST)?).ok()?;
        let number = varint(&mut cell)?.cast_signed();
        let (longest, least) = (PAGE - 35, (PAGE - 12) * 32 / 255 - 23);
        let local = if length <= longest {
            length
        } else {
            let fit = least + (length - least) % (PAGE - 4);
            if fit <= longest { fit } else { least }
        };
        let mut payload = cell.get(..local)?.to_vec();
        let mut next = match cell.get(local..local + 4) {
            Some(next) if local < length => u32::from_be_bytes(next.try_into().ok()?),
            _ => 0,
        };
        while payload.len() < length {
            // Page 0 is none: the chain of pages is broken. A circle ends with the length.
            let page = (next > 0).then(|| self.current(u64::from(next))).flatten()?;
            let (head, rest) = page.split_at(4);
            next = u32::from_be_bytes(head.try_into().ok()?);
            payload.extend_from_slice(&rest[..rest.len().min(length - payload.len())]);
        }
        Some(Row { number, values: values(&payload)? })
    }
}

/// Reads as much as there is: a file that was cut ends within a page.
fn fill(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read_at(&mut bytes[filled..], at + filled as u64) {
            Ok(0) => break,
            Ok(some) => filled += some,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The numbers of the pages in a log's frames. A log that is begun anew leaves frames of before behind
/// it, whose salt is another.
fn frames(log: &File) -> io::Result<Vec<u64>> {
    let mut start = [0; LOG_HEADER];
    fill(log, &mut start, 0)?;
    let length = log.metadata()?.len().saturating_sub(LOG_HEADER as u64);
    let count = length / (FRAME_HEADER + PAGE) as u64;
    let mut numbers = Vec::new();
    for frame in 0..count {
        let mut header = [0; FRAME_HEADER];
        fill(log, &mut header, frame_at(frame))?;
        let [a, b, c, d, ..] = header;
        let current = header[8..16] == start[16..24];
        numbers.push(if current { u64::from(u32::from_be_bytes([a, b, c, d])) } else { 0 });
    }
    Ok(numbers)
}

/// Where a frame begins in the log.
fn frame_at(frame: u64) -> u64 {
    LOG_HEADER as u64 + frame * (FRAME_HEADER + PAGE) as u64
}

/// Where the header of a page begins.
fn header(page: Image) -> usize {
    if page == Image::File(1) { FILE_HEADER } else { 0 }
}

/// How many rows a page has; none where it is no leaf of a table.
fn cells(image: Image, page: &[u8]) -> u16 {
    let start = header(image);
    if page.get(start) != Some(&LEAF) {
        return 0;
    }
    let count = u16::from_be_bytes([page[start + 3], page[start + 4]]);
    // More than fit are the sign of a page that was damaged; what can be read of it is read.
    count.min(MOST_ROWS)
}

/// The values of a record.
fn values(record: &[u8]) -> Option<Vec<Value>> {
    let mut kinds = record;
    let length = usize::try_from(varint(&mut kinds)?).ok()?;
    let begin = record.len() - kinds.len();
    let mut kinds = record.get(begin..length)?;
    let mut body = record.get(length..)?;
    let mut values = Vec::new();
    while !kinds.is_empty() {
        let kind = varint(&mut kinds)?;
        let bytes = usize::try_from(match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return None,
            _ => (kind - 12) / 2,
        })
        .ok()?;
        let (one, rest) = body.split_at_checked(bytes)?;
        body = rest;
        values.push(match kind {
            0 => Value::Null,
            8 => Value::Integer(0),
            9 => Value::Integer(1),
            1..=6 => Value::Integer(integer(one)),
            7 => Value::Other,
            _ if kind % 2 == 0 => Value::Blob(one.to_vec()),
            _ => Value::Text(one.to_vec()),
        });
    }
    Some(values)
}

/// A signed number of up to 8 bytes, big-endian.
fn integer(bytes: &[u8]) -> i64 {
    let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let start = if negative { -1 } else { 0 };
    bytes.iter().fold(start, |number, byte| (number << 8) | i64::from(*byte))
}

/// A number of one to nine bytes, seven bits a byte.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for at in 0..9 {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        if at == 8 {
            return Some((number << 8) | u64::from(*first));
        }
        number = (number << 7) | u64::from(first & 0x7f);
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_sqlite_writes_them() {
        let number = |bytes: &[u8]| varint(&mut &bytes[..]);
        assert_eq!(number(&[0x7f]), Some(127));
        assert_eq!(number(&[0x81, 0x00]), Some(128));
        assert_eq!(number(&[0xff; 9]), Some(u64::MAX));
        assert_eq!(number(&[0x81]), None);
        assert_eq!(integer(&[0xff]), -1);
        assert_eq!(integer(&[0x01, 0x00]), 256);
        assert_eq!(integer(&i64::MIN.to_be_bytes()), i64::MIN);
        assert_eq!(integer(&[]), 0);
    }

    #[test]
    fn a_record_that_says_more_than_it_holds_is_none() {
        let row = [4, 0, 1, 15, 0xfe, b'a'];
        assert_eq!(
            values(&row),
            Some(vec![Value::Null, Value::Integer(-2), Value::Text(b"a".to_vec())])
        );
        assert_eq!(values(&row[..5]), None);
        assert_eq!(values(&[9, 0]), None);
        assert_eq!(values(&[2, 10]), None);
        assert_eq!(values(&[]), None);
    }
}
