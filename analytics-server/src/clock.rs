//! The only home of the clock and of randomness in the server. Everything else takes moments,
//! ids and secrets as arguments, so that a test can choose them.
#![expect(clippy::disallowed_methods, reason = "this is the home the rule speaks of")]

use std::sync::Arc;
use std::time::Instant;
use uuid::Uuid;

/// Tells the moment, in milliseconds since 1970-01-01 UTC.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::from_fn(|| jiff::Timestamp::now().as_millisecond())
    }

    /// A clock that a test sets.
    pub fn from_fn(now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub fn now(&self) -> i64 {
        (self.0)()
    }
}

/// The moment by the clock that never jumps, to tell how long something took.
pub fn started() -> Instant {
    Instant::now()
}

/// A fresh identity.
pub fn fresh_id() -> Uuid {
    Uuid::now_v7()
}

/// Random bytes from the system; an error when it has none, which no program can mend.
pub fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}
