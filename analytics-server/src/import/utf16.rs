//! UTF-16 as UTF-8, as a stream: what spreadsheet programs call “Unicode text”.

use std::io::{self, ErrorKind, Read};

/// Bytes read at once.
const PIECE: usize = 8 * 1024;

/// How UTF-16 may be recognised at its beginning.
pub(super) fn is_utf16(head: &[u8]) -> Option<bool> {
    match head {
        [0xff, 0xfe, ..] => Some(false),
        [0xfe, 0xff, ..] => Some(true),
        // Without a mark: every second byte of Latin letters is zero.
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some(false),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some(true),
        _ => None,
    }
}

/// Gives what an UTF-16 text says in UTF-8.
pub(super) struct Utf16<R> {
    inner: R,
    /// Whether the larger byte comes first.
    big: bool,
    /// A byte that has no second one yet.
    half: Option<u8>,
    /// A unit that waits for its second one.
    high: Option<u16>,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Utf16<R> {
    /// Reads `inner`.
    pub fn new(inner: R, big: bool) -> Self {
        let (half, high, ready) = (None, None, Vec::new());
        Self { inner, big, half, high, ready, given: 0, ended: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        let broken = || io::Error::new(ErrorKind::InvalidData, "half a letter of UTF-16");
        let mut piece = [0; PIECE];
        let count = self.inner.read(&mut piece)?;
        self.ready.clear();
        self.given = 0;
        if count == 0 {
            self.ended = true;
            let whole = self.half.is_none() && self.high.is_none();
            return if whole { Ok(()) } else { Err(broken()) };
        }
        let mut letter = [0; 4];
        for byte in &piece[..count] {
            let Some(first) = self.half.take() else {
                self.half = Some(*byte);
                continue;
            };
            let pair = [first, *byte];
            let unit = if self.big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) };
            let units = match self.high.take() {
                None if (0xd800..0xdc00).contains(&unit) => {
                    self.high = Some(unit);
                    continue;
                }
                None => vec![unit],
                Some(high) => vec![high, unit],
            };
            for found in char::decode_utf16(units) {
                let found = found.map_err(|_| broken())?;
                self.ready.extend_from_slice(found.encode_utf8(&mut letter).as_bytes());
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            self.fill()?;
        }
        let left = &self.ready[self.given..];
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_of_both_orders_reads_as_it_was_written() {
        let text = "\u{feff}Mã\tTên cơ quan\r\nA\tSở 𝄞\r\n".repeat(900);
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, order) in [(&little, false), (&big, true)] {
            assert_eq!(is_utf16(bytes), Some(order));
            let mut read = String::new();
            Utf16::new(bytes.as_slice(), order).read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
        }
        let mut read = Vec::new();
        assert!(Utf16::new(&little[..7], false).read_to_end(&mut read).is_err(), "cut");
        assert_eq!(is_utf16("Mã;Tên".as_bytes()), None);
    }
}
