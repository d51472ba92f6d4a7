//! An adversary who sees everything that is told outside, at every moment and of every period,
//! recovers no group with fewer than ten answers.
#![allow(clippy::unwrap_used)]

use super::answers::{Answers, sum};
use super::groups::pool_small_groups;
use super::periods::{PublishedFigures, joined};
use super::steps::{Current, PublishedStep, grows, next};
use super::{ResponseCounts, Span, months};
use crate::period::Policy;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use reports::figures::{ByScale, BySource, Levels, PUBLISHED_FROM};
use std::collections::{BTreeMap, BTreeSet, HashMap};

fn answers(total: u64) -> Answers {
    let levels = Levels { satisfied: total, ..Levels::default() };
    Answers { total, levels, ..Answers::default() }
}

/// What is told of departments with these numbers of answers, numbered from 1.
fn told(house: &[u64]) -> Vec<(Option<i64>, u64)> {
    let members: BTreeMap<i64, Answers> =
        (1..).zip(house.iter().map(|one| answers(*one))).collect();
    let whole = sum(members.values()).total;
    if whole < PUBLISHED_FROM {
        return Vec::new();
    }
    let told = pool_small_groups(&members)
        .iter()
        .map(|one| (one.department, one.answers().total))
        .collect();
    let sums: &Vec<(Option<i64>, u64)> = &told;
    assert_eq!(sums.iter().map(|(_, total)| total).sum::<u64>(), whole, "rows add up: {house:?}");
    told
}

/// Every centre of so many departments with up to `most` answers each.
fn houses(departments: usize, most: u64) -> Vec<Vec<u64>> {
    (0..departments).fold(vec![Vec::new()], |houses, _| {
        let with = |house: &Vec<u64>, count| [house.as_slice(), &[count]].concat();
        houses.iter().flat_map(|house| (0..=most).map(move |count| with(house, count))).collect()
    })
}

#[test]
fn every_table_leaves_each_small_group_open() {
    for (departments, most) in [(1, 40), (2, 40), (3, 29), (4, 13)] {
        let mut worlds: HashMap<_, Vec<BTreeSet<u64>>> = HashMap::new();
        let houses = houses(departments, most);
        for house in &houses {
            let rows = told(house);
            assert!(rows.iter().all(|(_, total)| *total >= PUBLISHED_FROM), "{house:?}: {rows:?}");
            for (number, count) in (1..).zip(house) {
                let own = rows.iter().find(|(department, _)| *department == Some(number));
                assert!(own.is_none_or(|(_, total)| total == count), "{house:?}: {rows:?}");
            }
            let known = worlds.entry(rows).or_insert_with(|| vec![BTreeSet::new(); departments]);
            known.iter_mut().zip(house).for_each(|(known, count)| {
                known.insert(*count);
            });
        }
        for house in &houses {
            let rows = told(house);
            let known = &worlds[&rows];
            // Larger sums have further worlds that were not looked at.
            let others = rows.iter().find(|(department, _)| department.is_none());
            if others.is_some_and(|(_, total)| *total > most) {
                continue;
            }
            for (count, known) in house.iter().zip(known) {
                let small = (1..PUBLISHED_FROM).contains(count);
                assert!(!small || known.len() > 1, "{house:?} gives {count} away");
            }
        }
    }
}

#[test]
fn small_groups_go_into_one_row_with_the_next_smallest() {
    assert_eq!(told(&[100, 50, 3]), [(Some(1), 100), (None, 53)]);
    assert_eq!(told(&[100, 50, 7, 3]), [(Some(1), 100), (Some(2), 50), (None, 10)]);
    assert_eq!(told(&[105, 3]), [(None, 108)], "no department can be told apart");
    assert_eq!(told(&[12, 10, 0]), [(Some(1), 12), (Some(2), 10)]);
    assert_eq!(told(&[4, 5]), []);
}

/// Some answers of one department and day that came at one moment and were ruled out at another. Its
/// own bit among the answers says later in what it was told. A program does not know which
/// departments had no answers when, so there is a unit also where there was none.
#[derive(Clone, Debug)]
struct Unit {
    department: i64,
    day: Date,
    comes: usize,
    goes: usize,
    count: u64,
}

/// Everything that a program was told, in the order in which it asked.
#[derive(Default)]
struct Outside {
    months: BTreeMap<Span, PublishedStep>,
    year: Option<PublishedStep>,
    told: Vec<PublishedFigures>,
}

const YEAR: Span = Span::Year(2023);

impl Outside {
    /// Asks for everything at a moment of a day.
    fn ask(&mut self, units: &[Unit], moment: usize, today: Date) {
        let yesterday = today.yesterday().unwrap();
        let spans = || months(YEAR).into_iter().map(|one| (one, one.under(Policy::Calendar)));
        for (span, period) in spans() {
            if period.from > yesterday || self.year.as_ref().is_some_and(|y| period.to <= y.until) {
                continue;
            }
            let over = period.to <= yesterday;
            let now = current(units, moment, (period.from, period.to.min(yesterday)), over);
            if let Some(step) = next(self.months.get(&span), &now) {
                self.months.insert(span, step);
            }
        }
        let last = spans().map(|(_, period)| period.to).filter(|to| *to <= yesterday).max();
        if let Some(last) = last {
            let done: Vec<_> = self.months.values().filter(|one| one.over).cloned().collect();
            let before = joined(self.year.as_ref(), &done).map_or(0, |told| told.whole.total);
            let now = current(units, moment, (date(2023, 1, 1), last), true);
            let whole = sum(now.members.values());
            if grows(before, whole.total) {
                self.year = next(None, &Current { over: false, ..now });
            }
        }
        let all: Vec<Span> = months(YEAR);
        for some in [&all[..1], &all[1..2], &all[..3], &all[..6], &all[..9]] {
            let steps: Vec<_> =
                some.iter().filter_map(|one| self.months.get(one)).cloned().collect();
            self.told.extend(joined(None, &steps));
        }
        let steps: Vec<_> = self.months.values().cloned().collect();
        self.told.extend(joined(self.year.as_ref(), &steps));
    }

    /// The equations: which units make up each number that was told.
    fn equations(&self) -> BTreeSet<u64> {
        let rows = self.told.iter().flat_map(|told| told.rows.iter().filter(|row| row.0.is_some()));
        let wholes = self.told.iter().map(|told| told.whole.by_scale.three);
        rows.map(|(_, row)| row.by_scale.three).chain(wholes).collect()
    }
}

/// The figures at a moment, of some days.
fn current(units: &[Unit], moment: usize, days: (Date, Date), over: bool) -> Current {
    let mut members: BTreeMap<i64, Answers> = BTreeMap::new();
    for (place, unit) in units.iter().enumerate() {
        let there = (unit.comes..unit.goes).contains(&moment);
        if there && (days.0..=days.1).contains(&unit.day) {
            let by_scale = ByScale { five: 0, three: 1 << place };
            let sum = members.entry(unit.department).or_default();
            *sum = sum.and(&Answers { by_scale, ..answers(unit.count) });
        }
    }
    Current {
        until: days.1,
        over,
        simulated: false,
        asked: ResponseCounts::default(),
        by_source: BySource::default(),
        members,
        reasons: BTreeMap::new(),
        aspects: BTreeMap::new(),
    }
}

const PRIME: i64 = 1_000_003;

fn inverse(of: i64) -> i64 {
    let (mut power, mut base, mut out) = (PRIME - 2, of, 1);
    while power > 0 {
        if power % 2 == 1 {
            out = out * base % PRIME;
        }
        base = base * base % PRIME;
        power /= 2;
    }
    out
}

fn take(from: &mut [i64], times: i64, what: &[i64]) {
    for (one, other) in from.iter_mut().zip(what) {
        *one = (*one - times * other).rem_euclid(PRIME);
    }
}

/// The equations, solved: each has a unit that no other has.
fn solved(equations: &BTreeSet<u64>, units: usize) -> Vec<Vec<i64>> {
    let mut solved: Vec<(usize, Vec<i64>)> = Vec::new();
    for mask in equations {
        let mut row: Vec<i64> = (0..units).map(|bit| i64::from(mask >> bit & 1 == 1)).collect();
        for (unit, other) in &solved {
            let times = row[*unit];
            take(&mut row, times, other);
        }
        let Some(unit) = row.iter().position(|one| *one != 0) else { continue };
        let factor = inverse(row[unit]);
        for one in &mut row {
            *one = *one * factor % PRIME;
        }
        for (_, other) in &mut solved {
            let times = other[unit];
            take(other, times, &row);
        }
        solved.push((unit, row));
    }
    solved.into_iter().map(|(_, row)| row).collect()
}

/// Every group of units whose number follows from the equations: of the sums of the solved ones,
/// those that have each unit once or not at all.
fn recovered(equations: &[Vec<i64>], sum: Vec<i64>, groups: &mut Vec<Vec<i64>>) {
    match equations.split_first() {
        Some((first, rest)) => {
            let with = sum.iter().zip(first).map(|(one, other)| (one + other) % PRIME).collect();
            recovered(rest, sum, groups);
            recovered(rest, with, groups);
        }
        None if sum.iter().all(|one| (0..=1).contains(one)) => groups.push(sum),
        None => {}
    }
}

/// The moments at which an adversary asks, one after the other.
fn moments() -> Vec<Date> {
    vec![
        date(2023, 1, 5),
        date(2023, 1, 20),
        date(2023, 2, 1),
        date(2023, 2, 10),
        date(2023, 3, 1),
        date(2023, 3, 9),
        date(2024, 1, 1),
        date(2024, 1, 2),
    ]
}

/// A small centre: answers of two days of January and one of February, some that come late, some
/// that are ruled out; never more than fourteen at once.
fn house() -> impl Strategy<Value = Vec<Unit>> {
    let counts = prop::collection::vec((0u64..15, 0usize..8, any::<bool>(), 0usize..9), 12);
    counts.prop_map(|counts| {
        let days = [date(2023, 1, 4), date(2023, 1, 19), date(2023, 1, 30), date(2023, 2, 9)];
        let unit = |(place, (count, late, is_late, goes)): (usize, (u64, usize, bool, usize))| {
            let day = days[place / 3];
            let first = moments().iter().position(|today| *today > day).unwrap();
            let comes = if is_late { first.max(late) } else { first };
            let goes = if goes > comes { goes } else { usize::MAX };
            let department = i64::try_from(place % 3).unwrap() + 1;
            Unit { department, day, comes, goes, count }
        };
        let units: Vec<Unit> = counts.into_iter().enumerate().map(unit).collect();
        let kinds: BTreeSet<_> = units.iter().map(|one| (one.day, one.comes, one.goes)).collect();
        let empty = kinds.into_iter().flat_map(|(day, comes, goes)| {
            (1..=3).map(move |department| Unit { department, day, comes, goes, count: 0 })
        });
        let there = |unit: &Unit| {
            let kind = |unit: &Unit| (unit.department, unit.day, unit.comes, unit.goes);
            units.iter().any(|one| kind(one) == kind(unit))
        };
        let empty: Vec<_> = empty.filter(|unit| !there(unit)).collect();
        [units, empty].concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_moments_and_periods_leave_a_small_group_over(units in house()) {
        let mut outside = Outside::default();
        for (moment, today) in moments().into_iter().enumerate() {
            outside.ask(&units, moment, today);
            for told in &outside.told {
                prop_assert!(told.whole.total >= PUBLISHED_FROM);
                prop_assert!(told.rows.iter().all(|row| row.1.total >= PUBLISHED_FROM));
                let rows: u64 = told.rows.iter().map(|row| row.1.total).sum();
                prop_assert!(told.rows.is_empty() || rows == told.whole.total);
            }
        }
        let mut groups = Vec::new();
        let equations = solved(&outside.equations(), units.len());
        recovered(&equations, vec![0; units.len()], &mut groups);
        for group in groups {
            let count = |(there, unit): (&i64, &Unit)| unit.count * u64::from(*there == 1);
            let count: u64 = group.iter().zip(&units).map(count).sum();
            prop_assert!(!(1..PUBLISHED_FROM).contains(&count), "{group:?} of {units:#?}");
        }
    }

    #[test]
    fn what_changes_between_two_looks_is_at_least_ten_answers(units in house()) {
        let mut outside = Outside::default();
        let mut before = BTreeMap::new();
        for (moment, today) in moments().into_iter().enumerate() {
            outside.ask(&units, moment, today);
            for (span, step) in &outside.months {
                for group in &step.groups {
                    let now = group.answers().total;
                    // Rows that are told from now on have no before.
                    let row = (*span, step.over, group.department);
                    let was = before.insert(row, now).unwrap_or(now);
                    prop_assert!(was == now || now >= was + PUBLISHED_FROM, "{row:?}");
                }
            }
        }
    }
}

#[test]
fn a_tail_waits_and_late_answers_enter_with_others() {
    let unit = |department, day, comes, count| Unit { department, day, comes, goes: 99, count };
    let (early, tail) = (date(2023, 1, 10), date(2023, 1, 31));
    let units = vec![
        unit(1, early, 0, 40),
        unit(2, early, 0, 20),
        unit(1, tail, 1, 4),
        unit(2, tail, 1, 5),
        unit(1, early, 2, 9),
    ];
    let mut outside = Outside::default();
    let january = Span::Month(2023, 1);
    let mut told = |moment, today| {
        outside.ask(&units, moment, today);
        let step = &outside.months[&january];
        let rows = step.groups.iter().map(|group| group.answers().total).collect::<Vec<_>>();
        (step.whole().total, rows, outside.year.as_ref().map(|year| year.whole().total))
    };
    assert_eq!(told(0, date(2023, 1, 20)), (60, vec![60], None));
    // Nine answers of the last day are never told apart, nor what they would leave over.
    assert_eq!(told(1, date(2023, 2, 1)), (60, vec![40, 20], None));
    // With nine late ones of the first department that has now thirteen more; the second waits.
    assert_eq!(told(2, date(2023, 2, 2)), (73, vec![53, 20], None));
}
