//! Whether the database can be written. Reading a page does not show that: a full disk, a database server
//! that went away or a lock that somebody holds stop the writing alone. It is tried on demand, at most every
//! few seconds, and the last result is the answer. A small write can still find room in a file where a large
//! one does not, so the free space counts, too.

use crate::clock::started;
use crate::disk::has_room;
use crate::storage::Store;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::time::timeout;

/// The result of a try is used for so long before there is another.
const FRESH: Duration = Duration::from_secs(5);
/// What was true so long ago says nothing any more: the try after it hangs.
const STALE: Duration = Duration::from_secs(30);
/// The first caller waits at most this long for the first try.
const PATIENCE: Duration = Duration::from_secs(2);

/// The outcome of a try, and when it ended.
#[derive(Clone, Debug)]
struct Tried {
    at: Instant,
    outcome: Result<(), String>,
}

/// The last try.
#[derive(Debug)]
pub struct WriteCheck {
    last: watch::Sender<Option<Tried>>,
    running: AtomicBool,
}

impl Default for WriteCheck {
    fn default() -> Self {
        Self { last: watch::Sender::new(None), running: AtomicBool::new(false) }
    }
}

impl WriteCheck {
    /// Whether the last try failed; none was made yet: it did not.
    pub fn failed(&self) -> bool {
        self.last.borrow().as_ref().is_some_and(|tried| tried.outcome.is_err())
    }

    /// Whether something can be written, or in words why not.
    pub async fn outcome(self: &Arc<Self>, store: &Store, data_dir: &Path) -> Result<(), String> {
        let age = |tried: &Tried| tried.at.elapsed();
        let last = self.last.borrow().clone();
        if let Some(tried) = last.as_ref().filter(|tried| age(tried) < FRESH) {
            return tried.outcome.clone();
        }
        let mut next = self.last.subscribe();
        self.begin(store, data_dir);
        if let Some(tried) = last.filter(|tried| age(tried) < STALE) {
            return tried.outcome;
        }
        // The first of all, or the first since long ago; a borrowed value must not be held.
        let newer = async { next.changed().await.is_ok() };
        match timeout(PATIENCE, newer).await {
            Ok(true) => self.last.borrow().as_ref().map_or(Ok(()), |tried| tried.outcome.clone()),
            _ => Err(format!("nothing could be written for {} s", PATIENCE.as_secs())),
        }
    }

    /// Tries, unless a try goes on.
    fn begin(self: &Arc<Self>, store: &Store, data_dir: &Path) {
        if self.running.swap(true, Ordering::SeqCst) {
            return;
        }
        let (check, store, dir) = (Arc::clone(self), store.clone(), data_dir.to_owned());
        tokio::spawn(async move {
            let written = store.try_writing().await.map_err(|error| error.to_string());
            let room = tokio::task::spawn_blocking(move || has_room(&dir)).await;
            let outcome = written.and(room.unwrap_or(Ok(())));
            if let Err(error) = &outcome {
                tracing::error!(error, "nothing can be written");
            }
            check.last.send_replace(Some(Tried { at: started(), outcome }));
            check.running.store(false, Ordering::SeqCst);
        });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::storage::Birth;

    #[tokio::test]
    async fn the_last_try_answers_and_tells_why_not() {
        let dir = tempfile::TempDir::new().unwrap();
        let birth = Birth { id: uuid::Uuid::nil(), secret: [3; 32], now: 0 };
        let store = Store::open(dir.path(), None, &birth).await.unwrap();
        let check = Arc::new(WriteCheck::default());
        assert_eq!(check.outcome(&store, dir.path()).await, Ok(()));
        store.close().await;
        assert_eq!(check.outcome(&store, dir.path()).await, Ok(()), "tried a moment ago");
        let fresh = Arc::new(WriteCheck::default());
        assert!(fresh.outcome(&store, dir.path()).await.is_err_and(|why| !why.is_empty()));
    }
}
