//! Whose turn it is to do heavy work: a piece of an export, a report, a picture. Few at one moment, and
//! of each person one, so that somebody who asks for twenty files at once waits for themself and nobody
//! else does. A turn is held while something is made, never while it is sent: slow readers hold nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{Mutex as Queue, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// The turns of one server.
#[derive(Debug)]
pub struct ConcurrencyLimit {
    places: Arc<Semaphore>,
    /// By person; who waits for nothing is forgotten.
    people: Mutex<HashMap<i64, Weak<Queue<()>>>>,
}

/// A turn, until it is dropped.
#[derive(Debug)]
pub struct WorkPermit {
    _own: OwnedMutexGuard<()>,
    _place: Option<OwnedSemaphorePermit>,
}

impl ConcurrencyLimit {
    /// Turns for so much work at one moment, of all people.
    pub fn new(places: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), people: Mutex::default() }
    }

    /// Waits for the turn of a person.
    pub async fn acquire(&self, person: i64) -> WorkPermit {
        let own = self.queue(person).lock_owned().await;
        // Never closed; without a place the work would be done all the same.
        WorkPermit { _own: own, _place: Arc::clone(&self.places).acquire_owned().await.ok() }
    }

    fn queue(&self, person: i64) -> Arc<Queue<()>> {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = people.get(&person).and_then(Weak::upgrade) {
            return queue;
        }
        people.retain(|_, queue| queue.strong_count() > 0);
        let queue = Arc::default();
        people.insert(person, Arc::downgrade(&queue));
        queue
    }
}

/// Turns for which nobody waits longer than a patience.
#[derive(Debug)]
pub struct TimedConcurrencyLimit {
    limit: ConcurrencyLimit,
    patience: Duration,
}

impl TimedConcurrencyLimit {
    /// Turns for so much work at one moment, and how long somebody waits for one.
    pub fn new(places: usize, patience: Duration) -> Self {
        Self { limit: ConcurrencyLimit::new(places), patience }
    }

    /// The turn of a person; none: it did not come in time.
    pub async fn acquire(&self, person: i64) -> Option<WorkPermit> {
        timeout(self.patience, self.limit.acquire(person)).await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_asks_for_much_waits_for_themself() {
        let limit = ConcurrencyLimit::new(2);
        let soon = Duration::from_millis(20);
        let first = limit.acquire(1).await;
        assert!(timeout(soon, limit.acquire(1)).await.is_err(), "one piece a person");
        let second = timeout(soon, limit.acquire(2)).await.unwrap();
        assert!(timeout(soon, limit.acquire(3)).await.is_err(), "two pieces at one moment");
        drop(first);
        let third = timeout(soon, limit.acquire(3)).await.unwrap();
        drop((second, third));
        let _again = timeout(soon, limit.acquire(1)).await.unwrap();
        assert_eq!(limit.people.lock().unwrap().len(), 1, "who waits for nothing is forgotten");
    }
}
