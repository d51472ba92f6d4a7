//! What can go wrong between the server and its database, each with what to do about it.

use std::path::PathBuf;

/// Why the store could not do as it was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data directory can not be made or written.
    #[error(
        "the data directory {path} can not be used: {cause}; choose another with --data-dir or mend its rights"
    )]
    DataDir {
        /// The directory.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The database was written by a newer version.
    #[error(
        "{place} belongs to a newer version of this program (its migration {version} is unknown here); run that version, nothing was changed"
    )]
    Newer {
        /// Which database.
        place: String,
        /// The first unknown migration.
        version: i64,
    },
    /// The database was written by an older version, and must not be changed now.
    #[error(
        "{place} belongs to an older version of this program (migration {version} is missing); start this version once so that it is brought up to date, or check it with the version that wrote it; nothing was changed"
    )]
    Older {
        /// Which database.
        place: String,
        /// The first missing migration.
        version: i64,
    },
    /// An older database can not be copied before its schema is changed.
    #[error(
        "{place} is of an older version and is copied before it is brought up to date, but it can not be copied: {cause}; nothing was changed"
    )]
    NoCopy {
        /// Which database.
        place: String,
        /// Why there is no copy.
        cause: String,
    },
    /// A server works there.
    #[error(
        "a server works on the data in {0} already; stop it first, or let several servers share a PostgreSQL database"
    )]
    Served(PathBuf),
    /// It is a database, but of something else.
    #[error("{0} is no database of this program; nothing was changed")]
    Foreign(String),
    /// The file can not be read where it lies.
    #[error(
        "{place} can not be read here ({cause}); if a file {place}-wal lies beside it, copy both to a directory that can be written"
    )]
    Unread {
        /// Which database.
        place: String,
        /// What the database said.
        cause: String,
    },
    /// The file is not a database, or parts of it are unreadable.
    #[error(
        "{place} is damaged or no database ({cause}); restore it from a backup, the file was left as it is"
    )]
    Damaged {
        /// Which database.
        place: String,
        /// What the database said.
        cause: String,
    },
    /// The file may not be written.
    #[error("{place} can not be written ({cause}); mend the rights of the file and its directory")]
    ReadOnly {
        /// Which database.
        place: String,
        /// What the database said.
        cause: String,
    },
    /// Another process writes for longer than anybody waits.
    #[error("the database is held by another process ({0}); let it end, then try again")]
    Busy(String),
    /// No room is left.
    #[error(
        "no space is left for the database ({0}); free some, nothing that was acknowledged is lost"
    )]
    Full(String),
    /// The database server can not be reached.
    #[error("the database {place} can not be reached: {cause}; check the address and that it runs")]
    Unreachable {
        /// Address without its password.
        place: String,
        /// What the system said.
        cause: String,
    },
    /// The address of a database is none.
    #[error("“{0}” is no database address; write postgres://user@host/name")]
    Address(String),
    /// A stored value has no meaning: somebody wrote into the database by hand.
    #[error("the database holds a value without meaning in {0}; restore it from a backup")]
    Meaningless(&'static str),
    /// Anything else the database said.
    #[error("the database refused: {0}")]
    Database(sqlx::Error),
}

impl StoreError {
    /// Whether it is the database that is away, full or damaged, and not what was to be written that it
    /// refuses: then nothing else can be written either.
    pub fn is_of_whole_database(&self) -> bool {
        match self {
            Self::Meaningless(_) => false,
            Self::Database(error) => {
                let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
                // No resources, shut down, read-only: of PostgreSQL.
                let of_server = |code: &str| {
                    code.starts_with("53") || code.starts_with("57P") || code == "25006"
                };
                code.is_some_and(|code| of_server(&code))
                    || matches!(
                        error,
                        sqlx::Error::PoolTimedOut
                            | sqlx::Error::PoolClosed
                            | sqlx::Error::WorkerCrashed
                            | sqlx::Error::Io(_)
                    )
            }
            _ => true,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let place = || "the database".to_owned();
        let cause = error.to_string();
        match kind(&error) {
            Some(Kind::Full) => Self::Full(cause),
            Some(Kind::Damaged) => Self::Damaged { place: place(), cause },
            Some(Kind::ReadOnly) => Self::ReadOnly { place: place(), cause },
            Some(Kind::Busy) => Self::Busy(cause),
            None => Self::Database(error),
        }
    }
}

enum Kind {
    Full,
    Damaged,
    ReadOnly,
    Busy,
}

/// The kinds of failure that a person can do something about.
fn kind(error: &sqlx::Error) -> Option<Kind> {
    let database = error.as_database_error()?;
    let code = database.code()?;
    if database.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_none() {
        // disk_full
        return (code == "53100").then_some(Kind::Full);
    }
    // The low byte is the primary code, <https://www.sqlite.org/rescode.html>.
    match code.parse::<u32>().ok()? & 0xff {
        5 | 6 => Some(Kind::Busy),
        8 | 14 => Some(Kind::ReadOnly),
        11 | 26 => Some(Kind::Damaged),
        13 => Some(Kind::Full),
        _ => None,
    }
}
