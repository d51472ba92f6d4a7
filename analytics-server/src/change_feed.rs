//! Whether the database was set back since programs last got a cursor of the changes. A place in the
//! order of changes names the history that it belongs to. When the database was put back to an earlier
//! state, it has another history (`restore` begins one); where somebody put files or tables back by hand,
//! the server notices by the last cursor that it gave out, which it stores beside its data.

use crate::clock;
use crate::storage::epoch::{FeedHead, epoch_of};
use crate::storage::export::RatingOut;
use crate::storage::{Store, StoreError};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tokio::sync::Mutex;
use uuid::Uuid;

/// File of the last cursor that was given out, in the data directory.
const FILE: &str = "change-feed.json";

/// Why it is not known where the changes stand.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system gave no random bytes for another history.
    #[error("the system gives no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

/// The last cursor that was given out to any program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct LastCursor {
    database: Uuid,
    epoch: i64,
    position: i64,
    /// The rating at that place: its number and identity.
    num: i64,
    id: Uuid,
    /// Histories of before: none of them comes back by itself.
    past: Vec<i64>,
}

impl LastCursor {
    /// Whether the database can not have developed from the state in which this cursor was given out.
    async fn contradicts(&self, store: &Store, head: &FeedHead) -> Result<bool, StoreError> {
        if self.database != head.database {
            return Ok(false);
        }
        if self.epoch != head.epoch {
            return Ok(self.past.contains(&head.epoch));
        }
        if head.position < self.position {
            return Ok(true);
        }
        let found = store.rating_position(self.num).await?;
        Ok(found.is_none_or(|(id, position)| id != self.id || position < self.position))
    }
}

/// Remembers the cursors that are given out.
#[derive(Debug)]
pub struct ChangeFeed {
    file: PathBuf,
    told: Mutex<Option<LastCursor>>,
}

impl ChangeFeed {
    /// Goes on from the cursor that was given out last before a restart.
    pub fn open(data_dir: &Path) -> Self {
        let file = data_dir.join(FILE);
        // What can not be read says nothing; it is written anew with the next place.
        let told = std::fs::read(&file).ok().and_then(|json| serde_json::from_slice(&json).ok());
        Self { file, told: Mutex::new(told) }
    }

    /// Where the changes stand now; a history that went back has got another number.
    pub async fn head(&self, store: &Store) -> Result<FeedHead, FeedError> {
        // Before the head is read: cursors that other requests give out meanwhile may be beyond it.
        let told = self.told.lock().await.clone();
        let head = store.feed_head().await?;
        match told {
            Some(told) if told.contradicts(store, &head).await? => Self::renew(store, &head).await,
            _ => Ok(head),
        }
    }

    /// Begins another history.
    pub async fn renew(store: &Store, head: &FeedHead) -> Result<FeedHead, FeedError> {
        tracing::warn!(
            position = head.position,
            "the database went back to an earlier state; programs that follow the ratings are told \
             to read them anew"
        );
        let fresh = clock::random()?;
        store.begin_epoch(head.epoch, epoch_of(fresh)).await?;
        Ok(store.feed_head().await?)
    }

    /// Stores the last rating of a page in the order of changes, before the page is sent.
    pub async fn remember(&self, head: &FeedHead, last: &RatingOut) {
        let mut known = self.told.lock().await;
        let of_here = known.as_ref().filter(|told| told.database == head.database);
        let mut past = of_here.map(|told| told.past.clone()).unwrap_or_default();
        match of_here {
            Some(told) if told.epoch == head.epoch && told.position >= last.place.at => return,
            Some(told) if told.epoch != head.epoch => past.push(told.epoch),
            _ => {}
        }
        let (database, epoch, position) = (head.database, head.epoch, last.place.at);
        let told = LastCursor { database, epoch, position, num: last.place.num, id: last.id, past };
        let draft = self.file.with_extension("draft");
        let written = async {
            tokio::fs::write(&draft, serde_json::to_vec(&told)?).await?;
            tokio::fs::rename(&draft, &self.file).await
        };
        if let Err(error) = written.await {
            tracing::warn!(%error, "the last place that was told could not be written down");
        }
        *known = Some(told);
    }
}
