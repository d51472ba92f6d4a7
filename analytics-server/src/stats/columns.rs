//! All ratings by month, and how far they follow the store. Months lie in files and are read when they are
//! asked for; those that are asked for least leave memory again.

use super::cache::MonthCountsCache;
use super::month::{Month, wall};
use super::month_columns::MonthColumns;
use super::month_entry::MonthEntry;
use super::rating::CompactRating;
use super::saved_list::FilesError;
use super::shared::FiguresCache;
use super::words::Dictionary;
use crate::storage::rows::RatingRow;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
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
    /// Highest row number: a file with a higher one is not believed.
    pub(super) highest: i64,
    /// What the numbers of the rows stand for.
    pub(super) words: Arc<Dictionary>,
    pub(super) months: BTreeMap<Month, MonthEntry>,
    /// What was counted of them. Columns that are read or made anew have others: their words may have other
    /// numbers.
    pub(super) counts: Arc<MonthCountsCache>,
    pub(super) figures: Arc<FiguresCache>,
}

/// Ratings in memory at most while the others lie in files, but for those of the month that is counted: some
/// 85 MB.
pub(super) const IN_MEMORY: usize = 5_000_000;

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
            counts: Arc::default(),
            figures: Arc::default(),
        }
    }

    /// The files that months lie in, each with its digest.
    pub(super) fn files(&self) -> BTreeSet<(String, String)> {
        let files = self.months.values().filter_map(MonthEntry::file);
        files.map(|saved| (saved.file.file.clone(), saved.file.blake3.clone())).collect()
    }

    /// The last month that has rows: the one that ratings come to.
    pub(super) fn last_month(&self) -> Option<Month> {
        self.months.keys().next_back().copied()
    }

    /// The months that a period touches.
    pub(super) fn months(&self, from: Date, to: Date) -> Vec<(Month, &MonthEntry)> {
        let from = (from.year(), from.month());
        let to = (to.year(), to.month());
        if from > to {
            return Vec::new();
        }
        self.months.range(from..=to).map(|(month, entry)| (*month, entry)).collect()
    }

    /// Takes in rows in the order of their positions, whole positions only. After an error, which is of a file
    /// of a month that they change, these columns are to be let go.
    pub(super) fn take_in(
        &mut self,
        rows: &[RatingRow],
        zone: &TimeZone,
    ) -> Result<(), FilesError> {
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
        let mut months: BTreeMap<Month, MonthColumns> = BTreeMap::new();
        for ((month, day), (mut fresh, position)) in by_day {
            fresh.sort_by_key(|row| row.num);
            let entry = self.months.entry(month).or_default();
            let columns = match months.entry(month) {
                Entry::Occupied(taken) => taken.into_mut(),
                Entry::Vacant(vacant) => {
                    let known = entry.columns(&self.words, self.highest)?;
                    vacant.insert(Arc::unwrap_or_clone(known))
                }
            };
            columns.put(day, &fresh);
            entry.changed(day, position);
        }
        for (month, columns) in months {
            self.months.entry(month).or_default().replace(columns);
        }
        self.highest = rows.iter().map(|row| row.num).fold(self.highest, i64::max);
        self.position = rows.iter().map(|row| row.position).fold(self.position, i64::max);
        self.witness(rows);
        self.unsaved += rows.len();
        Ok(())
    }

    /// Lets months go that lie in files, those that were asked for longest ago first, until so many ratings
    /// are in memory at most. The month that ratings come to stays.
    pub(super) fn evict(&self, most: usize) {
        let last = self.last_month();
        let months = self.months.iter();
        let mut loaded: Vec<_> = months
            .filter_map(|(month, entry)| entry.loaded().map(|loaded| (loaded, month, entry)))
            .collect();
        let mut all: usize = loaded.iter().map(|(loaded, ..)| loaded.rows).sum();
        loaded.sort_by_key(|(loaded, ..)| loaded.used);
        for (_, month, entry) in loaded {
            if all <= most {
                break;
            }
            if last != Some(*month) {
                all -= entry.let_go();
            }
        }
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
        columns.take_in(&rows, &TimeZone::UTC).unwrap();
        columns.take_in(&[row(99, 101, 3)], &TimeZone::UTC).unwrap();
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
}
