//! What the kiosk asks the journal to write down: an event that has no number yet.

use crate::clock::Now;
use protocol::What;
use uuid::Uuid;

/// One thing that happened in a visit, and when. The journal gives it its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The visit (UUIDv7).
    pub session: Uuid,
    /// What happened.
    pub what: What,
    /// When it happened; kept when the write has to be tried again.
    pub at: Now,
}
