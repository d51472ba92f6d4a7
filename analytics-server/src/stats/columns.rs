//! The ratings as compact rows, a list for each month. A row is found by its number, so a changed
//! rating takes the place of its older version.

use super::month::{Month, day_number, wall};
use super::words::{Dictionary, Numbers};
use crate::storage::rows::RatingRow;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// One rating in 56 bytes, so ten million take 560 MB of memory. Ids stay far below 2^32.
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
    /// 0: not known.
    pub(super) channel: u8,
    pub(super) stage: u8,
    pub(super) scale: u8,
    pub(super) level: u8,
    pub(super) imported: bool,
    pub(super) simulated: bool,
    pub(super) abandoned: bool,
    /// A ruling took it out of the figures; it keeps what it said.
    pub(super) ruled_out: bool,
}

/// Whose columns these are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ColumnsOwner {
    /// Identity of the database.
    pub(super) database: Uuid,
    /// Days were cut in this time zone.
    pub(super) time_zone: String,
}

/// All months, and how far they follow the store. A clone shares the rows.
#[derive(Clone, Debug)]
pub(super) struct RatingColumns {
    /// Whose ratings these are.
    pub(super) owner: ColumnsOwner,
    /// Every change up to here is in the columns.
    pub(super) position: i64,
    /// The change clock when they were last brought up to date: nothing that was committed up to
    /// then is missing.
    pub(super) clock: i64,
    /// The last rows taken in: a database restored from an older backup can come to the same
    /// position with other rows.
    pub(super) witnesses: Vec<Witness>,
    /// Rows taken in since the columns were last saved.
    pub(super) unsaved: usize,
    /// Highest row number; a row above it is new and needs no search.
    pub(super) highest: i64,
    /// What the numbers of the rows stand for.
    pub(super) words: Arc<Dictionary>,
    pub(super) months: BTreeMap<Month, MonthColumns>,
}

/// How many rows are remembered; of so many visits some are over and change no more.
const WITNESSES: usize = 64;

/// A row as it was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Witness {
    pub(super) num: i64,
    position: i64,
    /// Fingerprint of what it said.
    says: String,
}

impl Witness {
    fn of(row: &RatingRow) -> Self {
        let RatingRow { counter, officer, department, stage, scale, level, asked_at, .. } = row;
        let says = (counter, officer, department, stage, scale, level, asked_at, row.ruled_out);
        let says = blake3::hash(format!("{says:?}").as_bytes()).to_hex()[..16].to_owned();
        Self { num: row.num, position: row.position, says }
    }
}

/// One month.
#[derive(Clone, Debug, Default)]
pub(super) struct MonthColumns {
    /// By number.
    pub(super) rows: Arc<Vec<CompactRating>>,
    /// Position of the last change in it: a saved file of the same position is still right.
    pub(super) position: i64,
    /// The same of each of its days that has rows: what was counted of a day is right until it changes.
    days: BTreeMap<i32, i64>,
}

impl MonthColumns {
    /// A month as it was saved; of its days it is only known that none changed later.
    pub(super) fn saved(rows: Vec<CompactRating>, position: i64) -> Self {
        let days = rows.iter().map(|row| (row.day, position)).collect();
        Self { rows: Arc::new(rows), position, days }
    }

    /// Position of the last change in some days, both ends counted; 0 where they have no rows.
    pub(super) fn last_change(&self, from: i32, to: i32) -> i64 {
        if from > to {
            return 0;
        }
        self.days.range(from..=to).map(|(_, position)| *position).max().unwrap_or(0)
    }

    /// The last of its days that has rows.
    pub(super) fn last_day(&self) -> Option<i32> {
        self.days.keys().next_back().copied()
    }
}

impl RatingColumns {
    /// No ratings yet.
    pub(super) fn empty(owner: ColumnsOwner) -> Self {
        Self {
            owner,
            position: 0,
            clock: -1,
            witnesses: Vec::new(),
            unsaved: 0,
            highest: 0,
            words: Arc::default(),
            months: BTreeMap::new(),
        }
    }

    /// The last month that has rows: the one that ratings come to.
    pub(super) fn last_month(&self) -> Option<Month> {
        self.months.keys().next_back().copied()
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
        let mut by_month: BTreeMap<Month, Vec<CompactRating>> = BTreeMap::new();
        for row in rows {
            let (day, hour) = wall(row.asked_at, zone);
            // Readers share the words: only what is new is worth a copy of all.
            let numbers = self.words.known(row);
            let numbers = numbers.unwrap_or_else(|| Arc::make_mut(&mut self.words).learn(row));
            let fresh = compact(row, day, hour, numbers);
            let month = (day.year(), day.month());
            by_month.entry(month).or_default().push(fresh);
            let month = self.months.entry(month).or_default();
            month.position = row.position;
            month.days.insert(fresh.day, row.position);
        }
        for (month, fresh) in by_month {
            let month = self.months.entry(month).or_default();
            put(Arc::make_mut(&mut month.rows), fresh, self.highest);
        }
        self.highest = rows.iter().map(|row| row.num).fold(self.highest, i64::max);
        self.position = rows.iter().map(|row| row.position).fold(self.position, i64::max);
        self.witness(rows);
        self.unsaved += rows.len();
    }
}

impl RatingColumns {
    /// Remembers the last of some rows.
    fn witness(&mut self, rows: &[RatingRow]) {
        let last = &rows[rows.len().saturating_sub(WITNESSES)..];
        self.witnesses.retain(|known| last.iter().all(|row| row.num != known.num));
        self.witnesses.extend(last.iter().map(Witness::of));
        let surplus = self.witnesses.len().saturating_sub(WITNESSES);
        self.witnesses.drain(..surplus);
    }

    /// Whether these columns follow the history in which the witnesses' rows are now `rows`: none
    /// contradicts, and one at least is as it was. A row that changed later says nothing.
    pub(super) fn follow(&self, rows: &[RatingRow]) -> bool {
        let mut agrees = self.position == 0;
        for witness in &self.witnesses {
            let Some(row) = rows.iter().find(|row| row.num == witness.num) else { return false };
            if row.position > self.position {
                continue;
            }
            if Witness::of(row) != *witness {
                return false;
            }
            agrees = true;
        }
        agrees
    }
}

/// Puts rows into a month that is ordered by number; `highest` is the highest number anywhere.
pub(super) fn put(month: &mut Vec<CompactRating>, fresh: Vec<CompactRating>, highest: i64) {
    let mut new = Vec::with_capacity(fresh.len());
    for row in fresh {
        if row.num > highest {
            new.push(row);
        } else if let Ok(place) = month.binary_search_by_key(&row.num, |known| known.num) {
            // A rating stays at its day, so the position of its day says all of it.
            debug_assert_eq!(month[place].day, row.day);
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

pub(super) fn compact(row: &RatingRow, day: Date, hour: i8, numbers: Numbers) -> CompactRating {
    let id = |id: i64| u32::try_from(id).unwrap_or(u32::MAX);
    CompactRating {
        num: row.num,
        reasons: numbers.reasons,
        aspects: numbers.aspects,
        day: day_number(day),
        department: id(row.department),
        officer: id(row.officer),
        counter: id(row.counter),
        procedure: id(row.procedure),
        flags: numbers.flags,
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn row(num: i64, position: i64, level: u8) -> RatingRow {
        RatingRow {
            num,
            position,
            imported: false,
            simulated: false,
            counter: 1,
            officer: 1,
            department: 1,
            stage: 0,
            scale: 1,
            level,
            abandoned: false,
            ruled_out: false,
            asked_at: 0,
            procedure: 0,
            channel: 0,
            reasons: Vec::new(),
            aspects: Vec::new(),
            flags: Vec::new(),
        }
    }

    #[test]
    fn columns_are_believed_while_their_history_goes_on() {
        let owner = ColumnsOwner { database: uuid::Uuid::nil(), time_zone: "UTC".into() };
        let mut columns = RatingColumns::empty(owner);
        assert!(columns.follow(&[]), "nothing contradicts an empty list");
        let rows: Vec<_> = (1..=100).map(|num| row(num, num, 2)).collect();
        columns.take_in(&rows, &TimeZone::UTC);
        columns.take_in(&[row(99, 101, 3)], &TimeZone::UTC);
        assert_eq!(columns.witnesses.len(), WITNESSES);
        let mut now = rows.clone();
        now[98] = row(99, 101, 3);
        assert!(columns.follow(&now));
        now[99] = row(100, 102, 1);
        assert!(columns.follow(&now), "a later change");
        now[98] = row(99, 101, 4);
        assert!(!columns.follow(&now), "the same position with another level");
        assert!(!columns.follow(&now[..50]), "rows are missing");
        let later: Vec<_> = rows.iter().map(|one| row(one.num, one.num + 200, 2)).collect();
        assert!(!columns.follow(&later), "nobody is left to agree");
    }

    proptest! {
        /// Rows can come in any order and repeatedly: the last version of each is stored once, by number.
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
                let fresh = batch.iter().map(|(num, level)| CompactRating {
                    num: *num, level: *level, ..CompactRating::default()
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
