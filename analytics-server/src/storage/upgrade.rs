//! The way back from an upgrade: a SQLite database is copied before its schema is changed.

use super::location::{FILE, opening};
use super::snapshot::first_missing;
use super::{Store, StoreError, backup};
use sqlx::SqlitePool;
use std::path::Path;
use std::time::Duration;

/// How the copy is named, with the number of the first migration that it lacks.
const BEFORE: &str = "hai-long-before-";
/// The same while the migrations go on.
const UPGRADE: &str = "hai-long-upgrade.db";

/// Copies a database of an older version before its schema is changed, so that there is a way back;
/// the version of the first migration that the copy lacks. Where an upgrade broke off, the copy from
/// before it stays.
pub(super) async fn keep_copy(
    data_dir: &Path,
    database: &SqlitePool,
) -> Result<Option<i64>, StoreError> {
    let place = data_dir.join(FILE).display().to_string();
    let missing = first_missing(database).await.map_err(|error| opening(&place, error))?;
    let Some(version) = missing else { return Ok(None) };
    let to = data_dir.join(UPGRADE);
    if to.exists() {
        let no_copy = |cause: String| StoreError::NoCopy { place: place.clone(), cause };
        let copied = backup::look_into(&to).await.map_err(|error| no_copy(error.to_string()))?;
        let Store::Sqlite(sqlite) = &copied else { return Ok(None) };
        let before = first_missing(&sqlite.readers).await;
        copied.close().await;
        match before {
            // Some migrations were carried out since the copy was made.
            Ok(Some(before)) if before < version => return Ok(Some(before)),
            // Nothing was changed since, or it is no copy: another one is made.
            _ => std::fs::remove_file(&to).map_err(|error| no_copy(error.to_string()))?,
        }
    }
    tracing::info!(copy = %to.display(), "the database is copied before its schema is changed");
    let copied = backup::copy(database, &to).await;
    copied.map_err(|error| StoreError::NoCopy { place, cause: error.to_string() })?;
    Ok(Some(version))
}

/// Names the copy once the upgrade came to its end, and deletes the copies of earlier ones.
pub(super) fn settle_copy(data_dir: &Path, version: i64) {
    let name = format!("{BEFORE}{version:04}.db");
    // Where this fails the copy keeps its first name, and is as good.
    if let Err(error) = std::fs::rename(data_dir.join(UPGRADE), data_dir.join(&name)) {
        tracing::warn!(%error, "the copy of the database before its upgrade can not be named");
        return;
    }
    for old in std::fs::read_dir(data_dir).into_iter().flatten().flatten() {
        let other = old.file_name().to_string_lossy().into_owned();
        if other.starts_with(BEFORE) && other != name {
            // A copy that can not be removed does no harm.
            let _ = std::fs::remove_file(old.path());
        }
    }
}

/// Removes the copies of upgrades that are older than `days`: they hold what terms have taken away
/// since, and by then the nightly backups are the way back.
pub fn forget_copies(data_dir: &Path, days: u64) -> usize {
    let term = Duration::from_hours(24 * days);
    let copies = std::fs::read_dir(data_dir).into_iter().flatten().flatten().filter(|file| {
        let is_copy = file.file_name().to_string_lossy().starts_with(BEFORE);
        let made = file.metadata().and_then(|file| file.modified()).ok();
        is_copy && made.and_then(|made| made.elapsed().ok()).is_some_and(|age| age > term)
    });
    copies.filter(|file| std::fs::remove_file(file.path()).is_ok()).count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::storage::{Birth, migrations};
    use uuid::Uuid;

    #[tokio::test]
    async fn an_older_database_is_copied_before_its_schema_is_changed() {
        let dir = tempfile::TempDir::new().unwrap();
        let birth = Birth { id: Uuid::nil(), secret: [3; 32], now: 0 };
        let copies = || -> Vec<String> {
            let names = std::fs::read_dir(dir.path()).unwrap();
            let names = names.map(|one| one.unwrap().file_name().into_string().unwrap());
            names.filter(|name| name.starts_with(BEFORE)).collect()
        };
        let store = Store::open(dir.path(), None, &birth).await.unwrap();
        store.put_setting("kept", "as it was", "test", 1).await.unwrap();
        let Store::Sqlite(sqlite) = &store else { panic!("SQLite is the default") };
        assert_eq!(copies(), [""; 0], "a new database has nothing to lose");
        // As a version without the last migrations would have left it.
        let [.., before, last] =
            migrations::sqlite().iter().map(|one| one.version).collect::<Vec<_>>()[..]
        else {
            panic!("there are many");
        };
        let forget = async |version: i64| {
            let forget =
                sqlx::query("delete from _sqlx_migrations where version = $1").bind(version);
            forget.execute(&sqlite.writer).await.unwrap();
        };
        forget(last).await;
        forget(before).await;
        let lacks = async || keep_copy(dir.path(), &sqlite.writer).await.unwrap();
        assert_eq!(lacks().await, Some(before));
        store.put_setting("kept", "changed since", "test", 2).await.unwrap();
        assert_eq!(lacks().await, Some(before), "made anew: no migration was carried out");
        let kept = async |name: &str| {
            let copy = backup::look_into(&dir.path().join(name)).await.unwrap();
            let kept = copy.setting("kept").await.unwrap();
            copy.close().await;
            kept
        };
        assert_eq!(kept(UPGRADE).await.as_deref(), Some("changed since"));
        // One of two was carried out when the power went: the copy from before both is the way back.
        sqlx::query(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             values ($1, '', true, x'00', 0)",
        )
        .bind(before)
        .execute(&sqlite.writer)
        .await
        .unwrap();
        store.put_setting("kept", "half way", "test", 3).await.unwrap();
        assert_eq!(lacks().await, Some(before));
        assert_eq!(kept(UPGRADE).await.as_deref(), Some("changed since"));
        std::fs::write(dir.path().join("hai-long-before-0001.db"), "of an earlier upgrade")
            .unwrap();
        settle_copy(dir.path(), before);
        assert_eq!(copies(), [format!("{BEFORE}{before:04}.db")]);
        assert_eq!(forget_copies(dir.path(), 1), 0, "it is young");
        assert_eq!(forget_copies(dir.path(), 0), 1);
    }
}
