//! Power cut: the tablet process is killed at random moments, two hundred times. Each rating that was
//! thanked for is in the journal and arrives at the server once; nobody is counted twice.
//!
//! A killed process leaves what the operating system has taken from it; a real power cut would not.
//! For that, see `a_commit_reaches_the_disk_before_it_is_told`.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use whole_system_tests::databases::sqlite;
use whole_system_tests::programs::tablet_app;
use whole_system_tests::server::{Server, furnish};
use whole_system_tests::tablet::{Tablet, enrol_at, journal};

const RUNS: u64 = 200;

/// Starts the tablet without a network, kills it `moment` after its start or after its first thanks,
/// and returns the number of the last event somebody was thanked for.
fn run_and_kill(dir: &Path, moment: Duration, after_thanks: bool) -> Option<u64> {
    let mut tablet = Command::new(tablet_app())
        .args(["simulate", "--offline", "--level", "satisfied", "--count", "1000000"])
        .arg("--data-dir")
        .arg(dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // A line cut in the middle by the kill was not read by anybody either.
    let lines = BufReader::new(tablet.stdout.take().unwrap()).lines();
    let mut thanked =
        lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("thanked ")?.parse().ok());
    let first = if after_thanks { thanked.next() } else { None };
    std::thread::sleep(moment);
    tablet.kill().unwrap();
    let last = thanked.last().or(first);
    tablet.wait().unwrap();
    last
}

#[tokio::test(flavor = "multi_thread")]
async fn every_thanked_rating_is_counted_once() {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let server = Server::start(&fresh, Clock::system()).await;
    let home = TempDir::new().unwrap();
    let (code, url) = (server.code("Q07").await, server.url());

    let dir = home.path().to_owned();
    let (recorded, runs_with_thanks) = tokio::task::spawn_blocking(move || {
        enrol_at(&dir, &url, &code).unwrap();
        Tablet::start(&dir).stop();
        let mut chance = 0x9E37_79B9_7F4A_7C15_u64;
        let mut runs_with_thanks = 0;
        let mut last = 0;
        for run in 0..RUNS {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(run | 1);
            let moment = Duration::from_millis((chance >> 33) % 70);
            if let Some(thanked) = run_and_kill(&dir, moment, run % 2 == 0) {
                runs_with_thanks += 1;
                let recorded = journal(&dir).status().unwrap().recorded;
                assert!(
                    thanked <= recorded,
                    "run {run}: {thanked} was thanked for, {recorded} kept"
                );
                assert!(thanked > last, "run {run}: numbers go on");
                last = thanked;
            }
        }
        let running = Tablet::start(&dir);
        running.carried();
        let recorded = running.journal.status().unwrap().recorded;
        running.stop();
        (recorded, runs_with_thanks)
    })
    .await
    .unwrap();

    assert!(runs_with_thanks >= RUNS / 2, "only {runs_with_thanks} runs came as far as a thanks");
    let stored = fresh.store.events_after(fresh.store.tablets().await.unwrap()[0].id, 0, u32::MAX);
    assert_eq!(stored.await.unwrap().len() as u64, recorded);
    let figures = server.recent_figures().await;
    // Each visit of the simulation is two events in one commit: shown and rated.
    assert_eq!(figures.ratings.total * 2, recorded);
    assert_eq!(figures.ratings.levels.satisfied, figures.ratings.total);
    assert_eq!(figures.quarantined, 0);
    server.stop().await;
}
