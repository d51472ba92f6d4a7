//! All ratings in memory, by month and day, in chunks of narrow columns. A rating is found by its day and number,
//! so a changed one takes the place of its older version; what did not change is shared with older states.

use super::chunk::{Chunk, pack_all, put};
use super::month::{Month, wall};
use super::rating::CompactRating;
use super::words::Dictionary;
use crate::storage::rows::RatingRow;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

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
    pub(super) months: BTreeMap<Month, Arc<MonthColumns>>,
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

/// One day.
#[derive(Clone, Debug, Default)]
pub(super) struct DayColumns {
    /// In the order of the numbers in them.
    pub(super) chunks: Vec<Arc<Chunk>>,
    /// Position of the last change: what was counted of it is right until it changes.
    position: i64,
}

impl DayColumns {
    /// Puts ratings of this day into it, ordered by number and each once.
    fn put(&mut self, day: i32, fresh: &[CompactRating]) {
        // Each belongs into the last chunk that begins at or before it.
        let chunk_of = |row: &CompactRating| {
            let after = self.chunks.partition_point(|chunk| chunk.first() <= Some(row.num));
            after.saturating_sub(1)
        };
        let places: Vec<usize> = fresh.iter().map(chunk_of).collect();
        let mut end = fresh.len();
        // From the last on: what lies before keeps its place when a chunk becomes two.
        while let Some(place) = end.checked_sub(1).map(|last| places[last]) {
            let begin = places.partition_point(|other| *other < place);
            let known = self.chunks.get(place);
            let mut rows: Vec<_> =
                known.map(|chunk| chunk.unpack(day).collect()).unwrap_or_default();
            put(&mut rows, fresh[begin..end].iter().copied());
            let replaced = place..place + usize::from(known.is_some());
            self.chunks.splice(replaced, pack_all(&rows).map(Arc::new));
            end = begin;
        }
    }
}

/// One month.
#[derive(Clone, Debug, Default)]
pub(super) struct MonthColumns {
    days: BTreeMap<i32, DayColumns>,
    /// Position of the last change in it: a saved file of the same position is still right.
    pub(super) position: i64,
}

impl MonthColumns {
    /// A month as it was saved, ordered by number; of its days it is only known that none changed later.
    pub(super) fn saved(rows: &[CompactRating], position: i64) -> Self {
        let mut days: BTreeMap<i32, Vec<CompactRating>> = BTreeMap::new();
        for row in rows {
            days.entry(row.day).or_default().push(*row);
        }
        let packed = |rows: Vec<CompactRating>| DayColumns {
            chunks: pack_all(&rows).map(Arc::new).collect(),
            position,
        };
        Self { days: days.into_iter().map(|(day, rows)| (day, packed(rows))).collect(), position }
    }

    /// Its ratings, ordered by number.
    pub(super) fn rows(&self) -> Vec<CompactRating> {
        let mut rows = Vec::with_capacity(self.len());
        for (day, columns) in &self.days {
            for chunk in &columns.chunks {
                rows.extend(chunk.unpack(*day));
            }
        }
        rows.sort_by_key(|row| row.num);
        rows
    }

    /// How many ratings it has.
    pub(super) fn len(&self) -> usize {
        self.days.values().flat_map(|day| &day.chunks).map(|chunk| chunk.len()).sum()
    }

    /// The days from one to another, both counted, that have ratings.
    pub(super) fn days(
        &self,
        from: i32,
        to: i32,
    ) -> impl DoubleEndedIterator<Item = (i32, &DayColumns)> {
        // A range that ends before it begins has no days.
        let days = self.days.range(from..=to.max(from));
        days.filter(move |_| from <= to).map(|(day, columns)| (*day, columns))
    }

    /// Position of the last change in some days, both ends counted; 0 where they have no ratings.
    pub(super) fn last_change(&self, from: i32, to: i32) -> i64 {
        self.days(from, to).map(|(_, day)| day.position).max().unwrap_or(0)
    }

    /// The last of its days that has ratings.
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
    pub(super) fn months(&self, from: Date, to: Date) -> Vec<(Month, Arc<MonthColumns>)> {
        let from = (from.year(), from.month());
        let to = (to.year(), to.month());
        if from > to {
            return Vec::new();
        }
        self.months.range(from..=to).map(|(month, rows)| (*month, rows.clone())).collect()
    }

    /// Takes in rows in the order of their positions, whole positions only.
    pub(super) fn take_in(&mut self, rows: &[RatingRow], zone: &TimeZone) {
        let mut by_day: BTreeMap<(Month, i32), (Vec<CompactRating>, i64)> = BTreeMap::new();
        for row in rows {
            let (day, hour) = wall(row.asked_at, zone);
            // Readers share the words: only what is new is worth a copy of all.
            let words = self.words.known(row);
            let words = words.unwrap_or_else(|| Arc::make_mut(&mut self.words).learn(row));
            let fresh = CompactRating::of(row, day, hour, words);
            let month = (day.year(), day.month());
            let (of_day, position) = by_day.entry((month, fresh.day)).or_default();
            of_day.push(fresh);
            *position = row.position;
        }
        for ((month, day), (mut fresh, position)) in by_day {
            fresh.sort_by_key(|row| row.num);
            let month = Arc::make_mut(self.months.entry(month).or_default());
            month.position = month.position.max(position);
            let columns = month.days.entry(day).or_default();
            columns.put(day, &fresh);
            columns.position = position;
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
        /// Ratings can come in any order and repeatedly: the last version of each stands once, by number,
        /// however many chunks they fill.
        #[test]
        fn the_last_version_of_each_rating_stands(
            batches in prop::collection::vec(
                prop::collection::btree_map(1_i64..40_000, 0_u8..6, 0..12), 0..12,
            ),
            most in 1_i64..20_000,
        ) {
            let whole: Vec<CompactRating> =
                (1..=most).map(|num| CompactRating { num: 2 * num, ..CompactRating::default() }).collect();
            let mut month = MonthColumns::saved(&whole, 1);
            let day = month.days.entry(0).or_default();
            let mut expected: BTreeMap<i64, u8> = whole.iter().map(|row| (row.num, 0)).collect();
            for batch in batches {
                let fresh: Vec<_> = batch.iter().map(|(num, level)| CompactRating {
                    num: *num, level: *level, ..CompactRating::default()
                }).collect();
                day.put(0, &fresh);
                expected.extend(batch);
            }
            prop_assert!(day.chunks.iter().all(|chunk| (1..=super::super::chunk::ROWS).contains(&chunk.len())));
            let seen: Vec<_> = month.rows().iter().map(|row| (row.num, row.level)).collect();
            prop_assert_eq!(seen, expected.into_iter().collect::<Vec<_>>());
        }
    }
}
