//! Putting a backup back: into an empty directory, as the beginning of another history. Sessions,
//! links and tokens in the backup may have been revoked since it was made, so the restore revokes
//! them.

use super::backup::{BackupError, check, file, half, settled, unchanged};
use super::snapshot::must_be_known;
use super::{FILE, StoreError};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::fs::{self, Permissions};
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// What the first bytes of every SQLite file say.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Puts a backup into a data directory that holds nothing yet. Sessions, links for passwords and
/// codes for tablets end; tokens of other software are revoked as of `now`, milliseconds since 1970,
/// unless `keep_tokens`.
pub async fn restore(
    from: &Path,
    data_dir: &Path,
    keep_tokens: bool,
    now: i64,
) -> Result<(), BackupError> {
    let mut head = Vec::new();
    let read = fs::File::open(from).and_then(|from| from.take(16).read_to_end(&mut head));
    read.map_err(file(from))?;
    if head != MAGIC {
        return Err(BackupError::Foreign(from.into()));
    }
    let to = data_dir.join(FILE);
    let half = half(&to);
    // What a restore left that was killed.
    let mut journal = half.as_os_str().to_owned();
    journal.push("-journal");
    for left in [half.clone(), journal.into()] {
        let _ = fs::remove_file(left);
    }
    let empty = match fs::read_dir(data_dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(file(data_dir)(error)),
    };
    if !empty {
        return Err(BackupError::NotEmpty(data_dir.into()));
    }
    unchanged(from)?;
    check(from).await?;
    must_be_known(from).await.map_err(|error| match error {
        StoreError::Foreign(_) => BackupError::Foreign(from.into()),
        other => BackupError::Store(other),
    })?;
    fs::create_dir_all(data_dir).map_err(file(data_dir))?;
    fs::set_permissions(data_dir, Permissions::from_mode(0o700)).map_err(file(data_dir))?;
    let copied = async {
        fs::copy(from, &half).map_err(file(&half))?;
        fs::set_permissions(&half, Permissions::from_mode(0o600)).map_err(file(&half))?;
        begin_anew(&half, keep_tokens, now).await?;
        settled(&half, &to)
    };
    let copied = copied.await;
    if copied.is_err() {
        let _ = fs::remove_file(&half);
    }
    copied
}

/// Makes a copy the beginning of another history: positions of changes will be given a second time,
/// so programs that follow them are told to begin anew.
async fn begin_anew(copy: &Path, keep_tokens: bool, now: i64) -> Result<(), BackupError> {
    let options = SqliteConnectOptions::new().filename(copy).create_if_missing(false);
    let mut copy = options.connect().await?;
    // A backup of an older version may lack some of them.
    for table in ["sessions", "password_links", "enrolment_codes"] {
        if has(&mut copy, table, "").await? {
            // A code that was used says which tablet came of it.
            let unused = if table == "enrolment_codes" { " where used_at is null" } else { "" };
            let delete = format!("delete from {table}{unused}");
            sqlx::query(sqlx::AssertSqlSafe(delete)).execute(&mut copy).await?;
        }
    }
    if !keep_tokens && has(&mut copy, "machine_tokens", "").await? {
        sqlx::query("update machine_tokens set revoked_at = $1 where revoked_at is null")
            .bind(now)
            .execute(&mut copy)
            .await?;
    }
    if has(&mut copy, "installation", "epoch").await? {
        // The next start chooses one.
        sqlx::query("update installation set epoch = 0").execute(&mut copy).await?;
    }
    Ok(copy.close().await?)
}

/// Whether a table exists, and in it a column, where one is named.
async fn has(copy: &mut SqliteConnection, table: &str, column: &str) -> Result<bool, sqlx::Error> {
    let found: i64 =
        sqlx::query_scalar("select count(*) from pragma_table_info($1) where name = $2 or $2 = ''")
            .bind(table)
            .bind(column)
            .fetch_one(copy)
            .await?;
    Ok(found > 0)
}
