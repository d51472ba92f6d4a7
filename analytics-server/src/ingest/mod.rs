//! The one writer of what tablets bring to this process. Batches wait in a bounded queue; whoever writes
//! takes what waits, a batch of each tablet, and commits all of it at once. So a tap beside a backlog
//! waits for one commit and not for every batch before it, and the disk is asked once for many tablets.

mod queue;

use crate::storage::events::{Appended, Arrival};
use crate::storage::{Store, StoreError};
use protocol::Head;
use protocol::exchange::Sent;
use queue::{Queue, Waiting};
use serde_json::value::RawValue;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;
use uuid::Uuid;

/// A batch whose digests and signature were checked.
#[derive(Debug)]
pub struct CheckedBatch {
    /// The tablet.
    pub tablet: Uuid,
    /// Whether its ratings are simulated.
    pub simulated: bool,
    /// Head before the first event.
    pub previous: Head,
    /// Head after each event.
    pub heads: Vec<Head>,
    /// The events in their exact bytes.
    pub events: Vec<Box<RawValue>>,
    /// The tablet's clocks when it sent.
    pub sent: Sent,
    /// Our clock when it arrived, milliseconds since 1970.
    pub received_at: i64,
    /// Within how many milliseconds after an answer another uninvited visit is flagged.
    pub repeat_ms: i64,
}

/// Why a batch was not stored. The tablet keeps it and comes back.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// More waits than is written soon.
    #[error("{events} events wait to be written; come back in {wait_s} seconds")]
    Full {
        /// How many.
        events: usize,
        /// In how many seconds there is room.
        wait_s: u64,
    },
    /// The store did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The writer ended before it came to this batch.
    #[error("the batch was not written because the writer ended; it can be sent again")]
    Interrupted,
}

/// The queue and its writer, which is there while something waits.
#[derive(Debug)]
pub struct Ingest {
    store: Store,
    queue: Arc<Mutex<Queue>>,
}

impl Ingest {
    /// The writer of a store.
    pub fn new(store: Store) -> Self {
        Self { store, queue: Arc::default() }
    }

    /// Stores what is new in a batch, together with others that wait.
    pub async fn append(&self, batch: CheckedBatch) -> Result<Appended, IngestError> {
        let (answer, outcome) = oneshot::channel();
        let begins = lock(&self.queue).push(Waiting { batch, answer })?;
        if begins {
            // A task of its own: who asked may go away, and the others still wait for it.
            let writer = Writer { queue: Arc::clone(&self.queue), is_done: false };
            tokio::spawn(write(self.store.clone(), writer));
        }
        outcome.await.map_err(|_| IngestError::Interrupted)?
    }

    /// How many events wait to be written.
    pub fn waiting(&self) -> usize {
        lock(&self.queue).events()
    }
}

fn lock(queue: &Mutex<Queue>) -> std::sync::MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The right to write. However the writer ends, the next batch finds another one.
struct Writer {
    queue: Arc<Mutex<Queue>>,
    /// Nothing waited: from then on the queue is the next writer's.
    is_done: bool,
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.is_done {
            lock(&self.queue).give_up();
        }
    }
}

/// Writes group by group until nothing waits.
async fn write(store: Store, mut writer: Writer) {
    loop {
        let group = lock(&writer.queue).take_group();
        if group.is_empty() {
            writer.is_done = true;
            break;
        }
        write_group(&store, group).await;
    }
}

/// Writes a group and answers each of it. Where the database refuses the whole, each batch is written
/// alone, so that one that can not be stored does not keep the others.
async fn write_group(store: &Store, group: Vec<Waiting>) {
    let slices: Vec<Vec<&[u8]>> = group.iter().map(|one| one.batch.slices()).collect();
    let arrivals = group.iter().zip(&slices).map(|(one, events)| one.batch.arrival(events));
    let arrivals: Vec<Arrival<'_>> = arrivals.collect();
    let outcomes: Vec<Result<Appended, StoreError>> = match store.append_group(&arrivals).await {
        Ok(appended) => appended.into_iter().map(Ok).collect(),
        Err(error) if arrivals.len() == 1 => vec![Err(error)],
        Err(error) => {
            tracing::warn!(%error, batches = arrivals.len(), "a group of batches is written one by one");
            one_by_one(store, &arrivals).await
        }
    };
    drop(arrivals);
    drop(slices);
    for (one, outcome) in group.into_iter().zip(outcomes) {
        // Who went away comes again.
        let _ = one.answer.send(outcome.map_err(IngestError::Store));
    }
}

/// Writes batches each in a transaction of its own. Where the database itself is away, the rest is not
/// tried: each try would wait for it as long again.
async fn one_by_one(store: &Store, arrivals: &[Arrival<'_>]) -> Vec<Result<Appended, StoreError>> {
    let mut outcomes = Vec::new();
    for arrival in arrivals {
        let outcome = store.append_events(arrival).await;
        let is_away = outcome.as_ref().is_err_and(StoreError::is_of_whole_database);
        outcomes.push(outcome);
        if is_away {
            break;
        }
    }
    outcomes
}

impl CheckedBatch {
    fn slices(&self) -> Vec<&[u8]> {
        self.events.iter().map(|event| event.get().as_bytes()).collect()
    }

    fn arrival<'a>(&'a self, events: &'a [&'a [u8]]) -> Arrival<'a> {
        Arrival {
            tablet: self.tablet,
            simulated: self.simulated,
            previous: self.previous,
            heads: &self.heads,
            events,
            sent: self.sent,
            sent_at: self.received_at,
            received_at: self.received_at,
            repeat_ms: self.repeat_ms,
        }
    }
}
