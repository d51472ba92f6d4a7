//! The database, and the only home of SQL. SQL is written once for both databases; the two macros expand the
//! same body with each pool, and what the dialects can not share (opening, beginning a writing transaction)
//! stands in `open.rs` and here.
//!
//! Every write is one transaction: it is stored whole and durably, or not at all.

pub mod about;
mod alert_closing;
pub mod alert_deliveries;
pub mod alert_reads;
pub mod alert_targets;
pub mod alerts;
mod alone;
pub mod answers;
mod append;
pub mod audit;
pub mod backup;
mod batches;
pub mod centre;
pub mod chains;
pub mod changes;
mod codes;
mod comment_terms;
pub mod continuations;
pub mod cross_checks;
pub mod directory;
pub mod dossiers;
pub mod enrolments;
pub mod epoch;
mod error;
mod event_marks;
mod event_steps;
pub mod events;
pub mod evidence;
pub mod evidence_tables;
pub mod export;
pub mod export_key;
mod failures;
mod fingerprint;
pub mod flags;
pub mod forks;
pub mod heartbeats;
pub mod import_batches;
pub mod imported;
pub mod integrity;
pub mod invitations;
mod location;
pub mod machines;
mod migrations;
mod names;
pub mod notes;
pub mod officer_departments;
mod open;
pub mod passwords;
pub mod portions;
pub mod posts;
pub mod published;
pub mod quarantine;
pub mod questionnaires;
pub mod ratings;
mod record_pages;
pub mod records;
pub mod redactions;
pub mod register;
pub mod repetitions;
pub mod restore;
pub mod roster;
pub mod rows;
mod second_factor;
pub mod sessions;
pub mod sites;
pub mod snapshot;
pub mod staff;
mod statement;
pub mod tablets;
pub mod tickets;
pub mod to_postgres;
pub mod totals;
pub mod unrated;
mod upgrade;
pub mod user_changes;
pub mod users;
pub mod visit_filter;

pub use alone::only_server;
pub use error::StoreError;
pub use location::{FILE, without_password};
use names::DirectoryCache;
pub use open::Birth;
use protocol::{Digest, Head};
pub use second_factor::{FactorKeys, SecondFactor};
use sqlx::{PgPool, SqlitePool};
pub use upgrade::forget_copies;

/// One database.
#[derive(Clone, Debug)]
pub enum Store {
    /// A file in the data directory: the embedded default.
    Sqlite(Sqlite),
    /// A server that several of our processes can share.
    Postgres(Postgres),
}

/// SQLite has one writer at a time; readers never wait for it (WAL).
#[derive(Clone, Debug)]
pub struct Sqlite {
    writer: SqlitePool,
    readers: SqlitePool,
    directory_cache: DirectoryCache,
}

/// One pool for everything.
#[derive(Clone, Debug)]
pub struct Postgres {
    pool: PgPool,
    directory_cache: DirectoryCache,
}

/// Runs `$body` with `$pool` to read from.
macro_rules! reading {
    ($store:expr, $pool:ident => $body:expr) => {
        match $store {
            $crate::storage::Store::Sqlite(sqlite) => {
                let $pool = &sqlite.readers;
                $body
            }
            $crate::storage::Store::Postgres(postgres) => {
                let $pool = &postgres.pool;
                $body
            }
        }
    };
}

/// Runs `$body` in a writing transaction `$tx` of database `$Db`, and commits. A `?` or `return` in
/// the body rolls back.
macro_rules! writing {
    ($store:expr, $Db:ident, $tx:ident => $body:expr) => {
        match $store {
            $crate::storage::Store::Sqlite(sqlite) => {
                #[allow(dead_code, reason = "only bodies that build queries name the database")]
                type $Db = sqlx::Sqlite;
                // Immediate: a transaction that first reads and then writes could otherwise be
                // refused half way, because another process wrote in between.
                let mut $tx = sqlite.writer.begin_with("begin immediate").await?;
                let out = $body;
                $tx.commit().await?;
                out
            }
            $crate::storage::Store::Postgres(postgres) => {
                #[allow(dead_code, reason = "only bodies that build queries name the database")]
                type $Db = sqlx::Postgres;
                let mut $tx = postgres.pool.begin().await?;
                let out = $body;
                $tx.commit().await?;
                out
            }
        }
    };
}

/// Writes down within transaction `$tx` who did what to whom, with what was and what is.
macro_rules! log_change {
    ($tx:ident, $at:expr, $actor:expr, $action:expr, $subject:expr, $before:expr, $after:expr) => {
        sqlx::query(
            "insert into audit_log (at, actor, action, subject, before, after)
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind($at)
        .bind($actor)
        .bind($action)
        .bind($subject)
        .bind($before)
        .bind($after)
        .execute(&mut *$tx)
        .await?
    };
}

/// Moves the clock of names on, last in transaction `$tx` that changed any of them: who remembers
/// them reads them again.
macro_rules! names_changed {
    ($tx:ident) => {
        sqlx::query("update installation set names = names + 1").execute(&mut *$tx).await?
    };
}

/// Reads a struct from a row of either database by the names of the columns.
macro_rules! read_by_name {
    ($Name:ident { $($field:ident),+ $(,)? }) => {
        $crate::storage::read_by_name!(@ $Name, sqlx::sqlite::SqliteRow, $($field),+);
        $crate::storage::read_by_name!(@ $Name, sqlx::postgres::PgRow, $($field),+);
    };
    (@ $Name:ident, $Row:ty, $($field:ident),+) => {
        impl sqlx::FromRow<'_, $Row> for $Name {
            fn from_row(row: &$Row) -> Result<Self, sqlx::Error> {
                use sqlx::Row;
                Ok(Self { $($field: row.try_get(stringify!($field))?),+ })
            }
        }
    };
}

/// A struct for the rows of a query, read by the names of the columns.
macro_rules! row_struct {
    ($(#[$attribute:meta])* $visible:vis struct $Name:ident { $($field:ident: $Type:ty),+ $(,)? }) => {
        $(#[$attribute])*
        $visible struct $Name { $($visible $field: $Type),+ }
        $crate::storage::read_by_name!($Name { $($field),+ });
    };
}

/// Statements of a transaction, written once: the trait, and its implementation for both databases.
macro_rules! for_both_databases {
    (
        $(#[$about:meta])*
        $visible:vis trait $Name:ident: $Super:path {
            $(
                $(#[$doc:meta])*
                async fn $function:ident($($argument:ident: $Type:ty),* $(,)?) -> $Return:ty
                $body:block
            )*
        }
    ) => {
        $(#[$about])*
        $visible trait $Name: $Super {
            $($(#[$doc])* async fn $function($($argument: $Type),*) -> $Return;)*
        }
        impl $Name for sqlx::Sqlite {
            $(async fn $function($($argument: $Type),*) -> $Return $body)*
        }
        impl $Name for sqlx::Postgres {
            $(async fn $function($($argument: $Type),*) -> $Return $body)*
        }
    };
}

pub(crate) use {
    for_both_databases, log_change, names_changed, read_by_name, reading, row_struct, writing,
};

/// Ids for `in (…)`; none find nothing. They are numbers of our own, so it is safe to write them
/// into the statement, and a database sees what it needs to choose an index.
fn listed<'a>(ids: impl IntoIterator<Item = &'a i64>) -> String {
    let ids: Vec<String> = ids.into_iter().map(i64::to_string).collect();
    if ids.is_empty() { "null".to_owned() } else { ids.join(", ") }
}

/// A head of a tablet's chain as a table holds it.
fn head(table: &'static str, number: i64, digest: &[u8]) -> Result<Head, StoreError> {
    let digest = Digest::from_slice(digest).ok_or(StoreError::Meaningless(table))?;
    Ok(Head { number: number.unsigned_abs(), digest })
}

/// Numbers of events are stored signed; a tablet that counted past 2^63 does not exist.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
