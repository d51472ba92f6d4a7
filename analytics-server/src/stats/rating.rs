//! One rating as the columns know it: what figures are made of, and nothing else. It is what comes from the
//! store and what lies in saved files; in memory ratings lie packed in chunks.

use super::month::day_number;
use super::words::Numbers;
use crate::storage::rows::RatingRow;
use jiff::civil::Date;

/// One rating. Ids stay far below 2^32.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
pub(super) struct CompactRating {
    pub(super) num: i64,
    /// Numbers of the dictionary.
    pub(super) reasons: u32,
    pub(super) aspects: u32,
    /// Days since 1970-01-01.
    pub(super) day: i32,
    pub(super) department: u32,
    pub(super) officer: u32,
    pub(super) counter: u32,
    /// 0: not known.
    pub(super) procedure: u32,
    /// Number of the rules that found it odd; 0: none did.
    pub(super) flags: u32,
    /// In the centre's time zone.
    pub(super) hour: u8,
    /// 0: not known; at most 7.
    pub(super) channel: u8,
    /// At most 3, as the scale.
    pub(super) stage: u8,
    pub(super) scale: u8,
    /// At most 7.
    pub(super) level: u8,
    pub(super) imported: bool,
    pub(super) simulated: bool,
    pub(super) abandoned: bool,
    /// A ruling took it out of the figures; it keeps what it said.
    pub(super) ruled_out: bool,
}

impl CompactRating {
    /// A row of the store, which was asked on a day at an hour and names these words.
    pub(super) fn of(row: &RatingRow, day: Date, hour: i8, words: Numbers) -> Self {
        let id = |id: i64| u32::try_from(id).unwrap_or(u32::MAX);
        Self {
            num: row.num,
            reasons: words.reasons,
            aspects: words.aspects,
            day: day_number(day),
            department: id(row.department),
            officer: id(row.officer),
            counter: id(row.counter),
            procedure: id(row.procedure),
            flags: words.flags,
            hour: u8::try_from(hour).unwrap_or(0),
            channel: row.channel,
            stage: row.stage,
            scale: row.scale,
            level: row.level,
            imported: row.imported,
            simulated: row.simulated,
            abandoned: row.abandoned,
            ruled_out: row.ruled_out,
        }
    }

    /// Its words.
    pub(super) fn words(&self) -> Numbers {
        Numbers { reasons: self.reasons, aspects: self.aspects, flags: self.flags }
    }
}
