//! What a process remembers of the directory. It is asked for with every page and every count, and
//! changes a few times a month; of a province's two thousand procedures each reading would cost more
//! than the page.

use super::rows::Directory;
use super::{Store, StoreError, reading};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The directory with where the clock of names stood before it was read.
type Known = Option<(i64, Arc<Directory>)>;

/// What is remembered, by all that use one store together.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownNames(Arc<Mutex<Known>>);

impl KnownNames {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// Everything, in the order of ids, as it is now, whichever process changed it.
    pub async fn directory(&self) -> Result<Arc<Directory>, StoreError> {
        // Looked at before the names are read: what changes in between is read too, and once more
        // for the next who asks.
        let clock: i64 = reading!(self, pool => {
            sqlx::query_scalar("select names from installation").fetch_one(pool).await?
        });
        let names = match self {
            Self::Sqlite(sqlite) => &sqlite.names,
            Self::Postgres(postgres) => &postgres.names,
        };
        if let Some((_, known)) = names.known().as_ref().filter(|(at, _)| *at == clock) {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(self.read_directory().await?);
        let mut known = names.known();
        // Of two who read at once the later reading stays.
        if known.as_ref().is_none_or(|(at, _)| *at <= clock) {
            *known = Some((clock, Arc::clone(&read)));
        }
        Ok(read)
    }
}
