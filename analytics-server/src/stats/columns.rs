//! The ratings as narrow rows, a list for each month. A row is found by its number, so a changed
//! rating takes the place of its older version.

use crate::stats::files::Owner;
use crate::stats::words::Dictionary;
use crate::storage::rows::RatingRow;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Year and month, such as (2023, 9).
pub(super) type Month = (i16, i8);

/// One rating in 56 bytes: a country's ratings stay in memory. Ids stay far below 2^32.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) num: i64,
    /// Bits; see [`Dictionary`].
    pub(super) reasons: u64,
    /// Four bits an aspect.
    pub(super) aspects: u64,
    /// Days since 1970-01-01.
    pub(super) day: i32,
    pub(super) department: u32,
    pub(super) officer: u32,
    pub(super) counter: u32,
    /// 0: not known.
    pub(super) procedure: u32,
    /// Bits of the rules that found it odd.
    pub(super) flags: u16,
    /// In the centre's time zone.
    pub(super) hour: u8,
    /// 0: not known.
    pub(super) channel: u8,
    pub(super) stage: u8,
    pub(super) scale: u8,
    pub(super) level: u8,
    pub(super) imported: bool,
    pub(super) simulated: bool,
    pub(super) abandoned: bool,
}

/// All months, and how far they follow the store. A clone shares the rows.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// Whose ratings these are.
    pub(super) owner: Owner,
    /// Every change up to here is in the columns.
    pub(super) position: i64,
    /// The change clock when they were last brought up to date: nothing that was committed up to
    /// then is missing.
    pub(super) clock: i64,
    /// Fingerprint of the rows at that position: a database restored from an older backup can come
    /// to the same position with other rows.
    pub(super) seal: String,
    /// Rows taken in since the columns were last saved.
    pub(super) unsaved: usize,
    /// Highest row number; a row above it is new and needs no search.
    pub(super) highest: i64,
    /// What the bits of the rows stand for.
    pub(super) words: Arc<Dictionary>,
    pub(super) months: BTreeMap<Month, MonthColumns>,
}

/// One month.
#[derive(Clone, Debug, Default)]
pub(super) struct MonthColumns {
    /// By number.
    pub(super) rows: Arc<Vec<Row>>,
    /// Position of the last change in it: a saved file of the same position is still right.
    pub(super) position: i64,
}

impl Columns {
    /// No ratings yet.
    pub(super) fn empty(owner: Owner) -> Self {
        Self {
            owner,
            position: 0,
            clock: -1,
            seal: seal(&[], 0),
            unsaved: 0,
            highest: 0,
            words: Arc::default(),
            months: BTreeMap::new(),
        }
    }

    /// The months that a period touches.
    pub(super) fn months(&self, from: Date, to: Date) -> Vec<(Month, MonthColumns)> {
        let from = (from.year(), from.month());
        let to = (to.year(), to.month());
        if from > to {
            return Vec::new();
        }
        self.months.range(from..=to).map(|(month, rows)| (*month, rows.clone())).collect()
    }

    /// Takes in rows in the order of their positions, whole positions only.
    pub(super) fn take_in(&mut self, rows: &[RatingRow], zone: &TimeZone) {
        let words = Arc::make_mut(&mut self.words);
        let mut by_month: BTreeMap<Month, (Vec<Row>, i64)> = BTreeMap::new();
        for row in rows {
            let (day, hour) = wall(row.asked_at, zone);
            let (month, last) = by_month.entry((day.year(), day.month())).or_default();
            month.push(narrow(row, day, hour, words));
            *last = row.position;
        }
        for (month, (fresh, position)) in by_month {
            let month = self.months.entry(month).or_default();
            put(Arc::make_mut(&mut month.rows), fresh, self.highest);
            month.position = position;
        }
        self.highest = rows.iter().map(|row| row.num).fold(self.highest, i64::max);
        self.position = rows.iter().map(|row| row.position).fold(self.position, i64::max);
        self.seal = seal(rows, self.position);
        self.unsaved += rows.len();
    }
}

/// Puts rows into a month that is ordered by number; `highest` is the highest number anywhere.
fn put(month: &mut Vec<Row>, fresh: Vec<Row>, highest: i64) {
    let mut new = Vec::with_capacity(fresh.len());
    for row in fresh {
        if row.num > highest {
            new.push(row);
        } else if let Ok(place) = month.binary_search_by_key(&row.num, |known| known.num) {
            month[place] = row;
        } else {
            new.push(row);
        }
    }
    let sorted = month.last().map(|row| row.num) <= new.first().map(|row| row.num)
        && new.is_sorted_by_key(|row| row.num);
    month.append(&mut new);
    if !sorted {
        month.sort_by_key(|row| row.num);
    }
}

/// Fingerprint of the rows at `position`.
pub(super) fn seal(rows: &[RatingRow], position: i64) -> String {
    let mut hasher = blake3::Hasher::new();
    for row in rows.iter().filter(|row| row.position == position) {
        hasher.update(format!("{row:?}").as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// The day and hour a moment falls on in the centre's time zone.
fn wall(at: i64, zone: &TimeZone) -> (Date, i8) {
    let moment = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    let local = moment.to_zoned(zone.clone());
    (local.date(), local.hour())
}

/// Days since 1970-01-01: how a day is stored in a column.
pub(super) fn day_number(day: Date) -> i32 {
    (day - jiff::civil::date(1970, 1, 1)).get_days()
}

/// The day of a stored number.
pub(super) fn day_of_number(number: i32) -> Date {
    use jiff::ToSpan;
    jiff::civil::date(1970, 1, 1).saturating_add(number.days())
}

fn narrow(row: &RatingRow, day: Date, hour: i8, words: &mut Dictionary) -> Row {
    let id = |id: i64| u32::try_from(id).unwrap_or(u32::MAX);
    Row {
        num: row.num,
        reasons: words.reasons(&row.reasons),
        aspects: words.aspects(&row.aspects),
        day: day_number(day),
        department: id(row.department),
        officer: id(row.officer),
        counter: id(row.counter),
        procedure: id(row.procedure),
        flags: words.rules(&row.flags),
        hour: u8::try_from(hour).unwrap_or(0),
        channel: row.channel,
        stage: row.stage,
        scale: row.scale,
        level: row.level,
        imported: row.imported,
        simulated: row.simulated,
        abandoned: row.abandoned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        /// However rows come and come again, the last version of each stands once, by number.
        #[test]
        fn the_last_version_of_each_row_stands(
            batches in prop::collection::vec(
                prop::collection::btree_map(1_i64..40, 0_u8..6, 0..12), 0..12,
            ),
        ) {
            let mut month = Vec::new();
            let mut expected = BTreeMap::new();
            let mut highest = 0;
            for batch in batches {
                let fresh = batch.iter().map(|(num, level)| Row {
                    num: *num, level: *level, ..Row::default()
                });
                put(&mut month, fresh.collect(), highest);
                highest = batch.keys().copied().fold(highest, i64::max);
                expected.extend(batch);
            }
            let seen: Vec<_> = month.iter().map(|row| (row.num, row.level)).collect();
            prop_assert_eq!(seen, expected.into_iter().collect::<Vec<_>>());
        }
    }
}
