//! The journal's schema, file by file, and which journals this program can work with.

use super::error::JournalError;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{SqlSafeStr, SqliteConnection};
use std::path::Path;

/// Every migration, in order. One that has been released is never edited. One that does more than add
/// sets `user_version` to its own number; see `migrations/README.md`.
const MIGRATIONS: [(i64, &str, &str); 5] = [
    (1, "journal", include_str!("../../../migrations/tablet/0001_journal.sql")),
    (2, "memory", include_str!("../../../migrations/tablet/0002_memory.sql")),
    (3, "carried days", include_str!("../../../migrations/tablet/0003_carried_days.sql")),
    (4, "continues", include_str!("../../../migrations/tablet/0004_continues.sql")),
    (5, "readable since", include_str!("../../../migrations/tablet/0005_readable_since.sql")),
];

/// The newest migration this program knows.
const KNOWN: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

pub(super) fn migrator() -> Migrator {
    let migrations = MIGRATIONS
        .iter()
        .map(|(version, name, sql)| {
            let sql = (*sql).into_sql_str();
            Migration::new(*version, (*name).into(), MigrationType::Simple, sql, false)
        })
        .collect();
    let mut migrator = Migrator::with_migrations(migrations);
    // What a newer program only added is left alone; what it changed was refused before.
    migrator.set_ignore_missing(true);
    migrator
}

/// Refuses a file to which a newer program has done more than add.
pub(super) async fn check_version(
    connection: &mut SqliteConnection,
    path: &Path,
) -> Result<(), JournalError> {
    let explain = |error: sqlx::Error| JournalError::from_sqlx(path, &error);
    let tables: i64 =
        sqlx::query_scalar("select count(*) from sqlite_schema where name = '_sqlx_migrations'")
            .fetch_one(&mut *connection)
            .await
            .map_err(explain)?;
    if tables == 0 {
        return Ok(());
    }
    let found: i64 = sqlx::query_scalar("select coalesce(max(version), 0) from _sqlx_migrations")
        .fetch_one(&mut *connection)
        .await
        .map_err(explain)?;
    let readable_since: i64 = sqlx::query_scalar("select user_version from pragma_user_version")
        .fetch_one(connection)
        .await
        .map_err(explain)?;
    if found <= KNOWN || (1..=KNOWN).contains(&readable_since) {
        return Ok(());
    }
    Err(JournalError::Newer { path: path.to_owned(), found, known: KNOWN })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first bytes of the SHA-384 of each released file, as sqlx computes it. At a release the new
    /// ones are added.
    const RELEASED: [(i64, &str); 5] = [
        (1, "d0f0492e59da7fb9"),
        (2, "d472ac8cf45e1ee9"),
        (3, "d39edc93c73d1309"),
        (4, "546cc458dbb878b7"),
        (5, "7a10ff12d6fe2ba6"),
    ];

    #[test]
    fn a_released_migration_has_the_bytes_it_was_released_with() {
        let migrator = migrator();
        for (version, pinned) in RELEASED {
            let migration = migrator.iter().find(|one| one.version == version).unwrap();
            let checksum = hex::encode(&migration.checksum[..8]);
            assert_eq!(checksum, pinned, "migration {version} was edited after its release");
        }
    }

    #[test]
    fn migrations_follow_one_another_and_say_since_when_they_can_be_read() {
        assert!(MIGRATIONS.is_sorted_by(|one, next| one.0 < next.0));
        for (version, name, sql) in MIGRATIONS {
            let code: String = sql.lines().filter(|line| !line.starts_with("--")).collect();
            if let Some((_, set)) = code.split_once("user_version") {
                assert_eq!(
                    set.trim(),
                    format!("= {version};"),
                    "{name} names its own number, last"
                );
            }
        }
    }
}
