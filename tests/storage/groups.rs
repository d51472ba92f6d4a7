//! Batches of several tablets in one transaction: each has the outcome that it has alone, also where the
//! writer of a process puts the groups together.

use super::fixtures::{NOON, enrolled, push_two_visits, send_odd_events};
use analytics_server::ingest::{CheckedBatch, Ingest, IngestError};
use analytics_server::storage::Store;
use analytics_server::storage::events::{Appended, Arrival};
use analytics_server::verify::check;
use futures_util::future::join_all;
use protocol::event::What;
use protocol::exchange::Batch;
use protocol::{Head, Level};
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};

on_both_databases! {
    a_group_of_batches_has_the_outcomes_of_each,
    a_group_that_is_refused_leaves_nothing,
    many_tablets_at_once_share_commits_and_one_that_can_not_be_stored_stands_alone,
}

/// A batch with its heads, as the API hands it on.
struct Checked {
    tablet: Uuid,
    batch: Batch,
    heads: Vec<Head>,
}

impl Checked {
    fn of(chain: &Chain, after: usize, count: usize) -> Self {
        let batch = chain.batch(after, count, NOON + 60_000);
        let heads = batch.open(&chain.key.verifying_key(), chain.tablet).unwrap();
        Self { tablet: chain.tablet, batch, heads }
    }
}

impl From<Checked> for CheckedBatch {
    fn from(Checked { tablet, batch, heads }: Checked) -> Self {
        Self {
            tablet,
            simulated: false,
            previous: Head { number: batch.first - 1, digest: batch.previous },
            heads,
            events: batch.events,
            sent: batch.sent,
            signature: batch.signature,
            received_at: batch.sent.at,
            repeat_ms: 60_000,
        }
    }
}

async fn append(store: &Store, batches: &[Checked]) -> Result<Vec<Appended>, String> {
    let events: Vec<Vec<&[u8]>> = batches
        .iter()
        .map(|one| one.batch.events.iter().map(|event| event.get().as_bytes()).collect())
        .collect();
    let mut arrivals = Vec::new();
    for (one, events) in batches.iter().zip(&events) {
        arrivals.push(Arrival {
            tablet: one.tablet,
            simulated: false,
            previous: Head { number: one.batch.first - 1, digest: one.batch.previous },
            heads: &one.heads,
            events,
            sent: one.batch.sent,
            signature: one.batch.signature,
            sent_at: one.batch.sent.at,
            received_at: one.batch.sent.at,
            repeat_ms: 60_000,
        });
    }
    store.append_group(&arrivals).await.map_err(|error| error.to_string())
}

async fn a_group_of_batches_has_the_outcomes_of_each(store: &Store) {
    let session = |number: u128| Uuid::from_u128(77_000 + number);
    let mut plain = enrolled(store, "Q07", 61).await;
    push_two_visits(&mut plain, session(1), session(2));
    let mut odd = enrolled(store, "Q07", 62).await;
    send_odd_events(store, &mut odd, 77_100).await;
    odd.rate(session(3), NOON, shown("Q07", "CC999", None), Level::Satisfied);
    let mut gap = enrolled(store, "Q07", 63).await;
    push_two_visits(&mut gap, session(4), session(5));
    let mut forked = enrolled(store, "Q07", 64).await;
    forked.rate(session(6), NOON, shown("Q07", "CC013", None), Level::Satisfied);
    forked.append(store, &forked.batch(0, 9, NOON)).await;
    let mut other = Chain::new(forked.tablet, 64);
    other.push(session(7), NOON, What::Abandoned);
    // Two answers about one dossier, which a rule compares across tablets.
    let mut twice = [enrolled(store, "Q07", 65).await, enrolled(store, "Q07", 66).await];
    for (nth, chain) in (0..).zip(&mut twice) {
        let mut asked = shown("Q07", "CC013", None);
        asked.dossier = Some("H53.02-230914-7001".into());
        chain.rate(
            session(10 + nth),
            NOON + 1_000 * i64::try_from(nth).unwrap(),
            asked,
            Level::Neutral,
        );
    }
    let before = store.position().await.unwrap();
    let group = || {
        vec![
            Checked::of(&twice[1], 0, 9),
            Checked::of(&plain, 0, 99),
            Checked::of(&odd, odd.events.len() - 2, 2),
            Checked::of(&gap, 3, 3),
            Checked::of(&other, 0, 9),
            Checked::of(&twice[0], 0, 9),
        ]
    };
    let stored = |chain: &Chain, stored, quarantined| Appended::Stored {
        head: chain.head(),
        stored,
        quarantined,
    };
    let outcomes = append(store, &group()).await.unwrap();
    let expected = vec![
        stored(&twice[1], 2, 0),
        stored(&plain, 6, 0),
        stored(&odd, 2, 2),
        Appended::Gap { head: Head::start(gap.tablet) },
        Appended::Fork { head: forked.head() },
        stored(&twice[0], 2, 0),
    ];
    assert_eq!(outcomes, expected);
    assert_eq!(store.position().await.unwrap(), before + 1, "one position for all of it");
    let later = store.record_of(session(11)).await.unwrap().unwrap();
    assert_eq!(later.flags, ["dossier_twice"], "the rules saw the whole group");
    assert!(store.record_of(session(10)).await.unwrap().unwrap().flags.is_empty());
    for chain in [&plain, &odd, &twice[0], &twice[1]] {
        assert_eq!(check(store, chain.tablet).await.unwrap().unwrap().breaks_at, None);
    }
    let again = append(store, &group()).await.unwrap();
    assert!(
        again.iter().all(|one| !matches!(one, Appended::Stored { stored: 1.., .. })),
        "{again:?}"
    );
    assert_eq!(store.position().await.unwrap(), before + 1, "a resend moves nothing");
}

async fn a_group_that_is_refused_leaves_nothing(store: &Store) {
    let session = Uuid::from_u128(78_000);
    let mut chain = enrolled(store, "Q07", 67).await;
    chain.rate(session, NOON, shown("Q07", "CC013", None), Level::Satisfied);
    let mut stranger = Chain::new(Uuid::from_u128(78_999), 68);
    stranger.rate(Uuid::from_u128(78_001), NOON, shown("Q07", "CC013", None), Level::Neutral);
    append(store, &[Checked::of(&chain, 0, 9), Checked::of(&stranger, 0, 9)]).await.unwrap_err();
    assert_eq!(store.record_of(session).await.unwrap(), None);
    assert_eq!(store.chain_head(chain.tablet).await.unwrap(), Head::start(chain.tablet));
    let alone = append(store, &[Checked::of(&chain, 0, 9)]).await.unwrap();
    assert_eq!(alone, [Appended::Stored { head: chain.head(), stored: 2, quarantined: 0 }]);
}

async fn many_tablets_at_once_share_commits_and_one_that_can_not_be_stored_stands_alone(
    store: &Store,
) {
    let (ingest, mut chains) = (Ingest::new(store.clone()), Vec::new());
    for seed in 70..100 {
        let mut chain = enrolled(store, "Q07", seed).await;
        let session = Uuid::from_u128(79_000 + u128::from(seed));
        chain.rate(session, NOON, shown("Q07", "CC013", None), Level::Satisfied);
        chains.push(chain);
    }
    let mut stranger = Chain::new(Uuid::from_u128(79_999), 101);
    stranger.rate(Uuid::from_u128(79_998), NOON, shown("Q07", "CC013", None), Level::Neutral);
    let before = store.position().await.unwrap();
    let send = |chain: &Chain| ingest.append(Checked::of(chain, 0, 9).into(), None);
    let (outcomes, refused) = tokio::join!(join_all(chains.iter().map(send)), send(&stranger));
    for (chain, outcome) in chains.iter().zip(outcomes) {
        let stored = Appended::Stored { head: chain.head(), stored: 2, quarantined: 0 };
        assert_eq!(outcome.unwrap(), stored);
    }
    assert!(matches!(refused, Err(IngestError::Store(_))), "{refused:?}");
    assert_eq!(ingest.waiting(), 0);
    let again = join_all(chains.iter().map(send)).await;
    assert!(again.iter().all(Result::is_ok), "a resend is acknowledged: {again:?}");
    for chain in &mut chains {
        let known = chain.events.len();
        let session = Uuid::from_u128(chain.tablet.as_u128() ^ 1);
        chain.rate(session, NOON, shown("Q07", "CC013", None), Level::Satisfied);
        assert_eq!(known, 2);
    }
    let between = store.position().await.unwrap();
    assert!(between - before <= i64::try_from(chains.len()).unwrap());
    let send = |chain: &Chain| ingest.append(Checked::of(chain, 2, 9).into(), None);
    join_all(chains.iter().map(send)).await.into_iter().for_each(|one| assert!(one.is_ok()));
    let commits = store.position().await.unwrap() - between;
    assert!(commits < 20, "{commits} commits for {} batches", chains.len());
}
