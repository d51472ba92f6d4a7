//! The courier uploads what the journal holds to the server, and brings the settings back. Its
//! decisions are in `policy` and pure; `http` makes one attempt and returns exactly how it ended;
//! `run` joins them on a thread of its own. No answer of the server makes it delete events.

mod enrol;
mod failure;
mod http;
mod invitations;
pub mod policy;
mod run;
mod settings;
mod time;
mod tls;

pub use enrol::{EnrolError, enrol, transfer};
pub use failure::Failure;
pub use http::{BatchEncoding, Fetched, Http, Reply};

use crate::clock::Clock;
use crate::journal::{Journal, JournalError};
use crate::link::Link;
use crate::time_estimate::TimeEstimate;
use policy::Pace;
use protocol::heartbeat::Blocked;
use protocol::invitation::Invitation;
use protocol::settings::Settings;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use tokio::sync::Notify;

/// What the courier reports to the code that started it.
#[derive(Clone, Debug)]
pub enum News {
    /// The server gave other settings; they are in the journal already.
    Settings(Arc<Settings>),
    /// Somebody is invited to rate.
    Invitation(Arc<Invitation>),
    /// The server sent its time.
    Time(TimeEstimate),
    /// How the tablet stands to the server; never [`Link::Forked`].
    Link(Link),
    /// The event that does not get through, or that events pass again.
    Blocked(Option<Blocked>),
    /// The server has another chain than this tablet: it has to be enrolled with a new code, as
    /// another one. Recording goes on. Once it is mended, `Link` comes again.
    Forked(String),
    /// An event that is still to be sent can not be read: what is recorded behind it would never arrive.
    Damaged,
}

/// What only the window knows of the tablet, for its heartbeats; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Condition(Arc<Mutex<KioskFacts>>);

/// What a [`Condition`] holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KioskFacts {
    /// Code of the officer on duty.
    pub officer: Option<String>,
    /// Version of the questionnaire in force.
    pub questionnaire: Option<u32>,
    /// In one word why ratings can not be written.
    pub trouble: Option<&'static str>,
}

impl Condition {
    /// Tells how it is now.
    pub fn tell(&self, facts: KioskFacts) {
        // A thread that died while it held this plain data left it whole.
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = facts;
    }

    fn facts(&self) -> KioskFacts {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Why no courier could start.
#[derive(Debug, thiserror::Error)]
pub enum CourierError {
    /// The journal could not be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The server's address can not be one.
    #[error(transparent)]
    Address(#[from] Failure),
    /// The system gave no thread or no runtime.
    #[error("the courier could not start: {0}")]
    System(#[from] std::io::Error),
}

/// A running courier; it stops when this is dropped.
pub struct Courier {
    stop: Arc<Notify>,
    thread: Option<JoinHandle<()>>,
}

impl Courier {
    /// Starts uploading for the tablet that the journal belongs to. `condition` is what the window
    /// knows; `news` is called on the courier's thread.
    pub fn start(
        journal: Journal,
        clock: Clock,
        pace: Pace,
        condition: Condition,
        news: impl Fn(News) + Send + 'static,
    ) -> Result<Self, CourierError> {
        let mut route = run::Route::of(&journal)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        let thread = thread::Builder::new().name("courier".to_owned()).spawn(move || {
            runtime.block_on(async {
                loop {
                    let errands = run::run(&route, &journal, &clock, pace, &condition, &news);
                    tokio::select! {
                        () = stopped.notified() => return,
                        () = errands => {}
                        () = invitations::run(&route, &journal, pace, &news) => {}
                    }
                    // It may be another tablet now.
                    match run::Route::of(&journal) {
                        Ok(now) if now.tablet != route.tablet => route = now,
                        _ => return,
                    }
                }
            });
            // A name that is still being looked up must not hold the end back.
            runtime.shutdown_background();
        })?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Courier {
    fn drop(&mut self) {
        self.stop.notify_one();
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != thread::current().id()
        {
            let _ = thread.join();
        }
    }
}
