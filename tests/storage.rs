//! The storage tests: every public method of `Store` on both databases. Each subject stands in the
//! folder `storage` and is a test of its own on each database, which begins with the centre of
//! `furnish` and nothing else; what more it needs comes from `fixtures`.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use analytics_server::storage::Birth;
use analytics_server::storage::{Store, StoreError};
use std::fs;
use std::path::Path;
use whole_system_tests::databases::{postgres, sqlite};

/// Makes two tests of each subject, `sqlite::subject` and `postgres::subject`, with a fresh database.
macro_rules! on_both_databases {
    ($($subject:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $subject() {
                    let fresh = whole_system_tests::databases::sqlite().await;
                    whole_system_tests::server::furnish(&fresh.store).await;
                    Box::pin(super::$subject(&fresh.store)).await;
                }
            )+
        }

        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $subject() {
                    let fresh = whole_system_tests::databases::postgres().await;
                    whole_system_tests::server::furnish(&fresh.store).await;
                    Box::pin(super::$subject(&fresh.store)).await;
                }
            )+
        }
    };
}

#[path = "storage/accounts.rs"]
mod accounts;
#[path = "storage/admin.rs"]
mod admin;
#[path = "storage/alerts.rs"]
mod alerts;
#[path = "storage/at_once.rs"]
mod at_once;
#[path = "storage/chains.rs"]
mod chains;
#[path = "storage/counters.rs"]
mod counters;
#[path = "storage/directory.rs"]
mod directory;
#[path = "storage/everything.rs"]
mod everything;
#[path = "storage/evidence.rs"]
mod evidence;
#[path = "storage/figures.rs"]
mod figures;
#[path = "storage/fixtures.rs"]
mod fixtures;
#[path = "storage/forks.rs"]
mod forks;
#[path = "storage/groups.rs"]
mod groups;
#[path = "storage/imported.rs"]
mod imported;
#[path = "storage/invitations.rs"]
mod invitations;
#[path = "storage/live.rs"]
mod live;
#[path = "storage/moments.rs"]
mod moments;
#[path = "storage/moved.rs"]
mod moved;
#[path = "storage/outside.rs"]
mod outside;
#[path = "storage/records.rs"]
mod records;

on_both_databases! {
    a_store_answers_until_it_is_closed,
}

async fn a_store_answers_until_it_is_closed(store: &Store) {
    store.try_writing().await.unwrap();
    assert_eq!(store.id().await.unwrap(), store.id().await.unwrap());
    store.close().await;
    assert!(store.try_writing().await.is_err(), "a closed store answers no more");
}

/// The Rust files of a folder of the workspace, as one text.
fn source(folder: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let rust = files.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    rust.map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn every_public_method_is_called_on_both_databases() {
    let files = [include_str!("storage.rs"), include_str!("support/chain.rs")];
    let tests = source("storage") + &files.concat();
    let mut methods = 0;
    for part in source("../analytics-server/src/storage").split("pub async fn ").skip(1) {
        let name = part.split(['(', '<']).next().unwrap();
        let called = [format!(".{name}("), format!("::{name}(")];
        assert!(called.iter().any(|call| tests.contains(call)), "nobody calls {name}");
        methods += 1;
    }
    assert!(methods > 20, "only {methods} methods were found");
}

#[tokio::test]
async fn what_can_not_be_opened_is_told_and_left_alone() {
    let birth = Birth::at(&Clock::system()).unwrap();
    let fresh = sqlite().await;
    fresh.store.close().await;
    let file = fresh.dir.path().join("hai-long.db");

    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    sqlx::query(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (9999, 'of tomorrow', true, x'00', 0)",
    )
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    let newer = Store::open(fresh.dir.path(), None, &birth).await.unwrap_err();
    assert!(matches!(newer, StoreError::Newer { version: 9999, .. }), "{newer}");

    fs::write(&file, b"this is no database, whatever its name says, not even nearly").unwrap();
    let damaged = Store::open(fresh.dir.path(), None, &birth).await.unwrap_err();
    assert!(matches!(damaged, StoreError::Damaged { .. }), "{damaged}");
    assert!(fs::read(&file).unwrap().starts_with(b"this is no database"));

    let blocked = Store::open(&file, None, &birth).await.unwrap_err();
    assert!(matches!(blocked, StoreError::DataDir { .. }), "{blocked}");

    let nowhere = Some("postgres://nobody:secret@127.0.0.1:1/none");
    let unreachable = Store::open(fresh.dir.path(), nowhere, &birth).await.unwrap_err();
    assert!(matches!(unreachable, StoreError::Unreachable { .. }), "{unreachable}");
    assert!(!unreachable.to_string().contains("secret"), "{unreachable}");
    let nonsense = Store::open(fresh.dir.path(), Some("what://is this"), &birth).await.unwrap_err();
    assert!(matches!(nonsense, StoreError::Address(_)), "{nonsense}");
}

#[tokio::test]
async fn a_database_that_lets_no_more_in_says_so() {
    let fresh = postgres().await;
    let address = fresh.address.as_deref().unwrap();
    let admin = sqlx::PgPool::connect(address).await.unwrap();
    let role = format!("r{}", analytics_server::clock::fresh_id().simple());
    let run = async |statement: String| {
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&admin).await.unwrap();
    };
    run(format!("create role {role} login password 'geheim'")).await;
    run(format!("grant all on schema public to {role}")).await;
    let (scheme, rest) = address.split_once("://").unwrap();
    let rest = rest.split_once('@').map_or(rest, |(_, rest)| rest);
    let mine = format!("{scheme}://{role}:geheim@{rest}");
    run(format!("grant all on all tables in schema public to {role}")).await;
    let birth = Birth::at(&Clock::system()).unwrap();
    let store = Store::open(fresh.dir.path(), Some(&mine), &birth).await.unwrap();
    store.try_writing().await.unwrap();
    run(format!("alter role {role} connection limit 0")).await;
    run(format!("select pg_terminate_backend(pid) from pg_stat_activity where usename = '{role}'"))
        .await;
    let said = store.try_writing().await.unwrap_err().to_string();
    assert!(said.contains("too many connections for role"), "{said}");
    assert!(!said.contains("geheim"), "{said}");
    store.close().await;
    run(format!("alter role {role} connection limit 10")).await;
}
