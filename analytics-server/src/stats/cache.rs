//! The cache of the counts of months. They belong to a version of their days, which is the position of
//! the last change in them, so changed days are counted anew and nothing is ever out of date.

use super::columns::{IN_MEMORY, RatingColumns};
use super::month::{Month, days_of};
use super::month_entry::MonthEntry;
use super::part::MonthCounts;
use super::saved_list::FilesError;
use super::slice::RowFilter;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts cached of one month; those of a whole province take some 50 KiB, filtered ones far less.
const PARTS: usize = 128;

/// Which rows of a month were counted: by which filter, from which day to which.
type CountsKey = (RowFilter, i32, i32);

/// Counts, and the position of the last change that is in them.
type CachedCounts = (i64, Arc<MonthCounts>);

/// All counts that are cached.
#[derive(Debug, Default)]
pub(super) struct MonthCountsCache(Mutex<HashMap<Month, HashMap<CountsKey, CachedCounts>>>);

impl MonthCountsCache {
    /// The counts of a month from one day to another, both counted; those that are not there are made.
    /// Days beyond the month's own are cut off, so that a month within any longer period has the same
    /// counts. In the month that ratings come to the last day that changed is counted by itself, and the days
    /// before it stay as they were counted.
    pub(super) fn of_month(
        &self,
        columns: &RatingColumns,
        (month, entry): (Month, &MonthEntry),
        row_filter: &RowFilter,
        (from, to): (i32, i32),
    ) -> Result<Vec<Arc<MonthCounts>>, FilesError> {
        let (first, last) = days_of(month);
        let (from, to) = (from.max(first), to.min(last));
        let of = |from, to| self.of_days(columns, (month, entry), (row_filter.clone(), from, to));
        let is_last = columns.last_month() == Some(month);
        Ok(match entry.last_day().filter(|_| is_last) {
            Some(busy) if from < busy && busy <= to => vec![of(from, busy - 1)?, of(busy, to)?],
            _ => vec![of(from, to)?],
        })
    }

    fn of_days(
        &self,
        columns: &RatingColumns,
        (month, entry): (Month, &MonthEntry),
        key: CountsKey,
    ) -> Result<Arc<MonthCounts>, FilesError> {
        let (row_filter, from, to) = &key;
        let position = entry.last_change(*from, *to);
        if let Some(known) = self.known(month, position, &key) {
            return Ok(known);
        }
        // Not under the lock: others find theirs meanwhile. Two that miss the same part both count
        // it and come to the same.
        let is_whole = (*from, *to) == days_of(month) && *row_filter == RowFilter::default();
        let saved = is_whole.then(|| entry.saved_counts(&columns.words)).flatten();
        let saved = saved.and_then(|saved| {
            // They say no more than the ratings beside them.
            saved.inspect_err(|error| tracing::warn!(%error, "saved counts are made anew")).ok()
        });
        let part = if let Some(saved) = saved {
            saved
        } else {
            let rows = entry.columns(&columns.words, columns.highest)?;
            columns.evict(IN_MEMORY);
            MonthCounts::of(&rows, row_filter, *from, *to)
        };
        let part = Arc::new(part);
        self.keep(month, key, (position, Arc::clone(&part)));
        Ok(part)
    }

    fn known(&self, month: Month, position: i64, key: &CountsKey) -> Option<Arc<MonthCounts>> {
        let months = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, part) = months.get(&month)?.get(key)?;
        (*at == position).then(|| Arc::clone(part))
    }

    fn keep(&self, month: Month, key: CountsKey, part: CachedCounts) {
        let mut months = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let parts = months.entry(month).or_default();
        match parts.get(&key) {
            // A reader that began earlier may bring a part of an older state.
            Some((at, _)) if *at > part.0 => return,
            None if parts.len() >= PARTS => {
                // Which one is evicted hardly matters; what is asked for often is back at once.
                if let Some(any) = parts.keys().next().cloned() {
                    parts.remove(&any);
                }
            }
            _ => {}
        }
        parts.insert(key, part);
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::{ColumnsOwner, RatingColumns};
    use super::super::kind::RatingSum;
    use super::*;
    use crate::storage::rows::RatingRow;
    use jiff::civil::{Date, date};
    use jiff::tz::TimeZone;
    use proptest::prelude::*;
    use reports::figures::Ratings;

    fn columns() -> RatingColumns {
        let owner = ColumnsOwner { database: uuid::Uuid::nil(), time_zone: "UTC".into() };
        RatingColumns::empty(owner)
    }

    /// A rating of a day of September 2023.
    fn row(num: i64, position: i64, day: i8, level: u8) -> RatingRow {
        let noon = date(2023, 9, day).at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        let asked_at = noon.timestamp().as_millisecond();
        RatingRow { num, position, asked_at, level, scale: 1, ..RatingRow::default() }
    }

    fn days(from: i8, to: i8) -> (i32, i32) {
        let number = |day: i8| super::super::month::day_number(Date::constant(2023, 9, day));
        (number(from), number(to))
    }

    const MONTH: Month = (2023, 9);

    fn sum(parts: &[Arc<MonthCounts>]) -> Ratings {
        let mut sum = RatingSum::default();
        for part in parts {
            sum.add(&part.all);
        }
        sum.ratings(false)
    }

    #[test]
    fn one_more_rating_leaves_the_counts_of_the_days_before_as_they_are() {
        let (mut columns, cache) = (columns(), MonthCountsCache::default());
        let of = |columns: &RatingColumns, ends| {
            let entry = (MONTH, &columns.months[&MONTH]);
            cache.of_month(columns, entry, &RowFilter::default(), ends).unwrap()
        };
        columns.take_in(&[row(1, 1, 5, 2), row(2, 2, 6, 2)], &TimeZone::UTC).unwrap();
        let before = of(&columns, days(1, 30));
        columns.take_in(&[row(3, 3, 6, 4)], &TimeZone::UTC).unwrap();
        let after = of(&columns, days(1, 30));
        assert_eq!((before.len(), after.len()), (2, 2));
        assert!(Arc::ptr_eq(&before[0], &after[0]), "the days before were counted again");
        assert!(!Arc::ptr_eq(&before[1], &after[1]));
        assert_eq!(sum(&after).total, 3);
        // A ruling on an earlier day is seen.
        columns
            .take_in(&[RatingRow { ruled_out: true, ..row(1, 4, 5, 2) }], &TimeZone::UTC)
            .unwrap();
        assert_eq!(sum(&of(&columns, days(1, 30))).total, 2);
        assert_eq!(sum(&of(&columns, days(1, 5))).total, 0);
    }

    proptest! {
        /// Whatever changes in whatever order, the parts of any days add up to a plain count of them.
        #[test]
        fn parts_add_up_to_a_plain_count(
            changes in prop::collection::vec((1_i64..30, 1_u8..=5, 1_i8..=30, 1_i8..=30), 1..40),
        ) {
            let (mut columns, cache) = (columns(), MonthCountsCache::default());
            for (nth, (num, level, one, other)) in changes.into_iter().enumerate() {
                // A rating stays at its day; what it says changes.
                let day = i8::try_from(num).unwrap();
                let position = i64::try_from(nth).unwrap() + 1;
                columns.take_in(&[row(num, position, day, level)], &TimeZone::UTC).unwrap();
                let (entry, whole) = (&columns.months[&MONTH], RowFilter::default());
                let ends = days(one.min(other), one.max(other));
                let parts = cache.of_month(&columns, (MONTH, entry), &whole, ends).unwrap();
                let month = entry.columns(&columns.words, columns.highest).unwrap();
                let plain = MonthCounts::of(&month, &whole, ends.0, ends.1);
                prop_assert_eq!(sum(&parts), sum(&[Arc::new(plain)]));
            }
        }
    }
}
