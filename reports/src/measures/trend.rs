//! The course of a period: the satisfied share by day, week or month, with control limits around the
//! period's own share. The step is the finest at which a point has enough answers. Nothing is left out:
//! days, weeks or months with too few answers are joined with their neighbours, so the points add up to
//! the period, and how many were joined is known.

use super::binomial::expected;
use crate::figures::{Figures, Period};
use jiff::ToSpan;
use jiff::civil::Date;

/// Fewest answers of a point. A share of fewer moves by more than ten percent with one answer; it
/// is also the least number of answers that the GP Patient Survey and this product publish of a
/// group, so the same course may be drawn for inside and outside.
pub const ENOUGH: u64 = 10;

/// Most points of a course by day or by week: two months of days, more than a year of weeks. More
/// would run into one another on a phone.
const MOST_POINTS: usize = 62;

/// A step serves as long as the days, weeks or months that have too few answers by themselves
/// carry no more than this part of all answers: some quiet Saturdays do not turn days into weeks.
const QUIET_PART: u64 = 20;

/// Last day of a month under the policy `nd09` (Decree 09/2019).
const ND09_LAST_DAY: i8 = 14;

/// What a point of the course stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A day.
    Day,
    /// A week from Monday, or from the period's first day.
    Week,
    /// A month of the period's policy.
    Month,
}

/// A point of the course: one day, week or month, or several that had too few answers each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// Its first day within the period.
    pub from: Date,
    /// Its last day within the period.
    pub to: Date,
    /// Number of ratings.
    pub total: u64,
    /// Ratings of the top two levels.
    pub satisfied: u64,
    /// Satisfied share, 0 to 1.
    pub share: f64,
    /// Lower limit, 0 to 1.
    pub low: f64,
    /// Upper limit, 0 to 1.
    pub high: f64,
    /// Days, weeks or months with ratings that it is made of.
    pub parts: usize,
    /// The least and the most satisfied ratings within the limits.
    expected: (u64, u64),
}

impl Bucket {
    /// The point of a sum, where `all` are the satisfied and all ratings of the period.
    fn of(sum: Sum, all: (u64, u64)) -> Self {
        let Sum { from, to, total, satisfied, parts } = sum;
        let expected = expected(all.0, all.1, total).unwrap_or((0, total));
        let share = |count: u64| if total == 0 { 0.0 } else { count as f64 / total as f64 };
        let (low, high) = (share(expected.0), share(expected.1));
        Self { from, to, total, satisfied, share: share(satisfied), low, high, parts, expected }
    }

    /// Whether it is more than one day, week or month, for each had too few answers.
    pub fn is_joined(&self) -> bool {
        self.parts > 1
    }

    /// Whether the share lies below the limits.
    pub fn is_below(&self) -> bool {
        self.satisfied < self.expected.0
    }

    /// Whether the share lies outside the limits.
    pub fn is_outside(&self) -> bool {
        self.is_below() || self.satisfied > self.expected.1
    }
}

/// The course of a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// What a point stands for.
    pub step: Step,
    /// Satisfied share of the whole period, 0 to 1: the centre line.
    pub mean: f64,
    /// The points, in order: at least two, or none where the answers of the period do not make two.
    pub buckets: Vec<Bucket>,
    /// Days, weeks or months with too few answers, each of which is part of a point with its
    /// neighbours.
    pub joined: usize,
}

/// The ratings of a day, week or month, or of several.
#[derive(Clone, Copy)]
struct Sum {
    from: Date,
    to: Date,
    total: u64,
    satisfied: u64,
    parts: usize,
}

impl Sum {
    /// This and what comes after it.
    fn and(self, next: Self) -> Self {
        Self {
            from: self.from,
            to: next.to,
            total: self.total + next.total,
            satisfied: self.satisfied + next.satisfied,
            parts: self.parts + next.parts,
        }
    }
}

impl Trend {
    /// The course of the period of `figures`.
    pub fn of(figures: &Figures) -> Self {
        let steps = [Step::Day, Step::Week, Step::Month].map(|step| (step, sums(figures, step)));
        let usable = |(step, sums): &&(Step, Vec<Sum>)| {
            let fits = *step == Step::Month || sums.len() <= MOST_POINTS;
            fits && joined(sums).0.len() > 1
        };
        let fine = steps.iter().filter(usable).find(|(step, sums)| serves(sums, *step));
        // Where none serves, the coarsest that makes two points: a month of weeks with few answers.
        let found = fine.or_else(|| steps.iter().rev().find(usable));
        let Some((step, sums)) = found else {
            return Self { step: Step::Day, mean: 0.0, buckets: Vec::new(), joined: 0 };
        };
        let (points, joined) = joined(sums);
        let add = |all: (u64, u64), sum: &Sum| (all.0 + sum.satisfied, all.1 + sum.total);
        let all = points.iter().fold((0, 0), add);
        let buckets = points.into_iter().map(|sum| Bucket::of(sum, all)).collect();
        Self { step: *step, mean: all.0 as f64 / all.1 as f64, buckets, joined }
    }

    /// The points outside the limits, in order.
    pub fn outside(&self) -> impl Iterator<Item = &Bucket> {
        self.buckets.iter().filter(|bucket| bucket.is_outside())
    }
}

/// The days, weeks or months of a period that have ratings, in order.
fn sums(figures: &Figures, step: Step) -> Vec<Sum> {
    let mut days: Vec<_> = figures.days.iter().filter(|day| day.total > 0).collect();
    days.sort_by_key(|day| day.date);
    let mut sums: Vec<Sum> = Vec::new();
    for day in days {
        let (from, to) = around(day.date, step, &figures.period);
        let (total, satisfied) = (day.total, day.satisfied.min(day.total));
        match sums.last_mut().filter(|sum| sum.from == from) {
            Some(sum) => {
                (sum.total, sum.satisfied) = (sum.total + total, sum.satisfied + satisfied);
            }
            None => sums.push(Sum { from, to, total, satisfied, parts: 1 }),
        }
    }
    sums
}

/// First and last day of the step around a day, within the period.
fn around(day: Date, step: Step, period: &Period) -> (Date, Date) {
    let (from, to) = match step {
        Step::Day => (day, day),
        Step::Week => {
            let monday = i32::from(day.weekday().to_monday_zero_offset());
            let monday = day.saturating_sub(monday.days());
            (monday, monday.saturating_add(6.days()))
        }
        Step::Month if period.policy == "nd09" => {
            let next = i32::from(day.day() > ND09_LAST_DAY);
            let last = day.first_of_month().saturating_add(next.months());
            let last = last.saturating_add((i32::from(ND09_LAST_DAY) - 1).days());
            (last.saturating_sub(1.month()).saturating_add(1.day()), last)
        }
        Step::Month => (day.first_of_month(), day.last_of_month()),
    };
    // A day outside of the period is its own: nothing is before its first day.
    (from.max(period.from).min(day), to.min(period.to).max(day))
}

/// Whether the parts of a step carry enough answers. The first and the last week or month may be
/// cut by the period and have few answers only for that.
fn serves(sums: &[Sum], step: Step) -> bool {
    let all: u64 = sums.iter().map(|sum| sum.total).sum();
    let last = sums.len().saturating_sub(1);
    let is_cut = |place: usize| step != Step::Day && (place == 0 || place == last);
    let few = sums.iter().enumerate().filter(|(place, sum)| sum.total < ENOUGH && !is_cut(*place));
    few.map(|(_, sum)| sum.total).sum::<u64>() * QUIET_PART <= all
}

/// The points, and how many of the sums had too few answers by themselves. One that has too few
/// takes the next to it until there are enough; what is left over at the end joins the point before.
fn joined(sums: &[Sum]) -> (Vec<Sum>, usize) {
    let few = sums.iter().filter(|sum| sum.total < ENOUGH).count();
    let mut points: Vec<Sum> = Vec::new();
    let mut join = false;
    for sum in sums {
        match points.last_mut().filter(|_| join) {
            Some(open) => *open = open.and(*sum),
            None => points.push(*sum),
        }
        join = points.last().is_some_and(|open| open.total < ENOUGH);
    }
    if join
        && points.len() > 1
        && let (Some(rest), Some(last)) = (points.pop(), points.last_mut())
    {
        *last = last.and(rest);
    }
    (points, few)
}

#[cfg(test)]
#[path = "trend_tests.rs"]
mod tests;
