//! A simulated tablet: its identity, its chain, and what it has not brought to the server yet. The
//! state is on disk before anything is sent, so a demonstration that was ended goes on with the
//! same chain. It has no journal: when the server knows another chain, it enrols anew.

use super::DemoError;
use crate::enrolment::{VALID_MS, code_hash, fresh_code};
use crate::state::App;
use crate::storage::rows::TabletAssignment;
use ed25519_dalek::SigningKey;
use protocol::Head;
use protocol::event::{Event, What};
use protocol::exchange::{Acknowledged, Batch, Sent};
use protocol::limits::EVENTS_IN_BATCH;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// What is stored of a tablet between two runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct State {
    pub tablet: Uuid,
    #[serde(with = "hex::serde")]
    pub key: [u8; 32],
    #[serde(with = "hex::serde")]
    pub token: [u8; 32],
    /// The end of the chain at the server, as last acknowledged.
    pub head: Head,
    /// Events after it, in their exact bytes.
    pub pending: Vec<Box<RawValue>>,
    /// It has still to tell what happened in the weeks before.
    #[serde(default)]
    pub past: bool,
}

impl State {
    /// A tablet that has said nothing yet.
    pub fn new(tablet: Uuid, key: [u8; 32], token: [u8; 32]) -> Self {
        Self { tablet, key, token, head: Head::start(tablet), pending: Vec::new(), past: false }
    }

    /// Whether no more events should be made before some are brought: one batch is the bound.
    pub fn is_full(&self) -> bool {
        // A visit has four events at most.
        self.pending.len() + 4 > EVENTS_IN_BATCH
    }

    /// Records what happened at `now`.
    pub fn record(&mut self, session: Uuid, now: &Sent, what: What) {
        let number = self.head.number + self.pending.len() as u64 + 1;
        let Sent { at, boot, uptime } = *now;
        let bytes = Event { number, session, at, boot, uptime, what }.to_bytes();
        // An event's bytes are JSON by construction.
        if let Ok(raw) = String::from_utf8(bytes)
            .map_err(drop)
            .and_then(|text| RawValue::from_string(text).map_err(drop))
        {
            self.pending.push(raw);
        }
    }

    /// All pending events, signed; none when there are none.
    pub fn batch(&self, sent: Sent) -> Option<Batch> {
        let key = SigningKey::from_bytes(&self.key);
        (!self.pending.is_empty())
            .then(|| Batch::seal(&key, self.tablet, self.head, self.pending.clone(), sent))
    }

    /// Takes in the server's answer: what it has is no longer pending. Whether its chain is ours.
    pub fn acknowledge(&mut self, answer: &Acknowledged) -> bool {
        let mut head = self.head;
        let mut taken = 0;
        while head != answer.head {
            let Some(event) = self.pending.get(taken) else { return false };
            head = head.extend(event.get().as_bytes());
            taken += 1;
        }
        self.pending.drain(..taken);
        self.head = head;
        true
    }

    /// The state of a file; none when there is none that can be read: then the tablet is new.
    pub fn load(path: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    }

    /// Writes the state, whole or not at all.
    pub fn save(&self, path: &Path) -> Result<(), DemoError> {
        let fault = |cause| DemoError::State { path: path.to_owned(), cause };
        // Plain fields always have a JSON form.
        let json = serde_json::to_vec(self).unwrap_or_default();
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(fault)?;
        }
        let part = path.with_extension("part");
        fs::write(&part, json).and_then(|()| fs::rename(&part, path)).map_err(fault)
    }
}

/// One run of the program, by whose clock events are dated.
#[derive(Clone, Copy)]
pub(super) struct Run {
    boot: Uuid,
    since: i64,
}

impl Run {
    /// A run that begins at `since` (ms since 1970).
    pub fn new(boot: Uuid, since: i64) -> Self {
        Self { boot, since }
    }

    /// The clocks at `at`. A simulated tablet has the server's clock and no monotonic one.
    pub fn at(self, at: i64) -> Sent {
        Sent { at, boot: self.boot, uptime: u64::try_from(at - self.since).unwrap_or(0) }
    }
}

/// The file of the state of the tablet at a counter.
pub(super) fn state_file(data_dir: &Path, counter: &str) -> PathBuf {
    data_dir.join("demo-tablets").join(format!("{counter}.json"))
}

/// Makes a one-time code for a post.
pub(super) async fn code(app: &App, post: &TabletAssignment) -> Result<String, DemoError> {
    let code = fresh_code()?;
    let now = app.clock.now();
    app.store.add_enrolment_code(post, code_hash(&code), now, now + VALID_MS).await?;
    Ok(code)
}
