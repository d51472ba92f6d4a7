//! Backups of SQLite while the server works: one file, whole as of one moment, checked before it
//! gets its name. PostgreSQL has its own tools for that.

use super::snapshot::is_known;
use super::{KnownNames, Sqlite, Store, StoreError};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{ConnectOptions, Connection};
use std::fs::{self, Permissions};
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The setting that says when the last backup was made, in milliseconds since 1970.
pub const LAST_BACKUP: &str = "last-backup";

/// What the first bytes of every SQLite file say.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Why there is no backup, or why it can not be used.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// PostgreSQL's own tools do that.
    #[error(
        "a PostgreSQL database is backed up by its own tools: pg_dump --format=custom --file=hai-long.dump “{0}”, and restored by pg_restore --dbname=ADDRESS hai-long.dump"
    )]
    Postgres(String),
    /// The file system refused.
    #[error("{path} can not be written or read: {cause}")]
    File {
        /// Where.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Something is there already.
    #[error("{0} is there already; nothing is written over it")]
    There(PathBuf),
    /// The copy has faults.
    #[error(
        "{path} is damaged or no database ({said}); use another copy, the disk may be full or failing"
    )]
    Damaged {
        /// The copy.
        path: PathBuf,
        /// What the check said.
        said: String,
    },
    /// It is no backup of ours.
    #[error("{0} is no backup of this program")]
    Foreign(PathBuf),
    /// There is data already.
    #[error(
        "{0} holds data already; restore into an empty directory and point the server there, so that nothing is lost if the backup is the wrong one"
    )]
    NotEmpty(PathBuf),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// SQLite refused.
    #[error("the copy can not be made: {0}")]
    Copy(#[from] sqlx::Error),
}

fn file(path: &Path) -> impl FnOnce(std::io::Error) -> BackupError {
    move |cause| BackupError::File { path: path.into(), cause }
}

impl Store {
    /// Copies the database to a new file at `to` while others go on reading and writing. The copy is
    /// whole as of one moment, for this user alone, and has its name only once it was checked.
    pub async fn back_up(&self, to: &Path) -> Result<(), BackupError> {
        let Self::Sqlite(sqlite) = self else {
            return Err(BackupError::Postgres("ADDRESS".into()));
        };
        if to.exists() {
            return Err(BackupError::There(to.into()));
        }
        let half = half(to);
        // Left by one that was interrupted; SQLite refuses to write over anything.
        let _ = fs::remove_file(&half);
        let _alone = forget_halves(directory_of(to));
        // Made first, so that at no moment anybody else may read it.
        fs::write(&half, []).map_err(file(&half))?;
        fs::set_permissions(&half, Permissions::from_mode(0o600)).map_err(file(&half))?;
        let copied = async {
            sqlx::query("vacuum into $1")
                .bind(half.display().to_string())
                .execute(&sqlite.readers)
                .await?;
            check(&half).await?;
            let whole = fs::File::open(&half).map_err(file(&half))?;
            whole.sync_all().map_err(file(&half))?;
            fs::rename(&half, to).map_err(file(to))?;
            // The name is durable once its directory is.
            let dir = directory_of(to);
            fs::File::open(dir).and_then(|dir| dir.sync_all()).map_err(file(dir))
        };
        let copied = copied.await;
        if copied.is_err() {
            let _ = fs::remove_file(&half);
        }
        copied
    }
}

fn directory_of(file: &Path) -> &Path {
    file.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes what backups left in a directory that were killed: each holds all data. Not while another
/// one is being made there, which is told by a lock that is held as long as what is returned lives.
fn forget_halves(dir: &Path) -> Option<fs::File> {
    let alone = fs::File::open(dir).ok()?;
    alone.try_lock().ok()?;
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("hai-long-") && name.ends_with(".db.part") {
            // What can not be removed is in nobody's way; the next one tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
    Some(alone)
}

/// The name of a copy that is not whole yet.
fn half(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    to.with_file_name(name)
}

/// Whether every page of a database is as it should be.
async fn check(path: &Path) -> Result<(), BackupError> {
    let asked = async {
        let options = SqliteConnectOptions::new().filename(path).read_only(true);
        let mut copy = options.connect().await?;
        let said = sqlx::query_scalar("pragma integrity_check(1)").fetch_one(&mut copy).await?;
        copy.close().await.map(|()| said)
    };
    let said: String = asked.await.or_else(|error| match StoreError::from(error) {
        // So odd that it can not even be asked.
        StoreError::Damaged { cause, .. } => Ok(cause),
        other => Err(BackupError::Store(other)),
    })?;
    if said == "ok" { Ok(()) } else { Err(BackupError::Damaged { path: path.into(), said }) }
}

/// A backup to be read, as it lies there.
pub async fn look_into(backup: &Path) -> Result<Store, BackupError> {
    let options = SqliteConnectOptions::new().filename(backup).read_only(true);
    let readers = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    Ok(Store::Sqlite(Sqlite { writer: readers.clone(), readers, names: KnownNames::default() }))
}

/// Puts a backup into a data directory that holds nothing yet, as the begin of another history.
pub async fn restore(from: &Path, data_dir: &Path) -> Result<(), BackupError> {
    let mut head = Vec::new();
    let read = fs::File::open(from).and_then(|from| from.take(16).read_to_end(&mut head));
    read.map_err(file(from))?;
    if head != MAGIC {
        return Err(BackupError::Foreign(from.into()));
    }
    let empty = match fs::read_dir(data_dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(file(data_dir)(error)),
    };
    if !empty {
        return Err(BackupError::NotEmpty(data_dir.into()));
    }
    check(from).await?;
    if !is_known(from).await? {
        return Err(BackupError::Foreign(from.into()));
    }
    fs::create_dir_all(data_dir).map_err(file(data_dir))?;
    fs::set_permissions(data_dir, Permissions::from_mode(0o700)).map_err(file(data_dir))?;
    let to = data_dir.join(super::FILE);
    let half = half(&to);
    fs::copy(from, &half).map_err(file(&half))?;
    fs::set_permissions(&half, Permissions::from_mode(0o600)).map_err(file(&half))?;
    let begun = begin_anew(&half, from).await;
    if begun.is_err() {
        let _ = fs::remove_file(&half);
    }
    begun?;
    fs::File::open(&half).and_then(|copy| copy.sync_all()).map_err(file(&half))?;
    fs::rename(&half, &to).map_err(file(&to))
}

/// Makes a copy the begin of another history: positions of changes will be given again, which
/// whoever follows them has to be told, and nobody is signed in any more or can use a link of then.
async fn begin_anew(copy: &Path, from: &Path) -> Result<(), BackupError> {
    let options = SqliteConnectOptions::new().filename(copy).create_if_missing(false);
    let mut copy = options.connect().await?;
    let tables: Vec<String> =
        sqlx::query_scalar("select name from sqlite_master where type = 'table'")
            .fetch_all(&mut copy)
            .await?;
    let has = |name: &str| tables.iter().any(|table| table == name);
    if !has("installation") {
        return Err(BackupError::Foreign(from.into()));
    }
    for table in ["sessions", "password_links"] {
        // A backup of an older version may have none.
        if has(table) {
            let delete = format!("delete from {table}");
            sqlx::query(sqlx::AssertSqlSafe(delete)).execute(&mut copy).await?;
        }
    }
    let columns: i64 = sqlx::query_scalar(
        "select count(*) from pragma_table_info('installation') where name = 'epoch'",
    )
    .fetch_one(&mut copy)
    .await?;
    if columns > 0 {
        // The next start chooses one.
        sqlx::query("update installation set epoch = 0").execute(&mut copy).await?;
    }
    Ok(copy.close().await?)
}
