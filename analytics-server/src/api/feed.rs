//! The place from which a program goes on reading ratings, and whether it still means what it meant.
//! A place names the history it belongs to. When the database was put back to an earlier state, it
//! has another history (`restore` begins one); where somebody put files or tables back by hand, the
//! server notices by the last place that it told, which it keeps beside its data.

use super::problem::Refusal;
use crate::clock;
use crate::state::App;
use crate::storage::epoch::{FeedHead, epoch_of};
use crate::storage::export::{OutPlace, RatingOut};
use crate::storage::{Store, StoreError};
use protocol::exchange::ProblemCode;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tokio::sync::Mutex;
use uuid::Uuid;

/// File of the last place that was told, in the data directory.
const FILE: &str = "change-feed.json";

/// A place as it is written: which history, and where in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cursor {
    /// `3f2a…90.120.55`.
    Of {
        /// The history.
        epoch: i64,
        /// The place in it.
        place: OutPlace,
    },
    /// As versions before wrote it, without a history.
    Without,
}

impl Cursor {
    /// What was written; none: it is no place.
    pub fn read(text: &str) -> Option<Self> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let number = |part: &str| part.parse::<i64>().ok().filter(|_| digits(part));
        let parts: Vec<&str> = text.split('.').collect();
        match parts.as_slice() {
            [epoch, at, num] if epoch.len() == 16 && !epoch.starts_with('+') => Some(Self::Of {
                epoch: i64::from_str_radix(epoch, 16).ok()?,
                place: OutPlace { at: number(at)?, num: number(num)? },
            }),
            [at, num] => number(at).and(number(num)).map(|_| Self::Without),
            [at] => number(at).map(|_| Self::Without),
            _ => None,
        }
    }

    /// A place of a history, written.
    pub fn write(epoch: i64, place: OutPlace) -> String {
        format!("{epoch:016x}.{}.{}", place.at, place.num)
    }
}

/// The last place that was told to anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    database: Uuid,
    epoch: i64,
    position: i64,
    /// The rating at that place: its number and identity.
    num: i64,
    id: Uuid,
    /// Histories of before: none of them comes back by itself.
    past: Vec<i64>,
}

impl Told {
    /// Whether the database can not have come from where this was told.
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

/// Watches over the places that are told.
#[derive(Debug)]
pub struct Feed {
    file: PathBuf,
    told: Mutex<Option<Told>>,
}

impl Feed {
    /// Goes on from what was told before a restart.
    pub fn open(data_dir: &Path) -> Self {
        let file = data_dir.join(FILE);
        // What can not be read says nothing; it is written anew with the next place.
        let told = std::fs::read(&file).ok().and_then(|json| serde_json::from_slice(&json).ok());
        Self { file, told: Mutex::new(told) }
    }

    /// Where the changes stand now; a history that went back has got another number.
    pub(super) async fn head(&self, store: &Store) -> Result<FeedHead, Refusal> {
        // Before the head is read: what others are told meanwhile may be beyond it.
        let told = self.told.lock().await.clone();
        let head = store.feed_head().await?;
        match told {
            Some(told) if told.contradicts(store, &head).await? => Self::renew(store, &head).await,
            _ => Ok(head),
        }
    }

    /// Begins another history.
    pub(super) async fn renew(store: &Store, head: &FeedHead) -> Result<FeedHead, Refusal> {
        tracing::warn!(
            position = head.position,
            "the database went back to an earlier state; programs that follow the ratings are told \
             to read them anew"
        );
        let fresh = clock::random().map_err(|error| {
            tracing::error!(%error, "the system gives no random numbers");
            Refusal::new(ProblemCode::Unavailable, "The server has no random numbers just now.")
        })?;
        store.begin_epoch(head.epoch, epoch_of(fresh)).await?;
        Ok(store.feed_head().await?)
    }

    /// Remembers the last rating of a page in the order of changes, before the page is told.
    pub(super) async fn remember(&self, head: &FeedHead, last: &RatingOut) {
        let mut known = self.told.lock().await;
        let of_here = known.as_ref().filter(|told| told.database == head.database);
        let mut past = of_here.map(|told| told.past.clone()).unwrap_or_default();
        match of_here {
            Some(told) if told.epoch == head.epoch && told.position >= last.place.at => return,
            Some(told) if told.epoch != head.epoch => past.push(told.epoch),
            _ => {}
        }
        let (database, epoch, position) = (head.database, head.epoch, last.place.at);
        let told = Told { database, epoch, position, num: last.place.num, id: last.id, past };
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

/// Where a question goes on, if the place still means what it meant. `by_change`: the place is one
/// in the order of changes.
pub(super) async fn place(
    app: &App,
    cursor: Option<Cursor>,
    head: &FeedHead,
    by_change: bool,
) -> Result<OutPlace, Refusal> {
    match cursor {
        None => Ok(OutPlace::START),
        Some(Cursor::Of { epoch, place }) if epoch == head.epoch => {
            if by_change && place.at > head.position {
                Feed::renew(&app.store, head).await?;
                return Err(gone());
            }
            Ok(place)
        }
        Some(_) => Err(gone()),
    }
}

fn gone() -> Refusal {
    Refusal::new(
        ProblemCode::StartAnew,
        "The place in “after” belongs to an earlier state of the database, or to an older version \
         of the server. Read all ratings again from the start, without “after”; a rating is known \
         again by its id.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let place = OutPlace { at: 120, num: 55 };
        let written = Cursor::write(0x3f, place);
        assert_eq!(written, "000000000000003f.120.55");
        assert_eq!(Cursor::read(&written), Some(Cursor::Of { epoch: 0x3f, place }));
        for old in ["7", "120.55", "9223372036854775807.9"] {
            assert_eq!(Cursor::read(old), Some(Cursor::Without), "{old}");
        }
        for odd in ["", "x", "-1", "1.2.3", ".1", "1.-2", "3f.1.2", "000000000000003f.1", "+1.1"] {
            assert_eq!(Cursor::read(odd), None, "{odd}");
        }
    }
}
