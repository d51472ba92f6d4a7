//! Opening a database: the one place where the two dialects differ by much. The schema is brought
//! up to date; a newer, damaged or unreachable database is told apart and left as it is.

use super::epoch::epoch_of;
use super::{KnownNames, Postgres, Sqlite, Store, StoreError, migrations, reading, writing};
use sqlx::migrate::MigrateError;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, PgConnection};
use std::fs::{File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;

/// The database's file in the data directory.
pub const FILE: &str = "hai-long.db";
/// Locked while the schema is made: SQLite has no lock for that.
const LOCK: &str = "hai-long.lock";
/// Another process may be importing; its longest transaction is well under this.
const BUSY: Duration = Duration::from_secs(20);
/// Readers beside the writer: pages are short, the machine has few cores.
const READERS: u32 = 4;
/// Connections to PostgreSQL of one process; its default limit is 100 for all processes.
const CONNECTIONS: u32 = 12;
/// How long a caller waits for a free connection before it is told that there is none.
const ACQUIRE: Duration = Duration::from_secs(10);

/// What the number of a history is made with, so that it can be no other hash.
const EPOCH_CONTEXT: &str = "hai-long epoch v1";

/// What a new database is given once; what it needs of it again, when it is opened again.
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
            .busy_timeout(BUSY);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(BUSY)
            .connect_with(options.clone())
            .await
            .map_err(|error| opening(&place, error))?;
        migrate(&place, migrations::sqlite().run(&writer).await)?;
        drop(lock);
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE)
            .connect_lazy_with(options.create_if_missing(false).read_only(true));
        Ok(Self::Sqlite(Sqlite { writer, readers, names: KnownNames::default() }))
    }

    async fn open_postgres(address: &str) -> Result<Self, StoreError> {
        if !["postgres://", "postgresql://"].iter().any(|scheme| address.starts_with(scheme)) {
            return Err(StoreError::Address(without_password(address)));
        }
        let options: PgConnectOptions =
            address.parse().map_err(|_| StoreError::Address(without_password(address)))?;
        let place = without_password(address);
        // A pool would go on trying until its time is up; one attempt tells at once.
        let first = PgConnection::connect_with(&options).await;
        first.map_err(|error| opening(&place, error))?.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE)
            .connect_with(options)
            .await
            .map_err(|error| opening(&place, error))?;
        migrate(&place, migrations::postgres().run(&pool).await)?;
        Ok(Self::Postgres(Postgres { pool, names: KnownNames::default() }))
    }

    /// Identity of this database.
    pub async fn id(&self) -> Result<Uuid, StoreError> {
        Ok(
            reading!(self, pool => sqlx::query_scalar("select id from installation").fetch_one(pool).await?),
        )
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.id().await.map(|_| ())
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

/// Names the database in what went wrong while opening it.
pub(super) fn opening(place: &str, error: sqlx::Error) -> StoreError {
    let place = place.to_owned();
    match StoreError::from(error) {
        StoreError::Damaged { cause, .. } => StoreError::Damaged { place, cause },
        StoreError::ReadOnly { cause, .. } => StoreError::ReadOnly { place, cause },
        StoreError::Database(error) => StoreError::Unreachable { place, cause: error.to_string() },
        other => other,
    }
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

/// An address of a database as it may be told: without its password, wherever it stands.
pub fn without_password(address: &str) -> String {
    let (place, query) = address.split_once('?').unwrap_or((address, ""));
    let kept = query.split('&').filter(|one| {
        !one.is_empty() && !one.split('=').next().unwrap_or_default().contains("password")
    });
    let kept = kept.collect::<Vec<_>>().join("&");
    let mark = if kept.is_empty() { "" } else { "?" };
    let named = place.split_once("://").and_then(|(scheme, rest)| {
        let (user, host) = rest.rsplit_once('@')?;
        Some(format!("{scheme}://{}@{host}", user.split(':').next().unwrap_or_default()))
    });
    format!("{}{mark}{kept}", named.as_deref().unwrap_or(place))
}
