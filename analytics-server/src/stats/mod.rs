//! Counting, in one place: rows of the store become narrow columns, columns become figures. The
//! only home of polars. The columns are derived: they can be deleted and rebuilt at any time.

mod cache;
mod chunk;
mod columns;
mod count;
mod counts_frame;
mod files;
mod frames;
pub mod groups;
mod kind;
pub mod measures;
mod month;
mod month_columns;
mod month_entry;
mod parquet;
mod part;
mod rating;
mod saved_check;
mod saved_list;
mod shared;
pub mod slice;
pub mod unrated;
mod words;

#[cfg(test)]
mod tests;

pub use parquet::RatingsFile;
#[cfg(test)]
pub(crate) use parquet::{read_back, texts_of};
pub use saved_check::{ColumnsCheck, ColumnsFault};

use crate::scope::{Rated, Scope};
use crate::storage::sites::Sites;
use crate::storage::{Store, StoreError};
use columns::{ColumnsOwner, RatingColumns};
use files::{SaveOutcome, SavedColumns};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use month::{day_number, day_of_number};
use part::ByGroup;
use reports::figures::Figures;
use saved_list::FilesError;
use shared::{CentreCache, FigureInputs};
use slice::{Filter, Slice};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Mutex;

/// Rows read from the store at once while catching up.
const CHUNK: u32 = 50_000;
/// Changed rows after which the columns are saved, so that the next start reads files instead of
/// the database; fewer are caught up in milliseconds.
const SAVE_AFTER: usize = 5_000;
/// How often saved months that can not be read are read or made anew.
const TRIES: u32 = 3;

/// Why figures could not be counted.
#[derive(Debug, thiserror::Error)]
pub enum StatsError {
    /// The store did not give its rows.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Columns can not be written into a file to take away.
    #[error("the columns can not be written: {0}; is the disk full?")]
    Written(#[from] polars::error::PolarsError),
    /// The saved columns can not be read, nor made anew.
    #[error("the saved columns can not be read: {0}; is the disk damaged?")]
    Columns(String),
    /// The work was given up because the program ends.
    #[error("counting was interrupted because the program ends")]
    Interrupted,
}

/// The columns of all ratings, kept up with the store.
#[derive(Debug)]
pub struct Stats {
    store: Store,
    zone: TimeZone,
    saved: Arc<SavedColumns>,
    /// What is read from; a newer state takes the place of the older one whole.
    columns: RwLock<Arc<RatingColumns>>,
    /// Held by the one who brings the columns up to date.
    turn: Mutex<()>,
    /// Held while the columns are saved, beside those who read.
    saving: Arc<Mutex<()>>,
    centre: CentreCache,
}

impl Stats {
    /// Starts from the files in `dir`, if they belong to this database and time zone.
    pub async fn open(store: Store, dir: &Path, zone: TimeZone) -> Result<Self, StatsError> {
        let owner = ColumnsOwner {
            database: store.id().await?,
            time_zone: zone.iana_name().unwrap_or_default().to_owned(),
        };
        let dir = dir.to_owned();
        let (saved, mut columns) = blocking(move || {
            let saved = SavedColumns::at(&dir);
            let columns = saved.load(&owner);
            (Arc::new(saved), columns)
        })
        .await?;
        let nums: Vec<i64> = columns.witnesses.iter().map(|witness| witness.num).collect();
        if !columns.follow(&store.rows_numbered(&nums).await?) {
            tracing::info!("the saved columns follow another history; they are rebuilt");
            saved.discard();
            columns = RatingColumns::empty(columns.owner);
        }
        let columns = RwLock::new(Arc::new(columns));
        Ok(Self {
            store,
            zone,
            saved,
            columns,
            turn: Mutex::default(),
            saving: Arc::default(),
            centre: CentreCache::default(),
        })
    }

    /// The figures of a slice, or of a period as a whole, as the store is now.
    pub async fn figures(&self, slice: impl Into<Slice>) -> Result<Arc<Figures>, StatsError> {
        let slice = slice.into();
        let days = (day_number(slice.period.from), day_number(slice.period.to));
        // The ratings first: whoever they name is known then.
        let columns = self.up_to_date().await?;
        let centre = self.centre.read(&self.store).await?;
        let queues = if slice.filter.is_of_counters() {
            self.store.queues(days.0.into(), days.1.into()).await?
        } else {
            Vec::new()
        };
        self.count(columns, move |columns| {
            let (centre, queues) = (Arc::clone(&centre), queues.clone());
            let inputs = FigureInputs { columns: Arc::clone(columns), centre, queues };
            columns.figures.get(&slice, &inputs, || {
                let row_filter = slice.filter.row_filter(&inputs.centre.sites);
                let mut counted = Vec::new();
                for month in columns.months(slice.period.from, slice.period.to) {
                    counted.extend(columns.counts.of_month(columns, month, &row_filter, days)?);
                }
                Ok(count::figures(&counted, &inputs, &slice))
            })
        })
        .await
    }

    /// The last day that has a rating of a part of the centre.
    pub async fn latest_day(&self, scope: &Scope) -> Result<Option<Date>, StatsError> {
        let row_filter = Filter::default().within(scope).row_filter(&Sites::default());
        self.count(self.up_to_date().await?, move |columns| {
            for (month, entry) in columns.months.iter().rev() {
                let (month, whole) = ((*month, entry), (i32::MIN, i32::MAX));
                let parts = columns.counts.of_month(columns, month, &row_filter, whole)?;
                // The days of each part are in order, and only those that have ratings.
                let days = parts.iter().filter_map(|part| part.days.last());
                if let Some(day) = days.map(|(day, ..)| *day).max() {
                    return Ok(Some(day_of_number(day)));
                }
            }
            Ok(None)
        })
        .await
    }

    /// What has ever had a visit in a part of the centre.
    pub async fn rated(&self, scope: &Scope) -> Result<Rated, StatsError> {
        let row_filter = Filter::default().within(scope).row_filter(&Sites::default());
        self.count(self.up_to_date().await?, move |columns| {
            let mut rated = Rated::default();
            for (month, entry) in &columns.months {
                let (month, whole) = ((*month, entry), (i32::MIN, i32::MAX));
                for part in columns.counts.of_month(columns, month, &row_filter, whole)? {
                    rated.officers.extend(ids(&part.officers));
                    rated.counters.extend(ids(&part.counters));
                    rated.procedures.extend(ids(&part.procedures));
                }
            }
            Ok(rated)
        })
        .await
    }

    /// Counts over columns beside the threads that answer requests. Where a month of them can not be read, it is
    /// made anew.
    async fn count<T: Send + 'static>(
        &self,
        mut columns: Arc<RatingColumns>,
        work: impl Fn(&Arc<RatingColumns>) -> Result<T, FilesError> + Send + Sync + 'static,
    ) -> Result<T, StatsError> {
        let work = Arc::new(work);
        let mut tries = 1;
        loop {
            let (now, work) = (Arc::clone(&columns), Arc::clone(&work));
            match blocking(move || work(&now)).await? {
                Ok(counted) => return Ok(counted),
                Err(error) if tries >= TRIES => return Err(StatsError::Columns(error.to_string())),
                // A disk that is busy, or too many open files, may be better at once.
                Err(FilesError::Io(_)) if tries == 1 => {}
                Err(error) => {
                    let _turn = self.turn.lock().await;
                    self.recover(&columns, error).await?;
                }
            }
            tries += 1;
            columns = self.up_to_date().await?;
        }
    }

    /// Takes other columns in the place of some whose files can not be read, unless somebody did; called by
    /// who has the turn.
    async fn recover(
        &self,
        failed: &Arc<RatingColumns>,
        error: FilesError,
    ) -> Result<Arc<RatingColumns>, StatsError> {
        let current = self.current();
        if !Arc::ptr_eq(&current.counts, &failed.counts) {
            return Ok(current);
        }
        // What is being saved just now would name files that are taken away.
        let _saving = self.saving.lock().await;
        let (failed, saved) = (Arc::clone(failed), Arc::clone(&self.saved));
        let columns = blocking(move || saved.reload(&failed, &error)).await?;
        Ok(self.publish(columns))
    }

    /// The position of the change clock up to which changes are counted.
    pub fn caught_up_to(&self) -> i64 {
        self.current().clock
    }

    fn current(&self) -> Arc<RatingColumns> {
        Arc::clone(&self.columns.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn publish(&self, columns: RatingColumns) -> Arc<RatingColumns> {
        let columns = Arc::new(columns);
        let mut current = self.columns.write().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::clone(&columns);
        columns
    }

    /// The columns with everything that was committed before this was called. Callers that find them up to
    /// date go on at once; of the others one reads the new rows and the rest wait for it.
    async fn up_to_date(&self) -> Result<Arc<RatingColumns>, StatsError> {
        let clock = self.store.position().await?;
        let columns = self.current();
        if columns.clock >= clock {
            return Ok(columns);
        }
        let _turn = self.turn.lock().await;
        let columns = self.current();
        if columns.clock >= clock {
            return Ok(columns);
        }
        self.take_in(columns).await
    }

    /// Takes in what changed since last time.
    async fn take_in(
        &self,
        mut columns: Arc<RatingColumns>,
    ) -> Result<Arc<RatingColumns>, StatsError> {
        let clock = self.store.position().await?;
        // Worked on as a copy (rows are shared, not copied): a failure changes nothing.
        let mut tries = 1;
        loop {
            let rows = self.store.changes_after(columns.position, CHUNK).await?;
            if rows.is_empty() {
                break;
            }
            let mut next = RatingColumns::clone(&columns);
            let zone = self.zone.clone();
            let taken = blocking(move || next.take_in(&rows, &zone).map(|()| next));
            columns = match taken.await? {
                Ok(next) => self.publish(next),
                Err(error) if tries >= TRIES => return Err(StatsError::Columns(error.to_string())),
                Err(error) => {
                    tries += 1;
                    self.recover(&columns, error).await?
                }
            };
        }
        let mut next = RatingColumns::clone(&columns);
        next.clock = clock;
        if next.unsaved >= SAVE_AFTER
            && let Ok(saving) = Arc::clone(&self.saving).try_lock_owned()
        {
            // Counted from here on: where another process keeps the files or the disk is full, it is
            // tried again after as many more.
            next.unsaved = 0;
            let (copy, saved) = (next.clone(), Arc::clone(&self.saved));
            // Nobody waits for it. A program that ends lets it come to its end.
            tokio::task::spawn_blocking(move || {
                save(&saved, &copy);
                drop(saving);
            });
        }
        Ok(self.publish(next))
    }

    /// Waits until what is being saved lies on disk.
    pub async fn saving_ended(&self) {
        drop(self.saving.lock().await);
    }
}

/// Saves columns. They are derived: without them only the next start is slower.
fn save(saved: &SavedColumns, columns: &RatingColumns) {
    match saved.save(columns) {
        Ok(SaveOutcome::Done) => {}
        Ok(SaveOutcome::Elsewhere) => {
            tracing::debug!("another process keeps the saved columns; they are not saved");
        }
        Err(error) => tracing::warn!(%error, "the columns could not be saved"),
    }
}

/// The ids of some groups.
fn ids(groups: &ByGroup) -> impl Iterator<Item = i64> {
    groups.iter().map(|(id, _)| i64::from(*id))
}

/// Runs work that takes the processor for long away from the threads that answer requests.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, StatsError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| StatsError::Interrupted)
}
