//! The counts of one month for one filter: those of a period are the sum of its months'. They are made
//! in one walk over the month's rows; they are small and stay valid until their days change, so they
//! are cached.

use super::columns::CompactRating;
use super::measures::{KindCell, add};
use super::slice::RowFilter;
use reports::figures::Ratings;
use std::collections::HashMap;

/// Combinations of what a measure looks at; see [`kind`].
const KINDS: usize = 6 * 3 * 2 * 2 * 2 * 2 * 2;
/// Hours of a week.
const HOURS: usize = 7 * 24;

/// Numbers of rows by kind; only kinds that there are.
type Kinds = Vec<(u16, u32)>;

/// The same by id of a group.
pub(super) type ByGroup = Vec<(u32, Kinds)>;

/// Ratings by a number of the dictionary; only numbers that there are.
pub(super) type BySet = Vec<(u32, u32)>;

/// What a part is told apart by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MonthCounts {
    pub(super) all: Kinds,
    pub(super) departments: ByGroup,
    pub(super) officers: ByGroup,
    /// The department of each officer's last visit, officers by id: who moves later stays here.
    pub(super) served: Vec<(u32, u32)>,
    pub(super) counters: ByGroup,
    pub(super) procedures: ByGroup,
    pub(super) channels: ByGroup,
    /// Ratings and satisfied ones by day.
    pub(super) days: Vec<(i32, u32, u32)>,
    /// The same by place in the week; Monday's first hour is 0.
    pub(super) hours: Vec<(u32, u32)>,
    /// Asked, answered (what was ruled out included) and abandoned by hour of the day.
    pub(super) asked: [(u32, u32, u32); 24],
    /// Ratings by their numbers in the dictionary.
    pub(super) reasons: BySet,
    pub(super) rules: BySet,
    pub(super) aspects: BySet,
    pub(super) simulated: bool,
}

/// The number of a row's kind.
fn kind(row: &CompactRating) -> usize {
    let mut kind = usize::from(row.level.min(5));
    kind = kind * 3 + usize::from(row.stage.min(2));
    kind = kind * 2 + usize::from(row.scale == 2);
    kind = kind * 2 + usize::from(row.imported);
    kind = kind * 2 + usize::from(row.abandoned);
    kind = kind * 2 + usize::from(row.ruled_out);
    kind * 2 + usize::from(row.flags != 0)
}

/// The cell of a kind, and whether a rule found it odd.
fn cell(kind: usize, count: u64) -> (KindCell, bool) {
    let small = |value: usize| u8::try_from(value).unwrap_or(0);
    let cell = KindCell {
        level: small(kind / 96),
        stage: small(kind / 32 % 3),
        scale: small(kind / 16 % 2 + 1),
        imported: kind / 8 % 2 == 1,
        abandoned: kind / 4 % 2 == 1,
        ruled_out: kind / 2 % 2 == 1,
        count,
    };
    (cell, kind % 2 == 1)
}

/// Counts by id while a month is walked through, with a dense index of the ids that came: counting
/// one is two look-ups.
#[derive(Default)]
struct GroupCounter {
    /// By id: the place of its counts, from 1 on; 0 is none.
    index: Vec<u32>,
    ids: Vec<u32>,
    counts: Vec<[u32; KINDS]>,
}

/// Ids up to here are indexed by a plain list; there are never so many.
const PLAIN: u32 = 1 << 20;

impl GroupCounter {
    /// Counts one; gives the place of its id among those that came.
    fn count(&mut self, id: u32, kind: usize) -> usize {
        let at = id.min(PLAIN) as usize;
        if at >= self.index.len() {
            self.index.resize(at + 1, 0);
        }
        let mut place = self.index[at] as usize;
        if place == 0 {
            self.ids.push(id);
            self.counts.push([0; KINDS]);
            place = self.ids.len();
            self.index[at] = u32::try_from(place).unwrap_or(0);
        }
        self.counts[place - 1][kind] += 1;
        place - 1
    }

    fn done(self) -> ByGroup {
        self.ids.into_iter().zip(self.counts.iter().map(kinds)).collect()
    }
}

fn kinds(counts: &[u32; KINDS]) -> Kinds {
    let there = counts.iter().zip(0..).filter(|(count, _)| **count > 0);
    there.map(|(count, kind)| (kind, *count)).collect()
}

/// Applies a filter to rows, with its sets as lists that an id indexes.
pub(super) struct RowMatcher<'a> {
    row_filter: &'a RowFilter,
    departments: Option<Vec<bool>>,
    counters: Option<Vec<bool>>,
}

impl<'a> RowMatcher<'a> {
    pub(super) fn new(row_filter: &'a RowFilter) -> Self {
        let list = |ids: &std::collections::BTreeSet<u32>| {
            let ids = || ids.iter().filter(|id| **id < PLAIN);
            let mut list = vec![false; ids().max().map_or(0, |max| *max as usize + 1)];
            ids().for_each(|id| list[*id as usize] = true);
            list
        };
        Self {
            row_filter,
            departments: row_filter.departments.as_ref().map(list),
            counters: row_filter.counters.as_ref().map(list),
        }
    }

    pub(super) fn matches(&self, row: &CompactRating) -> bool {
        let has = |list: &Vec<bool>, id: u32| list.get(id as usize).copied().unwrap_or(false);
        let row_filter = self.row_filter;
        row_filter.officer.is_none_or(|one| one == row.officer)
            && row_filter.procedure.is_none_or(|one| one == row.procedure)
            && self.departments.as_ref().is_none_or(|list| has(list, row.department))
            && self.counters.as_ref().is_none_or(|list| has(list, row.counter))
            && row_filter.stage.is_none_or(|one| one == row.stage)
            && row_filter.channel.is_none_or(|one| one == row.channel)
    }
}

impl MonthCounts {
    /// The chosen rows of `from` to `to` (days), both counted.
    pub(super) fn of(rows: &[CompactRating], row_filter: &RowFilter, from: i32, to: i32) -> Self {
        let matcher = RowMatcher::new(row_filter);
        let mut walk = MonthCounter::default();
        for row in rows {
            if row.day >= from && row.day <= to && matcher.matches(row) {
                walk.count(row);
            }
        }
        walk.done()
    }
}

/// A walk over rows.
struct MonthCounter {
    all: Box<[u32; KINDS]>,
    departments: GroupCounter,
    officers: GroupCounter,
    /// Last day and its department by an officer's place in the tally.
    served: Vec<(i32, u32)>,
    counters: GroupCounter,
    procedures: GroupCounter,
    channels: GroupCounter,
    days: HashMap<i32, (u32, u32)>,
    /// The day of the row before: most rows are of the same one.
    day: (i32, u32, u32),
    hours: Vec<(u32, u32)>,
    asked: [(u32, u32, u32); 24],
    reasons: SetCounter,
    rules: SetCounter,
    aspects: SetCounter,
    simulated: bool,
}

/// Counts by a number of the dictionary while a month is walked through.
#[derive(Default)]
struct SetCounter(Vec<u32>);

impl SetCounter {
    fn count(&mut self, number: u32) {
        // Most rows name nothing.
        if number == 0 {
            return;
        }
        let index = number as usize;
        if index >= self.0.len() {
            self.0.resize(index + 1, 0);
        }
        self.0[index] += 1;
    }

    fn done(self) -> BySet {
        (0..).zip(self.0).filter(|(_, count)| *count > 0).collect()
    }
}

impl Default for MonthCounter {
    fn default() -> Self {
        Self {
            all: Box::new([0; KINDS]),
            departments: GroupCounter::default(),
            officers: GroupCounter::default(),
            served: Vec::new(),
            counters: GroupCounter::default(),
            procedures: GroupCounter::default(),
            channels: GroupCounter::default(),
            days: HashMap::new(),
            day: (0, 0, 0),
            hours: vec![(0, 0); HOURS],
            asked: [(0, 0, 0); 24],
            reasons: SetCounter::default(),
            rules: SetCounter::default(),
            aspects: SetCounter::default(),
            simulated: false,
        }
    }
}

impl MonthCounter {
    fn count(&mut self, row: &CompactRating) {
        let kind = kind(row);
        self.all[kind] += 1;
        self.departments.count(row.department, kind);
        let officer = self.officers.count(row.officer, kind);
        self.serve(officer, row);
        self.counters.count(row.counter, kind);
        self.procedures.count(row.procedure, kind);
        self.channels.count(u32::from(row.channel), kind);
        self.simulated |= row.simulated;
        if !row.imported {
            let asked = &mut self.asked[usize::from(row.hour.min(23))];
            asked.0 += 1;
            asked.1 += u32::from(row.level > 0);
            asked.2 += u32::from(row.abandoned);
        }
        if row.level == 0 || row.ruled_out {
            return;
        }
        self.rules.count(row.flags);
        let satisfied = u32::from(row.level <= 2);
        if self.day.0 != row.day {
            self.turn(row.day);
        }
        self.day.1 += 1;
        self.day.2 += satisfied;
        // 1970-01-01 was a Thursday.
        let weekday = usize::try_from((row.day + 3).rem_euclid(7)).unwrap_or(0);
        let hour = &mut self.hours[weekday * 24 + usize::from(row.hour.min(23))];
        hour.0 += 1;
        hour.1 += satisfied;
        self.reasons.count(row.reasons);
        self.aspects.count(row.aspects);
    }

    /// Notes the department of an officer's visit, if none of a later day is known.
    fn serve(&mut self, officer: usize, row: &CompactRating) {
        if officer == self.served.len() {
            self.served.push((row.day, row.department));
        } else if self.served[officer].0 <= row.day {
            self.served[officer] = (row.day, row.department);
        }
    }

    /// Goes on to another day.
    fn turn(&mut self, day: i32) {
        let (before, total, satisfied) = std::mem::replace(&mut self.day, (day, 0, 0));
        if total > 0 {
            let sum = self.days.entry(before).or_default();
            sum.0 += total;
            sum.1 += satisfied;
        }
    }

    fn done(mut self) -> MonthCounts {
        self.turn(i32::MAX);
        let mut days: Vec<_> = self.days.into_iter().map(|(day, (n, k))| (day, n, k)).collect();
        days.sort_unstable();
        let served = self.officers.ids.iter().zip(&self.served);
        MonthCounts {
            all: kinds(&self.all),
            departments: self.departments.done(),
            served: served.map(|(id, (_, department))| (*id, *department)).collect(),
            officers: self.officers.done(),
            counters: self.counters.done(),
            procedures: self.procedures.done(),
            channels: self.channels.done(),
            days,
            hours: self.hours,
            asked: self.asked,
            reasons: self.reasons.done(),
            rules: self.rules.done(),
            aspects: self.aspects.done(),
            simulated: self.simulated,
        }
    }
}

/// Ratings by kind, summed over parts.
#[derive(Clone)]
pub(super) struct RatingSum(Box<[u64; KINDS]>);

impl Default for RatingSum {
    fn default() -> Self {
        Self(Box::new([0; KINDS]))
    }
}

impl RatingSum {
    /// Adds what a part counted.
    pub(super) fn add(&mut self, kinds: &Kinds) {
        for (kind, count) in kinds {
            self.0[usize::from(*kind)] += u64::from(*count);
        }
    }

    /// Adds another sum.
    pub(super) fn join(&mut self, other: &Self) {
        for (sum, count) in self.0.iter_mut().zip(other.0.iter()) {
            *sum += count;
        }
    }

    /// The ratings, all of them or only those that no rule found odd.
    pub(super) fn ratings(&self, cleaned: bool) -> Ratings {
        let mut ratings = Ratings::default();
        for (kind, count) in self.0.iter().enumerate().filter(|(_, count)| **count > 0) {
            let (cell, odd) = cell(kind, *count);
            if !(cleaned && odd) {
                add(&mut ratings, &cell);
            }
        }
        ratings
    }
}

/// Sums by id.
pub(super) fn sums<'a>(parts: impl Iterator<Item = &'a ByGroup>) -> HashMap<u32, RatingSum> {
    let mut sums: HashMap<u32, RatingSum> = HashMap::new();
    for (id, kinds) in parts.flatten() {
        sums.entry(*id).or_default().add(kinds);
    }
    sums
}
