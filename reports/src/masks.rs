//! Which counts of a breakdown may be shown. A count of 1 to 4 could point at one citizen, so it
//! is written `<5`; and when it is the only hidden count of its row, anybody could get it back
//! from the total, so the smallest other count of the row is hidden with it.

use crate::figures::SHOWN_FROM;
use crate::numbers::{Numbers, is_few};

/// What stands for a count that is hidden only for the sake of another.
pub const WITHHELD: &str = "…";

/// A count of a breakdown as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing to hide.
    Shown(u64),
    /// 1 to 4.
    Few,
    /// Hidden only because another count of the row could be worked out from it.
    Withheld,
}

impl Cell {
    /// The count as it is written: `41`, `<5`, or `…` when withheld.
    pub fn written(self, numbers: Numbers<'_>) -> String {
        match self {
            Self::Shown(count) => numbers.count(count),
            Self::Few => numbers.cell(1),
            Self::Withheld => WITHHELD.to_owned(),
        }
    }

    /// The count where it may be shown.
    pub fn shown(self) -> Option<u64> {
        match self {
            Self::Shown(count) => Some(count),
            Self::Few | Self::Withheld => None,
        }
    }
}

/// The counts of a row that add up to a total printed beside them.
pub fn masked<const N: usize>(counts: [u64; N]) -> [Cell; N] {
    let mut cells = counts.map(|count| if is_few(count) { Cell::Few } else { Cell::Shown(count) });
    let hidden: Vec<u64> = counts.into_iter().filter(|count| is_few(*count)).collect();
    // One hidden count is the total less the others; two that make 2 are 1 and 1.
    if hidden.len() == 1 || (hidden.len() > 1 && hidden.iter().sum::<u64>() < SHOWN_FROM) {
        let others = (0..N).filter(|place| counts[*place] >= SHOWN_FROM);
        if let Some(place) = others.min_by_key(|place| counts[*place]) {
            cells[place] = Cell::Withheld;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use Cell::{Few, Shown, Withheld};
    use proptest::prelude::*;

    #[test]
    fn rows() {
        assert_eq!(masked([17_902, 4_346, 9]), [17_902, 4_346, 9].map(Shown));
        assert_eq!(masked([500, 80, 3]), [Shown(500), Withheld, Few]);
        assert_eq!(masked([500, 2, 3]), [Shown(500), Few, Few]);
        assert_eq!(masked([500, 1, 1]), [Withheld, Few, Few]);
        assert_eq!(masked([500, 0, 3]), [Withheld, Shown(0), Few]);
        assert_eq!(masked([0, 0, 3]), [Shown(0), Shown(0), Few]);
    }

    proptest! {
        #[test]
        fn no_few_is_left_alone(counts in proptest::array::uniform5(0..40_u64)) {
            let cells = masked(counts);
            for (cell, count) in cells.iter().zip(counts) {
                prop_assert!(cell.shown().is_none_or(|shown| shown == count && !is_few(count)));
            }
            let others = counts.iter().filter(|count| **count > 0).count() > 1;
            let hidden = cells.iter().filter(|cell| cell.shown().is_none()).count();
            prop_assert!(hidden != 1 || !others);
        }
    }
}
