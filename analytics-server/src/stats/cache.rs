//! The cache of the counts of months. They belong to a version of their month, which is the position of
//! its last change, so a changed month is counted anew and nothing is ever out of date.

use super::columns::MonthColumns;
use super::month::{Month, days_of};
use super::part::MonthCounts;
use super::slice::RowFilter;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts cached of one month; those of a whole province take some 50 KiB, filtered ones far less.
const PARTS: usize = 64;

/// Which rows of a month were counted: by which filter, from which day to which.
type CountsKey = (RowFilter, i32, i32);

#[derive(Debug, Default)]
struct CachedMonth {
    position: i64,
    parts: HashMap<CountsKey, Arc<MonthCounts>>,
}

/// All counts that are cached.
#[derive(Debug, Default)]
pub(super) struct MonthCountsCache(Mutex<HashMap<Month, CachedMonth>>);

impl MonthCountsCache {
    /// The counts of a month, made if they are not there. Days beyond the month's own are cut off, so
    /// that a month within any longer period has the same counts.
    pub(super) fn part(
        &self,
        month: Month,
        columns: &MonthColumns,
        row_filter: &RowFilter,
        (from, to): (i32, i32),
    ) -> Arc<MonthCounts> {
        let (first, last) = days_of(month);
        let key = (row_filter.clone(), from.max(first), to.min(last));
        if let Some(known) = self.known(month, columns.position, &key) {
            return known;
        }
        // Not under the lock: others find theirs meanwhile. Two that miss the same part both count
        // it and come to the same.
        let part = Arc::new(MonthCounts::of(&columns.rows, row_filter, key.1, key.2));
        self.keep(month, columns.position, key, Arc::clone(&part));
        part
    }

    fn known(&self, month: Month, position: i64, key: &CountsKey) -> Option<Arc<MonthCounts>> {
        let months = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = months.get(&month).filter(|known| known.position == position)?;
        known.parts.get(key).cloned()
    }

    fn keep(&self, month: Month, position: i64, key: CountsKey, part: Arc<MonthCounts>) {
        let mut months = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = months.entry(month).or_default();
        if known.position < position {
            *known = CachedMonth { position, parts: HashMap::new() };
        }
        // A reader that began earlier may bring a part of an older state.
        if known.position != position {
            return;
        }
        if known.parts.len() >= PARTS {
            // Which one is evicted hardly matters; what is asked for often is back at once.
            if let Some(any) = known.parts.keys().next().cloned() {
                known.parts.remove(&any);
            }
        }
        known.parts.insert(key, part);
    }
}
