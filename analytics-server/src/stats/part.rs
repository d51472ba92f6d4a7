//! The counts of some days for one filter: those of a period are the sum of its months'. They are made in one
//! walk over the columns of the days; they are small and stay valid until their days change, so they are
//! cached.

use super::chunk::{Chunk, Place};
use super::kind::{Case, KINDS, Kinds, RatingSum, add_to};
use super::month_columns::MonthColumns;
use super::slice::RowFilter;
use super::words::Numbers;
use polars::prelude::PlHashMap;
use std::collections::HashMap;
use std::hash::Hash;

/// Hours of a week.
pub(super) const HOURS: usize = 7 * 24;
/// What a filter leaves out.
const OUT: u32 = u32::MAX;

/// Rows by kind, by id of a group.
pub(super) type ByGroup = Vec<(u32, Kinds)>;

/// Ratings by a number of the dictionary; only numbers that there are.
pub(super) type BySet = Vec<(u32, u32)>;

/// What some days are told apart by.
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

impl MonthCounts {
    /// All ratings of a month.
    pub(super) fn of_whole(month: &MonthColumns) -> Self {
        Self::of(month, &RowFilter::default(), i32::MIN, i32::MAX)
    }

    /// The chosen ratings of `from` to `to` (days), both counted.
    pub(super) fn of(month: &MonthColumns, row_filter: &RowFilter, from: i32, to: i32) -> Self {
        let (matcher, mut counter) = (RowMatcher::new(row_filter), MonthCounter::default());
        for (day, columns) in month.days(from, to) {
            for chunk in &columns.chunks {
                counter.count(chunk, &matcher);
            }
            counter.end_day(day);
        }
        counter.done()
    }
}

/// Applies a filter to what the dictionaries of chunks name, with its sets as lists that an id indexes.
struct RowMatcher<'a> {
    row_filter: &'a RowFilter,
    departments: Option<Vec<bool>>,
    counters: Option<Vec<bool>>,
}

/// Ids up to here are looked up in a plain list; there are never so many.
const PLAIN: u32 = 1 << 20;

impl<'a> RowMatcher<'a> {
    fn new(row_filter: &'a RowFilter) -> Self {
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

    fn takes_place(&self, place: &Place) -> bool {
        let has = |list: &Vec<bool>, id: u32| list.get(id as usize).copied().unwrap_or(false);
        self.row_filter.officer.is_none_or(|one| one == place.officer)
            && self.departments.as_ref().is_none_or(|list| has(list, place.department))
            && self.counters.as_ref().is_none_or(|list| has(list, place.counter))
    }

    fn takes_procedure(&self, procedure: u32) -> bool {
        self.row_filter.procedure.is_none_or(|one| one == procedure)
    }

    fn takes_case(&self, case: Case) -> bool {
        self.row_filter.stage.is_none_or(|one| one == case.stage())
            && self.row_filter.channel.is_none_or(|one| one == case.channel())
    }
}

/// Things with counts by kind each. The kinds have small numbers of their own, in the order in which they
/// come, so that the counts of a thing lie side by side.
struct Table<T> {
    numbers: PlHashMap<T, u32>,
    items: Vec<T>,
    /// So many for each thing.
    width: usize,
    counts: Vec<u32>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { numbers: PlHashMap::default(), items: Vec::new(), width: 16, counts: Vec::new() }
    }
}

impl<T: Copy + Eq + Hash> Table<T> {
    /// The number of a thing; it has counts from now on.
    fn number(&mut self, item: T) -> u32 {
        let next = u32::try_from(self.items.len()).unwrap_or(OUT);
        let number = *self.numbers.entry(item).or_insert(next);
        if number == next {
            self.items.push(item);
            self.counts.resize(self.items.len() * self.width, 0);
        }
        number
    }

    /// Makes room for so many kinds.
    fn widen(&mut self, kinds: usize) {
        if kinds <= self.width {
            return;
        }
        let width = kinds.next_power_of_two();
        let mut counts = vec![0; self.items.len() * width];
        for (wide, narrow) in counts.chunks_mut(width).zip(self.counts.chunks(self.width)) {
            wide[..self.width].copy_from_slice(narrow);
        }
        (self.width, self.counts) = (width, counts);
    }

    fn add(&mut self, number: u32, kind: usize) {
        self.counts[number as usize * self.width + kind] += 1;
    }

    /// Each thing that was counted with its counts; `kinds` are what the small numbers stand for.
    fn rows<'a>(&'a self, kinds: &'a [u16]) -> impl Iterator<Item = (T, Kinds)> + 'a {
        let rows = self.items.iter().zip(self.counts.chunks(self.width));
        rows.filter_map(|(item, counts)| {
            let there = kinds.iter().zip(counts).filter(|(_, count)| **count > 0);
            let kinds: Kinds = there.map(|(kind, count)| (*kind, *count)).collect();
            (!kinds.is_empty()).then_some((*item, kinds))
        })
    }
}

/// Sums counts by what things have in common, in the order of that.
fn sums_by<T>(rows: &[(T, Kinds)], by: impl Fn(&T) -> u32) -> ByGroup {
    let mut sums: PlHashMap<u32, Kinds> = PlHashMap::default();
    for (item, kinds) in rows {
        let sum = sums.entry(by(item)).or_default();
        for (kind, count) in kinds {
            add_to(sum, *kind, *count);
        }
    }
    let mut sums: ByGroup = sums.into_iter().collect();
    sums.sort_unstable_by_key(|(id, _)| *id);
    for (_, kinds) in &mut sums {
        kinds.sort_unstable();
    }
    sums
}

/// A walk over the chunks of days.
struct MonthCounter {
    /// By kind: its small number, from 1 on; 0 is none.
    small: Vec<u16>,
    kinds: Vec<u16>,
    places: Table<Place>,
    /// By number of a place: which row of all was the last one there, from 1 on.
    last: Vec<u32>,
    row: u32,
    procedures: Table<u32>,
    channels: Table<u32>,
    /// Of the day that is counted.
    hours_of_day: Table<u8>,
    /// Ratings by the words that they name.
    named: PlHashMap<Numbers, u32>,
    all: PlHashMap<u16, u32>,
    days: Vec<(i32, u32, u32)>,
    hours: Vec<(u32, u32)>,
    asked: [(u32, u32, u32); 24],
    simulated: bool,
}

impl Default for MonthCounter {
    fn default() -> Self {
        Self {
            small: vec![0; KINDS],
            kinds: Vec::new(),
            places: Table::default(),
            last: Vec::new(),
            row: 0,
            procedures: Table::default(),
            channels: Table::default(),
            hours_of_day: Table::default(),
            named: PlHashMap::default(),
            all: PlHashMap::default(),
            days: Vec::new(),
            hours: vec![(0, 0); HOURS],
            asked: [(0, 0, 0); 24],
            simulated: false,
        }
    }
}

impl MonthCounter {
    /// Counts what a filter takes of a chunk.
    fn count(&mut self, chunk: &Chunk, matcher: &RowMatcher<'_>) {
        let mut is_any = false;
        let places: Vec<u32> = chunk
            .places
            .iter()
            .map(|place| {
                let takes = matcher.takes_place(place);
                is_any |= takes;
                if takes { self.places.number(*place) } else { OUT }
            })
            .collect();
        if !is_any {
            return;
        }
        self.last.resize(self.places.items.len(), 0);
        let number = |one: &u32| {
            if matcher.takes_procedure(*one) { self.procedures.number(*one) } else { OUT }
        };
        let procedures: Vec<u32> = chunk.procedures.iter().map(number).collect();
        let channels: Vec<u32> = (0..8).map(|one| self.channels.number(one)).collect();
        let hours: Vec<u32> = (0..24).map(|one| self.hours_of_day.number(one)).collect();
        let is_odd: Vec<bool> = chunk.named.iter().map(|words| words.flags != 0).collect();
        let mut named = vec![0_u32; chunk.named.len()];
        let columns = chunk.columns();
        let rows = columns.case.iter().zip(columns.hour).zip(columns.place);
        let rows = rows.zip(columns.procedure).zip(columns.words);
        for ((((case, hour), place), procedure), words) in rows {
            let (case, words) = (Case(*case), usize::from(*words));
            let (place, procedure) =
                (places[usize::from(*place)], procedures[usize::from(*procedure)]);
            if place == OUT || procedure == OUT || !matcher.takes_case(case) {
                continue;
            }
            let kind = self.kind(case.kind(is_odd[words]));
            self.row += 1;
            self.last[place as usize] = self.row;
            self.places.add(place, kind);
            self.procedures.add(procedure, kind);
            self.channels.add(channels[usize::from(case.channel())], kind);
            self.hours_of_day.add(hours[usize::from((*hour).min(23))], kind);
            named[words] += u32::from(case.is_rating());
            self.simulated |= case.is_simulated();
        }
        for (words, count) in chunk.named.iter().zip(named).filter(|(_, count)| *count > 0) {
            *self.named.entry(*words).or_default() += count;
        }
    }

    /// The small number of a kind.
    fn kind(&mut self, kind: usize) -> usize {
        if let Some(small) = self.small[kind].checked_sub(1) {
            return usize::from(small);
        }
        // A kind is a number of 11 bits.
        self.kinds.push(u16::try_from(kind).unwrap_or(0));
        let all = self.kinds.len();
        self.small[kind] = u16::try_from(all).unwrap_or(0);
        self.places.widen(all);
        self.procedures.widen(all);
        self.channels.widen(all);
        self.hours_of_day.widen(all);
        all - 1
    }

    /// Adds up the hours of a day.
    fn end_day(&mut self, day: i32) {
        let (mut ratings, mut satisfied) = (0, 0);
        // 1970-01-01 was a Thursday.
        let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
        for (hour, kinds) in self.hours_of_day.rows(&self.kinds) {
            let of_week = &mut self.hours[weekday * 24 + usize::from(hour)];
            let asked = &mut self.asked[usize::from(hour)];
            for (kind, count) in kinds {
                *self.all.entry(kind).or_default() += count;
                let case = Case(kind >> 1);
                if !case.is_imported() {
                    asked.0 += count;
                    asked.1 += if case.level() > 0 { count } else { 0 };
                    asked.2 += if case.is_abandoned() { count } else { 0 };
                }
                if case.is_rating() {
                    let content = if case.level() <= 2 { count } else { 0 };
                    of_week.0 += count;
                    of_week.1 += content;
                    ratings += count;
                    satisfied += content;
                }
            }
        }
        if ratings > 0 {
            self.days.push((day, ratings, satisfied));
        }
        self.hours_of_day.counts.fill(0);
    }

    fn done(self) -> MonthCounts {
        let places: Vec<(Place, Kinds)> = self.places.rows(&self.kinds).collect();
        let mut all: Kinds = self.all.into_iter().collect();
        all.sort_unstable();
        let (mut reasons, mut rules, mut aspects) = (Sets::new(), Sets::new(), Sets::new());
        for (words, count) in &self.named {
            let sets = [
                (&mut reasons, words.reasons),
                (&mut rules, words.flags),
                (&mut aspects, words.aspects),
            ];
            // 0 names nothing.
            for (counts, number) in sets.into_iter().filter(|(_, number)| *number > 0) {
                *counts.entry(number).or_default() += count;
            }
        }
        MonthCounts {
            all,
            departments: sums_by(&places, |place| place.department),
            officers: sums_by(&places, |place| place.officer),
            served: served(&self.places.items, &self.last),
            counters: sums_by(&places, |place| place.counter),
            procedures: sums_by(&self.procedures.rows(&self.kinds).collect::<Vec<_>>(), |id| *id),
            channels: sums_by(&self.channels.rows(&self.kinds).collect::<Vec<_>>(), |id| *id),
            days: self.days,
            hours: self.hours,
            asked: self.asked,
            reasons: reasons.into_iter().collect(),
            rules: rules.into_iter().collect(),
            aspects: aspects.into_iter().collect(),
            simulated: self.simulated,
        }
    }
}

/// Counts by number of the dictionary, in its order.
type Sets = std::collections::BTreeMap<u32, u32>;

/// The department of each officer's last row; `last` has the last row of each place, 0 for none.
fn served(places: &[Place], last: &[u32]) -> Vec<(u32, u32)> {
    let mut served: PlHashMap<u32, (u32, u32)> = PlHashMap::default();
    for (place, row) in places.iter().zip(last).filter(|(_, row)| **row > 0) {
        let known = served.entry(place.officer).or_default();
        *known = (*known).max((*row, place.department));
    }
    let mut served: Vec<(u32, u32)> =
        served.into_iter().map(|(officer, (_, department))| (officer, department)).collect();
    served.sort_unstable();
    served
}

/// Sums by id.
pub(super) fn sums<'a>(parts: impl Iterator<Item = &'a ByGroup>) -> HashMap<u32, RatingSum> {
    let mut sums: HashMap<u32, RatingSum> = HashMap::new();
    for (id, kinds) in parts.flatten() {
        sums.entry(*id).or_default().add(kinds);
    }
    sums
}
