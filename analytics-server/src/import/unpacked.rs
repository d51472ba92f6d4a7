//! How large a workbook is once it is unpacked, found by unpacking it into nothing. What a file
//! says of itself is not believed: a few kilobytes can say little and hold gigabytes.

use flate2::read::DeflateDecoder;
use std::io::{self, Read};

/// Signature of the end of a zip file's directory (APPNOTE.TXT 4.3.16), and its length.
const END: (&[u8], usize) = (b"PK\x05\x06", 22);
/// Signature of an entry of the directory (4.3.12), and its length without its texts.
const ENTRY: (&[u8], usize) = (b"PK\x01\x02", 46);
/// Signature of the head of a file in it (4.3.7), and its length without its texts.
const HEAD: (&[u8], usize) = (b"PK\x03\x04", 30);
/// Bytes of the comment that may follow the end.
const COMMENT: usize = 65_535;
/// Files of a workbook; one with a hundred sheets has about 250.
const FILES: usize = 2_000;

/// Whether all files of a zip file together have at most `limit` bytes when unpacked. What is no
/// zip file of the plain kind is none that fits.
pub(super) fn fits(zip: &[u8], limit: u64) -> bool {
    total(zip, limit).is_some_and(|total| total <= limit)
}

/// Whether a zip file is known to have more than that. One that can not be read is told by whoever
/// reads it.
pub(super) fn exceeds(zip: &[u8], limit: u64) -> bool {
    total(zip, limit).is_some_and(|total| total > limit)
}

fn total(zip: &[u8], limit: u64) -> Option<u64> {
    let first = zip.len().saturating_sub(END.1 + COMMENT);
    let end =
        (first..=zip.len().checked_sub(END.1)?).rev().find(|at| zip[*at..].starts_with(END.0))?;
    let count = usize::from(short(zip, end + 10)?);
    let mut at = usize::try_from(long(zip, end + 16)?).ok()?;
    if count > FILES {
        return None;
    }
    let mut total = 0;
    for _ in 0..count {
        let entry = zip.get(at..at + ENTRY.1)?;
        if !entry.starts_with(ENTRY.0) {
            return None;
        }
        let packed = usize::try_from(long(entry, 20)?).ok()?;
        let head = usize::try_from(long(entry, 42)?).ok()?;
        total += unpacked(zip, short(entry, 10)?, head, packed, limit - total)?;
        if total > limit {
            return Some(total);
        }
        let texts = [28, 30, 32].into_iter().map(|place| short(entry, place).map(usize::from));
        at += ENTRY.1 + texts.sum::<Option<usize>>()?;
    }
    Some(total)
}

/// Bytes of one file, counted up to just over `limit`.
fn unpacked(zip: &[u8], method: u16, head: usize, packed: usize, limit: u64) -> Option<u64> {
    let start = zip.get(head..head + HEAD.1)?;
    if !start.starts_with(HEAD.0) {
        return None;
    }
    let texts = usize::from(short(start, 26)?) + usize::from(short(start, 28)?);
    let begin = head + HEAD.1 + texts;
    let bytes = zip.get(begin..begin.checked_add(packed)?)?;
    match method {
        0 => Some(bytes.len() as u64),
        8 => io::copy(&mut DeflateDecoder::new(bytes).take(limit + 1), &mut io::sink()).ok(),
        _ => None,
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables_out;

    #[test]
    fn a_workbook_is_measured_whatever_it_says_of_itself() {
        let letters = "a".repeat(32_000);
        let rows: Vec<_> = (0..200).map(|row| vec![format!("{row}{letters}")]).collect();
        let mut bytes = tables_out::xlsx(&["A".to_owned()], &rows).unwrap();
        assert!(bytes.len() < 200_000, "packed it is small");
        assert!(fits(&bytes, 20_000_000) && !fits(&bytes, 1_000_000));
        // Every size that the directory tells for unpacked files is made one.
        for at in 0..bytes.len() - 30 {
            if bytes[at..].starts_with(ENTRY.0) {
                bytes[at + 24..at + 28].copy_from_slice(&1_u32.to_le_bytes());
            }
        }
        assert!(!fits(&bytes, 1_000_000), "it lies");
        for cut in [0, 1, 21, 22, 100, bytes.len() - 30] {
            assert!(!fits(&bytes[..cut], u64::MAX / 2), "{cut}");
        }
        assert!(!fits(b"PK\x03\x04 and then a text", 1_000));
    }
}
