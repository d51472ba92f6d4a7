//! Several processes on one database: they take turns, and no damage is reported where there is none.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use analytics_server::storage::register::{EntryChange, Noun};
use analytics_server::storage::rows::{FileColumns, ImportedRating, PutOutcome};
use protocol::{Level, Scale};
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::server::furnish;

/// More rows than one statement holds, so that the imports overlap.
const ROWS: u128 = 3_000;

async fn rows(store: &Store) -> Vec<ImportedRating> {
    let directory = store.directory().await.unwrap();
    let officer = directory.officer("CC013").unwrap();
    (1..=ROWS)
        .map(|id| ImportedRating {
            id: Uuid::from_u128(id),
            at: 1_695_790_800_000,
            counter: officer.counter.unwrap(),
            officer: officer.id,
            stage: None,
            scale: Scale::Five,
            level: Level::Satisfied,
            dossier: None,
            reasons: Vec::new(),
            comment: None,
            told: FileColumns::default(),
            simulated: false,
        })
        .collect()
}

async fn imports_take_turns(fresh: &Fresh) {
    furnish(&fresh.store).await;
    let rows = rows(&fresh.store).await;
    let mut running = Vec::new();
    for _ in 0..4 {
        let birth = Birth::at(&Clock::system()).unwrap();
        let store = Store::open(fresh.dir.path(), fresh.address.as_deref(), &birth).await.unwrap();
        let rows = rows.clone();
        running.push(tokio::spawn(async move { store.import_ratings(&rows, 1).await.unwrap() }));
    }
    let mut stored = 0;
    for run in running {
        let outcome = run.await.unwrap();
        assert!(!outcome.contains(&PutOutcome::Conflict));
        stored += outcome.iter().filter(|put| **put == PutOutcome::Stored).count() as u128;
    }
    assert_eq!(stored, ROWS, "each row is stored by one of them");
    assert_eq!(fresh.store.changes_after(0, u32::MAX).await.unwrap().len() as u128, ROWS);
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_at_once_on_sqlite() {
    imports_take_turns(&sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_at_once_on_postgres() {
    imports_take_turns(&postgres().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn first_starts_at_once() {
    for _ in 0..3 {
        let dir = TempDir::new().unwrap();
        let starts: Vec<_> = (0..6)
            .map(|_| {
                let path = dir.path().to_owned();
                tokio::spawn(async move {
                    let birth = Birth::at(&Clock::system()).unwrap();
                    Store::open(&path, None, &birth).await.unwrap().id().await.unwrap()
                })
            })
            .collect();
        let mut ids = Vec::new();
        for start in starts {
            ids.push(start.await.unwrap());
        }
        ids.dedup();
        assert_eq!(ids.len(), 1, "one database was born, and all work with it");
    }
}

/// On PostgreSQL a later number may commit first. Positions must not: a reader that saw one would
/// never come back for the row before it.
#[tokio::test]
async fn positions_become_visible_in_order() {
    let fresh = postgres().await;
    furnish(&fresh.store).await;
    let rating = rows(&fresh.store).await.remove(1);
    let department = fresh.store.directory().await.unwrap().departments[0].id;

    // A writer of another process has taken a position and not committed yet.
    let pool = sqlx::PgPool::connect(fresh.address.as_deref().unwrap()).await.unwrap();
    let mut slow = pool.begin().await.unwrap();
    let position: i64 =
        sqlx::query_scalar("update installation set position = position + 1 returning position")
            .fetch_one(&mut *slow)
            .await
            .unwrap();
    sqlx::query(
        "insert into ratings (id, source, simulated, counter_id, officer_id, department_id, scale,
         asked_at, level, position) values ($1, 2, false, $2, $3, $4, 1, $5, 5, $6)",
    )
    .bind(Uuid::from_u128(1))
    .bind(rating.counter)
    .bind(rating.officer)
    .bind(department)
    .bind(rating.at)
    .bind(position)
    .execute(&mut *slow)
    .await
    .unwrap();

    let store = fresh.store.clone();
    let mut quick = tokio::spawn(async move { store.import_ratings(&[rating], 1).await.unwrap() });
    let early = tokio::time::timeout(Duration::from_millis(500), &mut quick).await;
    assert!(early.is_err(), "the second writer must wait for the first");
    assert_eq!(fresh.store.changes_after(0, 10).await.unwrap(), [], "nothing is visible early");

    slow.commit().await.unwrap();
    assert_eq!(quick.await.unwrap(), [PutOutcome::Stored]);
    let rows = fresh.store.changes_after(0, 10).await.unwrap();
    let levels: Vec<_> = rows.iter().map(|row| (row.position, row.level)).collect();
    assert_eq!(levels, [(position, 5), (position + 1, 2)]);
}

/// Names that a process has cached are those of the database, after every kind of change by any process.
async fn names_are_never_older_than_the_database(fresh: &Fresh) {
    furnish(&fresh.store).await;
    let birth = Birth::at(&Clock::system()).unwrap();
    let other = Store::open(fresh.dir.path(), fresh.address.as_deref(), &birth).await.unwrap();
    let name = async |store: &Store| {
        let directory = store.directory().await.unwrap();
        directory.department("STP").unwrap().name.clone()
    };
    let known = [fresh.store.directory().await.unwrap(), fresh.store.directory().await.unwrap()];
    assert!(std::sync::Arc::ptr_eq(&known[0], &known[1]), "it is read once");
    assert_eq!(name(&fresh.store).await, name(&other).await);

    // By a form, by a file, retired and brought back, each at the other process.
    let before = other.entries(Noun::Department).await.unwrap();
    let before = before.into_iter().find(|one| one.code == "STP").unwrap();
    let mut after = before.clone();
    after.name = "Sở Tư pháp (mới)".into();
    let id = before.id;
    let step = EntryChange { before: Some(before), after };
    other.carry_out(Noun::Department, &[step], "test", 1).await.unwrap();
    assert_eq!(name(&fresh.store).await, "Sở Tư pháp (mới)");
    let mut departments = other.directory().await.unwrap().departments.clone();
    departments.retain(|one| one.code == "STP");
    departments[0].name = "Sở Tư pháp".into();
    other.put_departments(&departments, 2).await.unwrap();
    assert_eq!(name(&fresh.store).await, "Sở Tư pháp");
    let officer = fresh.store.directory().await.unwrap().officer("CC013").unwrap().id;
    for retired in [true, false] {
        other.retire(Noun::Officer, officer, retired, "test", 3).await.unwrap();
        let gone = fresh.store.directory().await.unwrap().retired.officers.contains(&officer);
        assert_eq!(gone, retired);
    }
    assert_eq!(fresh.store.directory().await.unwrap().department("STP").unwrap().id, id);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_another_process_changed_on_sqlite() {
    names_are_never_older_than_the_database(&sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_another_process_changed_on_postgres() {
    names_are_never_older_than_the_database(&postgres().await).await;
}
