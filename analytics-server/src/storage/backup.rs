//! Backups of SQLite while the server works: one file, whole as of one moment, checked before it
//! gets its name. PostgreSQL has its own tools for that.

use super::{DirectoryCache, Sqlite, Store, StoreError};
use sha2::{Digest as _, Sha256};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{ConnectOptions, Connection, SqlitePool};
use std::fs::{self, Permissions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The setting that says when the last backup was made, in milliseconds since 1970.
pub const LAST_BACKUP: &str = "last-backup";

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
    /// There is no such file or directory.
    #[error("{0} does not exist; check the path")]
    Missing(PathBuf),
    /// This user may not.
    #[error(
        "{0} can not be written or read by this user; run the command as the user of the server, with runuser -u hai-long --"
    )]
    Forbidden(PathBuf),
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
    /// Its bytes are not those that were written.
    #[error(
        "{0} is not as it was written: its SHA-256 is another than the file beside it says; use another copy"
    )]
    Changed(PathBuf),
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

pub(super) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> BackupError {
    move |cause| match cause.kind() {
        ErrorKind::NotFound => BackupError::Missing(path.into()),
        ErrorKind::PermissionDenied => BackupError::Forbidden(path.into()),
        _ => BackupError::File { path: path.into(), cause },
    }
}

impl Store {
    /// Copies the database to a new file at `to` while others go on reading and writing. The copy is
    /// whole as of one moment, for this user alone, and has its name only once it was checked. Its
    /// SHA-256 stands in a file beside it, as `sha256sum --check` reads it.
    pub async fn back_up(&self, to: &Path) -> Result<(), BackupError> {
        let Self::Sqlite(sqlite) = self else {
            return Err(BackupError::Postgres("ADDRESS".into()));
        };
        copy(&sqlite.readers, to).await?;
        let sum = sum_of(to).map_err(file(to))?;
        let name = to.file_name().unwrap_or_default().display();
        let beside = sum_file(to);
        let written = fs::File::create(&beside).and_then(|mut beside| {
            writeln!(beside, "{sum}  {name}")?;
            beside.sync_all()
        });
        written.map_err(file(&beside))
    }
}

/// The same of an open SQLite database, without a sum.
pub(super) async fn copy(database: &SqlitePool, to: &Path) -> Result<(), BackupError> {
    if to.exists() {
        return Err(BackupError::There(to.into()));
    }
    if !directory_of(to).is_dir() {
        return Err(BackupError::Missing(directory_of(to).into()));
    }
    let half = half(to);
    // Left by one that was interrupted; SQLite refuses to write over anything.
    let _ = fs::remove_file(&half);
    let _alone = forget_halves(directory_of(to));
    // Made first, so that at no moment anybody else may read it.
    fs::write(&half, []).map_err(file(to))?;
    fs::set_permissions(&half, Permissions::from_mode(0o600)).map_err(file(to))?;
    let copied = async {
        sqlx::query("vacuum into $1").bind(half.display().to_string()).execute(database).await?;
        check(&half).await?;
        settled(&half, to)
    };
    let copied = copied.await;
    if copied.is_err() {
        let _ = fs::remove_file(&half);
    }
    copied
}

/// Gives a whole file its name, durably.
pub(super) fn settled(half: &Path, to: &Path) -> Result<(), BackupError> {
    fs::File::open(half).and_then(|whole| whole.sync_all()).map_err(file(half))?;
    fs::rename(half, to).map_err(file(to))?;
    // The name is durable once its directory is.
    let dir = directory_of(to);
    fs::File::open(dir).and_then(|dir| dir.sync_all()).map_err(file(dir))
}

/// SHA-256 of a file, in hexadecimal digits.
fn sum_of(path: &Path) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 20];
    let mut from = fs::File::open(path)?;
    loop {
        match from.read(&mut piece)? {
            0 => return Ok(hex::encode(hash.finalize())),
            read => hash.update(&piece[..read]),
        }
    }
}

/// The file that holds a backup's SHA-256.
fn sum_file(backup: &Path) -> PathBuf {
    let mut name = backup.file_name().unwrap_or_default().to_owned();
    name.push(".sha256");
    backup.with_file_name(name)
}

/// Whether a backup's bytes are those that were written, where the file beside it says which.
pub(super) fn unchanged(backup: &Path) -> Result<(), BackupError> {
    let Ok(said) = fs::read_to_string(sum_file(backup)) else { return Ok(()) };
    let said = said.split_whitespace().next().unwrap_or_default().to_owned();
    if said.len() != 64 {
        // Power went before it was written; the pages are looked at all the same.
        return Ok(());
    }
    let sum = sum_of(backup).map_err(file(backup))?;
    if sum == said { Ok(()) } else { Err(BackupError::Changed(backup.into())) }
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
            // A copy that can not be removed does no harm; the next backup tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
    Some(alone)
}

/// The name of a copy that is not whole yet.
pub(super) fn half(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    to.with_file_name(name)
}

/// Whether every page of a database is as it should be.
pub(super) async fn check(path: &Path) -> Result<(), BackupError> {
    let asked = async {
        let options = SqliteConnectOptions::new().filename(path).read_only(true);
        let mut copy = options.connect().await?;
        let said = sqlx::query_scalar("pragma integrity_check(1)").fetch_one(&mut copy).await?;
        copy.close().await.map(|()| said)
    };
    let said: String = asked.await.or_else(|error| match StoreError::from(error) {
        // The file is too damaged for SQLite to check it.
        StoreError::Damaged { cause, .. } => Ok(cause),
        other => Err(BackupError::Store(other)),
    })?;
    if said == "ok" {
        return Ok(());
    }
    // The first line names the database, as “main”.
    let said = said.lines().last().unwrap_or_default().to_owned();
    Err(BackupError::Damaged { path: path.into(), said })
}

/// A backup to be read, as it lies there.
pub async fn look_into(backup: &Path) -> Result<Store, BackupError> {
    let options = SqliteConnectOptions::new().filename(backup).read_only(true);
    let readers = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    Ok(Store::Sqlite(Sqlite {
        writer: readers.clone(),
        readers,
        directory_cache: DirectoryCache::default(),
    }))
}
