//! Which department a rating counts for, and which history the positions of changes belong to.

use super::fixtures::{NOON, rating, some_visits};
use analytics_server::enrolment::{code_hash, token_hash};
use analytics_server::storage::Store;
use analytics_server::storage::enrolments::Applicant;
use analytics_server::storage::export::{ExportFilter, OutBy, OutCursor, RatingOut};
use analytics_server::storage::register::{EntryChange, Noun, RegisterOutcome};
use analytics_server::storage::rows::{
    Counter, Department, ImportedRating, Officer, TabletAssignment,
};
use protocol::Level;
use std::collections::HashMap;
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};

on_both_databases! {
    a_rating_counts_for_the_department_of_its_moment,
    a_history_has_a_number_until_another_begins,
}

const MINUTE: i64 = 60_000;
const TABLET: Uuid = Uuid::from_u128(0x22);

/// Two departments with a counter each, and an officer who belongs to the first.
async fn house(store: &Store) -> (i64, i64) {
    let department = |code: &str| Department {
        id: 0,
        code: code.into(),
        name: code.into(),
        ticket_prefix: None,
    };
    store.put_departments(&[department("FIRST"), department("NEXT")], 0).await.unwrap();
    let directory = store.directory().await.unwrap();
    let id = |code| directory.department(code).unwrap().id;
    let (first, next) = (id("FIRST"), id("NEXT"));
    let counter = |code: &str, department| Counter {
        id: 0,
        code: code.into(),
        name: code.into(),
        department,
    };
    store.put_counters(&[counter("M1", first), counter("M2", next)], 0).await.unwrap();
    belongs_to(store, "MOVED", first, NOON - 60 * MINUTE).await;
    (first, next)
}

/// A file says that an officer belongs to a department.
async fn belongs_to(store: &Store, code: &str, department: i64, now: i64) {
    let directory = store.directory().await.unwrap();
    let officer = Officer {
        id: 0,
        code: code.into(),
        name: code.into(),
        title: "Chuyên viên".into(),
        department,
        counter: Some(directory.counter("M1").unwrap().id),
    };
    store.put_officers(&[officer], now).await.unwrap();
}

/// An administrator says so on a page.
async fn moved_on_a_page(store: &Store, code: &str, department: i64, now: i64) {
    let all = store.entries(Noun::Officer).await.unwrap();
    let before = all.into_iter().find(|one| one.code == code).unwrap();
    let mut after = before.clone();
    after.department = Some(department);
    let steps = [EntryChange { before: Some(before), after }];
    let carried = store.carry_out(Noun::Officer, &steps, "test", now).await.unwrap();
    assert_eq!(carried, RegisterOutcome::Done);
}

/// Enrols the tablet at the first counter.
async fn tablet(store: &Store) -> Chain {
    let counter = store.directory().await.unwrap().counter("M1").unwrap().id;
    let post = TabletAssignment { counter, officer: None, stage: None, simulated: false };
    let code = code_hash("MOMENTS");
    store.add_enrolment_code(&post, code, 0, i64::MAX).await.unwrap();
    let chain = Chain::new(TABLET, 9);
    let applicant = Applicant {
        code_hash: code,
        id: TABLET,
        public_key: chain.key.verifying_key().to_bytes(),
        token_hash: token_hash(&[9; 32]),
        app_version: "0.1.0",
    };
    store.enrol(&applicant, NOON - 90 * MINUTE).await.unwrap();
    chain
}

/// The departments that some ratings count for.
async fn departments(store: &Store) -> HashMap<Uuid, i64> {
    let all = ExportFilter { from: i64::MIN, until: i64::MAX, ..ExportFilter::default() };
    let by = (OutBy::Asked, OutCursor::START);
    let rows = store.ratings_out(&all, false, by, 10_000).await.unwrap();
    rows.into_iter().map(|row: RatingOut| (row.id, row.department)).collect()
}

pub async fn a_rating_counts_for_the_department_of_its_moment(store: &Store) {
    let (first, next) = house(store).await;
    let mut chain = tablet(store).await;
    let visits = [(-50, first), (-31, first), (-29, next), (-11, next), (-9, first), (-1, first)];
    for (place, (minutes, _)) in (0x2200..).zip(visits) {
        let at = NOON + minutes * MINUTE;
        chain.rate(Uuid::from_u128(place), at, shown("M1", "MOVED", None), Level::Neutral);
        // Nobody knows this officer yet.
        chain.rate(Uuid::from_u128(place + 16), at, shown("M2", "LATE", None), Level::Neutral);
    }
    // One is delivered at once; the others wait for a network while the officer moves and comes back.
    chain.append(store, &chain.batch(0, 4, NOON - 50 * MINUTE)).await;
    moved_on_a_page(store, "MOVED", next, NOON - 30 * MINUTE).await;
    belongs_to(store, "MOVED", first, NOON - 10 * MINUTE).await;
    chain.append(store, &chain.batch(4, 99, NOON)).await;
    // The other one is entered after all of it, in the department of before and then moved.
    belongs_to(store, "LATE", first, NOON).await;
    moved_on_a_page(store, "LATE", next, NOON + MINUTE).await;
    assert!(store.release(TABLET, 0, NOON + 2 * MINUTE).await.unwrap() > 0);

    let found = departments(store).await;
    for (place, (minutes, department)) in (0x2200..).zip(visits) {
        assert_eq!(found[&Uuid::from_u128(place)], department, "{minutes} minutes, by a tablet");
        assert_eq!(found[&Uuid::from_u128(place + 16)], first, "{minutes} minutes, released");
    }
    files_say_the_same(store, &visits).await;
}

/// Ratings of a file, read in long after.
async fn files_say_the_same(store: &Store, visits: &[(i64, i64)]) {
    let counter = store.directory().await.unwrap().counter("M2").unwrap().id;
    let mut rows = Vec::new();
    for (id, (minutes, _)) in (0x2240..).zip(visits) {
        let rating = rating(store, "MOVED", id, NOON + minutes * MINUTE).await;
        rows.push(ImportedRating { counter, ..rating });
    }
    rows.push(ImportedRating { id: Uuid::from_u128(0x2250), at: 1_000, ..rows[0].clone() });
    store.import_ratings(&rows, NOON + 99 * MINUTE).await.unwrap();
    let found = departments(store).await;
    for (row, (minutes, department)) in rows.iter().zip(visits) {
        assert_eq!(found[&row.id], *department, "{minutes} minutes, by a file");
    }
    assert_eq!(found[&Uuid::from_u128(0x2250)], visits[0].1, "long before anybody was entered");
}

pub async fn a_history_has_a_number_until_another_begins(store: &Store) {
    some_visits(store, 84).await;
    let head = store.feed_head().await.unwrap();
    assert!(head.epoch > 0);
    assert_eq!(head.database, store.id().await.unwrap());
    assert_eq!(head.position, store.position().await.unwrap());
    // Of two who notice it at once the first one's number stands.
    store.begin_epoch(head.epoch, 77).await.unwrap();
    store.begin_epoch(head.epoch, 78).await.unwrap();
    assert_eq!(store.feed_head().await.unwrap().epoch, 77);
    let last = store.changes_after(0, 10_000).await.unwrap().pop().unwrap();
    let (_, position) = store.rating_position(last.num).await.unwrap().unwrap();
    assert_eq!(position, last.position);
    assert_eq!(store.rating_position(-1).await.unwrap(), None);
}
