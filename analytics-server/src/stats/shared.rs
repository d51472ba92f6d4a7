//! What many readers ask for at once is made once: two hundred dashboards that hear of one rating
//! wait for one reading of the house and one count of each slice. Nobody gets what was read before
//! they asked.

use super::columns::Columns;
use super::slice::Slice;
use crate::storage::house::{Queue, Sites};
use crate::storage::rows::Directory;
use crate::storage::{Store, StoreError};
use reports::figures::Figures;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Slices whose figures are kept: some dashboards of each person who looks.
const KEPT: usize = 256;

/// What figures are named and compared by.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct House {
    pub(super) directory: Arc<Directory>,
    pub(super) sites: Sites,
    pub(super) quarantined: u64,
}

/// The house as it was last read.
#[derive(Debug, Default)]
pub(super) struct SharedHouse {
    /// How many have asked.
    asked: AtomicU64,
    /// Those who had asked when the reading began, and what it gave.
    last: tokio::sync::Mutex<(u64, Arc<House>)>,
}

impl SharedHouse {
    /// The house, by a reading that began after this was called. Of those who wait one reads.
    pub(super) async fn read(&self, store: &Store) -> Result<Arc<House>, StoreError> {
        let mine = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut last = self.last.lock().await;
        if last.0 >= mine {
            return Ok(Arc::clone(&last.1));
        }
        let asked = self.asked.load(Ordering::SeqCst);
        let house = House {
            directory: store.directory().await?,
            sites: store.counter_sites().await?,
            quarantined: store.quarantined().await?,
        };
        last.0 = asked;
        // The same house stays the same one, so that figures made with it are found again.
        if *last.1 != house {
            last.1 = Arc::new(house);
        }
        Ok(Arc::clone(&last.1))
    }
}

/// What figures were made of.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) columns: Arc<Columns>,
    pub(super) house: Arc<House>,
    pub(super) queues: Vec<Queue>,
}

/// By what it is known whether figures would come out the same. The columns' position alone: their
/// rows must not stay in memory for it.
type Mark = (i64, Arc<House>, Vec<Queue>);

impl Made {
    fn is_marked(&self, (position, house, queues): &Mark) -> bool {
        self.columns.position == *position
            && Arc::ptr_eq(&self.house, house)
            && self.queues == *queues
    }

    fn mark(&self) -> Mark {
        (self.columns.position, Arc::clone(&self.house), self.queues.clone())
    }
}

type Place = Arc<Mutex<Option<(Mark, Figures)>>>;

/// Figures that were made before. They are given again while all they were made of is the same.
#[derive(Debug, Default)]
pub(super) struct SharedFigures(Mutex<HashMap<Slice, Place>>);

impl SharedFigures {
    /// The figures of a slice from `made`; of those who ask at once one counts.
    pub(super) fn get(
        &self,
        slice: &Slice,
        made: &Made,
        count: impl FnOnce() -> Figures,
    ) -> Figures {
        let place = self.place(slice);
        let mut known = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((before, figures)) = &*known
            && made.is_marked(before)
        {
            return figures.clone();
        }
        let figures = count();
        // A reader that began earlier does not take the place of a later state.
        if known.as_ref().is_none_or(|known| known.0.0 <= made.columns.position) {
            *known = Some((made.mark(), figures.clone()));
        }
        figures
    }

    fn place(&self, slice: &Slice) -> Place {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if places.len() >= KEPT && !places.contains_key(slice) {
            // Which one goes hardly matters; what is asked for often is back at once.
            if let Some(any) = places.keys().next().cloned() {
                places.remove(&any);
            }
        }
        Arc::clone(places.entry(slice.clone()).or_default())
    }
}
