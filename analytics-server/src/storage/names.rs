//! The cache of the directory, one a process, validated by the clock of names. The directory is asked
//! for with every page and every count, and changes a few times a month; of a province's two thousand
//! procedures each reading would cost more than the page.

use super::rows::Directory;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The directory, and the clock of names before it was read: while that stands still the directory is
/// valid.
type CachedDirectory = Option<(i64, Arc<Directory>)>;

/// The cache, shared by all clones of a store.
#[derive(Clone, Debug, Default)]
pub(super) struct DirectoryCache(Arc<Mutex<CachedDirectory>>);

impl DirectoryCache {
    /// What is cached; none before the first reading.
    pub(super) fn entry(&self) -> MutexGuard<'_, CachedDirectory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
