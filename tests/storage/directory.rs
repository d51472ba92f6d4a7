//! The directory by its codes, photos, and the settings of the centre.

use super::fixtures::procedure;
use analytics_server::storage::Store;
use analytics_server::storage::rows::{Department, PutOutcome};

on_both_databases! {
    directory_by_code,
    centre_settings,
}

pub async fn directory_by_code(store: &Store) {
    let directory = store.directory().await.unwrap();
    let department = directory.department("STP").unwrap().clone();
    let counter = directory.counter("Q07").unwrap().clone();
    let officer = directory.officer("CC013").unwrap().clone();
    assert_eq!(directory.usual_officer(counter.id).unwrap().code, "CC013");
    assert_eq!(store.put_counters(&[counter], 1).await.unwrap(), [PutOutcome::AlreadyThere]);
    assert_eq!(
        store.put_officers(std::slice::from_ref(&officer), 1).await.unwrap(),
        [PutOutcome::AlreadyThere]
    );

    let renamed = Department { name: "Sở Tư pháp tỉnh".into(), ..department.clone() };
    let put = store.put_departments(&[department.clone(), renamed.clone()], 1).await.unwrap();
    assert_eq!(put, [PutOutcome::AlreadyThere, PutOutcome::Changed]);
    assert_eq!(store.directory().await.unwrap().department("STP"), Some(&renamed));
    assert_eq!(
        store.put_departments(std::slice::from_ref(&department), 2).await.unwrap(),
        [PutOutcome::Changed]
    );

    let procedure = procedure(store).await;
    assert_eq!(
        store.put_procedures(std::slice::from_ref(&procedure), 1).await.unwrap(),
        [PutOutcome::Stored]
    );
    assert_eq!(store.put_procedures(&[procedure], 1).await.unwrap(), [PutOutcome::AlreadyThere]);

    assert_eq!(store.photo(officer.id).await.unwrap(), None);
    store.put_photo(officer.id, Some(b"jpeg"), "test", 3).await.unwrap();
    assert_eq!(store.photo(officer.id).await.unwrap().as_deref(), Some(&b"jpeg"[..]));
    store.put_photo(officer.id, None, "test", 4).await.unwrap();
    assert_eq!(store.photo(officer.id).await.unwrap(), None);
}

pub async fn centre_settings(store: &Store) {
    assert_eq!(store.setting("centre").await.unwrap(), None);
    store.put_setting("centre", "{}", "test", 1).await.unwrap();
    store.put_setting("centre", "{\"policy\":\"nd09\"}", "test", 2).await.unwrap();
    let setting = store.setting("centre").await.unwrap();
    assert_eq!(setting.as_deref(), Some("{\"policy\":\"nd09\"}"));
}
