//! What a check of the database reads: everything is there, and vouched for.

use super::everything::everything;
use super::fixtures::NOON;
use analytics_server::storage::Store;
use analytics_server::storage::cross_checks::CROSS_CHECKS;
use uuid::Uuid;

on_both_databases! {
    what_vouches_is_there,
}

async fn what_vouches_is_there(store: &Store) {
    let tablet = Box::pin(everything(store)).await;
    let integrity = store.integrity().await.unwrap();
    assert!(integrity.faults.is_empty() && !integrity.checked.is_empty(), "{integrity:?}");
    let head = store.chain(tablet).await.unwrap().unwrap().head.number;
    let events = store.stored_events(tablet, 0).await.unwrap();
    assert_eq!(events.len() as u64, head);
    let batches = store.stored_batches(tablet, (1, i64::MAX)).await.unwrap();
    let covered: i64 = batches.iter().map(|one| one.last_number - one.first_number + 1).sum();
    assert_eq!(covered.unsigned_abs(), head, "every event came with a batch");
    assert_eq!(batches[0].sent().at, NOON);
    let waits = store.quarantined_events(tablet).await.unwrap();
    assert!(waits.iter().any(|one| one.resolved_at.is_some() && one.reason == "unknown_officer"));
    let facts = store.tablet_facts(tablet).await.unwrap().unwrap();
    assert_eq!(facts.batched.map(i64::unsigned_abs), Some(head));
    assert!(facts.simulated && store.was_simulated(tablet).await.unwrap().contains(&true));
    assert!(store.tablet_facts(Uuid::nil()).await.unwrap().is_none());

    let sessions = store.sessions_of_tablet(tablet, 0).await.unwrap();
    assert_eq!(
        sessions.len(),
        usize::try_from(store.rows_of_tablet(tablet).await.unwrap()).unwrap()
    );
    let ids: Vec<Uuid> = sessions.iter().map(|(_, id)| *id).collect();
    let rows = store.visit_rows(&ids).await.unwrap();
    assert!(rows.len() == ids.len() && rows.iter().all(|row| row.visit.is_some()));
    let told = store.told_by_the_visits_tablet(&ids[..1]).await.unwrap();
    assert!(!told.is_empty() && told.iter().all(|(session, _)| *session == ids[0]));

    assert!(!store.record_earlier_imports(NOON).await.unwrap(), "each import recorded itself");
    let imports = store.import_batches().await.unwrap();
    let recorded: i64 = imports.iter().filter_map(|one| one.ratings).sum();
    let imported = store.imported_after(0).await.unwrap();
    assert_eq!(usize::try_from(recorded).unwrap(), imported.len());

    let (first, last) = store.asked_span().await.unwrap().unwrap();
    let recounted = store.recount(first, last + 1).await.unwrap();
    let all: i64 = recounted.iter().map(|one| one.count).sum();
    let mut walked = 0;
    let mut after = (i64::MIN, 0);
    loop {
        let page = store.rows_asked((first, last + 1), after, 7).await.unwrap();
        let Some(row) = page.last() else { break };
        after = (row.asked_at, row.num);
        walked += page.len();
    }
    assert_eq!(i64::try_from(walked).unwrap(), all);

    let history = store.department_history().await.unwrap();
    let officer = store.directory().await.unwrap().officers[0].clone();
    assert_eq!(history.at(officer.id, i64::MAX), Some(officer.department));
    assert!(!store.officers_before().await.unwrap().is_empty());
    assert!(!store.setting_history("centre").await.unwrap().is_empty());
    let expiries = store.expiries().await.unwrap();
    for row in store.redacted_without_note(0).await.unwrap() {
        assert!(expiries.iter().any(|(at, _)| *at == row.redacted_at), "{row:?}");
    }
    for check in &CROSS_CHECKS {
        // Of two seconds: these ratings are flagged within other times than the centre's.
        let found = store.cross_check(check, 2_000).await.unwrap();
        let first = found.and_then(|found| found.first);
        assert_eq!(first, None, "{}: {} {}", check.what, check.of, check.wrong);
    }
}
