//! The part of the storage story that open dashboards rest on.

use analytics_server::clock::fresh_id;
use analytics_server::storage::Store;
use analytics_server::storage::rows::{FileColumns, ImportedRating};
use protocol::{Level, Scale};

/// Every stored rating moves the clock, and the last answer of each department is found again.
pub async fn the_clock_moves_with_every_rating(store: &Store) {
    let directory = store.directory().await.unwrap();
    let officer = directory.officer("CC013").unwrap();
    // A day of the last century: nothing else of the story is there.
    let day = 800_000_000_000;
    let rated = |at: i64| ImportedRating {
        id: fresh_id(),
        at,
        counter: officer.counter.unwrap(),
        officer: officer.id,
        stage: None,
        scale: Scale::Five,
        level: Level::Satisfied,
        dossier: None,
        reasons: Vec::new(),
        comment: None,
        told: FileColumns::default(),
        simulated: true,
    };
    let before = store.position().await.unwrap();
    assert_eq!(store.last_answers_after(before, day, day + 1_000).await.unwrap(), []);
    store.import_ratings(&[rated(day), rated(day + 700), rated(day + 1_000)], 1).await.unwrap();
    let after = store.position().await.unwrap();
    assert!(after > before);
    let last = store.last_answers_after(before, day, day + 1_000).await.unwrap();
    assert_eq!(last, [(officer.department, day + 700)], "until the end, which is another day's");
    assert_eq!(store.last_answers_after(after, day, day + 1_000).await.unwrap(), []);
    assert_eq!(store.position().await.unwrap(), after, "looking moves nothing");
}
