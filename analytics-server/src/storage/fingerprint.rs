//! What all rows of a table come to, in whatever order they are read: equal for two tables that hold the same rows.

/// The sum of the rows' digests, and how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fingerprint {
    pub(super) rows: u64,
    /// 128 bits of BLAKE3 of each row, added without a carry out: no order, no pair that cancels out.
    sum: u128,
}

impl Fingerprint {
    /// Adds a row as text.
    pub(super) fn add(&mut self, row: &[u8]) {
        let digest = *blake3::hash(row).as_bytes();
        let (first, _) = digest.split_at(16);
        let first = first.try_into().map_or(0, u128::from_le_bytes);
        (self.rows, self.sum) = (self.rows + 1, self.sum.wrapping_add(first));
    }
}

/// Rows of text that come in pieces, which end anywhere.
#[derive(Debug, Default)]
pub(super) struct Lines {
    fingerprint: Fingerprint,
    begun: Vec<u8>,
}

impl Lines {
    /// Takes the next piece.
    pub(super) fn add(&mut self, piece: &[u8]) {
        for part in piece.split_inclusive(|byte| *byte == b'\n') {
            self.begun.extend_from_slice(part);
            if let Some(row) = self.begun.strip_suffix(b"\n") {
                self.fingerprint.add(row);
                self.begun.clear();
            }
        }
    }

    /// What they came to.
    pub(super) fn end(self) -> Fingerprint {
        self.fingerprint
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pieces: &[&str]) -> Fingerprint {
        let mut lines = Lines::default();
        for piece in pieces {
            lines.add(piece.as_bytes());
        }
        lines.end()
    }

    #[test]
    fn rows_have_one_fingerprint_in_any_order_and_in_any_pieces() {
        let whole = of(&["a\tb\nc\td\n\n"]);
        assert_eq!(whole.rows, 3);
        for same in [&["c\td\n\na\tb\n"][..], &["a", "\tb\nc\t", "d", "\n", "\n"]] {
            assert_eq!(of(same), whole, "{same:?}");
        }
        for other in ["a\tb\nc\td\n", "a\tb\nc\te\n\n", "a\tb\nc\td\nc\td\n", "a\tb\na\tb\n\n"] {
            assert_ne!(of(&[other]), whole, "{other:?}");
        }
        assert_ne!(of(&["x\nx\n"]), of(&["y\ny\n"]), "pairs do not cancel out");
    }
}
