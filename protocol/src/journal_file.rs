//! A tablet's journal as a file, for a tablet that will never be online again: it is written to a
//! USB stick at the tablet and taken by the server's import.
//!
//! The file is lines of JSON: first a [`JournalFile`], then the events from the oldest kept one on,
//! as [`crate::exchange::Batch`]es that the tablet has signed. So a copied, cut or changed file is
//! noticed, and what the server has already is not stored twice.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the first line says it is.
pub const FORMAT: &str = "hai-long journal v1";

/// How the files are named: `nhat-ky-Q05-20261124-0930.hljournal`.
pub const EXTENSION: &str = "hljournal";

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalFile {
    /// [`FORMAT`].
    pub format: String,
    /// The tablet's id.
    pub tablet: Uuid,
    /// Code of its counter.
    pub counter: String,
    /// When it was written, by the tablet's clock; milliseconds since 1970-01-01 UTC.
    pub written_at: i64,
    /// How many events follow: a file that was cut has fewer.
    pub events: u64,
}

impl JournalFile {
    /// Whether a file's first line is that of a journal.
    pub fn read(line: &str) -> Option<Self> {
        serde_json::from_str::<Self>(line).ok().filter(|head| head.format == FORMAT)
    }
}
