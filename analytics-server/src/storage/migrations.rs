//! The schema's files, built into the program, in the order in which they are applied.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

macro_rules! migrations {
    ($dialect:literal) => {
        migrations!($dialect, "0001_installation", "0002_directory", "0003_tablets",
            "0004_events", "0005_ratings", "0006_audit", "0007_questionnaires", "0008_staff",
            "0009_machine_tokens", "0010_invitations", "0011_visits", "0012_heartbeats",
            "0013_accounts", "0014_sites", "0015_account_security", "0016_dossiers", "0017_alerts",
            "0018_records", "0019_admin", "0020_reading", "0021_names",
            "0022_moments", "0023_publication", "0024_evidence",
            "0025_imports", "0026_sign_in", "0027_originals",
            "0028_continuations", "0029_blocked", "0030_unrated",
            "0031_forked_heartbeats", "0033_withdrawn_invitations", "0034_answered_replies",
            "0035_signatures")
    };
    ($dialect:literal, $($name:literal),*) => {
        [$(($name, include_str!(concat!("../../../migrations/", $dialect, "/", $name, ".sql")))),*]
    };
}

/// SQLite's schema.
pub fn sqlite() -> Migrator {
    migrator(&migrations!("sqlite"))
}

/// PostgreSQL's schema.
pub fn postgres() -> Migrator {
    migrator(&migrations!("postgres"))
}

fn migrator(files: &[(&'static str, &'static str)]) -> Migrator {
    let migrations = files
        .iter()
        .map(|(name, sql)| {
            // The number that the file's name begins with: it stays when others come between.
            let version = name.split('_').next().and_then(|number| number.parse().ok());
            let version = version.unwrap_or(i64::MAX);
            let sql = (*sql).into_sql_str();
            Migration::new(version, (*name).into(), MigrationType::Simple, sql, false)
        })
        .collect();
    Migrator::with_migrations(migrations)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Table and column names of a schema, without types, values and comments.
    fn shape(migrator: &Migrator) -> Vec<String> {
        let mut shape = Vec::new();
        for migration in migrator.iter() {
            for line in migration.sql.as_str().lines() {
                let code = line.split("--").next().unwrap_or_default().trim();
                // What old rows hold and what new ones begin with is no shape.
                if code.starts_with("update ") || code.contains(" alter column ") {
                    continue;
                }
                let mut words = code.split([' ', '(']).filter(|word| !word.is_empty());
                match (words.next(), words.next(), words.next()) {
                    (Some("create"), Some(what), Some(name)) => {
                        shape.push(format!("{what} {name}"));
                    }
                    (Some(column), Some(_), _) => {
                        let null = if code.contains("not null") { " not null" } else { "" };
                        shape.push(format!("  {column}{null}"));
                    }
                    _ => {}
                }
            }
        }
        shape
    }

    #[test]
    fn both_databases_have_the_same_tables_and_columns() {
        let drop_dialect = |line: &String| !line.starts_with("  )");
        let sqlite: Vec<_> = shape(&sqlite()).into_iter().filter(drop_dialect).collect();
        let postgres: Vec<_> = shape(&postgres()).into_iter().filter(drop_dialect).collect();
        assert!(sqlite.len() > 50);
        assert_eq!(sqlite, postgres);
    }

    #[test]
    fn migrations_are_numbered_by_their_names_and_in_order() {
        for migrator in [sqlite(), postgres()] {
            let numbers: Vec<_> = migrator.iter().map(|one| one.version).collect();
            assert_eq!((numbers[0], numbers[20]), (1, 21));
            assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
        }
    }

    #[test]
    fn every_file_of_the_directory_is_applied() {
        for (dialect, migrator) in [("sqlite", sqlite()), ("postgres", postgres())] {
            let dir = format!("{}/../migrations/{dialect}", env!("CARGO_MANIFEST_DIR"));
            let mut files: Vec<_> = std::fs::read_dir(dir)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            files.sort();
            let applied: Vec<_> =
                migrator.iter().map(|one| format!("{}.sql", one.description)).collect();
            assert_eq!(files, applied);
        }
    }
}
