//! Files of earlier systems: ratings that are found again although they are told otherwise, and free
//! texts that leave the reasons.

use super::fixtures::{self, NOON};
use analytics_server::import::move_free_text;
use analytics_server::storage::Store;
use analytics_server::storage::imported::ImportedWindow;
use analytics_server::storage::rows::{FileColumns, ImportedRating, PutOutcome};
use protocol::Level;
use protocol::questionnaire::Questionnaire;
use uuid::Uuid;

on_both_databases! {
    a_rating_is_found_by_its_minute,
    free_text_leaves_the_reasons,
}

const MINUTE: i64 = 60_000;
/// Two months after the other visits, at the beginning of a minute.
const THEN: i64 = NOON + 60 * 86_400_000;

async fn rating(store: &Store, id: u128, at: i64) -> ImportedRating {
    let rating = fixtures::rating(store, "CC013", id, at).await;
    ImportedRating { level: Level::Dissatisfied, ..rating }
}

/// What stands here without seconds is found, and with seconds only where it is asked for.
pub async fn a_rating_is_found_by_its_minute(store: &Store) {
    let rough = FileColumns { to_minute: true, ..FileColumns::default() };
    let rough = ImportedRating { told: rough, ..rating(store, 2_501, THEN).await };
    let exact = rating(store, 2_502, THEN + 49_000).await;
    let put = store.import_ratings(&[rough.clone(), exact.clone()], THEN).await.unwrap();
    assert_eq!(put, [PutOutcome::Stored, PutOutcome::Stored]);
    let near = async |from, any_second| {
        let sought = ImportedWindow { from, until: from + MINUTE, any_second };
        let found = store.imported_near(&[sought, sought]).await.unwrap();
        found.iter().map(|one| one.id.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(near(THEN, true).await, [2_501, 2_502]);
    assert_eq!(near(THEN, false).await, [2_501]);
    assert_eq!(near(THEN + MINUTE, true).await, [] as [u128; 0]);
    let sought = ImportedWindow { from: THEN, until: THEN + MINUTE, any_second: true };
    let found = store.imported_near(&[sought]).await.unwrap();
    let later = ImportedRating { at: THEN + 5_000, ..exact.clone() };
    assert!(found[0].is(&later) && !found[1].is(&later), "only one is any second");
    assert!(!found[0].is(&ImportedRating { level: Level::Neutral, ..later.clone() }));
    assert!(!found[0].is(&ImportedRating { dossier: Some("H53".into()), ..later.clone() }));
    let known = store.known_ratings(&[exact.id, Uuid::from_u128(2_599)]).await.unwrap();
    assert_eq!(known.into_iter().collect::<Vec<_>>(), [exact.id]);
}

/// Words that no questionnaire knows become comments once, each under a new position.
pub async fn free_text_leaves_the_reasons(store: &Store) {
    let json = include_str!("../../analytics-server/questionnaires/attitude.json");
    let questionnaire: Questionnaire = serde_json::from_str(json).unwrap();
    store.publish_questionnaire(&questionnaire, "test", THEN).await.unwrap();
    let words = |reasons: &[&str]| reasons.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let mut rows = Vec::new();
    for (id, reasons) in [
        (2_511, words(&["Xin gọi lại cho bà X"])),
        (2_512, words(&["waiting"])),
        (2_513, words(&["chờ đợi LÂU"])),
    ] {
        rows.push(ImportedRating { reasons, ..rating(store, id, THEN + MINUTE).await });
    }
    store.import_ratings(&rows, THEN).await.unwrap();
    let before = store.position().await.unwrap();
    let reasoned = store.reasoned(0, 1_000).await.unwrap();
    assert!(reasoned.iter().any(|one| one.reasons == ["waiting"]));
    assert!(!store.is_free_text_moved().await.unwrap());
    assert!(move_free_text(store, THEN).await.unwrap() >= 2);
    assert!(store.is_free_text_moved().await.unwrap());
    assert_eq!(move_free_text(store, THEN).await.unwrap(), 0, "once");
    let moved = store.changes_after(before, 1_000).await.unwrap();
    let reasons: Vec<_> = moved
        .iter()
        .filter(|row| row.asked_at == THEN + MINUTE)
        .map(|row| row.reasons.join(","))
        .collect();
    assert_eq!(reasons, ["other", "waiting"], "the text is gone, the known words have their id");
    store.sort_reasons(&[]).await.unwrap();
    store.free_text_is_moved(THEN).await.unwrap();
}
