//! What is known of a month, whether or not its ratings are in memory: when it changed last, the file that it
//! lies in, and its counts. States of the columns share the entries of months that did not change.

use super::month_columns::MonthColumns;
use super::part::MonthCounts;
use super::saved_list::{FilesError, MonthFile};
use super::words::Dictionary;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Goes on by one with each use of a month.
static USES: AtomicU64 = AtomicU64::new(1);

/// A month as it is at one position. A clone shares what is loaded.
#[derive(Clone, Debug, Default)]
pub(super) struct MonthEntry {
    /// Position of the last change in it: a saved file of the same position is still right.
    pub(super) position: i64,
    /// None of its days changed after this position, but for those below.
    base: i64,
    /// Position of the last change of days.
    days: BTreeMap<i32, i64>,
    content: Arc<Mutex<Content>>,
}

/// Ratings of a month, in memory or in a file, or both.
#[derive(Debug, Default)]
struct Content {
    columns: Option<Arc<MonthColumns>>,
    saved: Option<Arc<SavedMonth>>,
    /// When they were used last.
    used: u64,
}

/// Ratings of a month in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loaded {
    /// When they were used last: higher is later.
    pub(super) used: u64,
    /// How many they are.
    pub(super) rows: usize,
}

/// A month in a file.
#[derive(Debug)]
pub(super) struct SavedMonth {
    pub(super) dir: Arc<Path>,
    pub(super) file: MonthFile,
}

impl SavedMonth {
    /// Whether its files are there, with its counts.
    pub(super) fn is_there(&self) -> bool {
        let counts = self.file.counts.as_ref();
        self.dir.join(&self.file.file).exists()
            && counts.is_some_and(|counts| self.dir.join(&counts.file).exists())
    }
}

impl MonthEntry {
    /// A month as it lies in a file.
    pub(super) fn saved(saved: SavedMonth) -> Self {
        let position = saved.file.position;
        let content = Content { saved: Some(saved.into()), ..Content::default() };
        Self {
            position,
            base: position,
            days: BTreeMap::new(),
            content: Arc::new(Mutex::new(content)),
        }
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its ratings, which are read if they are not in memory. What they name and their numbers are among
    /// these.
    pub(super) fn columns(
        &self,
        words: &Dictionary,
        highest: i64,
    ) -> Result<Arc<MonthColumns>, FilesError> {
        // Held while they are read: of those who need them one reads.
        let mut content = self.content();
        content.used = USES.fetch_add(1, Ordering::Relaxed);
        if let Some(columns) = &content.columns {
            return Ok(Arc::clone(columns));
        }
        let columns = match &content.saved {
            Some(saved) => MonthColumns::of(&saved.file.read(&saved.dir, words, highest)?),
            None => MonthColumns::default(),
        };
        let columns = Arc::new(columns);
        content.columns = Some(Arc::clone(&columns));
        Ok(columns)
    }

    /// The counts of the whole month that lie in its file, if it has one of them and its ratings are not in
    /// memory anyhow.
    pub(super) fn saved_counts(
        &self,
        words: &Dictionary,
    ) -> Option<Result<MonthCounts, FilesError>> {
        let content = self.content();
        let saved = content.saved.as_ref().filter(|_| content.columns.is_none())?;
        let saved = Arc::clone(saved);
        drop(content);
        saved.file.read_counts(&saved.dir, words)
    }

    /// A day changed at a position; its ratings follow with [`Self::replace`].
    pub(super) fn changed(&mut self, day: i32, position: i64) {
        self.position = self.position.max(position);
        self.days.insert(day, position);
    }

    /// Takes the ratings of the month as they are now; older states keep theirs.
    pub(super) fn replace(&mut self, columns: MonthColumns) {
        let used = USES.fetch_add(1, Ordering::Relaxed);
        let content = Content { columns: Some(columns.into()), saved: None, used };
        self.content = Arc::new(Mutex::new(content));
    }

    /// Position of the last change in some days, both ends counted.
    pub(super) fn last_change(&self, from: i32, to: i32) -> i64 {
        if from > to {
            return 0;
        }
        let days = self.days.range(from..=to);
        days.map(|(_, position)| *position).fold(self.base, i64::max)
    }

    /// The last of its days that is known to have changed since the columns were read.
    pub(super) fn last_day(&self) -> Option<i32> {
        self.days.keys().next_back().copied()
    }

    /// The file that it lies in as it is.
    pub(super) fn file(&self) -> Option<Arc<SavedMonth>> {
        self.content().saved.clone()
    }

    /// It lies in a file now.
    pub(super) fn set_file(&self, saved: Arc<SavedMonth>) {
        self.content().saved = Some(saved);
    }

    /// Its ratings in memory; none where there are none, or they are just being read.
    pub(super) fn loaded(&self) -> Option<Loaded> {
        let content = self.content.try_lock().ok()?;
        let rows = content.columns.as_ref()?.len();
        Some(Loaded { used: content.used, rows })
    }

    /// Lets its ratings go if they lie in a file and nobody reads them just now; how many those were.
    pub(super) fn let_go(&self) -> usize {
        let Ok(mut content) = self.content.try_lock() else { return 0 };
        if content.saved.is_none() {
            return 0;
        }
        content.columns.take().map_or(0, |columns| columns.len())
    }
}
