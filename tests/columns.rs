//! The columns are derived: damage to their files never changes the figures from those of the database.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use analytics_server::period;
use analytics_server::state::App;
use analytics_server::stats::slice::{Filter, Slice};
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use analytics_server::storage::rows::{Directory, FileColumns, ImportedRating};
use jiff::civil::date;
use jiff::tz::TimeZone;
use protocol::{Level, Scale, Stage};
use reports::figures::{Figures, Levels};
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::server::furnish;

/// More than the columns are saved after.
const ROWS: u64 = 6_000;

/// The n-th rating of a year, spread over its days, officers and levels.
fn rating(directory: &Directory, n: u64, salt: u64) -> ImportedRating {
    let officer = &directory.officers[usize::try_from(n % 2).unwrap()];
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let day =
        date(2023, 1, 1).saturating_add(jiff::Span::new().days(i64::try_from(n % 365).unwrap()));
    let at = day.at(9, 0, 0, 0).to_zoned(zone).unwrap().timestamp().as_millisecond();
    ImportedRating {
        id: Uuid::from_u64_pair(salt, n),
        at,
        counter: officer.counter.unwrap(),
        officer: officer.id,
        stage: [None, Some(Stage::Receive), Some(Stage::Return)][usize::try_from(n % 3).unwrap()],
        scale: Scale::Five,
        level: Level::ALL[usize::try_from((n * n + salt) % 5).unwrap()],
        dossier: None,
        reasons: Vec::new(),
        comment: None,
        told: FileColumns::default(),
        simulated: false,
    }
}

async fn fill(store: &Store, salt: u64) {
    let directory = store.directory().await.unwrap();
    let rows: Vec<_> = (0..ROWS).map(|n| rating(&directory, n, salt)).collect();
    store.import_ratings(&rows, 1).await.unwrap();
}

async fn figures(store: &Store, dir: &Path, name: &str) -> Arc<Figures> {
    let app = App::open(store.clone(), dir, Clock::system()).await.unwrap();
    let figures = app.figures(&period::parse(name, app.centre().policy).unwrap()).await.unwrap();
    app.stats.saving_ended().await;
    figures
}

/// Counts again, row by row, without columns.
async fn recount(store: &Store) -> Levels {
    let mut counts = [0; 5];
    for row in store.changes_after(0, u32::MAX).await.unwrap() {
        counts[usize::from(row.level) - 1] += 1;
    }
    let [very_satisfied, satisfied, neutral, dissatisfied, very_dissatisfied] = counts;
    Levels { very_satisfied, satisfied, neutral, dissatisfied, very_dissatisfied }
}

async fn saved_columns_give_what_the_database_gives(fresh: &Fresh) {
    furnish(&fresh.store).await;
    fill(&fresh.store, 1).await;
    let dir = fresh.dir.path();
    let first = figures(&fresh.store, dir, "2023").await;
    assert_eq!(first.ratings.levels, recount(&fresh.store).await);
    assert_eq!(first.ratings.total, ROWS);
    assert_eq!(first.days.len(), 365);
    assert!(dir.join("columns/columns.json").exists());
    assert_eq!(figures(&fresh.store, dir, "2023").await, first, "read back from files");

    let months: u64 = sum_of_months(&fresh.store, dir).await;
    assert_eq!(months, ROWS, "twelve months make the year");

    for entry in std::fs::read_dir(dir.join("columns")).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains("2023-05") {
            std::fs::write(path, b"not a parquet file").unwrap();
        }
    }
    assert_eq!(figures(&fresh.store, dir, "2023").await, first, "a damaged file is rebuilt");
    let officer = fresh.store.directory().await.unwrap().officers[1].id;
    let of_one = async || {
        let app = App::open(fresh.store.clone(), dir, Clock::system()).await.unwrap();
        let period = period::parse("2023", app.centre().policy).unwrap();
        let filter = Filter { officer: Some(officer), ..Filter::default() };
        let figures = app.stats.figures(Slice { period, filter }).await.unwrap();
        app.stats.saving_ended().await;
        figures
    };
    let narrowed = of_one().await;
    assert_eq!(narrowed.ratings.total, ROWS / 2);
    for entry in std::fs::read_dir(dir.join("columns")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy();
        if name.contains("2023-07") && !name.contains("counts") {
            std::fs::write(&path, b"not a parquet file").unwrap();
        }
    }
    assert_eq!(of_one().await, narrowed, "a file that is read after the start is rebuilt, too");
    // One more rating since they were saved, and then a damaged file.
    let directory = fresh.store.directory().await.unwrap();
    let one_more = ImportedRating { id: Uuid::from_u64_pair(9, 9), ..rating(&directory, 1, 9) };
    let app = App::open(fresh.store.clone(), dir, Clock::system()).await.unwrap();
    let year = period::parse("2023", app.centre().policy).unwrap();
    app.figures(&year).await.unwrap();
    fresh.store.import_ratings(&[one_more], 2).await.unwrap();
    let first = app.figures(&year).await.unwrap();
    assert_eq!(first.ratings.total, ROWS + 1);
    for entry in std::fs::read_dir(dir.join("columns")).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains("2023-09") {
            std::fs::write(&path, b"not a parquet file").unwrap();
        }
    }
    let filter = Filter { officer: Some(officer), ..Filter::default() };
    let slice = Slice { period: year.clone(), filter };
    let now = app.stats.figures(&slice).await.unwrap();
    assert_eq!(now.ratings.total, narrowed.ratings.total + 1, "while others are not saved yet");
    assert_eq!(app.figures(&year).await.unwrap(), first);
    app.stats.saving_ended().await;
    drop(app);
    std::fs::write(dir.join("columns/columns.json"), b"{").unwrap();
    assert_eq!(figures(&fresh.store, dir, "2023").await, first, "a damaged list is rebuilt");
    std::fs::remove_dir_all(dir.join("columns")).unwrap();
    assert_eq!(figures(&fresh.store, dir, "2023").await, first, "deleted columns are rebuilt");
}

async fn sum_of_months(store: &Store, dir: &Path) -> u64 {
    let mut sum = 0;
    for month in 1..=12 {
        sum += figures(store, dir, &format!("2023-{month:02}")).await.ratings.total;
    }
    sum
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_on_sqlite() {
    saved_columns_give_what_the_database_gives(&sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_on_postgres() {
    saved_columns_give_what_the_database_gives(&postgres().await).await;
}

/// The database goes back to a backup and then, by other rows, comes to the same position.
#[tokio::test(flavor = "multi_thread")]
async fn columns_of_another_history_are_not_believed() {
    let fresh = sqlite().await;
    let dir = fresh.dir.path();
    furnish(&fresh.store).await;
    fresh.store.close().await;
    let backup = dir.join("backup.db");
    std::fs::copy(dir.join("hai-long.db"), &backup).unwrap();
    let birth = Birth::at(&Clock::system()).unwrap();

    let store = Store::open(dir, None, &birth).await.unwrap();
    fill(&store, 1).await;
    let old = figures(&store, dir, "2023").await;
    store.close().await;

    std::fs::rename(backup, dir.join("hai-long.db")).unwrap();
    let store = Store::open(dir, None, &birth).await.unwrap();
    fill(&store, 3).await;
    let new = figures(&store, dir, "2023").await;
    assert_eq!(new.ratings.levels, recount(&store).await);
    assert_ne!(new.ratings.levels, old.ratings.levels, "the two histories can be told apart");
    assert_eq!(figures(&store, dir, "2023").await, new, "nor are its files taken for the new ones");
}
