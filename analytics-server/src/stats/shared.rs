//! Two caches with single flight: two hundred dashboards that are notified of one rating wait for
//! one reading of the centre and one count of each slice. Nobody gets what was read before they
//! asked.

use super::columns::RatingColumns;
use super::month::day_number;
use super::saved_list::FilesError;
use super::slice::Slice;
use crate::storage::rows::Directory;
use crate::storage::sites::{CounterQueue, Sites};
use crate::storage::{Store, StoreError};
use reports::figures::{Figures, Period};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Slices whose figures are cached: some dashboards of each person who looks.
const CACHED: usize = 256;

/// What figures are named and compared by.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CentreSnapshot {
    pub(super) directory: Arc<Directory>,
    pub(super) sites: Sites,
    pub(super) quarantined: u64,
}

/// What was last read of the centre.
#[derive(Debug, Default)]
pub(super) struct CentreCache {
    /// How many have asked.
    asked: AtomicU64,
    /// Those who had asked when the reading began, and what it gave.
    last: tokio::sync::Mutex<(u64, Arc<CentreSnapshot>)>,
}

impl CentreCache {
    /// The centre, by a reading that began after this was called. Of those who wait one reads.
    pub(super) async fn read(&self, store: &Store) -> Result<Arc<CentreSnapshot>, StoreError> {
        let mine = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut last = self.last.lock().await;
        if last.0 >= mine {
            return Ok(Arc::clone(&last.1));
        }
        let asked = self.asked.load(Ordering::SeqCst);
        let centre = CentreSnapshot {
            directory: store.directory().await?,
            sites: store.counter_sites().await?,
            quarantined: store.quarantined().await?,
        };
        last.0 = asked;
        // What did not change stays the same `Arc`, so that figures made with it stay valid.
        if *last.1 != centre {
            last.1 = Arc::new(centre);
        }
        Ok(Arc::clone(&last.1))
    }
}

/// What figures are made of.
#[derive(Debug)]
pub(super) struct FigureInputs {
    pub(super) columns: Arc<RatingColumns>,
    pub(super) centre: Arc<CentreSnapshot>,
    pub(super) queues: Vec<CounterQueue>,
}

/// What cached figures were made of: they are valid as long as all of it is the same. Of the columns
/// the position of the last change in the slice's days alone: their rows must not stay in memory for
/// it, and a rating of today leaves the figures of days that are over as they are.
#[derive(Debug)]
struct InputsVersion {
    position: i64,
    centre: Arc<CentreSnapshot>,
    queues: Vec<CounterQueue>,
}

impl FigureInputs {
    fn version(&self, slice: &Slice) -> InputsVersion {
        let Period { from, to, .. } = &slice.period;
        let days = (day_number(*from), day_number(*to));
        let months = self.columns.months(*from, *to);
        let last_change = months.iter().map(|(_, month)| month.last_change(days.0, days.1)).max();
        InputsVersion {
            position: last_change.unwrap_or_default(),
            centre: Arc::clone(&self.centre),
            queues: self.queues.clone(),
        }
    }
}

impl InputsVersion {
    fn is(&self, other: &Self) -> bool {
        self.position == other.position
            && Arc::ptr_eq(&self.centre, &other.centre)
            && self.queues == other.queues
    }
}

/// The entry of one slice in the cache. The task that counts holds its lock, so that the others wait for
/// the result.
type FiguresEntry = Arc<Mutex<Option<(InputsVersion, Arc<Figures>)>>>;

/// The cache of figures, by slice.
#[derive(Debug, Default)]
pub(super) struct FiguresCache(Mutex<HashMap<Slice, FiguresEntry>>);

impl FiguresCache {
    /// The figures of a slice from `inputs`; of those who ask at once one counts.
    pub(super) fn get(
        &self,
        slice: &Slice,
        inputs: &FigureInputs,
        count: impl FnOnce() -> Result<Figures, FilesError>,
    ) -> Result<Arc<Figures>, FilesError> {
        let (entry, now) = (self.entry(slice), inputs.version(slice));
        let mut cached = entry.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((version, figures)) = &*cached
            && version.is(&now)
        {
            return Ok(Arc::clone(figures));
        }
        let figures = Arc::new(count()?);
        // A reader that began earlier does not take the place of a later state.
        let is_newer =
            |(version, _): &(InputsVersion, Arc<Figures>)| version.position <= now.position;
        if cached.as_ref().is_none_or(is_newer) {
            *cached = Some((now, Arc::clone(&figures)));
        }
        Ok(figures)
    }

    fn entry(&self, slice: &Slice) -> FiguresEntry {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= CACHED && !entries.contains_key(slice) {
            // Which one is evicted hardly matters; what is asked for often is back at once.
            if let Some(any) = entries.keys().next().cloned() {
                entries.remove(&any);
            }
        }
        Arc::clone(entries.entry(slice.clone()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::ColumnsOwner;
    use super::super::count;
    use super::super::slice::Filter;
    use super::*;
    use crate::storage::rows::RatingRow;
    use jiff::civil::{Date, date};
    use jiff::tz::TimeZone;

    fn inputs(columns: &RatingColumns, centre: &Arc<CentreSnapshot>) -> FigureInputs {
        FigureInputs {
            columns: Arc::new(columns.clone()),
            centre: Arc::clone(centre),
            queues: Vec::new(),
        }
    }

    #[test]
    fn a_rating_of_this_month_leaves_the_figures_of_the_last_one_as_they_are() {
        let mut columns = RatingColumns::empty(ColumnsOwner {
            database: uuid::Uuid::nil(),
            time_zone: "UTC".into(),
        });
        let mut rate = |num: i64, day: Date| {
            let at = day.at(9, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
            let asked_at = at.timestamp().as_millisecond();
            let row = RatingRow { num, position: num, asked_at, ..RatingRow::default() };
            columns.take_in(&[row], &TimeZone::UTC).unwrap();
            columns.clone()
        };
        let (centre, cache) = (Arc::default(), FiguresCache::default());
        let slice = |from: Date, to: Date| Slice {
            period: Period { from, to, policy: "calendar".into(), name: "test".into() },
            filter: Filter::default(),
        };
        let [past, both] =
            [date(2023, 8, 31), date(2023, 9, 30)].map(|to| slice(date(2023, 8, 1), to));
        let is_counted = |slice: &Slice, columns: &RatingColumns| {
            let (mut counted, inputs) = (false, inputs(columns, &centre));
            cache
                .get(slice, &inputs, || {
                    counted = true;
                    Ok(count::figures(&[], &inputs, slice))
                })
                .unwrap();
            counted
        };
        rate(1, date(2023, 8, 5));
        let before = rate(2, date(2023, 9, 5));
        assert!(is_counted(&past, &before) && is_counted(&both, &before));
        assert!(!is_counted(&past, &before) && !is_counted(&both, &before));
        let now = rate(3, date(2023, 9, 6));
        assert!(!is_counted(&past, &now), "nothing of August changed");
        assert!(is_counted(&both, &now));
        let late = rate(4, date(2023, 8, 6));
        assert!(is_counted(&past, &late), "a tablet brought a rating of August");
        let week = slice(date(2023, 8, 1), date(2023, 8, 5));
        assert!(is_counted(&week, &late));
        let other_day = rate(5, date(2023, 8, 6));
        assert!(!is_counted(&week, &other_day), "nothing of its days changed");
    }
}
