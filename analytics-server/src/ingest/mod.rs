//! The one writer of what tablets bring to this process. Batches wait in a bounded queue; whoever writes
//! takes what waits, a batch of each tablet, and commits all of it at once. So a tap beside a backlog
//! waits for one commit and not for every batch before it, and the disk is asked once for many tablets.

mod queue;

use crate::clock::started;
use crate::storage::events::{Appended, Arrival};
use crate::storage::{Store, StoreError};
use futures_util::FutureExt as _;
use metrics::{counter, histogram};
use protocol::Head;
use protocol::exchange::Sent;
use queue::{Queue, Waiting};
use serde_json::value::RawValue;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use uuid::Uuid;

/// For how long the batches of a group that was refused are tried one by one.
const PATIENCE: Duration = Duration::from_secs(10);

/// Commits of events.
pub const COMMITS: &str = "hai_long_ingest_commits_total";
/// Events that were committed.
pub const EVENTS: &str = "hai_long_ingest_events_total";
/// Seconds of one commit, from its first statement to the disk.
pub const COMMIT_SECONDS: &str = "hai_long_ingest_commit_seconds";
/// Batches that were not stored, by why: the queue was full, or the database did not take them.
pub const REFUSED: &str = "hai_long_ingest_refused_total";

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
    /// Its signature over the last head and `sent`.
    pub signature: [u8; 64],
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
    /// It was not tried, because the database was away or another batch ended the writer.
    #[error(
        "the batch was not written, because the database or the writer was away; it can be sent again"
    )]
    Interrupted,
}

impl IngestError {
    /// Whether nothing else can be written either.
    fn is_of_whole_database(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_of_whole_database())
    }
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

    /// That no more can wait, before anything is done for a batch.
    pub fn is_full(&self) -> Result<(), IngestError> {
        lock(&self.queue).full()
    }

    /// Stores what is new in a batch, together with others that wait; `room` is the memory that was taken
    /// for it, if it was.
    pub async fn append(
        &self,
        batch: CheckedBatch,
        room: Option<OwnedSemaphorePermit>,
    ) -> Result<Appended, IngestError> {
        let (answer, outcome) = oneshot::channel();
        let begins = lock(&self.queue).push(Waiting { batch, answer, _room: room });
        if begins.is_err() {
            counter!(REFUSED, "why" => "full").increment(1);
        }
        if begins? {
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
        let (events, seconds) = write_group(&store, group).await;
        lock(&writer.queue).wrote(events, seconds);
    }
}

/// Writes a group and answers each of it; how many events were written and how many seconds it took. Where the
/// database refuses the whole, each batch is written alone, so that one that can not be stored does not
/// keep the others.
async fn write_group(store: &Store, group: Vec<Waiting>) -> (usize, f64) {
    let slices: Vec<Vec<&[u8]>> = group.iter().map(|one| one.batch.slices()).collect();
    let arrivals = group.iter().zip(&slices).map(|(one, events)| one.batch.arrival(events));
    let arrivals: Vec<Arrival<'_>> = arrivals.collect();
    let begun = started();
    let outcomes: Vec<Result<Appended, IngestError>> = match caught(store, &arrivals).await {
        Ok(appended) => appended.into_iter().map(Ok).collect(),
        Err(error) if arrivals.len() == 1 || error.is_of_whole_database() => vec![Err(error)],
        Err(error) => {
            let batches = arrivals.len();
            tracing::warn!(%error, batches, "a group of batches is written one by one");
            one_by_one(store, &arrivals).await
        }
    };
    let seconds = begun.elapsed().as_secs_f64();
    // What was refused tells nothing of how fast events are written.
    let written = arrivals.iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_ok());
    let written: Vec<usize> = written.map(|(one, _)| one.events.len()).collect();
    let events: usize = written.iter().sum();
    counter!(COMMITS).increment(1);
    counter!(EVENTS).increment(events as u64);
    histogram!(COMMIT_SECONDS).record(seconds);
    counter!(REFUSED, "why" => "database").increment((arrivals.len() - written.len()) as u64);
    drop(arrivals);
    drop(slices);
    for (one, outcome) in group.into_iter().zip(outcomes) {
        // Who went away comes again.
        let _ = one.answer.send(outcome);
    }
    (events, seconds)
}

/// Writes batches in one transaction. A panic is a fault of the program in one of them, and no reason to
/// let go of all the others that wait.
async fn caught(store: &Store, arrivals: &[Arrival<'_>]) -> Result<Vec<Appended>, IngestError> {
    let written = AssertUnwindSafe(store.append_group(arrivals)).catch_unwind().await;
    Ok(written.map_err(|_| IngestError::Interrupted)??)
}

/// Writes batches each in a transaction of its own. Where the database itself is away, or held up for
/// long, the rest is not tried: each try would wait for it as long again.
async fn one_by_one(store: &Store, arrivals: &[Arrival<'_>]) -> Vec<Result<Appended, IngestError>> {
    let (mut outcomes, begun) = (Vec::new(), started());
    for arrival in arrivals {
        let outcome = caught(store, std::slice::from_ref(arrival)).await;
        let outcome = outcome.and_then(|mut one| one.pop().ok_or(IngestError::Interrupted));
        let is_away = outcome.as_ref().is_err_and(IngestError::is_of_whole_database);
        outcomes.push(outcome);
        if is_away || begun.elapsed() > PATIENCE {
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
            signature: self.signature,
            sent_at: self.received_at,
            received_at: self.received_at,
            repeat_ms: self.repeat_ms,
        }
    }
}
