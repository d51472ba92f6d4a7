//! A real window on a display nobody sees: it takes a tap while the network is down, is killed, is
//! started again, and the rating arrives once when the network is back.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use whole_system_tests::databases::sqlite;
use whole_system_tests::display::Display;
use whole_system_tests::server::{Server, furnish};
use whole_system_tests::tablet::{Tablet, enrol_at, wait_for};

/// Where the second face (“Hài lòng”) stands in a window of 1280x800.
const SATISFIED: [u32; 2] = [665, 435];
/// Taps tried while the window may still be starting; one second lies between two.
const TAPS: usize = 60;

fn recorded(dir: &Path) -> u64 {
    tablet_app::journal::read_status(dir).unwrap().recorded
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_without_a_network_survives_a_kill() {
    let mut fresh = sqlite().await;
    furnish(&fresh.store).await;
    let server = Server::start(&fresh, Clock::system()).await;
    let (address, url, code) = (server.address, server.url(), server.code("Q07").await);
    let home = TempDir::new().unwrap();
    let dir = home.path().to_owned();
    tokio::task::spawn_blocking(move || {
        enrol_at(&dir, &url, &code).unwrap();
        Tablet::start(&dir).stop();
    })
    .await
    .unwrap();
    server.stop().await;

    let dir = home.path().to_owned();
    let (display, second) = tokio::task::spawn_blocking(move || {
        let display = Display::start();
        let mut first = display.tablet(&dir);
        for _ in 0..TAPS {
            std::thread::sleep(Duration::from_secs(1));
            display.tap(SATISFIED);
            if recorded(&dir) > 0 {
                break;
            }
        }
        wait_for("the tap in the journal", || recorded(&dir) == 2);
        first.kill();
        assert_eq!(recorded(&dir), 2, "shown and rated, and nothing else");
        let second = display.tablet(&dir);
        (display, second)
    })
    .await
    .unwrap();

    let birth = Birth::at(&Clock::system()).unwrap();
    fresh.store = Store::open(fresh.dir.path(), None, &birth).await.unwrap();
    let store = fresh.store.clone();
    let server = Server::at(&address.to_string(), store, fresh.dir.path(), Clock::system()).await;
    let dir = home.path().to_owned();
    tokio::task::spawn_blocking(move || {
        wait_for("the rating at the server", || {
            tablet_app::journal::read_status(&dir).unwrap().pending == 0
        });
        drop(second);
        drop(display);
    })
    .await
    .unwrap();

    let figures = server.recent_figures().await;
    assert_eq!((figures.ratings.total, figures.ratings.levels.satisfied), (1, 1));
    server.stop().await;
}
