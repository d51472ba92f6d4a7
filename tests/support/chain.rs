//! A tablet in memory that speaks the real protocol: it numbers, chains and signs as the program on
//! a counter does, and a test says what happens at it.

use analytics_server::storage::Store;
use analytics_server::storage::events::{Appended, Arrival};
use ed25519_dalek::SigningKey;
use protocol::event::{Event, Shown, What};
use protocol::exchange::{Batch, Sent};
use protocol::heartbeat::Heartbeat;
use protocol::{Head, Level, Scale, Stage};
use serde_json::value::RawValue;
use uuid::Uuid;

/// A tablet's identity and its whole chain.
#[derive(Clone)]
pub struct Chain {
    /// Its id.
    pub tablet: Uuid,
    /// Its key.
    pub key: SigningKey,
    /// Its bearer token.
    pub token: [u8; 32],
    /// The exact bytes of its events.
    pub events: Vec<Box<RawValue>>,
    heads: Vec<Head>,
}

impl Chain {
    /// A tablet whose key is made from `seed`.
    pub fn new(tablet: Uuid, seed: u8) -> Self {
        Self {
            tablet,
            key: SigningKey::from_bytes(&[seed; 32]),
            token: [seed; 32],
            events: Vec::new(),
            heads: vec![Head::start(tablet)],
        }
    }

    /// The end of the chain.
    pub fn head(&self) -> Head {
        self.heads[self.events.len()]
    }

    /// The head after event `number`.
    pub fn head_at(&self, number: usize) -> Head {
        self.heads[number]
    }

    /// Something happened at `at` (milliseconds since 1970).
    pub fn push(&mut self, session: Uuid, at: i64, what: What) {
        let number = self.head().number + 1;
        let event = Event { number, session, at, boot: self.tablet, uptime: 0, what };
        self.push_bytes(&String::from_utf8(event.to_bytes()).unwrap());
    }

    /// Puts any JSON into the chain.
    pub fn push_bytes(&mut self, json: &str) {
        let raw = RawValue::from_string(json.to_owned()).unwrap();
        let head = self.head().extend(raw.get().as_bytes());
        self.events.push(raw);
        self.heads.push(head);
    }

    /// A whole visit: asked and answered.
    pub fn rate(&mut self, session: Uuid, at: i64, shown: Shown, level: Level) {
        self.push(session, at, What::Shown(shown));
        self.push(session, at, What::Rated { level });
    }

    /// The events after number `after`, at most `count`, sealed and sent at `sent_at`.
    pub fn batch(&self, after: usize, count: usize, sent_at: i64) -> Batch {
        let last = (after + count).min(self.events.len());
        let sent = Sent { at: sent_at, boot: Uuid::max(), uptime: 0 };
        let events = self.events[after..last].to_vec();
        Batch::seal(&self.key, self.tablet, self.heads[after], events, sent)
    }

    /// How it is, with so many events that it takes for not acknowledged.
    pub fn heartbeat(&self, pending: u64) -> Heartbeat {
        Heartbeat {
            at: 0,
            app_version: "0.1.0".into(),
            uptime: 0,
            boots: 1,
            recorded: self.head().number,
            pending,
            skew_ms: None,
            battery: None,
            charging: None,
            storage_free: None,
            officer: None,
            questionnaire: None,
            trouble: None,
            blocked: None,
        }
    }

    /// Gives a batch to the store as the server's API does, at the moment it was sent.
    pub async fn append(&self, store: &Store, batch: &Batch) -> Appended {
        self.append_at(store, batch, batch.sent.at).await
    }

    /// The same at another moment than the tablet's clock said.
    pub async fn append_at(&self, store: &Store, batch: &Batch, at: i64) -> Appended {
        let heads = batch.open(&self.key.verifying_key(), self.tablet).unwrap();
        let events: Vec<&[u8]> = batch.events.iter().map(|event| event.get().as_bytes()).collect();
        let arrival = Arrival {
            tablet: self.tablet,
            simulated: false,
            previous: Head { number: batch.first - 1, digest: batch.previous },
            heads: &heads,
            events: &events,
            sent: batch.sent,
            signature: batch.signature,
            sent_at: at,
            received_at: at,
            repeat_ms: 60_000,
        };
        store.append_events(&arrival).await.unwrap()
    }
}

/// A question about an officer at a counter.
pub fn shown(counter: &str, officer: &str, stage: Option<Stage>) -> Shown {
    Shown {
        counter: counter.into(),
        officer: officer.into(),
        stage,
        dossier: None,
        ticket: None,
        invitation: None,
        scale: Scale::Five,
        questionnaire: 1,
        language: "vi".into(),
    }
}
