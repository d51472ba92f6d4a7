//! What administrators write: entries added, changed and retired, tablets moved and retired.

use super::fixtures::{NOON, enrolled, show};
use analytics_server::storage::Store;
use analytics_server::storage::enrolments::Admission;
use analytics_server::storage::register::{Entry, EntryChange, Noun, RegisterOutcome, Retired};
use analytics_server::storage::rows::{Department, PutOutcome, TabletAssignment};
use protocol::Stage;
use uuid::Uuid;
use whole_system_tests::chain::Chain;

on_both_databases! {
    entries_are_added_and_changed_by_one_at_a_time,
    what_stands_on_something_goes_first,
    a_tablet_is_moved_and_retired,
}

async fn found(store: &Store, noun: Noun, code: &str) -> Entry {
    let entries = store.entries(noun).await.unwrap();
    entries.into_iter().find(|one| one.code == code).unwrap()
}

async fn add(store: &Store, noun: Noun, after: Entry) -> RegisterOutcome {
    store.carry_out(noun, &[EntryChange { before: None, after }], "user test", NOON).await.unwrap()
}

fn commune() -> Entry {
    Entry {
        code: "TX01".into(),
        name: "Phường 1".into(),
        word: Some("commune".into()),
        ..Entry::default()
    }
}

/// Counter QX1 at site TX01.
async fn add_a_counter_of_a_commune(store: &Store) -> Entry {
    assert_eq!(add(store, Noun::Site, commune()).await, RegisterOutcome::Done);
    let department = found(store, Noun::Department, "STP").await;
    let site = found(store, Noun::Site, "TX01").await;
    let counter = Entry {
        code: "QX1".into(),
        name: "Quầy xã".into(),
        department: Some(department.id),
        place: Some(site.id),
        ..Entry::default()
    };
    assert_eq!(add(store, Noun::Counter, counter).await, RegisterOutcome::Done);
    let counter = found(store, Noun::Counter, "QX1").await;
    assert_eq!((counter.place, counter.retired_at), (Some(site.id), None));
    counter
}

async fn entries_are_added_and_changed_by_one_at_a_time(store: &Store) {
    let counter = add_a_counter_of_a_commune(store).await;
    assert_eq!(
        add(store, Noun::Site, commune()).await,
        RegisterOutcome::Stale(0),
        "a code is taken once"
    );

    let other = |name: &str| Entry { name: name.into(), ..counter.clone() };
    let step = |name: &str| EntryChange { before: Some(counter.clone()), after: other(name) };
    let actor = "user test";
    let first = store.carry_out(Noun::Counter, &[step("Quầy 1")], actor, NOON).await.unwrap();
    assert_eq!(first, RegisterOutcome::Done);
    // Made from what is no more, behind one that would do: neither is taken.
    let new = EntryChange { before: None, after: Entry { code: "QX2".into(), ..counter.clone() } };
    let both = [new, step("Quầy 2")];
    let second = store.carry_out(Noun::Counter, &both, actor, NOON).await.unwrap();
    assert_eq!(second, RegisterOutcome::Stale(1));
    assert_eq!(found(store, Noun::Counter, "QX1").await.name, "Quầy 1");
    assert!(store.entries(Noun::Counter).await.unwrap().iter().all(|one| one.code != "QX2"));
    let change = &store.audit_log(1).await.unwrap()[0];
    assert_eq!((change.actor.as_str(), change.action.as_str()), (actor, "change"));
    assert!(change.before.as_ref().unwrap().contains("Quầy xã"));
    assert!(change.after.as_ref().unwrap().contains("Quầy 1"));
}

pub async fn what_stands_on_something_goes_first(store: &Store) {
    add_a_counter_of_a_commune(store).await;
    let retire = async |noun, code: &str, retired| {
        let id = found(store, noun, code).await.id;
        store.retire(noun, id, retired, "user test", NOON).await.unwrap()
    };
    assert_eq!(store.retire(Noun::Site, 999_999, true, "x", 1).await.unwrap(), Retired::Missing);
    assert_eq!(retire(Noun::Site, "TX01", true).await, Retired::Standing(1));
    assert!(matches!(retire(Noun::Department, "STP", true).await, Retired::Standing(_)));
    let tablet = enrolled(store, "QX1", 90).await.tablet;
    assert_eq!(retire(Noun::Counter, "QX1", true).await, Retired::Standing(1));
    assert!(store.retire_tablet(tablet, "user test", NOON).await.unwrap());
    assert_eq!(retire(Noun::Counter, "QX1", true).await, Retired::Done);
    assert_eq!(retire(Noun::Counter, "QX1", true).await, Retired::Done, "again is harmless");
    assert_eq!(retire(Noun::Site, "TX01", true).await, Retired::Done);
    let directory = store.directory().await.unwrap();
    let counter = directory.counter("QX1").unwrap();
    assert!(directory.retired.counters.contains(&counter.id), "it stays for its time");
    assert_eq!(retire(Noun::Counter, "QX1", false).await, Retired::Done);
    assert_eq!(found(store, Noun::Counter, "QX1").await.retired_at, None);

    assert_eq!(retire(Noun::Officer, "CC013", true).await, Retired::Done);
    let directory = store.directory().await.unwrap();
    let officer = directory.officer("CC013").unwrap();
    assert_eq!(directory.serving(officer.id), None);
    assert_ne!(
        directory.usual_officer(officer.counter.unwrap()).map(|one| one.id),
        Some(officer.id)
    );
    // An import changes what it names and brings nothing back.
    let renamed =
        Department { id: 0, code: "SX".into(), name: "Sở X".into(), ticket_prefix: None };
    let put = async |name: &str| {
        let row = Department { name: name.into(), ..renamed.clone() };
        store.put_departments(&[row], NOON).await.unwrap()
    };
    assert_eq!(put("Sở X").await, [PutOutcome::Stored]);
    assert_eq!(retire(Noun::Department, "SX", true).await, Retired::Done);
    assert_eq!(put("Sở Y").await, [PutOutcome::Changed]);
    let after = found(store, Noun::Department, "SX").await;
    assert_eq!((after.name.as_str(), after.retired_at), ("Sở Y", Some(NOON)));
}

pub async fn a_tablet_is_moved_and_retired(store: &Store) {
    let chain = enrolled(store, "Q08", 91).await;
    let listed = async || {
        let posts = store.posts().await.unwrap();
        posts.into_iter().find(|one| one.id == chain.tablet).unwrap()
    };
    let before = listed().await.post;
    let counter = found(store, Noun::Counter, "Q07").await.id;
    let after = TabletAssignment { counter, stage: Some(Stage::Return), ..before };
    let moved = async |from: &TabletAssignment| {
        store.move_tablet(chain.tablet, from, &after, "user test", NOON).await.unwrap()
    };
    assert!(moved(&before).await);
    assert!(!moved(&before).await, "it stands there no more");
    assert_eq!(listed().await.post, after);
    assert_eq!(store.tablet(chain.tablet).await.unwrap().unwrap().post, after);

    assert!(store.retire_tablet(chain.tablet, "user test", NOON).await.unwrap());
    assert!(!store.retire_tablet(chain.tablet, "user test", NOON).await.unwrap());
    assert!(!moved(&after).await, "a retired tablet stands nowhere");
    assert!(store.tablet(chain.tablet).await.unwrap().unwrap().retired);
    assert!(store.tablets().await.unwrap().iter().all(|one| one.id != chain.tablet));
    assert_eq!(listed().await.retired_at, Some(NOON));
    // A new code does not take it back, since a copy of it may be what asks; another tablet it does.
    store.add_enrolment_code_by(&before, [92; 32], "user test", 0, NOON).await.unwrap();
    assert_eq!(store.audit_log(1).await.unwrap()[0].action, "add enrolment code");
    assert_eq!(show(store, [92; 32], &chain).await, Admission::Retired);
    assert_eq!(listed().await.retired_at, Some(NOON));
    let other = Chain::new(Uuid::from_u128(93), 93);
    assert!(matches!(show(store, [92; 32], &other).await, Admission::Admitted { .. }));

    // What it kept may be brought by hand, as a chain that continues it.
    let known = store.tablet(chain.tablet).await.unwrap().unwrap();
    let by_hand = Uuid::from_u128(94);
    store.continue_by_hand(&known, (by_hand, chain.head()), NOON).await.unwrap();
    assert_eq!(store.audit_log(1).await.unwrap()[0].action, "continue");
    let begun = store.chain(by_hand).await.unwrap().unwrap();
    assert_eq!((begun.start, begun.head), (chain.head(), chain.head()));
    assert!(store.tablet(by_hand).await.unwrap().unwrap().retired, "it can never send");
    let told = store.continuations().await.unwrap();
    let told = told.iter().find(|one| one.tablet == by_hand).unwrap();
    assert!(told.continues == chain.tablet && told.by_hand && told.own);
}
