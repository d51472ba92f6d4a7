//! Parts that were counted before. A part belongs to a state of its month, told by the month's
//! position, so a changed month is counted anew and nothing is ever out of date.

use super::columns::{Month, MonthColumns};
use super::count::days_of;
use super::part::Part;
use super::slice::Chosen;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Parts kept of one month; a part of a whole province has some 50 KiB, a narrow one far less.
const PARTS: usize = 64;

/// Which part of a month: what was chosen, from which day to which.
type Key = (Chosen, i32, i32);

#[derive(Debug, Default)]
struct MonthParts {
    position: i64,
    parts: HashMap<Key, Arc<Part>>,
}

/// All parts that are kept.
#[derive(Debug, Default)]
pub(super) struct Parts(Mutex<HashMap<Month, MonthParts>>);

impl Parts {
    /// The part of a month, counted if it is not there. Days beyond the month's own are cut off,
    /// so that a month within any longer period is the same part.
    pub(super) fn part(
        &self,
        month: Month,
        columns: &MonthColumns,
        chosen: &Chosen,
        (from, to): (i32, i32),
    ) -> Arc<Part> {
        let (first, last) = days_of(month);
        let key = (chosen.clone(), from.max(first), to.min(last));
        if let Some(known) = self.known(month, columns.position, &key) {
            return known;
        }
        // Not under the lock: others find theirs meanwhile. Two that miss the same part both count
        // it and come to the same.
        let part = Arc::new(Part::of(&columns.rows, chosen, key.1, key.2));
        self.keep(month, columns.position, key, Arc::clone(&part));
        part
    }

    fn known(&self, month: Month, position: i64, key: &Key) -> Option<Arc<Part>> {
        let months = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = months.get(&month).filter(|known| known.position == position)?;
        known.parts.get(key).cloned()
    }

    fn keep(&self, month: Month, position: i64, key: Key, part: Arc<Part>) {
        let mut months = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = months.entry(month).or_default();
        if known.position < position {
            *known = MonthParts { position, parts: HashMap::new() };
        }
        // A reader that began earlier may bring a part of an older state.
        if known.position != position {
            return;
        }
        if known.parts.len() >= PARTS {
            // Which one goes hardly matters; what is asked for often is back at once.
            if let Some(any) = known.parts.keys().next().cloned() {
                known.parts.remove(&any);
            }
        }
        known.parts.insert(key, part);
    }
}
