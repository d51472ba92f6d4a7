//! How large a workbook is once it is unpacked, found by unpacking it into nothing. What a file says of
//! itself is not believed: a few kilobytes can say little and hold gigabytes. Only a zip file that can be
//! read in one way is allowed, so that the library which reads it afterwards reads the same.

use super::outcome::FileFault;
use flate2::read::DeflateDecoder;
use std::io::{self, Read};

/// Signature of the end of a zip file's directory (APPNOTE.TXT 4.3.16), and its length. It stands
/// at the very end: no spreadsheet program writes a comment behind it.
const END: (&[u8], usize) = (b"PK\x05\x06", 22);
/// The same for directories of the large kind (4.3.14), which some programs write always.
const LARGE_END: (&[u8], usize) = (b"PK\x06\x06", 56);
/// What leads from one to the other (4.3.15).
const LOCATOR: (&[u8], usize) = (b"PK\x06\x07", 20);
/// Signature of an entry of the directory (4.3.12), and its length without its texts.
const ENTRY: (&[u8], usize) = (b"PK\x01\x02", 46);
/// Signature of the head of a file in it (4.3.7), and its length without its texts.
const HEAD: (&[u8], usize) = (b"PK\x03\x04", 30);
/// Files of a workbook; one with a hundred sheets has about 250.
const FILES: u64 = 2_000;
/// What stands in a field whose value is in the large kind's.
const ELSEWHERE: u64 = 0xffff_ffff;

/// What is in a zip file.
pub(super) struct Zip {
    /// Names of its files, small.
    pub names: Vec<String>,
    /// Whether one of them is encrypted.
    pub encrypted: bool,
}

/// Looks through a zip file that may have at most `limit` bytes when unpacked.
pub(super) fn examine(zip: &[u8], limit: u64) -> Result<Zip, FileFault> {
    let (begin, end, count) = directory(zip).ok_or(FileFault::DamagedWorkbook)?;
    if count > FILES {
        return Err(FileFault::UnpacksTooLarge);
    }
    let mut found = Zip { names: Vec::new(), encrypted: false };
    let (mut at, mut total) = (begin, 0);
    for _ in 0..count {
        let entry = Entry::read(zip, at).ok_or(FileFault::DamagedWorkbook)?;
        found.encrypted |= entry.flags & 1 != 0;
        found.names.push(String::from_utf8_lossy(entry.name).to_lowercase());
        if !found.encrypted {
            total += entry.unpacked(zip, limit - total).ok_or(FileFault::DamagedWorkbook)?;
            if total > limit {
                return Err(FileFault::UnpacksTooLarge);
            }
        }
        at = entry.next;
    }
    if at == end { Ok(found) } else { Err(FileFault::DamagedWorkbook) }
}

/// Where the directory begins and ends, and how many entries it has.
fn directory(zip: &[u8]) -> Option<(usize, usize, u64)> {
    let end = zip.len().checked_sub(END.1)?;
    if !zip[end..].starts_with(END.0) || short(zip, end + 20)? != 0 {
        return None;
    }
    let [mut count, mut size, mut offset] = [
        u64::from(short(zip, end + 10)?),
        u64::from(long(zip, end + 12)?),
        u64::from(long(zip, end + 16)?),
    ];
    let disks = (short(zip, end + 4)?, short(zip, end + 6)?);
    if disks != (0, 0) || short(zip, end + 8)? != short(zip, end + 10)? {
        return None;
    }
    let mut closes = end;
    let locator = end.checked_sub(LOCATOR.1).filter(|at| zip[*at..].starts_with(LOCATOR.0));
    if let Some(locator) = locator {
        let large = locator.checked_sub(LARGE_END.1)?;
        let fits = zip[large..].starts_with(LARGE_END.0)
            && huge(zip, large + 4)? == 44
            && huge(zip, locator + 8)? == u64::try_from(large).ok()?;
        let all = [huge(zip, large + 32)?, huge(zip, large + 40)?, huge(zip, large + 48)?];
        // What both say has to be the same.
        let said = [(count, 0xffff), (size, ELSEWHERE), (offset, ELSEWHERE)];
        let same = said.into_iter().zip(all).all(|((said, out), all)| said == out || said == all);
        if !fits || !same {
            return None;
        }
        [count, size, offset] = all;
        closes = large;
    }
    let begin = usize::try_from(offset).ok()?;
    let length = usize::try_from(size).ok()?;
    (begin.checked_add(length)? == closes).then_some((begin, closes, count))
}

/// One entry of the directory.
struct Entry<'z> {
    flags: u16,
    method: u16,
    packed: u64,
    head: u64,
    name: &'z [u8],
    /// Where the next entry is.
    next: usize,
}

impl<'z> Entry<'z> {
    fn read(zip: &'z [u8], at: usize) -> Option<Self> {
        let entry = zip.get(at..at.checked_add(ENTRY.1)?)?;
        if !entry.starts_with(ENTRY.0) {
            return None;
        }
        let [name, extra, comment] =
            [28, 30, 32].map(|place| short(entry, place).map_or(0, usize::from));
        let names = at + ENTRY.1;
        let extras = zip.get(names + name..names + name + extra)?;
        let (unpacked, packed) = (long(entry, 24)?, long(entry, 20)?);
        let head = long(entry, 42)?;
        let mut more = large_numbers(extras);
        let mut number = |said: u32| match u64::from(said) {
            ELSEWHERE => more.next(),
            said => Some(said),
        };
        // In this order, where they are not in the entry itself (4.5.3).
        number(unpacked)?;
        Some(Self {
            flags: short(entry, 8)?,
            method: short(entry, 10)?,
            packed: number(packed)?,
            head: number(head)?,
            name: zip.get(names..names + name)?,
            next: names + name + extra + comment,
        })
    }

    /// Bytes of the file, counted up to just over `limit`.
    fn unpacked(&self, zip: &[u8], limit: u64) -> Option<u64> {
        let head = usize::try_from(self.head).ok()?;
        let start = zip.get(head..head.checked_add(HEAD.1)?)?;
        if !start.starts_with(HEAD.0) || short(start, 8)? != self.method {
            return None;
        }
        let (name, extra) = (usize::from(short(start, 26)?), usize::from(short(start, 28)?));
        if zip.get(head + HEAD.1..head + HEAD.1 + name)? != self.name {
            return None;
        }
        let begin = head + HEAD.1 + name + extra;
        let packed = usize::try_from(self.packed).ok()?;
        let bytes = zip.get(begin..begin.checked_add(packed)?)?;
        match self.method {
            0 => Some(bytes.len() as u64),
            8 => io::copy(&mut DeflateDecoder::new(bytes).take(limit + 1), &mut io::sink()).ok(),
            _ => None,
        }
    }
}

/// The numbers that stand in an entry's extra field because they may be too large for it.
fn large_numbers(mut extra: &[u8]) -> impl Iterator<Item = u64> {
    let mut numbers = Vec::new();
    while let (Some(kind), Some(length)) = (short(extra, 0), short(extra, 2)) {
        let Some(field) = extra.get(4..4 + usize::from(length)) else { break };
        if kind == 1 {
            numbers.extend((0..field.len() / 8).filter_map(|nth| huge(field, nth * 8)));
        }
        extra = &extra[4 + usize::from(length)..];
    }
    numbers.into_iter()
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn huge(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table_files;

    fn workbook() -> Vec<u8> {
        let letters = "a".repeat(32_000);
        let rows: Vec<_> = (0..200).map(|row| vec![format!("{row}{letters}")]).collect();
        table_files::xlsx(&["A".to_owned()], &rows).unwrap()
    }

    fn too_large(bytes: &[u8]) -> bool {
        matches!(examine(bytes, 1_000_000), Err(FileFault::UnpacksTooLarge))
    }

    #[test]
    fn a_workbook_is_measured_whatever_it_says_of_itself() {
        let mut bytes = workbook();
        assert!(bytes.len() < 200_000, "packed it is small");
        assert!(examine(&bytes, 20_000_000).is_ok() && too_large(&bytes));
        // Every size that the directory tells for unpacked files is made one.
        for at in 0..bytes.len() - 30 {
            if bytes[at..].starts_with(ENTRY.0) {
                bytes[at + 24..at + 28].copy_from_slice(&1_u32.to_le_bytes());
            }
        }
        assert!(too_large(&bytes), "it lies");
        for cut in [0, 1, 21, 22, 100, bytes.len() - 30, bytes.len() - 1] {
            assert!(examine(&bytes[..cut], u64::MAX / 2).is_err(), "{cut}");
        }
        assert!(examine(b"PK\x03\x04 and then a text", 1_000).is_err());
    }

    #[test]
    fn a_zip_that_can_be_read_in_two_ways_is_read_in_none() {
        let bytes = workbook();
        let end = bytes.len() - END.1;
        let (size, offset) = (long(&bytes, end + 12).unwrap(), long(&bytes, end + 16).unwrap());
        // Something behind the end, or between the directory and its end.
        assert!(examine(&[&bytes[..], b"x"].concat(), 20_000_000).is_err());
        assert!(examine(&[&bytes[..end], b"x", &bytes[end..]].concat(), 20_000_000).is_err());
        // The end's two numbers lead to two directories.
        let mut two = bytes.clone();
        two[end + 16..end + 20].copy_from_slice(&(offset - 4).to_le_bytes());
        assert!(examine(&two, 20_000_000).is_err());
        // A directory of the large kind is read where it says the same, and only there.
        let large = |count: u64, offset: u64| {
            let mut file = bytes[..end].to_vec();
            let at = file.len() as u64;
            file.extend_from_slice(LARGE_END.0);
            file.extend_from_slice(&44_u64.to_le_bytes());
            file.extend_from_slice(&[45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            for number in [count, count, u64::from(size), offset] {
                file.extend_from_slice(&number.to_le_bytes());
            }
            file.extend_from_slice(LOCATOR.0);
            file.extend_from_slice(&0_u32.to_le_bytes());
            file.extend_from_slice(&at.to_le_bytes());
            file.extend_from_slice(&1_u32.to_le_bytes());
            file.extend_from_slice(&bytes[end..]);
            file
        };
        let count = u64::from(short(&bytes, end + 10).unwrap());
        assert!(examine(&large(count, offset.into()), 20_000_000).is_ok());
        assert!(examine(&large(count, u64::from(offset) - 1), 20_000_000).is_err());
        assert!(examine(&large(count + 1, offset.into()), 20_000_000).is_err());
    }
}
