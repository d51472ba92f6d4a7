//! What can go wrong with the journal, in words for the technician.

use std::path::{Path, PathBuf};

/// Why the journal did not do what it was asked. The file keeps what it had in every case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// The file is no journal, or not the one that was written.
    #[error(
        "the journal {path} is damaged ({detail}); it was left as it is: `tablet-app salvage --out DIR` \
         writes what can be read to a file for the server and moves the journal aside"
    )]
    Damaged {
        /// The journal's file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// A newer program has written the file.
    #[error(
        "the journal {path} has version {found}, this program knows up to {known}; it was left as \
         it is: start the newer program"
    )]
    Newer {
        /// The journal's file.
        path: PathBuf,
        /// Version of the file.
        found: i64,
        /// Newest version this program knows.
        known: i64,
    },
    /// Another process has it open.
    #[error("the journal {path} is in use by another tablet-app; stop that one first")]
    InUse {
        /// The journal's file.
        path: PathBuf,
    },
    /// No room on the disk.
    #[error("the disk of the journal {path} is full; free some space, and recording goes on")]
    Full {
        /// The journal's file.
        path: PathBuf,
    },
    /// The file or its directory takes no writes.
    #[error(
        "the journal {path} can not be written ({detail}); check the permissions of its directory"
    )]
    ReadOnly {
        /// The journal's file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// There is no journal there.
    #[error(
        "there is no journal at {path}; check --data-dir, or enrol the tablet with --server and --enrol"
    )]
    Missing {
        /// The journal's file.
        path: PathBuf,
    },
    /// Events have a chain only once the server has named the tablet.
    #[error("the tablet is not enrolled; start it once with --server URL --enrol CODE")]
    NotEnrolled,
    /// The journal belongs to another tablet.
    #[error(
        "the journal {path} is the one of tablet {tablet}; use another --data-dir for a new tablet"
    )]
    OtherTablet {
        /// The journal's file.
        path: PathBuf,
        /// The tablet whose chain it holds.
        tablet: uuid::Uuid,
    },
    /// An event can not become longer than the protocol allows.
    #[error("an event of {bytes} bytes is longer than the protocol allows")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// More waits to be written than the queue holds.
    #[error("the journal has too much to do")]
    Busy,
    /// The journal's thread has ended.
    #[error("the journal is closed")]
    Gone,
    /// Anything else the storage said.
    #[error("the journal {path} could not be read or written: {detail}")]
    Storage {
        /// The journal's file.
        path: PathBuf,
        /// What the storage said.
        detail: String,
    },
}

/// SQLite's primary result codes, <https://www.sqlite.org/rescode.html>.
mod code {
    pub(super) const BUSY: i32 = 5;
    pub(super) const READONLY: i32 = 8;
    pub(super) const CORRUPT: i32 = 11;
    pub(super) const FULL: i32 = 13;
    pub(super) const CANTOPEN: i32 = 14;
    pub(super) const NOTADB: i32 = 26;
}

impl JournalError {
    pub(super) fn damaged(path: &Path, detail: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), detail: detail.into() }
    }

    pub(super) fn from_sqlx(path: &Path, error: &sqlx::Error) -> Self {
        let path = path.to_owned();
        let detail = error.to_string();
        let extended = match error {
            sqlx::Error::Database(database) => database.code(),
            _ => None,
        };
        // The low byte of an extended code is its primary code.
        match extended.and_then(|code| code.parse::<i32>().ok()).map(|code| code & 0xff) {
            Some(code::FULL) => Self::Full { path },
            Some(code::CORRUPT | code::NOTADB) => Self::Damaged { path, detail },
            Some(code::READONLY | code::CANTOPEN) => Self::ReadOnly { path, detail },
            Some(code::BUSY) => Self::InUse { path },
            _ => Self::Storage { path, detail },
        }
    }

    pub(super) fn from_io(path: &Path, error: &std::io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::Full { path },
            _ => Self::ReadOnly { path, detail: error.to_string() },
        }
    }
}
