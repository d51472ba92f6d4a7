//! Outage: between tablets and server requests are lost, delayed, sent twice, answered by something
//! else, and the server is restarted in the midst of it. In the end every rating is there once.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use protocol::Level;
use std::path::Path;
use tempfile::TempDir;
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::proxy::Proxy;
use whole_system_tests::server::{Server, furnish};
use whole_system_tests::tablet::{Tablet, enrol_at, journal};

/// Seed of the faults; another one must do as well.
const SEED: u64 = 0x5EED_0001_u64;
const TABLETS: usize = 3;
const ROUNDS: usize = 4;
const RATINGS_A_ROUND: usize = 12;

/// The level of the n-th rating: all levels, unevenly.
fn level(n: usize) -> Level {
    Level::ALL[(n * n + n / 3) % 5]
}

async fn reopen(fresh: &Fresh) -> Store {
    let birth = Birth::at(&Clock::system()).unwrap();
    Store::open(fresh.dir.path(), fresh.address.as_deref(), &birth).await.unwrap()
}

/// Runs blocking code without holding up the server, which runs on the same runtime.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

/// The server's chain is the tablet's, byte for byte.
async fn same_chain(store: &Store, dir: &Path) {
    let (id, events) = {
        let dir = dir.to_owned();
        aside(move || {
            let journal = journal(&dir);
            let status = journal.status().unwrap();
            let mut events = Vec::new();
            while (events.len() as u64) < status.recorded {
                let slice = journal.batch_after(events.len() as u64, 100, 1 << 20).unwrap();
                events.extend(slice.events);
            }
            (status.tablet.unwrap(), events)
        })
        .await
    };
    let stored = store.events_after(id, 0, 100_000).await.unwrap();
    assert_eq!(stored.len(), events.len());
    for ((_, theirs), ours) in stored.iter().zip(&events) {
        assert_eq!(theirs.as_slice(), ours.get().as_bytes());
    }
}

async fn outage(mut fresh: Fresh) {
    furnish(&fresh.store).await;
    let mut server = Server::start(&fresh, Clock::system()).await;
    let proxy = Proxy::start(server.address, SEED).await;

    let homes: Vec<TempDir> = (0..TABLETS).map(|_| TempDir::new().unwrap()).collect();
    for home in &homes {
        let (code, url) = (server.code("Q07").await, proxy.url());
        let dir = home.path().to_owned();
        proxy.set_broken(false);
        aside(move || enrol_at(&dir, &url, &code).unwrap()).await;
    }
    proxy.set_broken(true);

    for round in 0..ROUNDS {
        let working: Vec<_> = homes
            .iter()
            .enumerate()
            .map(|(tablet, home)| {
                let dir = home.path().to_owned();
                tokio::task::spawn_blocking(move || {
                    // Each round is a start of the program, with what the last one left.
                    let mut running = Tablet::start(&dir);
                    for n in 0..RATINGS_A_ROUND {
                        running.rate(level(tablet * 100 + round * RATINGS_A_ROUND + n));
                    }
                    running.stop();
                })
            })
            .collect();
        tokio::time::sleep(std::time::Duration::from_millis(60)).await;
        server.stop().await;
        fresh.store = reopen(&fresh).await;
        server = Server::start(&fresh, Clock::system()).await;
        proxy.retarget(server.address);
        for work in working {
            work.await.unwrap();
        }
    }
    assert!(proxy.faults() > 20, "only {} faults: the network was too good", proxy.faults());

    proxy.set_broken(false);
    for home in &homes {
        let dir = home.path().to_owned();
        aside(move || {
            let running = Tablet::start(&dir);
            running.carried();
            running.stop();
        })
        .await;
        same_chain(&fresh.store, home.path()).await;
    }

    let mut expected = [0u64; 5];
    for tablet in 0..TABLETS {
        for n in 0..ROUNDS * RATINGS_A_ROUND {
            expected[usize::from(level(tablet * 100 + n).code()) - 1] += 1;
        }
    }
    let figures = server.recent_figures().await;
    assert_eq!(figures.ratings.levels.named().map(|(_, count)| count), expected);
    assert_eq!(figures.ratings.total, (TABLETS * ROUNDS * RATINGS_A_ROUND) as u64);
    assert_eq!(figures.ratings.asked, figures.ratings.total);
    assert_eq!(figures.quarantined, 0);
    assert_eq!(fresh.store.open_alarms().await.unwrap(), 0);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_rating_is_lost_or_doubled_on_sqlite() {
    outage(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_rating_is_lost_or_doubled_on_postgres() {
    outage(postgres().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_restored_from_an_older_backup_heals_itself() {
    let mut fresh = sqlite().await;
    furnish(&fresh.store).await;
    let server = Server::start(&fresh, Clock::system()).await;
    let proxy = Proxy::start(server.address, SEED).await;
    proxy.set_broken(false);
    let home = TempDir::new().unwrap();
    let (dir, url, code) = (home.path().to_owned(), proxy.url(), server.code("Q07").await);
    let rate = |times: usize| {
        let dir = home.path().to_owned();
        aside(move || {
            let mut running = Tablet::start(&dir);
            (0..times).for_each(|n| running.rate(level(n)));
            running.carried();
            running.stop();
        })
    };
    aside(move || enrol_at(&dir, &url, &code).unwrap()).await;
    rate(2).await;
    server.stop().await;
    let backup = fresh.dir.path().join("backup.db");
    std::fs::copy(fresh.dir.path().join("hai-long.db"), &backup).unwrap();

    fresh.store = reopen(&fresh).await;
    let server = Server::start(&fresh, Clock::system()).await;
    proxy.retarget(server.address);
    rate(3).await;
    server.stop().await;

    put_back(&fresh, &backup);
    fresh.store = reopen(&fresh).await;
    let server = Server::start(&fresh, Clock::system()).await;
    proxy.retarget(server.address);
    // Nobody rates: the next heartbeat tells that the server knows less.
    let dir = home.path().to_owned();
    let running = aside(move || Tablet::start(&dir)).await;
    let recorded = running.journal.status().unwrap().recorded;
    for _ in 0..300 {
        let head = fresh.store.tablets().await.unwrap()[0].head;
        if head.unsigned_abs() == recorded {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    aside(move || running.stop()).await;
    same_chain(&fresh.store, home.path()).await;
    let rows = fresh.store.changes_after(0, 1_000).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.level > 0).count(), 5);
    server.stop().await;
}

/// Puts an older database in the place of the present one, whole: what a connection that ends late
/// left in the log beside it belongs to the one that goes.
fn put_back(fresh: &Fresh, backup: &Path) {
    for rest in ["hai-long.db-wal", "hai-long.db-shm"] {
        match std::fs::remove_file(fresh.dir.path().join(rest)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => panic!("{rest}: {error}"),
            _ => {}
        }
    }
    std::fs::rename(backup, fresh.dir.path().join("hai-long.db")).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_lost_a_tablet_takes_it_back_with_a_new_code() {
    let mut fresh = sqlite().await;
    furnish(&fresh.store).await;
    fresh.store.close().await;
    let backup = fresh.dir.path().join("backup.db");
    std::fs::copy(fresh.dir.path().join("hai-long.db"), &backup).unwrap();

    fresh.store = reopen(&fresh).await;
    let server = Server::start(&fresh, Clock::system()).await;
    let (address, url) = (server.address.to_string(), server.url());
    let home = TempDir::new().unwrap();
    let (dir, code) = (home.path().to_owned(), server.code("Q07").await);
    let rated = {
        let url = url.clone();
        aside(move || {
            let enrolled = enrol_at(&dir, &url, &code).unwrap();
            let mut running = Tablet::start(&dir);
            (0..3).for_each(|n| running.rate(level(n)));
            running.carried();
            running.stop();
            enrolled.tablet
        })
        .await
    };
    server.stop().await;

    // The backup is older than the enrolment: this server has never heard of the tablet.
    put_back(&fresh, &backup);
    fresh.store = reopen(&fresh).await;
    assert_eq!(fresh.store.tablet(rated).await.unwrap(), None);
    let store = fresh.store.clone();
    let server = Server::at(&address, store, fresh.dir.path(), Clock::system()).await;
    let (dir, code) = (home.path().to_owned(), server.code("Q08").await);
    aside(move || {
        assert!(enrol_at(&dir, &url, "WRONG-ONE").is_err(), "only a good code brings it back");
        assert_eq!(enrol_at(&dir, &url, &code).unwrap().tablet, rated);
        let running = Tablet::start(&dir);
        running.carried();
        running.stop();
    })
    .await;
    same_chain(&fresh.store, home.path()).await;
    let rows = fresh.store.changes_after(0, 1_000).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.level > 0).count(), 3);
    assert_eq!(fresh.store.tablets().await.unwrap()[0].counter, "Q08");
    server.stop().await;
}
