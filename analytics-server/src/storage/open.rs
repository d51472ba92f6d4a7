//! Opening a database: the one place where the two dialects differ by much. The schema is brought
//! up to date; a newer, damaged or unreachable database gives an error of its own and is left as it
//! is.

use super::epoch::epoch_of;
use super::location::{FILE, opening, without_password};
use super::upgrade::{keep_copy, settle_copy};
use super::{DirectoryCache, Postgres, Sqlite, Store, StoreError, migrations, reading, writing};
use crate::clock::{self, Clock};
use sqlx::migrate::MigrateError;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Executor as _, PgConnection};
use std::fs::{File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;

/// Locked while the schema is made: SQLite has no lock for that.
const LOCK: &str = "hai-long.lock";
/// Another process may be importing; its longest transaction is well under this.
const BUSY: Duration = Duration::from_secs(20);
/// What the write-ahead log keeps of its size once it is empty again, in bytes: while a backup reads it
/// can only grow.
const WAL_BYTES: &str = "67108864";
/// Readers beside the writer: pages are short, the machine has few cores.
const READERS: u32 = 4;
/// Connections to PostgreSQL of one process; its default limit is 100 for all processes.
const CONNECTIONS: u32 = 12;
/// How long a caller waits for a free connection before it is told that there is none.
const ACQUIRE: Duration = Duration::from_secs(10);

/// What PostgreSQL does for each of our connections: nobody waits for ever for a lock, no statement
/// and no transaction that was left behind goes on for ever, and one whose machine went away ends.
const LIMITS: &str = "set lock_timeout = '15s'; set statement_timeout = '60s'; \
    set idle_in_transaction_session_timeout = '60s'; \
    set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3";

/// What the number of a history is made with, so that it can be no other hash.
const EPOCH_CONTEXT: &str = "hai-long epoch v1";

/// What a new database is given once. A database that was restored takes the number of its new
/// history from it.
#[derive(Clone, Debug)]
pub struct Birth {
    /// Its identity.
    pub id: Uuid,
    /// Its secret.
    pub secret: [u8; 32],
    /// When, in milliseconds since 1970.
    pub now: i64,
}

impl Birth {
    /// Random values for a database that is made now.
    pub fn at(clock: &Clock) -> Result<Self, getrandom::Error> {
        Ok(Self { id: clock::fresh_id(), secret: clock::random()?, now: clock.now() })
    }

    /// The number of the history that begins, as random as the rest.
    fn epoch(&self) -> i64 {
        let mut hash = blake3::Hasher::new_derive_key(EPOCH_CONTEXT);
        hash.update(self.id.as_bytes()).update(&self.secret).update(&self.now.to_be_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hash.finalize().as_bytes()[..8]);
        epoch_of(first)
    }
}

impl Store {
    /// Opens the database at `address` (`postgres://…`), or the SQLite file of the data directory,
    /// and brings its schema up to date. `birth` is used when it is new.
    pub async fn open(
        data_dir: &Path,
        address: Option<&str>,
        birth: &Birth,
    ) -> Result<Self, StoreError> {
        let store = match address {
            None => Self::open_sqlite(data_dir).await?,
            Some(address) => Self::open_postgres(address).await?,
        };
        writing!(&store, Db, tx => {
            sqlx::query(
                "insert into installation (one, id, secret, created_at) values (1, $1, $2, $3)
                 on conflict (one) do nothing",
            )
            .bind(birth.id)
            .bind(birth.secret.as_slice())
            .bind(birth.now)
            .execute(&mut *tx)
            .await?;
            // A new database begins its history, and so does one that was restored.
            sqlx::query("update installation set epoch = $1 where epoch = 0")
                .bind(birth.epoch())
                .execute(&mut *tx)
                .await?;
        });
        Ok(store)
    }

    async fn open_sqlite(data_dir: &Path) -> Result<Self, StoreError> {
        let dir = data_dir.to_owned();
        // Waiting for another process must not hold up the threads that other work needs.
        let lock = tokio::task::spawn_blocking(move || prepare(&dir))
            .await
            .map_err(std::io::Error::other)
            .flatten()
            .map_err(|cause| StoreError::DataDir { path: data_dir.into(), cause })?;
        let path = data_dir.join(FILE);
        let place = path.display().to_string();
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("journal_size_limit", WAL_BYTES)
            .busy_timeout(BUSY);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(BUSY)
            // SQLite rolls back by itself when the disk is full or fails. The connection then
            // counts as within its transaction for ever; a fresh one takes its place.
            .before_acquire(|connection, _| {
                let usable = !connection.is_in_transaction();
                Box::pin(async move { Ok(usable) })
            })
            .connect_with(options.clone())
            .await
            .map_err(|error| opening(&place, error))?;
        let copied = keep_copy(data_dir, &writer).await?;
        migrate(&place, migrations::sqlite().run(&writer).await)?;
        if let Some(version) = copied {
            settle_copy(data_dir, version);
        }
        drop(lock);
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE)
            .connect_lazy_with(options.create_if_missing(false).read_only(true));
        Ok(Self::Sqlite(Sqlite { writer, readers, directory_cache: DirectoryCache::default() }))
    }

    async fn open_postgres(address: &str) -> Result<Self, StoreError> {
        if !["postgres://", "postgresql://"].iter().any(|scheme| address.starts_with(scheme)) {
            return Err(StoreError::Address(without_password(address)));
        }
        let options: PgConnectOptions =
            address.parse().map_err(|_| StoreError::Address(without_password(address)))?;
        let place = without_password(address);
        // A pool would go on trying until its time is up; one attempt fails at once, with the
        // reason.
        let first = PgConnection::connect_with(&options).await;
        first.map_err(|error| opening(&place, error))?.close().await?;
        // The schema is made without limits of time.
        let unhurried = PgPoolOptions::new().max_connections(1).connect_with(options.clone()).await;
        let unhurried = unhurried.map_err(|error| opening(&place, error))?;
        migrate(&place, migrations::postgres().run(&unhurried).await)?;
        unhurried.close().await;
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE)
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute(LIMITS).await.map(|_| ()) })
            })
            .connect_with(options)
            .await
            .map_err(|error| opening(&place, error))?;
        Ok(Self::Postgres(Postgres { pool, directory_cache: DirectoryCache::default() }))
    }

    /// Identity of this database.
    pub async fn id(&self) -> Result<Uuid, StoreError> {
        Ok(
            reading!(self, pool => sqlx::query_scalar("select id from installation").fetch_one(pool).await?),
        )
    }

    /// Writes something that changes nothing, to know whether anything can be written.
    pub async fn try_writing(&self) -> Result<(), StoreError> {
        match (self.write_nothing().await, self) {
            (Err(StoreError::Database(sqlx::Error::PoolTimedOut)), Self::Postgres(postgres)) => {
                Err(why_no_connection(&postgres.pool.connect_options()).await)
            }
            (written, _) => written,
        }
    }

    async fn write_nothing(&self) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query("update installation set created_at = created_at")
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }

    /// Lets running statements end and closes all connections.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(sqlite) => {
                sqlite.readers.close().await;
                sqlite.writer.close().await;
            }
            Self::Postgres(postgres) => postgres.pool.close().await,
        }
    }
}

/// A pool does not say why it gets no connection, so one attempt beside it finds that out.
async fn why_no_connection(options: &PgConnectOptions) -> StoreError {
    let database = options.get_database().unwrap_or_default();
    let place = format!("postgres://{}:{}/{database}", options.get_host(), options.get_port());
    match PgConnection::connect_with(options).await {
        Err(error) => opening(&place, error),
        Ok(connection) => {
            // An error while the connection closes makes no difference.
            let _ = connection.close().await;
            StoreError::Busy(format!("all {CONNECTIONS} connections of this server are in use"))
        }
    }
}

/// The migrator's word for a migration that this program does not know.
fn migrate(place: &str, outcome: Result<(), MigrateError>) -> Result<(), StoreError> {
    outcome.map_err(|error| match error {
        MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => {
            StoreError::Newer { place: place.into(), version }
        }
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            opening(place, error)
        }
        other => StoreError::Damaged { place: place.into(), cause: other.to_string() },
    })
}

/// Makes the data directory, for this user alone: it holds ratings and a secret. Returns a lock
/// under which only one process at a time makes the schema.
fn prepare(data_dir: &Path) -> std::io::Result<File> {
    if !data_dir.is_dir() {
        std::fs::create_dir_all(data_dir)?;
        std::fs::set_permissions(data_dir, Permissions::from_mode(0o700))?;
    }
    let lock = File::create(data_dir.join(LOCK))?;
    lock.lock()?;
    Ok(lock)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// A full disk, as SQLite sees it. It rolls back by itself, and the connection was of no more use.
    #[tokio::test]
    async fn after_a_full_disk_writing_goes_on_without_a_restart() {
        let dir = tempfile::TempDir::new().unwrap();
        let birth = Birth { id: Uuid::nil(), secret: [3; 32], now: 0 };
        let store = Store::open(dir.path(), None, &birth).await.unwrap();
        let Store::Sqlite(sqlite) = &store else { panic!("SQLite is the default") };
        let pages: i64 =
            sqlx::query_scalar("pragma page_count").fetch_one(&sqlite.writer).await.unwrap();
        let full = sqlx::AssertSqlSafe(format!("pragma max_page_count = {}", pages + 4));
        sqlx::query(full).execute(&sqlite.writer).await.unwrap();
        let large = "x".repeat(100_000);
        let refused = store.put_setting("large", &large, "test", 1).await.unwrap_err();
        assert!(matches!(refused, StoreError::Full(_)), "{refused}");
        store.try_writing().await.unwrap();
        store.put_setting("large", &large, "test", 2).await.unwrap();
        assert_eq!(store.setting("large").await.unwrap(), Some(large));
    }

    #[tokio::test]
    async fn the_log_of_writes_gives_back_what_a_backup_made_it_take() {
        let dir = tempfile::TempDir::new().unwrap();
        let birth = Birth { id: Uuid::nil(), secret: [3; 32], now: 0 };
        let store = Store::open(dir.path(), None, &birth).await.unwrap();
        let Store::Sqlite(sqlite) = &store else { panic!("SQLite is the default") };
        let megabyte = "m".repeat(1_000_000);
        // As a backup does, which reads for long.
        let reading = sqlite.readers.begin().await.unwrap();
        let mut reading = reading;
        let _: i64 = sqlx::query_scalar("select position from installation")
            .fetch_one(&mut *reading)
            .await
            .unwrap();
        for number in 0..100 {
            store.put_setting(&format!("kept {number}"), &megabyte, "test", 1).await.unwrap();
        }
        let wal = dir.path().join("hai-long.db-wal");
        let size = || wal.metadata().unwrap().len();
        assert!(size() > 100_000_000, "nothing can be let go while somebody reads: {}", size());
        reading.rollback().await.unwrap();
        // The first writes what waits into the database, the second begins the log anew.
        for value in ["x", "y"] {
            store.put_setting("kept", value, "test", 2).await.unwrap();
        }
        assert!(size() <= 67_108_864, "{}", size());
        store.close().await;
    }
}
