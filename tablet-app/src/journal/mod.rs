//! The journal: where a rating is written, once, before anybody is thanked. A SQLite file on a
//! thread of its own, in WAL mode with `synchronous=FULL`, so that what was committed survives a
//! power cut. It promises never to change or lose an event that it has said is written.

mod continuing;
mod error;
mod export;
mod file;
mod memory;
mod migrations;
mod open;
mod pages;
mod prune;
mod read;
mod salvage;
mod thread;
mod write;

pub use error::JournalError;
pub use file::{ExportError, Exported};
pub use memory::{Memo, SignedIn};
pub use open::Options;
pub use read::{Slice, Standing, read_status};
pub use salvage::{SalvageError, Salvaged, salvage};

use crate::clock::{Clock, Now, fresh_session};
use crate::entry::Entry;
use crate::time_estimate::TimeEstimate;
use protocol::settings::Settings;
use protocol::{Digest, Head};
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thread::JournalThread;
use tokio::sync::Notify;
use uuid::Uuid;

/// Name of the journal's file in the data directory.
pub const FILE: &str = "journal.sqlite";

/// Name of the file whose lock shows that a tablet is running.
pub const LOCK: &str = "journal.lock";

/// Who this tablet is.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Address of the server, such as `http://192.168.1.10:8080`.
    pub server: String,
    /// Ed25519 secret key.
    pub secret_key: [u8; 32],
    /// Bearer token.
    pub token: [u8; 32],
    /// Its id and its counter, once the server has answered.
    pub enrolled: Option<protocol::exchange::Enrolled>,
}

impl fmt::Debug for Identity {
    /// Without the secrets: this ends in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("server", &self.server)
            .field("enrolled", &self.enrolled)
            .finish_non_exhaustive()
    }
}

/// How far recording and upload have come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Number of the last event recorded.
    pub recorded: u64,
    /// Number of the last event that the server has.
    pub acknowledged: u64,
    /// Events the server does not have yet.
    pub pending: u64,
    /// Digest of the last event recorded; none before the enrolment.
    pub head_digest: Option<Digest>,
    /// When the server last answered, by the tablet's clock; to the minute.
    pub last_contact: Option<String>,
    /// The tablet's id; none before the enrolment.
    pub tablet: Option<Uuid>,
    /// Code of its counter.
    pub counter: Option<String>,
    /// Address of its server.
    pub server: Option<String>,
    /// How often the program was started with this journal.
    pub boots: u64,
    /// Why the server's chain and this one have forked, so that nothing is sent; none while they
    /// have not, as far as is known.
    pub forked: Option<String>,
}

/// A handle to the journal; clones share it. The file is closed when the last one is dropped.
/// Calls block until the journal has answered, and may come from any thread.
#[derive(Clone)]
pub struct Journal {
    thread: Arc<JournalThread>,
    path: Arc<PathBuf>,
    clock: Clock,
}

impl Journal {
    /// Opens the journal in `dir`, making both if they are missing. `clock` names the run in the
    /// events. Refuses, without touching it, a file that is damaged, newer or in use.
    pub fn open(dir: &Path, clock: &Clock, options: Options) -> Result<Self, JournalError> {
        let thread = JournalThread::open(dir.to_owned(), clock.boot(), options)?;
        Ok(Self { thread: Arc::new(thread), path: Arc::new(dir.to_owned()), clock: clock.clone() })
    }

    /// The directory the journal is in.
    pub fn dir(&self) -> &Path {
        &self.path
    }

    /// This moment, by the clock that the events are dated with.
    pub(crate) fn now(&self) -> Now {
        self.clock.now()
    }

    /// Appends events in one transaction; the new head once it is durable.
    pub fn append(&self, entries: Vec<Entry>) -> Result<Head, JournalError> {
        self.thread.ask(move |runtime, store| runtime.block_on(store.append(&entries)))
    }

    /// Appends without waiting: `then` is called with the answer, on the journal's thread. It is
    /// called in any case, also when the journal is gone or has too much to do.
    pub fn append_then(
        &self,
        entries: Vec<Entry>,
        then: impl FnOnce(Result<Head, JournalError>) + Send + 'static,
    ) {
        self.thread.tell(move |runtime, store| runtime.block_on(store.append(&entries)), then);
    }

    /// Is notified after each append: there is something to upload.
    pub fn appended(&self) -> Arc<Notify> {
        Arc::clone(self.thread.appended())
    }

    /// As [`Journal::status`], without waiting: `then` gets the answer, on the journal's thread.
    pub fn status_then(&self, then: impl FnOnce(Result<Status, JournalError>) + Send + 'static) {
        self.thread.tell(|runtime, store| runtime.block_on(store.status()), then);
    }

    /// How far recording and upload have come.
    pub fn status(&self) -> Result<Status, JournalError> {
        self.thread.ask(|runtime, store| runtime.block_on(store.status()))
    }

    /// The events after `number`: at most `max_events`, and at most `max_bytes` unless the first
    /// one alone is larger.
    pub fn batch_after(
        &self,
        number: u64,
        max_events: usize,
        max_bytes: usize,
    ) -> Result<Slice, JournalError> {
        self.thread.ask(move |runtime, store| {
            runtime.block_on(store.batch_after(number, max_events, max_bytes))
        })
    }

    /// Number of the oldest event that is kept.
    fn oldest(&self) -> Result<Option<u64>, JournalError> {
        self.thread.ask(|runtime, store| runtime.block_on(store.oldest()))
    }

    /// How a head that the server names stands to this chain.
    pub fn compare(&self, head: Head) -> Result<Standing, JournalError> {
        self.thread.ask(move |runtime, store| runtime.block_on(store.compare(head)))
    }

    /// Marks everything up to `head` as uploaded, if its digest proves that the server has this
    /// chain. `contact` is the tablet's wall time, milliseconds.
    pub fn acknowledge(&self, head: Head, contact: i64) -> Result<Standing, JournalError> {
        self.thread.ask(move |runtime, store| runtime.block_on(store.acknowledge(head, contact)))
    }

    /// Goes back to `head`, if its digest proves that it is in this chain: what comes after will
    /// be sent again.
    pub fn rewind(&self, head: Head) -> Result<Standing, JournalError> {
        self.thread.ask(move |runtime, store| runtime.block_on(store.rewind(head)))
    }

    /// Notes that the server answered at this wall time (milliseconds).
    pub fn contact(&self, contact: i64) -> Result<(), JournalError> {
        self.thread.ask(move |runtime, store| runtime.block_on(store.contact(contact)))
    }

    /// Notes the server's own time, milliseconds: what it has now it has had since then.
    pub fn proven(&self, server_time: i64) -> Result<(), JournalError> {
        self.thread.ask(move |runtime, store| runtime.block_on(store.proven(server_time)))
    }

    /// Deletes events that the server has had for longer than the options' time, by its own clock as
    /// it last told in this run; in small steps, and only so many a day. How many.
    pub fn prune(&self) -> Result<u64, JournalError> {
        let mut pruned = 0;
        loop {
            // One command a step, so that a tap does not wait behind the whole.
            let step = self.thread.ask(move |runtime, store| runtime.block_on(store.prune()))?;
            pruned += step;
            if step == 0 {
                return Ok(pruned);
            }
        }
    }

    /// Who this tablet is, if it was ever enrolled or tried to be.
    pub fn identity(&self) -> Result<Option<Identity>, JournalError> {
        self.thread.ask(|runtime, store| runtime.block_on(store.identity()))
    }

    /// Keeps who this tablet is. Once it has a chain it stays that tablet.
    pub fn put_identity(&self, identity: Identity) -> Result<(), JournalError> {
        self.thread.ask(move |runtime, store| runtime.block_on(store.put_identity(&identity)))
    }

    /// Notes why the chain of `tablet` and the server's have forked, or, without a reason, that they
    /// have not. Where this journal is another tablet's by now nothing is noted.
    pub fn put_forked(&self, tablet: Uuid, reason: Option<String>) -> Result<(), JournalError> {
        self.thread.ask(move |runtime, store| {
            runtime.block_on(store.put_forked(tablet, reason.as_deref()))
        })
    }

    /// Whether the first events of the chain were deleted.
    pub fn begins_late(&self) -> Result<bool, JournalError> {
        self.thread.ask(|runtime, store| runtime.block_on(store.begins_late()))
    }

    /// Secret key and token with which this tablet asks to become another one: `fresh`, unless it
    /// asked with others before.
    pub fn next_identity(
        &self,
        fresh: ([u8; 32], [u8; 32]),
    ) -> Result<([u8; 32], [u8; 32]), JournalError> {
        self.thread.ask(move |runtime, store| runtime.block_on(store.next_identity(fresh)))
    }

    /// Becomes the tablet of `identity`, which continues the present one: its chain begins with
    /// *continues* and carries every event that is kept. All of it or, where that fails, nothing.
    pub fn continue_as(&self, identity: Identity) -> Result<(), JournalError> {
        let (session, at) = (fresh_session(), self.now());
        self.thread
            .ask(move |runtime, store| runtime.block_on(store.continue_as(&identity, session, at)))
    }

    /// The last settings and their ETag; `None` when there are none that this version can read.
    pub fn settings(&self) -> Result<Option<(Settings, Option<String>)>, JournalError> {
        self.thread.ask(|runtime, store| runtime.block_on(store.settings()))
    }

    /// Keeps settings as the server wrote them, with their ETag: a later version of this program reads
    /// in them what this one passes over.
    pub fn put_settings(&self, json: String, etag: Option<String>) -> Result<(), JournalError> {
        self.thread
            .ask(move |runtime, store| runtime.block_on(store.put_settings(&json, etag.as_deref())))
    }

    /// How often settings were kept in this run.
    pub fn settings_revision(&self) -> Result<u64, JournalError> {
        self.thread.ask(|_, store| Ok(store.settings_revision))
    }

    /// As [`Journal::put_settings`], unless others were kept since `revision`: the answer to an older
    /// question must not replace them. Whether they are kept.
    pub fn put_settings_since(
        &self,
        revision: u64,
        json: String,
        etag: Option<String>,
    ) -> Result<bool, JournalError> {
        self.thread.ask(move |runtime, store| {
            if store.settings_revision != revision {
                return Ok(false);
            }
            runtime.block_on(store.put_settings(&json, etag.as_deref())).map(|()| true)
        })
    }

    /// Who is signed in, by the events of this journal.
    pub fn signed_in(&self) -> Result<Option<SignedIn>, JournalError> {
        let kept = self.recall(Memo::Duty)?;
        Ok(kept.and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// What is known of the server's time from earlier runs. What can not be read is not known.
    pub fn time_estimate(&self) -> TimeEstimate {
        let kept = self.recall(Memo::Time).ok().flatten();
        let kept = kept.and_then(|json| serde_json::from_str(&json).ok());
        let last = self.thread.ask(|runtime, store| runtime.block_on(store.last_event_at()));
        TimeEstimate::resumed(kept, last.ok().flatten(), self.now())
    }

    /// What was remembered.
    pub fn recall(&self, memo: Memo) -> Result<Option<String>, JournalError> {
        self.thread.ask(move |runtime, store| runtime.block_on(store.recall(memo)))
    }

    /// Remembers something, or forgets it, without waiting. Where that fails the log says so; no
    /// rating depends on it.
    pub fn remember(&self, memo: Memo, value: Option<String>) {
        self.thread.tell(
            move |runtime, store| runtime.block_on(store.remember(memo, value.as_deref())),
            move |done| {
                if let Err(error) = done {
                    tracing::warn!(%error, ?memo, "not remembered");
                }
            },
        );
    }
}
