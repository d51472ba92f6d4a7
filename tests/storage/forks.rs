//! Two machines that have one identity, and a tablet that goes on under another name.

use super::fixtures::{NOON, enrolled};
use analytics_server::storage::Store;
use analytics_server::storage::alert_reads::ContactRow;
use analytics_server::storage::events::Appended;
use analytics_server::storage::forks::{Fork, OtherMachine};
use analytics_server::storage::tablets::TabletRow;
use protocol::event::{Continues, Post, What};
use protocol::heartbeat::{Blocked, Heartbeat};
use uuid::Uuid;
use whole_system_tests::chain::Chain;

on_both_databases! {
    what_another_machine_tells_is_kept_apart,
    a_tablet_that_another_one_continues_is_not_awaited,
}

const MINUTE: i64 = 60_000;

/// Something is recorded that belongs to no visit, by an officer who is only there.
fn record(chain: &mut Chain, officer: &str, times: u128) {
    for one in 0..times {
        let what = What::SignedIn(Post { counter: "Q07".into(), officer: officer.into() });
        chain.push(Uuid::from_u128(8_000 + one), NOON, what);
    }
}

async fn row(store: &Store, tablet: Uuid) -> TabletRow {
    store.tablets().await.unwrap().into_iter().find(|row| row.id == tablet).unwrap()
}

async fn pending(store: &Store, tablet: Uuid) -> i64 {
    let posts = store.posts().await.unwrap();
    let listed = posts.into_iter().find(|one| one.id == tablet).unwrap().pending;
    let told = row(store, tablet).await.health.map(|health| health.pending);
    assert_eq!(listed, told, "every list says the same");
    listed.unwrap()
}

async fn fork(store: &Store, tablet: Uuid) -> Option<Fork> {
    store.forks().await.unwrap().into_iter().find(|one| one.tablet == tablet)
}

async fn contact(store: &Store, tablet: Uuid) -> ContactRow {
    store.contacts().await.unwrap().into_iter().find(|one| one.tablet == tablet).unwrap()
}

/// A tablet that says of itself that it continues another one, from one of its heads on.
async fn continuing(store: &Store, seed: u8, before: &Chain, number: usize, at: i64) -> Chain {
    let mut chain = enrolled(store, "Q08", seed).await;
    let head = before.head_at(number);
    let said = Continues { tablet: before.tablet, head };
    chain.push(Uuid::from_u128(8_100), NOON, What::Continues(said));
    chain.append(store, &chain.batch(0, 1, at)).await;
    chain
}

pub async fn what_another_machine_tells_is_kept_apart(store: &Store) {
    let mut first = enrolled(store, "Q07", 171).await;
    record(&mut first, "CC013", 2);
    first.append(store, &first.batch(0, 2, NOON)).await;
    let mut copy = first.clone();
    record(&mut first, "CC013", 2);
    first.append(store, &first.batch(2, 2, NOON)).await;
    let full = Heartbeat { battery: Some(80), ..first.heartbeat(0) };
    store.put_heartbeat(first.tablet, &full, NOON).await.unwrap();
    assert_eq!(fork(store, first.tablet).await, None);

    record(&mut copy, "CC015", 3);
    let refused = copy.append(store, &copy.batch(2, 9, NOON + MINUTE)).await;
    assert_eq!(refused, Appended::Fork { head: first.head() });
    let alarms = store.open_alarms().await.unwrap();
    let noted = fork(store, first.tablet).await.unwrap();
    assert_eq!((noted.counter.as_str(), noted.since), ("Q07", NOON + MINUTE));
    assert_eq!(noted.other, None);
    let low = Heartbeat { battery: Some(5), app_version: "0.9".into(), ..copy.heartbeat(3) };
    let head = store.put_heartbeat(first.tablet, &low, NOON + 2 * MINUTE).await.unwrap();
    assert_eq!(head, first.head(), "it hears where the chain stands");
    let told = row(store, first.tablet).await;
    assert_eq!(told.app_version, "0.1.0");
    assert_eq!(told.last_contact_at, Some(NOON + 2 * MINUTE));
    assert_eq!(told.health.unwrap().battery, Some(80), "what the one that carries on told");
    assert_eq!(pending(store, first.tablet).await, 0);
    let other = OtherMachine { received_at: NOON + 2 * MINUTE, pending: 3 };
    assert_eq!(fork(store, first.tablet).await.unwrap().other, Some(other));
    let half = Heartbeat { battery: Some(50), ..full };
    store.put_heartbeat(first.tablet, &half, NOON + 3 * MINUTE).await.unwrap();
    assert_eq!(row(store, first.tablet).await.health.unwrap().battery, Some(50));
    assert_eq!(fork(store, first.tablet).await.unwrap().other, Some(other));

    // Both have grown, and it is the same trouble.
    record(&mut first, "CC013", 2);
    first.append(store, &first.batch(4, 2, NOON + 4 * MINUTE)).await;
    record(&mut copy, "CC015", 1);
    let refused = copy.append(store, &copy.batch(2, 9, NOON + 5 * MINUTE)).await;
    assert_eq!(refused, Appended::Fork { head: first.head() });
    assert_eq!(store.open_alarms().await.unwrap(), alarms);

    // The copy becomes another tablet, and tells no more under this name.
    continuing(store, 172, &copy, 2, NOON + 6 * MINUTE).await;
    assert_eq!(fork(store, first.tablet).await.unwrap().other, None);
    assert_eq!(row(store, first.tablet).await.health.unwrap().battery, Some(50));
    store.put_heartbeat(first.tablet, &first.heartbeat(0), NOON + 7 * MINUTE).await.unwrap();
    assert_eq!(row(store, first.tablet).await.continued_by, None, "it stays what it was");
    assert!(!contact(store, first.tablet).await.continued);
}

pub async fn a_tablet_that_another_one_continues_is_not_awaited(store: &Store) {
    let mut first = enrolled(store, "Q07", 173).await;
    record(&mut first, "CC013", 2);
    first.append(store, &first.batch(0, 2, NOON)).await;
    record(&mut first, "CC013", 3);
    let blocked = Some(Blocked { number: 3, since: NOON, status: None });
    let told = Heartbeat { blocked, ..first.heartbeat(3) };
    store.put_heartbeat(first.tablet, &told, NOON).await.unwrap();
    assert_eq!(pending(store, first.tablet).await, 3);
    first.append(store, &first.batch(2, 1, NOON)).await;
    assert_eq!(pending(store, first.tablet).await, 2, "at once, not with the next heartbeat");
    let later = NOON + 60 * MINUTE;
    let silent = async || store.totals(later).await.unwrap().silent;
    let before = silent().await;

    // A journal that was brought by hand does not make the tablet one that is continued.
    let known = store.tablet(first.tablet).await.unwrap().unwrap();
    let by_hand = (Uuid::from_u128(8_200), first.head_at(3));
    store.continue_by_hand(&known, by_hand, NOON + MINUTE).await.unwrap();
    assert_eq!(row(store, first.tablet).await.continued_by, None);
    assert_eq!(silent().await, before);

    let second = continuing(store, 174, &first, 3, later).await;
    assert_eq!(row(store, first.tablet).await.continued_by, Some(second.tablet));
    assert!(contact(store, first.tablet).await.continued);
    assert!(!contact(store, second.tablet).await.continued);
    assert_eq!(silent().await, before - 1, "whoever watches hears the same");
    assert_eq!(pending(store, first.tablet).await, 0, "the other one brings it");
    assert!(!store.blocked_events().await.unwrap().contains_key(&first.tablet));
    let facts = store.tablet_facts(first.tablet).await.unwrap().unwrap();
    assert_eq!(facts.acknowledged, Some(2), "what it said of its chain stands");
    store.put_heartbeat(second.tablet, &second.heartbeat(1), later).await.unwrap();
    assert_eq!(pending(store, second.tablet).await, 0, "it is here by now");

    // There was a copy, and the first one reports again: it is as it was.
    store.put_heartbeat(first.tablet, &first.heartbeat(2), later + MINUTE).await.unwrap();
    assert_eq!(row(store, first.tablet).await.continued_by, None);
    assert!(!contact(store, first.tablet).await.continued);
    assert_eq!(pending(store, first.tablet).await, 2);
}
