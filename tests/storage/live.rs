//! What open dashboards rest on.

use super::fixtures::rating;
use analytics_server::storage::Store;
use analytics_server::storage::rows::ImportedRating;

on_both_databases! {
    the_clock_moves_with_every_rating,
}

/// Every stored rating moves the clock, and the last answer of each department is found again.
pub async fn the_clock_moves_with_every_rating(store: &Store) {
    let directory = store.directory().await.unwrap();
    let officer = directory.officer("CC013").unwrap();
    // A day of the last century: no other visit is there.
    let day = 800_000_000_000;
    let rated = async |id: u128, at| ImportedRating {
        simulated: true,
        ..rating(store, "CC013", 8_300 + id, at).await
    };
    let before = store.position().await.unwrap();
    assert_eq!(store.last_answers_after(before, day, day + 1_000).await.unwrap(), []);
    let rows = [rated(0, day).await, rated(1, day + 700).await, rated(2, day + 1_000).await];
    store.import_ratings(&rows, 1).await.unwrap();
    let after = store.position().await.unwrap();
    assert!(after > before);
    let last = store.last_answers_after(before, day, day + 1_000).await.unwrap();
    assert_eq!(last, [(officer.department, day + 700)], "until the end, which is another day's");
    assert_eq!(store.last_answers_after(after, day, day + 1_000).await.unwrap(), []);
    assert_eq!(store.position().await.unwrap(), after, "looking moves nothing");
}
