//! How large one SQL statement may be, and in which sizes it comes.

/// Rows of one statement: with up to 24 values each they stay under the 32,766 that SQLite binds.
pub(super) const ROWS: usize = 1_000;

/// Sizes of statements that come often. A database prepares each of them once; of any other number of
/// rows it would prepare another one each time.
const WIDTHS: [usize; 5] = [256, 64, 16, 4, 1];

/// Rows in pieces of a few sizes, the largest first.
pub(super) fn pieces<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let width = WIDTHS.into_iter().find(|width| *width <= rows.len())?;
        let (piece, rest) = rows.split_at(width);
        rows = rest;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_few_sizes_and_all_rows_in_order() {
        for count in [0, 1, 3, 4, 17, 255, 256, 257, 2_000] {
            let rows: Vec<usize> = (0..count).collect();
            let all: Vec<&[usize]> = pieces(&rows).collect();
            assert_eq!(all.concat(), rows);
            assert!(all.iter().all(|piece| WIDTHS.contains(&piece.len())), "{count}");
            assert!(all.len() <= count / 256 + 13, "{count} rows in {} pieces", all.len());
        }
    }
}
