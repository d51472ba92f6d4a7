//! Counting, in one place: rows of the store become narrow columns, columns become figures. The
//! only home of polars. The columns are derived: they can be deleted and rebuilt at any time.

mod columns;
mod count;
mod files;
pub mod measures;
mod parquet;

pub use parquet::RatingsFile;
#[cfg(test)]
pub(crate) use parquet::read_back;

use crate::storage::{Store, StoreError};
use columns::{Columns, seal};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use reports::figures::{Figures, Period};
use std::path::{Path, PathBuf};
use tokio::sync::Mutex;

/// Rows read from the store at once while catching up.
const CHUNK: u32 = 50_000;
/// Changed rows after which the columns are saved, so that the next start reads files instead of
/// the database; fewer are caught up in milliseconds.
const SAVE_AFTER: usize = 5_000;

/// Why figures could not be counted.
#[derive(Debug, thiserror::Error)]
pub enum StatsError {
    /// The store did not give its rows.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The columns could not be worked on.
    #[error("the columns could not be counted: {0}")]
    Columns(#[from] polars::error::PolarsError),
    /// The work was given up because the program ends.
    #[error("counting was interrupted because the program ends")]
    Interrupted,
}

/// The columns of all ratings, kept up with the store.
#[derive(Debug)]
pub struct Stats {
    store: Store,
    zone: TimeZone,
    dir: PathBuf,
    columns: Mutex<Columns>,
}

impl Stats {
    /// Starts from the files in `dir`, if they belong to this database and time zone.
    pub async fn open(store: Store, dir: &Path, zone: TimeZone) -> Result<Self, StatsError> {
        let owner = files::Owner {
            database: store.id().await?,
            time_zone: zone.iana_name().unwrap_or_default().to_owned(),
        };
        let dir = dir.to_owned();
        let from = dir.clone();
        let mut columns = blocking(move || files::load(&from, &owner)).await?;
        let rows = store.changes_after(columns.position - 1, 1).await?;
        if columns.seal != seal(&rows, columns.position) {
            tracing::info!("the saved columns follow another history; they are rebuilt");
            files::discard(&dir);
            columns = Columns::empty(columns.owner);
        }
        Ok(Self { store, zone, dir, columns: Mutex::new(columns) })
    }

    /// The figures of a period, as the store is now.
    pub async fn figures(&self, period: &Period) -> Result<Figures, StatsError> {
        let months = self.catch_up().await?.months(period.from, period.to);
        let directory = self.store.directory().await?;
        let quarantined = self.store.quarantined().await?;
        let (from, until) =
            (self.begin(period.from), self.begin(period.to.saturating_add(1.day())));
        let flags = self.store.flag_counts(from, until).await?;
        let period = period.clone();
        blocking(move || {
            let figures = count::figures(&months, &directory, period, quarantined)?;
            Ok(Figures { flags: flags.into_iter().collect(), ..figures })
        })
        .await?
    }

    /// The last day that has a rating.
    pub async fn latest_day(&self) -> Result<Option<Date>, StatsError> {
        let columns = self.catch_up().await?;
        blocking(move || count::latest_day(&columns)).await?
    }

    /// The position of the change clock up to which changes are counted.
    pub async fn position(&self) -> i64 {
        self.columns.lock().await.position
    }

    /// When a day begins in the centre's time zone, milliseconds since 1970.
    fn begin(&self, day: Date) -> i64 {
        let begin = day.to_zoned(self.zone.clone());
        begin.map_or(0, |begin| begin.timestamp().as_millisecond())
    }

    /// Takes in what changed since last time; the columns as they are then.
    async fn catch_up(&self) -> Result<Columns, StatsError> {
        let mut columns = self.columns.lock().await;
        loop {
            let rows = self.store.changes_after(columns.position, CHUNK).await?;
            if rows.is_empty() {
                break;
            }
            // Worked on as a copy (columns are shared, not copied): a failure changes nothing.
            let mut next = columns.clone();
            let zone = self.zone.clone();
            *columns = blocking(move || {
                next.take_in(&rows, &zone)?;
                Ok::<_, StatsError>(next)
            })
            .await??;
        }
        if columns.unsaved >= SAVE_AFTER {
            let copy = columns.clone();
            let dir = self.dir.clone();
            match blocking(move || files::save(&dir, &copy)).await? {
                Ok(()) => columns.unsaved = 0,
                // They are derived: without them only the next start is slower.
                Err(error) => tracing::warn!(%error, "the columns could not be saved"),
            }
        }
        Ok(columns.clone())
    }
}

/// Runs work that takes the processor for long away from the threads that answer requests.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, StatsError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| StatsError::Interrupted)
}
