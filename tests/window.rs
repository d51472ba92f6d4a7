//! A real window on a display nobody sees: it takes a tap while the network is down, is killed, is
//! started again, and the rating arrives once when the network is back.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::{Clock, birth};
use analytics_server::storage::Store;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use whole_system_tests::databases::sqlite;
use whole_system_tests::programs::tablet_app;
use whole_system_tests::server::{Server, furnish};
use whole_system_tests::tablet::{Tablet, enrol_at, wait_for};

/// Where the second face (“Hài lòng”) stands in a window of 1280x800.
const SATISFIED: [&str; 2] = ["665", "435"];
/// Taps tried while the window may still be starting; one second lies between two.
const TAPS: usize = 60;

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

struct Display {
    _server: Running,
    name: String,
}

impl Display {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb: run `bash tests/run`");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Self { _server: Running(server), name: format!(":{}", number.trim()) }
    }

    fn tablet(&self, dir: &Path) -> Running {
        Running(
            Command::new(tablet_app())
                .args(["--windowed", "1280x800", "--data-dir"])
                .arg(dir)
                .env("DISPLAY", &self.name)
                .env_remove("WAYLAND_DISPLAY")
                .stderr(Stdio::null())
                .spawn()
                .unwrap(),
        )
    }

    fn tap(&self, [x, y]: [&str; 2]) {
        let status = Command::new("xdotool")
            .args(["mousemove", x, y, "click", "1"])
            .env("DISPLAY", &self.name)
            .status()
            .expect("xdotool: run `bash tests/run`");
        assert!(status.success());
    }
}

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
        first.0.kill().unwrap();
        first.0.wait().unwrap();
        assert_eq!(recorded(&dir), 2, "shown and rated, and nothing else");
        let second = display.tablet(&dir);
        (display, second)
    })
    .await
    .unwrap();

    let birth = birth(&Clock::system()).unwrap();
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
