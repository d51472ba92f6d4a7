//! How the tablet is, as its staff see it. The same facts ride with the heartbeat.

use crate::link::Link;
use protocol::heartbeat::Blocked;
use uuid::Uuid;

/// Plain facts; none where the system does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Address of the server.
    pub server: String,
    /// Code of the counter.
    pub counter: String,
    /// The tablet's id.
    pub tablet: Option<Uuid>,
    /// How the tablet stands to it.
    pub link: Link,
    /// The event that does not get through.
    pub blocked: Option<Blocked>,
    /// When the server last answered, milliseconds since 1970.
    pub last_contact: Option<i64>,
    /// Number of the last event recorded.
    pub recorded: u64,
    /// Events the server does not have yet.
    pub pending: u64,
    /// How far this clock stands before the server's, milliseconds.
    pub skew_ms: Option<i64>,
    /// Battery, percent.
    pub battery: Option<u8>,
    /// Whether it is being charged.
    pub charging: Option<bool>,
    /// Free bytes where the journal lies.
    pub storage_free: Option<u64>,
    /// Version of the program.
    pub version: &'static str,
    /// How often it was started with this journal.
    pub boots: u64,
    /// Version of the questionnaire in force.
    pub questionnaire: Option<u32>,
}
