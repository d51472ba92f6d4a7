//! A tablet's journal as a file, for a tablet that will never be online again: it is written to a
//! USB stick at the tablet and taken by the server's import.
//!
//! The content is lines of JSON: first a [`JournalFile`], then the events from the oldest kept one on,
//! as [`crate::exchange::Batch`]es that the tablet has signed. So a copied, cut or changed file is
//! noticed, and what the server has already is not stored twice. Where the tablet knows the server's
//! key the whole is sealed to it ([`crate::sealed_file`]); the file's name has the same ending.
//!
//! A journal that was salvaged from a damaged one may lack events in between. It holds every run of
//! events that follow one another; the server takes those that go on from what it has.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the first line says it is.
pub const FORMAT: &str = "hai-long journal v1";

/// How the files are named: `nhat-ky-Q05-20261124T093000Z.hljournal`, by the tablet's clock in UTC, as
/// the server's backups are.
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
    /// The journal was damaged, and events in between may be missing.
    #[serde(default, skip_serializing_if = "is_false")]
    pub salvaged: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

impl JournalFile {
    /// Whether a file's first line is that of a journal.
    pub fn read(line: &str) -> Option<Self> {
        serde_json::from_str::<Self>(line).ok().filter(|head| head.format == FORMAT)
    }
}
