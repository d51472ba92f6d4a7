//! What a measure looks at in a rating, as one small number: the *case* of a row as it lies in a column, and its
//! *kind*, by which rows are counted. Few kinds ever occur, so counts by kind are short lists.

use super::measures::{KindCell, add};
use super::rating::CompactRating;
use reports::figures::Ratings;
use std::ops::AddAssign;

/// Numbers that a kind can have.
pub(super) const KINDS: usize = 1 << 11;

/// Numbers of rows by kind; only kinds that there are.
pub(super) type Kinds = Vec<(u16, u32)>;

/// Its bits stand in files, so none ever changes its meaning without another format of those. From the lowest: level (3 bits), stage (2), scale (2), imported, abandoned, ruled out; those are the
/// kind's too. Above them the channel (3 bits), and whether the rating is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Case(pub(super) u16);

impl Case {
    /// The case of a rating.
    pub(super) fn of(row: &CompactRating) -> Self {
        let mut case = u16::from(row.level & 7);
        case |= u16::from(row.stage & 3) << 3;
        case |= u16::from(row.scale & 3) << 5;
        case |= u16::from(row.imported) << 7;
        case |= u16::from(row.abandoned) << 8;
        case |= u16::from(row.ruled_out) << 9;
        case |= u16::from(row.channel & 7) << 10;
        Self(case | u16::from(row.simulated) << 13)
    }

    /// Gives what it says to a rating.
    pub(super) fn unpack(self, row: &mut CompactRating) {
        (row.level, row.stage, row.scale) = (self.level(), self.stage(), self.bits(5, 3));
        (row.imported, row.abandoned) = (self.is_imported(), self.is_abandoned());
        (row.ruled_out, row.simulated) = (self.is(9), self.is_simulated());
        row.channel = self.channel();
    }

    fn bits(self, from: u16, mask: u16) -> u8 {
        u8::try_from(self.0 >> from & mask).unwrap_or(0)
    }

    fn is(self, bit: u16) -> bool {
        self.0 >> bit & 1 == 1
    }

    pub(super) fn level(self) -> u8 {
        self.bits(0, 7)
    }

    pub(super) fn stage(self) -> u8 {
        self.bits(3, 3)
    }

    pub(super) fn channel(self) -> u8 {
        self.bits(10, 7)
    }

    pub(super) fn is_imported(self) -> bool {
        self.is(7)
    }

    pub(super) fn is_abandoned(self) -> bool {
        self.is(8)
    }

    pub(super) fn is_simulated(self) -> bool {
        self.is(13)
    }

    /// Whether it is a rating that counts: with a level, and not ruled out.
    pub(super) fn is_rating(self) -> bool {
        self.level() > 0 && !self.is(9)
    }

    /// The kind of a row that a rule found odd, or did not.
    pub(super) fn kind(self, is_odd: bool) -> usize {
        usize::from(self.0 & 0x3ff) << 1 | usize::from(is_odd)
    }
}

/// What a measure looks at in a kind, how many rows are of it, and whether a rule found them odd.
pub(super) fn cell(kind: u16, count: u64) -> (KindCell, bool) {
    let case = Case(kind >> 1);
    let cell = KindCell {
        level: case.level(),
        stage: case.stage(),
        scale: case.bits(5, 3),
        imported: case.is_imported(),
        abandoned: case.is_abandoned(),
        ruled_out: case.is(9),
        count,
    };
    (cell, kind & 1 == 1)
}

/// Ratings by kind, summed over parts.
#[derive(Clone, Debug, Default)]
pub(super) struct RatingSum(Vec<(u16, u64)>);

/// Adds a count to that of its kind. Few kinds ever occur, so they are looked through.
pub(super) fn add_to<T: AddAssign>(kinds: &mut Vec<(u16, T)>, kind: u16, count: T) {
    match kinds.iter_mut().find(|(known, _)| *known == kind) {
        Some((_, sum)) => *sum += count,
        None => kinds.push((kind, count)),
    }
}

impl RatingSum {
    /// Adds what a part counted.
    pub(super) fn add(&mut self, kinds: &Kinds) {
        for (kind, count) in kinds {
            add_to(&mut self.0, *kind, u64::from(*count));
        }
    }

    /// Adds another sum.
    pub(super) fn join(&mut self, other: &Self) {
        for (kind, count) in &other.0 {
            add_to(&mut self.0, *kind, *count);
        }
    }

    /// The ratings, all of them or only those that no rule found odd.
    pub(super) fn ratings(&self, cleaned: bool) -> Ratings {
        let mut ratings = Ratings::default();
        for (kind, count) in &self.0 {
            let (cell, is_odd) = cell(*kind, *count);
            if !(cleaned && is_odd) {
                add(&mut ratings, &cell);
            }
        }
        ratings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Nothing that a row can say is lost in its case, and its kind tells what measures look at.
        #[test]
        fn a_case_says_what_its_row_says(
            (level, stage, scale, channel) in (0_u8..=7, 0_u8..=3, 0_u8..=3, 0_u8..=7),
            [imported, simulated, abandoned, ruled_out, odd] in any::<[bool; 5]>(),
        ) {
            let row = CompactRating {
                channel, stage, scale, level, imported, simulated, abandoned, ruled_out,
                ..CompactRating::default()
            };
            let case = Case::of(&row);
            let mut unpacked = CompactRating::default();
            case.unpack(&mut unpacked);
            prop_assert_eq!(unpacked, row);
            let kind = case.kind(odd);
            prop_assert!(kind < KINDS);
            let (told, is_odd) = cell(u16::try_from(kind).unwrap(), 7);
            let expected =
                KindCell { level, stage, scale, imported, abandoned, ruled_out, count: 7 };
            prop_assert_eq!((told, is_odd), (expected, odd));
        }
    }
}
