//! How a tablet that waits for an invitation hears of one. Whoever makes one in this process rings
//! at once; one that another process made is found by a watcher, the only one that looks into the
//! database however many tablets wait.

use crate::clock::Clock;
use crate::storage::Store;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, Semaphore, SemaphorePermit, watch};

/// Requests that may wait at once: one a tablet, and more tablets than any centre has.
const WAITING: usize = 2_000;

/// How often the watcher looks: a person who was invited sees the question within half a second,
/// and the query reads a handful of rows.
const LOOK: Duration = Duration::from_millis(300);

/// The bell of each counter.
pub struct Doorbell {
    counters: Mutex<HashMap<i64, Arc<Notify>>>,
    places: Semaphore,
    closing: watch::Sender<bool>,
}

impl Default for Doorbell {
    fn default() -> Self {
        Self {
            counters: Mutex::default(),
            places: Semaphore::new(WAITING),
            closing: watch::Sender::new(false),
        }
    }
}

impl Doorbell {
    /// The bell of a counter.
    pub fn at(&self, counter: i64) -> Arc<Notify> {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(counters.entry(counter).or_default())
    }

    /// Wakes whoever waits at a counter.
    pub fn ring(&self, counter: i64) {
        self.at(counter).notify_waiters();
    }

    /// A place to wait; none when too many do.
    pub fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.try_acquire().ok()
    }

    /// Sends everybody away, for good: the server ends.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Ready once it is closed.
    pub async fn closed(&self) {
        let mut closing = self.closing.subscribe();
        // An error means that the bell is gone, which is closed too.
        let _ = closing.wait_for(|closing| *closing).await;
    }

    fn anybody_waits(&self) -> bool {
        self.places.available_permits() < WAITING
    }
}

/// Rings for invitations that other processes made, until the bell is closed.
pub async fn watch_invitations(store: Store, clock: Clock, bell: Arc<Doorbell>) {
    let mut known: HashSet<i64> = HashSet::new();
    let mut failing = false;
    loop {
        tokio::select! {
            () = bell.closed() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        if !bell.anybody_waits() {
            continue;
        }
        // By their numbers, not by the largest of them: on PostgreSQL a smaller one can become
        // visible later.
        match store.open_invitations(clock.now()).await {
            Ok(open) => {
                for (_, counter) in open.iter().filter(|(num, _)| !known.contains(num)) {
                    bell.ring(*counter);
                }
                known = open.into_iter().map(|(num, _)| num).collect();
                failing = false;
            }
            Err(error) if failing => tracing::debug!(%error, "still no invitations"),
            Err(error) => {
                tracing::warn!(%error, "invitations of other processes can not be seen");
                failing = true;
            }
        }
    }
}
