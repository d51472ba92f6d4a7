//! What tablets and files write: enrolment, chains, quarantine, imports, and the order of changes.

use super::fixtures::{
    NOON, add_officer, enrolled, push_two_visits, rating, send_foreign_events, send_odd_events,
    some_visits, tablet as known_tablet,
};
use analytics_server::clock::fresh_id;
use analytics_server::storage::Store;
use analytics_server::storage::enrolments::{Admission, Applicant};
use analytics_server::storage::events::Appended;
use analytics_server::storage::rows::{ImportedRating, PutOutcome, TabletAssignment};
use analytics_server::verify::check;
use protocol::event::What;
use protocol::{Level, Stage};
use uuid::Uuid;
use whole_system_tests::chain::Chain;

on_both_databases! {
    one_code_admits_one_tablet,
    a_chain_grows_and_refuses_what_does_not_fit,
    odd_events_wait_and_the_chain_goes_on,
    imports_are_stored_once,
    a_tablet_can_not_touch_what_is_not_its_own,
    what_waits_is_released,
    changes_come_in_order_and_whole,
}

pub async fn one_code_admits_one_tablet(store: &Store) -> Uuid {
    let counter = store.directory().await.unwrap().counter("Q07").unwrap().id;
    let post =
        TabletAssignment { counter, officer: None, stage: Some(Stage::Return), simulated: true };
    store.add_enrolment_code(&post, [1; 32], 0, 1_000).await.unwrap();
    store.add_enrolment_code(&post, [2; 32], 0, 1_000).await.unwrap();

    let key = Chain::new(Uuid::nil(), 1).key.verifying_key().to_bytes();
    let applicant = |code: u8, public_key: [u8; 32]| Applicant {
        code_hash: [code; 32],
        id: fresh_id(),
        public_key,
        token_hash: [7; 32],
        app_version: "0.1.0",
    };
    let unknown = store.enrol(&applicant(9, key), 10).await.unwrap();
    assert_eq!(unknown, Admission::UnknownCode);
    let late = store.enrol(&applicant(2, key), 1_000).await.unwrap();
    assert_eq!(late, Admission::ExpiredCode);

    let Admission::Admitted { tablet, .. } = store.enrol(&applicant(1, key), 10).await.unwrap()
    else {
        panic!("a fresh code admits")
    };
    // The answer was lost: the same tablet may ask again, even later, and is the same tablet.
    let again = store.enrol(&applicant(1, key), 5_000).await.unwrap();
    assert_eq!(again, Admission::Admitted { tablet, counter });
    assert_eq!(store.unanswered(key, [7; 32]).await.unwrap(), Some(tablet), "it said nothing yet");
    assert_eq!(store.unanswered(key, [8; 32]).await.unwrap(), None, "who lacks its token");
    assert_eq!(store.unanswered([3; 32], [7; 32]).await.unwrap(), None);
    let other = store.enrol(&applicant(1, [3; 32]), 20).await.unwrap();
    assert_eq!(other, Admission::UsedCode);

    let known = store.tablet(tablet).await.unwrap().unwrap();
    assert_eq!((known.post, known.public_key, known.token_hash), (post, key, [7; 32]));
    assert_eq!(store.tablet(Uuid::nil()).await.unwrap(), None);
    // A server that lost the tablet takes it back under its old id, unless the key is another's.
    for code in 3..=5 {
        store.add_enrolment_code(&post, [code; 32], 0, 1_000).await.unwrap();
    }
    let lost = Uuid::from_u128(77);
    let back = store.enrol(&Applicant { id: lost, ..applicant(3, key) }, 10).await.unwrap();
    assert_eq!(back, Admission::Admitted { tablet: lost, counter });
    let twice = store.enrol(&Applicant { id: tablet, ..applicant(4, key) }, 10).await.unwrap();
    assert_eq!(twice, Admission::Admitted { tablet, counter });
    let thief = store.enrol(&Applicant { id: tablet, ..applicant(5, [3; 32]) }, 10).await.unwrap();
    assert_eq!(thief, Admission::OtherTablet);

    store.touch(&known_tablet(store, tablet).await, 30_000).await.unwrap();
    assert_eq!(known_tablet(store, tablet).await.last_contact_at, Some(10), "within the minute");
    store.touch(&known_tablet(store, tablet).await, 70_000).await.unwrap();
    assert_eq!(known_tablet(store, tablet).await.last_contact_at, Some(70_000));

    let mut tablets = store.tablets().await.unwrap();
    tablets.retain(|row| row.id == tablet);
    assert_eq!(tablets.len(), 1);
    assert_eq!((tablets[0].counter.as_str(), tablets[0].head), ("Q07", 0));
    tablet
}

async fn a_chain_grows_and_refuses_what_does_not_fit(store: &Store) {
    let mut chain = enrolled(store, "Q07", 1).await;
    let (tablet, session) = (chain.tablet, Uuid::from_u128(1));
    push_two_visits(&mut chain, session, Uuid::from_u128(2));
    let (whole, head) = (chain.batch(0, 2, NOON), chain.head_at(2));
    assert_eq!(
        chain.append(store, &whole).await,
        Appended::Stored { head, stored: 2, quarantined: 0 }
    );
    assert_eq!(
        chain.append(store, &whole).await,
        Appended::Stored { head, stored: 0, quarantined: 0 },
        "a resend is acknowledged and stores nothing"
    );

    let gap = chain.append(store, &chain.batch(3, 9, NOON)).await;
    assert_eq!(gap, Appended::Gap { head });
    let overlapping = chain.append(store, &chain.batch(1, 9, NOON)).await;
    assert_eq!(
        overlapping,
        Appended::Stored { head: chain.head(), stored: 4, quarantined: 0 },
        "only what is new is stored"
    );
    let older = chain.append(store, &chain.batch(0, 1, NOON)).await;
    assert_eq!(older, Appended::Stored { head: chain.head(), stored: 0, quarantined: 0 });

    let mut fork = Chain::new(tablet, 1);
    fork.push(session, NOON, What::Abandoned);
    let answer = fork.append(store, &fork.batch(0, 9, NOON)).await;
    assert_eq!(answer, Appended::Fork { head: chain.head() });
    fork.append(store, &fork.batch(0, 9, NOON)).await;
    assert_eq!(store.open_alarms().await.unwrap(), 1, "the same fork is told once");

    let stored = store.events_after(tablet, 0, 100).await.unwrap();
    let known = store.chain(tablet).await.unwrap().unwrap();
    assert_eq!((known.counter.as_str(), Some(known.head)), ("Q07", stored.last().map(|one| one.0)));
    assert_eq!(store.chain_head(tablet).await.unwrap(), known.head);
    assert_eq!(store.chain_heads().await.unwrap()[&tablet], known.head);
    assert_eq!(store.chain(Uuid::nil()).await.unwrap(), None);
    assert!(store.chains().await.unwrap().contains(&tablet));
    assert!(store.events_span(tablet).await.unwrap().is_some_and(|(first, last)| first <= last));
    assert_eq!(store.events_span(Uuid::nil()).await.unwrap(), None);
    assert_eq!(check(store, tablet).await.unwrap().unwrap().breaks_at, None);
    assert_eq!(check(store, Uuid::nil()).await.unwrap(), None);
    assert_eq!(stored.len(), chain.events.len());
    for (number, (head, bytes)) in stored.iter().enumerate() {
        assert_eq!(*head, chain.head_at(number + 1));
        assert_eq!(bytes, chain.events[number].get().as_bytes(), "bytes are kept as they came");
    }
    let rows = store.changes_after(0, 100).await.unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.level, row.stage, row.abandoned)).collect();
    assert_eq!(told, [(2, 2, false), (0, 0, true)]);
}

async fn odd_events_wait_and_the_chain_goes_on(store: &Store) {
    let mut chain = some_visits(store, 2).await;
    let answer = send_odd_events(store, &mut chain, 3).await;
    assert_eq!(answer, Appended::Stored { head: chain.head(), stored: 6, quarantined: 4 });
    assert_eq!(store.quarantined().await.unwrap(), 4);
    let last = store.changes_after(0, 100).await.unwrap().pop().unwrap();
    assert_eq!(last.level, 1, "the event behind the odd ones counts");
}

pub async fn imports_are_stored_once(store: &Store) {
    let rating = async |id, level| ImportedRating {
        stage: Some(Stage::Receive),
        level,
        dossier: Some("H53.02-230914-0027".into()),
        reasons: vec!["Chờ đợi lâu".into()],
        ..rating(store, "CC015", id, NOON).await
    };
    let rows = [
        rating(100, Level::Satisfied).await,
        rating(101, Level::Neutral).await,
        rating(100, Level::Satisfied).await,
    ];
    let first = store.import_ratings(&rows, 1).await.unwrap();
    assert_eq!(first, [PutOutcome::Stored, PutOutcome::Stored, PutOutcome::AlreadyThere]);
    let second = store.import_ratings(&rows, 1).await.unwrap();
    assert_eq!(second, [PutOutcome::AlreadyThere; 3]);
    let other = store.import_ratings(&[rating(101, Level::Dissatisfied).await], 1).await.unwrap();
    assert_eq!(other, [PutOutcome::Conflict]);
    assert_eq!(store.import_ratings(&[], 1).await.unwrap(), []);
}

/// What waits for an officer is counted once the officer is there, with its first moment.
async fn what_waits_is_released(store: &Store) {
    let mut chain = enrolled(store, "Q07", 4).await;
    send_odd_events(store, &mut chain, 5).await;
    let tablet = chain.tablet;
    let waiting = store.waiting(0, 100).await.unwrap();
    assert_eq!(store.waiting(1, 100).await.unwrap(), waiting[1..]);
    assert_eq!(waiting.len() as u64, store.quarantined().await.unwrap());
    assert!(
        waiting
            .iter()
            .any(|event| event.reason == "unknown_officer" && event.detail.contains("CC999"))
    );
    assert_eq!(store.release(tablet, 60_000, NOON).await.unwrap(), 0, "nothing has changed yet");

    add_officer(store, "CC999").await;
    assert_eq!(
        store.release_all(60_000, NOON).await.unwrap(),
        2,
        "shown and rated, of all tablets"
    );
    assert_eq!(store.release(tablet, 60_000, NOON).await.unwrap(), 0, "once");
    assert_eq!(store.release(Uuid::max(), 60_000, NOON).await.unwrap(), 0);
    let last = store.changes_after(0, 1_000).await.unwrap().pop().unwrap();
    assert_eq!((last.level, last.asked_at), (3, NOON));
    assert_eq!(store.quarantined().await.unwrap(), waiting.len() as u64 - 2);
}

/// A tablet names the session of an imported rating, and writes what a database can not keep.
async fn a_tablet_can_not_touch_what_is_not_its_own(store: &Store) {
    let mut chain = some_visits(store, 6).await;
    let imported = rating(store, "CC015", 100, NOON).await;
    let others = imported.id;
    store.import_ratings(&[imported], 1).await.unwrap();
    let before = store.changes_after(0, 1_000).await.unwrap();
    let answer = send_foreign_events(store, &mut chain, others).await;
    assert_eq!(answer, Appended::Stored { head: chain.head(), stored: 4, quarantined: 4 });
    assert_eq!(store.changes_after(0, 1_000).await.unwrap(), before);
}

async fn changes_come_in_order_and_whole(store: &Store) {
    some_visits(store, 7).await;
    let all = store.changes_after(0, 1_000).await.unwrap();
    assert_eq!(all.len(), 5);
    assert!(all.is_sorted_by_key(|row| row.position));
    let mut pieces = Vec::new();
    let mut position = 0;
    // Rows of one position are never separated, even by the smallest page.
    for _ in 0..all.len() {
        let piece = store.changes_after(position, 1).await.unwrap();
        let Some(last) = piece.last() else { break };
        position = last.position;
        pieces.extend(piece);
    }
    assert_eq!(pieces, all);
    assert_eq!(store.changes_after(position, 1_000).await.unwrap(), []);
}
