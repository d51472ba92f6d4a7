//! Opening the journal: everything that must be known before a byte of it is written. A file that
//! is not as it should be is refused and left as it is.

use super::error::JournalError;
use super::migrations;
use super::read;
use super::write::Store;
use super::{FILE, LOCK};
use protocol::Head;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::fs::{self, File, TryLockError};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use uuid::Uuid;

/// How a SQLite file begins, <https://www.sqlite.org/fileformat.html>.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// How many of the last events have their chain checked at each start, besides those that are still to
/// be sent: half a day of a busy counter, and some milliseconds.
const CHECKED: u64 = 1_000;

/// Events that are read at once: some 300 KB.
const PAGE: i64 = 1_000;

/// A `status` of another process holds the file for a moment at most.
const BUSY: Duration = Duration::from_secs(5);

/// How the journal behaves.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How long acknowledged events are kept, milliseconds, by whole days of the server. 90 days: a server that is restored
    /// from a backup that old gets everything again.
    pub keep_ms: i64,
    /// Limit of the file in pages of 4 KiB, for tests of a full disk.
    pub max_pages: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self { keep_ms: 90 * 24 * 3_600_000, max_pages: None }
    }
}

pub(super) async fn open(
    dir: &Path,
    boot: Uuid,
    options: Options,
    appended: Arc<Notify>,
) -> Result<Store, JournalError> {
    let path = dir.join(FILE);
    make_private(dir).map_err(|error| JournalError::from_io(&path, &error))?;
    let lock = lock(dir, &path)?;
    check_magic(&path)?;
    create_private(&path).map_err(|error| JournalError::from_io(&path, &error))?;
    let explain = |error: sqlx::Error| JournalError::from_sqlx(&path, &error);

    let mut setup = SqliteConnectOptions::new()
        .filename(&path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY)
        // Checkpoints come after the answer, in `Store::tidy`.
        .pragma("wal_autocheckpoint", "0");
    if let Some(pages) = options.max_pages {
        setup = setup.pragma("max_page_count", pages.to_string());
    }
    let mut connection = setup.connect().await.map_err(explain)?;
    if let Err(error) = prepare(&mut connection, &path).await {
        let _ = connection.close().await;
        return Err(error);
    }
    let identity = read::identity(&mut connection).await.map_err(explain)?;
    let progress = read::progress(&mut connection, &path).await?;
    Ok(Store {
        tablet: identity.and_then(|identity| identity.enrolled).map(|enrolled| enrolled.tablet),
        head: progress.map(|progress| progress.head),
        doubtful: None,
        connection,
        path,
        boot,
        keep_ms: options.keep_ms,
        proven_at: None,
        settings_revision: 0,
        untidied: 0,
        appended,
        lock,
    })
}

/// Everything after connecting that can refuse the file.
async fn prepare(connection: &mut SqliteConnection, path: &Path) -> Result<(), JournalError> {
    migrations::check_version(connection, path).await?;
    migrations::migrator().run_direct(None, connection, false).await.map_err(
        |error| match error {
            sqlx::migrate::MigrateError::Execute(error)
            | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => {
                JournalError::from_sqlx(path, &error)
            }
            other => JournalError::damaged(path, other.to_string()),
        },
    )?;
    check_chain(connection, path).await?;
    sqlx::query("update tablet set boots = boots + 1")
        .execute(connection)
        .await
        .map_err(|error| JournalError::from_sqlx(path, &error))?;
    Ok(())
}

/// Makes the directory, for this user alone: the journal holds the tablet's secret key.
fn make_private(dir: &Path) -> std::io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(dir)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Creates the file, if it is missing, readable by this user alone, because it holds the secret key. The
/// permissions of the directory make no difference. SQLite gives its log and its index those of the file.
fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

pub(super) fn lock(dir: &Path, path: &Path) -> Result<File, JournalError> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(dir.join(LOCK))
        .map_err(|error| JournalError::from_io(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(JournalError::InUse { path: path.to_owned() }),
        Err(TryLockError::Error(error)) => Err(JournalError::from_io(path, &error)),
    }
}

/// Refuses what is no database before SQLite opens it for writing.
pub(super) fn check_magic(path: &Path) -> Result<(), JournalError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(JournalError::from_io(path, &error)),
    };
    let mut begins = Vec::new();
    let read = file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut begins);
    read.map_err(|error| JournalError::from_io(path, &error))?;
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if begins.is_empty() && fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
        // SQLite would throw the log away, with the events that stand in it alone.
        return Err(JournalError::damaged(path, "it is empty and its log is not"));
    }
    // A power cut during the very first start leaves an empty file.
    if begins.is_empty() || begins == MAGIC {
        Ok(())
    } else {
        Err(JournalError::damaged(path, "it does not begin as a SQLite file does"))
    }
}

/// Checks that the last events, and all that the server does not have yet, lead to the head that was
/// written with them. What is damaged there would hold back everything behind it.
async fn check_chain(connection: &mut SqliteConnection, path: &Path) -> Result<(), JournalError> {
    let explain = |error: sqlx::Error| JournalError::from_sqlx(path, &error);
    let Some(progress) = read::progress(connection, path).await? else {
        let events: bool = sqlx::query_scalar("select exists (select 1 from events)")
            .fetch_one(connection)
            .await
            .map_err(explain)?;
        let headless = || JournalError::damaged(path, "it has events and does not say how many");
        return if events { Err(headless()) } else { Ok(()) };
    };
    let (recorded, acknowledged) = (progress.head.number, progress.acknowledged);
    let from = acknowledged.min(recorded.saturating_sub(CHECKED));
    let Some(mut head) = before(connection, from).await.map_err(explain)? else {
        return match recorded {
            0 => Ok(()),
            head => Err(JournalError::damaged(path, format!("its {head} events are missing"))),
        };
    };
    if head.number > acknowledged {
        let detail = format!("event {} is missing", acknowledged + 1);
        return Err(JournalError::damaged(path, detail));
    }
    loop {
        let page = read::events_after(connection, head.number, PAGE).await.map_err(explain)?;
        if page.is_empty() {
            break;
        }
        for (number, bytes, digest) in &page {
            head = head.extend(bytes);
            if head != (Head { number: *number, digest: *digest }) {
                let detail = format!("event {number} is not the one that was recorded");
                return Err(JournalError::damaged(path, detail));
            }
        }
    }
    if head == progress.head {
        Ok(())
    } else {
        let has = head.number;
        Err(JournalError::damaged(path, format!("it ends at event {has} and should at {recorded}")))
    }
}

/// The head that the check begins from: event `from`, or the oldest one kept after it, which is taken as
/// it is, or the beginning of the chain. None where there are no events.
async fn before(connection: &mut SqliteConnection, from: u64) -> sqlx::Result<Option<Head>> {
    let first = read::events_after(connection, from.saturating_sub(1), 1).await?;
    let Some((number, _, digest)) = first.into_iter().next() else { return Ok(None) };
    if number > 1 {
        return Ok(Some(Head { number, digest }));
    }
    let tablet = read::identity(connection).await?.and_then(|identity| identity.enrolled);
    // Events without a tablet are no chain of the nil id either.
    let tablet = tablet.map_or_else(Uuid::nil, |known| known.tablet);
    Ok(Some(Head::start(tablet)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A killed process can not show the difference; a power cut would.
    #[tokio::test]
    async fn a_commit_reaches_the_disk_before_it_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let appended = Arc::new(Notify::new());
        let mut store = open(dir.path(), Uuid::nil(), Options::default(), appended).await.unwrap();
        let ask = |pragma| sqlx::query_scalar::<_, String>(pragma);
        let mode = ask("select * from pragma_journal_mode").fetch_one(&mut store.connection).await;
        assert_eq!(mode.unwrap(), "wal");
        let synchronous: i64 = sqlx::query_scalar("select * from pragma_synchronous")
            .fetch_one(&mut store.connection)
            .await
            .unwrap();
        assert_eq!(synchronous, 2, "2 is FULL: the log is synced at every commit");
    }
}
