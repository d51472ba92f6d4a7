//! One month in memory, by day, in chunks of narrow columns. A rating is found by its day and number, so a changed
//! one takes the place of its older version; what did not change is shared with older states.

use super::chunk::{Chunk, pack_all, put};
use super::rating::CompactRating;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One day.
#[derive(Clone, Debug, Default)]
pub(super) struct DayColumns {
    /// In the order of the numbers in them.
    pub(super) chunks: Vec<Arc<Chunk>>,
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
}

impl MonthColumns {
    /// A month of these ratings, which are ordered by number.
    pub(super) fn of(rows: &[CompactRating]) -> Self {
        let mut days: BTreeMap<i32, Vec<CompactRating>> = BTreeMap::new();
        for row in rows {
            days.entry(row.day).or_default().push(*row);
        }
        let packed = |rows: Vec<CompactRating>| DayColumns {
            chunks: pack_all(&rows).map(Arc::new).collect(),
        };
        Self { days: days.into_iter().map(|(day, rows)| (day, packed(rows))).collect() }
    }

    /// Puts ratings of a day into it, ordered by number and each once.
    pub(super) fn put(&mut self, day: i32, fresh: &[CompactRating]) {
        self.days.entry(day).or_default().put(day, fresh);
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
}

#[cfg(test)]
mod tests {
    use super::super::chunk::ROWS;
    use super::*;
    use proptest::prelude::*;

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
            let mut month = MonthColumns::of(&whole);
            let mut expected: BTreeMap<i64, u8> = whole.iter().map(|row| (row.num, 0)).collect();
            for batch in batches {
                let fresh: Vec<_> = batch.iter().map(|(num, level)| CompactRating {
                    num: *num, level: *level, ..CompactRating::default()
                }).collect();
                month.put(0, &fresh);
                expected.extend(batch);
            }
            let mut chunks = month.days.values().flat_map(|day| &day.chunks);
            prop_assert!(chunks.all(|chunk| (1..=ROWS).contains(&chunk.len())));
            let seen: Vec<_> = month.rows().iter().map(|row| (row.num, row.level)).collect();
            prop_assert_eq!(seen, expected.into_iter().collect::<Vec<_>>());
        }
    }
}
