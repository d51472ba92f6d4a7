//! A fresh database for each test, on both kinds. Where PostgreSQL is missing a test fails; it is
//! never skipped.

use analytics_server::clock::Clock;
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use sqlx::Connection;
use sqlx::postgres::PgConnection;
use tempfile::TempDir;

/// Names the server that `tests/run` started.
const ADDRESS: &str = "HAI_LONG_TEST_POSTGRES";

/// A store, and the directory that lives as long as it.
pub struct Fresh {
    /// The store.
    pub store: Store,
    /// Its data directory.
    pub dir: TempDir,
    /// Address of the database, where it is PostgreSQL.
    pub address: Option<String>,
}

/// An empty SQLite store.
pub async fn sqlite() -> Fresh {
    let dir = TempDir::new().unwrap();
    let store = open(&dir, None).await;
    Fresh { store, dir, address: None }
}

/// An empty PostgreSQL database of its own.
pub async fn postgres() -> Fresh {
    let server = std::env::var(ADDRESS).unwrap_or_else(|_| {
        panic!("{ADDRESS} is not set: run the tests with `bash tests/run`, which starts PostgreSQL")
    });
    let name = format!("t{}", analytics_server::clock::fresh_id().simple());
    let mut admin = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}")))
        .execute(&mut admin)
        .await
        .unwrap();
    let address = format!("{server}/{name}");
    let dir = TempDir::new().unwrap();
    let store = open(&dir, Some(&address)).await;
    Fresh { store, dir, address: Some(address) }
}

async fn open(dir: &TempDir, address: Option<&str>) -> Store {
    Store::open(dir.path(), address, &Birth::at(&Clock::system()).unwrap()).await.unwrap()
}
