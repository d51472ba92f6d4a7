//! Wakes the requests that wait for an invitation (long polling). One that is made in this process wakes
//! them at once; one that another process made is found by a single watcher, which makes one query for
//! all tablets that wait.

use crate::clock::Clock;
use crate::storage::Store;
use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use uuid::Uuid;

/// Requests that may wait at once: one a tablet, and more tablets than any centre has.
const WAITING: usize = 2_000;

/// Requests of one tablet that may wait at once. It sends one at a time, but a line that broke
/// without a word leaves its request here until its time is over.
const WAITING_OF_ONE: usize = 4;

/// How often the watcher looks: a person who was invited sees the question within half a second,
/// and the query reads a handful of rows.
const LOOK: Duration = Duration::from_millis(300);

/// One [`Notify`] for each counter, and how many requests wait.
pub struct InvitationNotifier {
    counters: Mutex<HashMap<i64, Arc<Notify>>>,
    places: Mutex<WaitingPlaces>,
    closing: watch::Sender<bool>,
}

/// How many requests wait.
#[derive(Default)]
struct WaitingPlaces {
    taken: usize,
    of_tablet: HashMap<Uuid, usize>,
}

/// A place to wait; it is free again once it is dropped.
pub struct WaitingPlace<'a> {
    notifier: &'a InvitationNotifier,
    tablet: Uuid,
}

impl Drop for WaitingPlace<'_> {
    fn drop(&mut self) {
        let mut places = self.notifier.places();
        places.taken -= 1;
        if let Entry::Occupied(mut own) = places.of_tablet.entry(self.tablet) {
            *own.get_mut() -= 1;
            if *own.get() == 0 {
                own.remove();
            }
        }
    }
}

impl Default for InvitationNotifier {
    fn default() -> Self {
        Self {
            counters: Mutex::default(),
            places: Mutex::default(),
            closing: watch::Sender::new(false),
        }
    }
}

impl InvitationNotifier {
    /// What the requests of a counter wait for.
    pub fn at(&self, counter: i64) -> Arc<Notify> {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(counters.entry(counter).or_default())
    }

    /// Wakes the requests that wait for this counter.
    pub fn wake(&self, counter: i64) {
        self.at(counter).notify_waiters();
    }

    /// A place for a tablet to wait; none when too many wait, or too many requests of its own.
    pub fn reserve(&self, tablet: Uuid) -> Option<WaitingPlace<'_>> {
        let mut places = self.places();
        let own = places.of_tablet.get(&tablet).copied().unwrap_or(0);
        if places.taken >= WAITING || own >= WAITING_OF_ONE {
            return None;
        }
        places.taken += 1;
        places.of_tablet.insert(tablet, own + 1);
        Some(WaitingPlace { notifier: self, tablet })
    }

    /// Ends all waiting requests, because the server ends.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Ready once it is closed.
    pub async fn closed(&self) {
        let mut closing = self.closing.subscribe();
        // An error means that the sender is gone, which counts as closed.
        let _ = closing.wait_for(|closing| *closing).await;
    }

    fn anybody_waits(&self) -> bool {
        self.places().taken > 0
    }

    fn places(&self) -> MutexGuard<'_, WaitingPlaces> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes requests for invitations that other processes made, until it is closed.
pub async fn watch_invitations(store: Store, clock: Clock, notifier: Arc<InvitationNotifier>) {
    let mut known: HashSet<i64> = HashSet::new();
    let mut failing = false;
    loop {
        tokio::select! {
            () = notifier.closed() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        if !notifier.anybody_waits() {
            continue;
        }
        // By their numbers, not by the largest of them: on PostgreSQL a smaller one can become
        // visible later.
        match store.open_invitations(clock.now()).await {
            Ok(open) => {
                for (_, counter) in open.iter().filter(|(num, _)| !known.contains(num)) {
                    notifier.wake(*counter);
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
