//! Tells open dashboards of new ratings within two seconds, also of those that another process of this
//! database stored. One watcher a process looks at the change clock, and only while a dashboard listens.
//! Today is counted once for all and serialised once for each audience, and all of an audience get the
//! same bytes.

mod count;
mod sessions;
mod today;
mod watch;

pub use count::Counts;
pub use sessions::watch as watch_sessions;
pub use today::Today;
pub use watch::watch;

use crate::centre_settings_cache::CentreSettingsCache;
use crate::clock::Clock;
use crate::scope::Scope;
use crate::stats::Stats;
use crate::storage::Store;
use crate::storage::users::Role;
use axum::body::Bytes;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::collections::hash_map::{Entry, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, watch as channel};

/// Streams that may be open at once in a process. Each holds a socket, of which a process usually
/// has 1,024; the other half is for tablets and pages.
const STREAMS: usize = 500;

/// Streams that one person may have open: a few windows on a few machines, not a loop gone wild.
const STREAMS_OF_ONE: usize = 24;

/// Between two signs of life of a stream, so that no proxy takes a quiet one for dead (most wait a
/// minute). Every second one asks whether its reader may still listen.
const BEAT: Duration = Duration::from_secs(20);

/// What today is counted from, and who listens.
#[derive(Clone)]
pub struct Live {
    /// The open streams.
    pub live_hub: Arc<LiveHub>,
    /// Where everything is kept.
    pub store: Store,
    /// Where everything is counted.
    pub stats: Arc<Stats>,
    /// The moment.
    pub clock: Clock,
    /// The centre as it was last read.
    pub centre: Arc<CentreSettingsCache>,
    /// Its time zone.
    pub zone: TimeZone,
}

/// Those who get the same bytes: same scope and language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Audience {
    /// Ids of the departments they may see; none: the whole centre.
    pub departments: Option<BTreeSet<i64>>,
    /// BCP 47.
    pub language: &'static str,
}

impl Audience {
    /// The audience of a person. One who sees no department sees nothing.
    pub fn of(scope: &Scope, language: &'static str) -> Self {
        let departments = match scope {
            Scope::All => None,
            Scope::Departments(own) => Some(own.clone()),
            Scope::Officer(_) => Some(BTreeSet::new()),
        };
        Self { departments, language }
    }
}

/// Who listens, and what was counted last.
pub struct LiveHub {
    /// Between two signs of life of a stream.
    pub(crate) beat: Duration,
    streams: Mutex<Streams>,
    woken: Notify,
    closing: channel::Sender<bool>,
    counted: tokio::sync::Mutex<Option<Arc<Counts>>>,
}

#[derive(Default)]
struct Streams {
    taken: usize,
    of_person: HashMap<i64, usize>,
    /// What each open stream's session is, by the number of the stream.
    sessions: HashMap<u64, Watched>,
    last_number: u64,
    channels: HashMap<Audience, Channel>,
}

/// The session that a stream was opened in.
struct Watched {
    token_hash: [u8; 32],
    role: Role,
    ended: channel::Sender<bool>,
}

/// Whose stream it is.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// Id of the person.
    pub person: i64,
    /// What they were when they opened it.
    pub role: Role,
    /// Hash of the token of the session they opened it in.
    pub token_hash: [u8; 32],
}

/// The last message to an audience; empty before the first.
struct Channel {
    said: Option<(i64, jiff::civil::Date)>,
    bytes: channel::Sender<Bytes>,
}

/// An open stream; its place is free again once it is dropped.
pub struct Listener {
    live_hub: Arc<LiveHub>,
    person: i64,
    number: u64,
    bytes: channel::Receiver<Bytes>,
    closing: channel::Receiver<bool>,
}

impl Listener {
    /// What is said next; none once the server ends. What is missed meanwhile is not made up for:
    /// the last word holds all of today.
    pub async fn next(&mut self) -> Option<Bytes> {
        tokio::select! {
            biased;
            // An error means that the other side is gone, which is an end too.
            _ = self.closing.wait_for(|closing| *closing) => None,
            changed = self.bytes.changed() => {
                changed.ok()?;
                Some(self.bytes.borrow_and_update().clone())
            }
        }
    }
}

/// Tells when the session ends in which a stream was opened.
pub struct SessionEnd(channel::Receiver<bool>);

impl SessionEnd {
    /// Ready once it ended.
    pub async fn wait(&mut self) {
        if self.0.wait_for(|ended| *ended).await.is_err() {
            // The other side goes with the stream alone.
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut streams = self.live_hub.streams();
        streams.taken -= 1;
        streams.sessions.remove(&self.number);
        if let Entry::Occupied(mut own) = streams.of_person.entry(self.person) {
            *own.get_mut() -= 1;
            if *own.get() == 0 {
                own.remove();
            }
        }
    }
}

impl Default for LiveHub {
    fn default() -> Self {
        Self {
            beat: BEAT,
            streams: Mutex::default(),
            woken: Notify::new(),
            closing: channel::Sender::new(false),
            counted: tokio::sync::Mutex::default(),
        }
    }
}

impl LiveHub {
    /// As usual, with another time between two signs of life.
    pub fn with_beat(beat: Duration) -> Self {
        Self { beat, ..Self::default() }
    }

    /// Something was stored in this process: listeners are woken at once.
    pub fn wake(&self) {
        self.woken.notify_one();
    }

    /// A stream for a reader; none when too many are open, or too many of this person's.
    pub fn listen(
        self: &Arc<Self>,
        audience: Audience,
        reader: Reader,
    ) -> Option<(Listener, SessionEnd)> {
        let Reader { person, role, token_hash } = reader;
        let mut streams = self.streams();
        let own = streams.of_person.get(&person).copied().unwrap_or(0);
        if streams.taken >= STREAMS || own >= STREAMS_OF_ONE {
            return None;
        }
        streams.taken += 1;
        streams.of_person.insert(person, own + 1);
        streams.last_number += 1;
        let (number, ended) = (streams.last_number, channel::Sender::new(false));
        let told_end = ended.subscribe();
        streams.sessions.insert(number, Watched { token_hash, role, ended });
        let channel = streams
            .channels
            .entry(audience)
            .or_insert_with(|| Channel { said: None, bytes: channel::Sender::new(Bytes::new()) });
        let mut bytes = channel.bytes.subscribe();
        if channel.said.is_some() {
            bytes.mark_changed();
        }
        drop(streams);
        // The watcher sleeps while nobody listens, and what was said last may be old.
        self.wake();
        let (live_hub, closing) = (Arc::clone(self), self.closing.subscribe());
        Some((Listener { live_hub, person, number, bytes, closing }, SessionEnd(told_end)))
    }

    /// Ends all streams, for good: the server ends.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Ready once it is closed.
    async fn closed(&self) {
        let mut closing = self.closing.subscribe();
        // An error means that the sender is gone, which counts as closed.
        let _ = closing.wait_for(|closing| *closing).await;
    }

    /// How many streams are open.
    pub fn listening(&self) -> usize {
        self.streams().taken
    }

    /// Sends every audience the message that is new to it; whether there was one.
    fn say(&self, counts: &Counts) -> bool {
        let now = (counts.position, counts.day);
        let mut streams = self.streams();
        streams.channels.retain(|_, channel| channel.bytes.receiver_count() > 0);
        let mut said = false;
        for (audience, channel) in &mut streams.channels {
            if channel.said != Some(now) {
                let texts = locales::texts(audience.language);
                let frame = counts.today(audience.departments.as_ref(), texts).frame();
                channel.said = Some(now);
                // An audience whose part did not change gets nothing: not even that others have new ratings.
                if *channel.bytes.borrow() != frame {
                    channel.bytes.send_replace(frame);
                    said = true;
                }
            }
        }
        said
    }

    fn streams(&self) -> MutexGuard<'_, Streams> {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
