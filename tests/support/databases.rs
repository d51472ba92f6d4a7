//! A fresh database for each test, on both kinds. Where PostgreSQL is missing a test fails; it is
//! never skipped. The schema is made once in each test program and copied for each database, since
//! dozens of migrations take longer than most tests.

use analytics_server::clock::{Clock, fresh_id};
use analytics_server::storage::{Birth, FILE, Store};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::fs;
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// Names the server that `tests/run` started.
const ADDRESS: &str = "HAI_LONG_TEST_POSTGRES";

/// A new database gets an identity and a secret. Without this row, each copy gets its own when it
/// is opened.
const UNBORN: &str = "delete from installation";

/// The bytes of a SQLite file with the schema and nothing else.
static SQLITE: OnceCell<Vec<u8>> = OnceCell::const_new();
/// The name of a PostgreSQL database with the schema and nothing else.
static POSTGRES: OnceCell<String> = OnceCell::const_new();

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
    let template = SQLITE.get_or_init(sqlite_template).await;
    fs::write(dir.path().join(FILE), template).unwrap();
    let store = open(&dir, None).await;
    Fresh { store, dir, address: None }
}

async fn sqlite_template() -> Vec<u8> {
    let dir = TempDir::new().unwrap();
    open(&dir, None).await.close().await;
    let file = dir.path().join(FILE);
    let mut connection =
        SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    sqlx::query(UNBORN).execute(&mut connection).await.unwrap();
    // The last connection folds the write-ahead log back into the file.
    connection.close().await.unwrap();
    fs::read(file).unwrap()
}

/// An empty PostgreSQL database of its own.
pub async fn postgres() -> Fresh {
    let template = POSTGRES.get_or_init(postgres_template).await;
    let address = create(&format!("template {template}")).await.1;
    let dir = TempDir::new().unwrap();
    let store = open(&dir, Some(&address)).await;
    Fresh { store, dir, address: Some(address) }
}

async fn postgres_template() -> String {
    let (name, address) = create("").await;
    open(&TempDir::new().unwrap(), Some(&address)).await.close().await;
    let mut connection = PgConnection::connect(&address).await.unwrap();
    sqlx::query(UNBORN).execute(&mut connection).await.unwrap();
    // Nobody may be connected to what is copied.
    connection.close().await.unwrap();
    name
}

/// Name and address of a new PostgreSQL database.
async fn create(options: &str) -> (String, String) {
    let server = std::env::var(ADDRESS).unwrap_or_else(|_| {
        panic!("{ADDRESS} is not set: run the tests with `bash tests/run`, which starts PostgreSQL")
    });
    let name = format!("t{}", fresh_id().simple());
    let mut admin = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("create database {name} {options}")))
        .execute(&mut admin)
        .await
        .unwrap();
    let address = format!("{server}/{name}");
    (name, address)
}

async fn open(dir: &TempDir, address: Option<&str>) -> Store {
    Store::open(dir.path(), address, &Birth::at(&Clock::system()).unwrap()).await.unwrap()
}
