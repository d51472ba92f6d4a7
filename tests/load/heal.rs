//! How soon a server that was restored from a backup has everything again from tablets at which nobody
//! rates: each learns of it by its next heartbeat.

use analytics_server::clock::Clock;
use analytics_server::storage::Birth;
use analytics_server::storage::{FILE, Store};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};
use tablet_app::courier::policy::Pace;
use tablet_app::courier::{Condition, Courier};
use tablet_app::journal::Journal;
use tempfile::TempDir;
use uuid::Uuid;
use whole_system_tests::databases::sqlite;
use whole_system_tests::process::percentile;
use whole_system_tests::server::{Server, furnish};
use whole_system_tests::tablet::{enrol_at, journal};

/// Ratings of each tablet that the backup does not have.
const RATINGS: usize = 20;

/// Longer than anybody would wait.
const LIMIT: Duration = Duration::from_mins(10);

/// Prints how long so many idle tablets take.
pub async fn measure(tablets: usize) {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let server = Server::start(&fresh, Clock::system()).await;
    let address = server.address.to_string();
    let homes: Vec<TempDir> = (0..tablets).map(|_| TempDir::new().unwrap()).collect();
    let mut journals = Vec::new();
    for home in &homes {
        let (dir, url, code) = (home.path().to_owned(), server.url(), server.code("Q07").await);
        journals.push(
            aside(move || {
                let enrolled = enrol_at(&dir, &url, &code).unwrap();
                (enrolled.tablet, journal(&dir))
            })
            .await,
        );
    }
    server.stop().await;
    let (dir, backup) = (fresh.dir.path().to_owned(), fresh.dir.path().join("backup.db"));
    std::fs::copy(dir.join(FILE), &backup).unwrap();

    let server = serve(&address, &dir).await;
    let couriers = aside(move || {
        let start = |(tablet, journal): (Uuid, Journal)| {
            let clock = tablet_app::clock::Clock::start();
            (0..RATINGS).for_each(|_| record(&journal));
            let (pace, condition) = (Pace::default(), Condition::default());
            let courier = Courier::start(journal.clone(), clock, pace, condition, |_| {});
            (tablet, journal, courier.unwrap())
        };
        journals.into_iter().map(start).collect::<Vec<_>>()
    })
    .await;
    let recorded: BTreeMap<Uuid, u64> = couriers
        .iter()
        .map(|(tablet, journal, _)| (*tablet, journal.status().unwrap().recorded))
        .collect();
    println!("{tablets} tablets bring what the backup will not have…");
    healed(&server, &recorded).await;
    server.stop().await;
    for rest in ["-wal", "-shm"] {
        // What a connection that ends late left beside the database belongs to the one that goes.
        let _ = std::fs::remove_file(dir.join(format!("{FILE}{rest}")));
    }
    std::fs::rename(&backup, dir.join(FILE)).unwrap();

    let server = serve(&address, &dir).await;
    let mut times = healed(&server, &recorded).await;
    times.sort();
    println!(
        "{} of {tablets} idle tablets healed the restored server: half of them within {:.1} s, all within {:.1} s",
        times.len(),
        percentile(&times, 0.5).as_secs_f64(),
        percentile(&times, 1.0).as_secs_f64()
    );
    aside(move || drop(couriers)).await;
    server.stop().await;
}

async fn serve(address: &str, dir: &Path) -> Server {
    let store = Store::open(dir, None, &Birth::at(&Clock::system()).unwrap()).await.unwrap();
    Server::at(address, store, dir, Clock::system()).await
}

fn record(journal: &Journal) {
    let (session, now) = (tablet_app::clock::fresh_session(), tablet_app::clock::Clock::start());
    let what = protocol::What::Rated { level: protocol::Level::Satisfied };
    let entry = tablet_app::entry::Entry { session, what, at: now.now() };
    journal.append(vec![entry]).unwrap();
}

/// After how long the server had everything of each tablet; those that it had not in the end are not
/// among them.
async fn healed(server: &Server, recorded: &BTreeMap<Uuid, u64>) -> Vec<Duration> {
    let begun = Instant::now();
    let mut times: BTreeMap<Uuid, Duration> = BTreeMap::new();
    while times.len() < recorded.len() && begun.elapsed() < LIMIT {
        for row in server.app.store.tablets().await.unwrap() {
            if recorded.get(&row.id) == Some(&row.head.unsigned_abs()) {
                times.entry(row.id).or_insert_with(|| begun.elapsed());
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    times.into_values().collect()
}

/// Work that blocks, beside the runtime.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}
