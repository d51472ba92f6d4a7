//! Opening a database only to read it, all as of one moment: nothing is written, no schema is
//! brought up to date, and a database of another version gives an error of its own and is left as
//! it is.

use super::location::{FILE, opening, without_password};
use super::{DirectoryCache, Postgres, Sqlite, Store, StoreError, migrations};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Connection, Executor, PgConnection, SqlitePool};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The migrations that a database has seen.
const APPLIED: &str = "select version from _sqlx_migrations where success order by version";

/// One reading may take long, and its connection is never given back in between.
const FOREVER: Option<Duration> = None;

/// A database as it was at one moment.
#[derive(Debug)]
pub struct Snapshot {
    store: Store,
    quiet: Option<Quiet>,
}

/// A SQLite file that nobody had open: it can be read without the files that SQLite keeps beside one
/// that is in use, which need a directory that can be written.
#[derive(Debug)]
struct Quiet {
    file: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
}

impl Quiet {
    /// The file as it lies there; none: somebody has it open, or left its log behind.
    fn of(file: &Path) -> Option<Self> {
        if log_of(file).exists() {
            return None;
        }
        let known = file.metadata().ok()?;
        Some(Self { file: file.into(), size: known.len(), modified: known.modified().ok() })
    }
}

/// Where SQLite writes first what then goes into the file.
fn log_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

impl Snapshot {
    /// Opens the database at `address`, or the SQLite file of the data directory.
    pub async fn open(data_dir: &Path, address: Option<&str>) -> Result<Self, StoreError> {
        match address {
            None => Self::of_sqlite(&data_dir.join(FILE)).await,
            Some(address) => Self::of_postgres(address).await,
        }
    }

    /// What can be read.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Whether it was one moment to the end: a file that was read as if nobody used it must not
    /// have been opened by a server meanwhile.
    pub fn held(&self) -> bool {
        self.quiet.as_ref().is_none_or(|before| {
            Quiet::of(&before.file)
                .is_some_and(|now| (now.size, now.modified) == (before.size, before.modified))
        })
    }

    async fn of_sqlite(file: &Path) -> Result<Self, StoreError> {
        let place = file.display().to_string();
        let quiet = Quiet::of(file);
        let options = SqliteConnectOptions::new()
            .filename(file)
            .read_only(true)
            .immutable(quiet.is_some())
            .busy_timeout(Duration::from_secs(20));
        let readers = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(FOREVER)
            .max_lifetime(FOREVER)
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute("begin").await.map(|_| ()) })
            })
            .connect_with(options)
            .await
            .map_err(|error| opening(&place, error))?;
        let store = Store::Sqlite(Sqlite {
            writer: readers.clone(),
            readers,
            directory_cache: DirectoryCache::default(),
        });
        is_ours(&store, &place, &migrations::sqlite()).await?;
        Ok(Self { store, quiet })
    }

    async fn of_postgres(address: &str) -> Result<Self, StoreError> {
        let place = without_password(address);
        let options: PgConnectOptions =
            address.parse().map_err(|_| StoreError::Address(place.clone()))?;
        // A pool would go on trying until its time is up; one attempt fails at once, with the
        // reason.
        let first = PgConnection::connect_with(&options).await;
        first.map_err(|error| opening(&place, error))?.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .idle_timeout(FOREVER)
            .max_lifetime(FOREVER)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    let begin = "begin transaction isolation level repeatable read read only";
                    connection.execute(begin).await.map(|_| ())
                })
            })
            .connect_with(options)
            .await
            .map_err(|error| opening(&place, error))?;
        let store = Store::Postgres(Postgres { pool, directory_cache: DirectoryCache::default() });
        is_ours(&store, &place, &migrations::postgres()).await?;
        Ok(Self { store, quiet: None })
    }
}

/// Whether a database has exactly the schema that this program works with.
async fn is_ours(store: &Store, place: &str, ours: &Migrator) -> Result<(), StoreError> {
    let there = applied(store).await.map_err(|error| match error {
        StoreError::Database(_) => StoreError::Foreign(place.into()),
        StoreError::Damaged { cause, .. } => StoreError::Damaged { place: place.into(), cause },
        StoreError::ReadOnly { cause, .. } => StoreError::Unread { place: place.into(), cause },
        other => other,
    })?;
    let ours: Vec<i64> = ours.iter().map(|one| one.version).collect();
    if let Some(version) = there.iter().find(|version| !ours.contains(version)) {
        return Err(StoreError::Newer { place: place.into(), version: *version });
    }
    match ours.iter().find(|version| !there.contains(version)) {
        Some(version) => Err(StoreError::Older { place: place.into(), version: *version }),
        None => Ok(()),
    }
}

/// The migrations that a database has seen.
async fn applied(store: &Store) -> Result<Vec<i64>, StoreError> {
    Ok(super::reading!(store, pool => sqlx::query_scalar(APPLIED).fetch_all(pool).await?))
}

/// Whether a SQLite file is a database of this program, of this version or an older one.
pub(super) async fn must_be_known(file: &Path) -> Result<(), StoreError> {
    let place = || file.display().to_string();
    let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
    let mut connection = sqlx::sqlite::SqliteConnection::connect_with(&options).await?;
    let tables: i64 = sqlx::query_scalar(
        "select count(*) from sqlite_master where type = 'table'
         and name in ('_sqlx_migrations', 'installation', 'ratings')",
    )
    .fetch_one(&mut connection)
    .await?;
    if tables != 3 {
        return Err(StoreError::Foreign(place()));
    }
    let applied: Vec<i64> = sqlx::query_scalar(APPLIED).fetch_all(&mut connection).await?;
    connection.close().await?;
    let ours = migrations::sqlite();
    let known = |version: &i64| ours.iter().any(|one| one.version == *version);
    match applied.iter().find(|version| !known(version)) {
        Some(version) => Err(StoreError::Newer { place: place(), version: *version }),
        None => Ok(()),
    }
}

/// The first migration that a SQLite database of an older version lacks; none where it is new or up
/// to date.
pub(super) async fn first_missing(database: &SqlitePool) -> Result<Option<i64>, sqlx::Error> {
    let there: i64 = sqlx::query_scalar(
        "select count(*) from sqlite_master where type = 'table' and name = '_sqlx_migrations'",
    )
    .fetch_one(database)
    .await?;
    if there == 0 {
        return Ok(None);
    }
    let applied: Vec<i64> = sqlx::query_scalar(APPLIED).fetch_all(database).await?;
    let ours = migrations::sqlite();
    let missing = ours.iter().map(|one| one.version).find(|version| !applied.contains(version));
    Ok(missing.filter(|_| !applied.is_empty()))
}
