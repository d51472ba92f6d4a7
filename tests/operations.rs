//! What an administrator does: configuration, TLS, backups while the server works, watching it.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use analytics_server::enrolment::{fresh_machine_token, machine_hash};
use analytics_server::state::App;
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use analytics_server::storage::events::Appended;
use analytics_server::storage::restore::restore;
use protocol::Level;
use reqwest::{Certificate, Client, StatusCode};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;
use whole_system_tests::chain::shown;
use whole_system_tests::databases::sqlite;
use whole_system_tests::programs::{Serving, analytics_server, server, server_with};
use whole_system_tests::server::{Server, enrolled, furnish};

/// The built server by its configuration.
fn started(config: &Path) -> Serving {
    Serving::start(&["--config", config.to_str().unwrap()], &[])
}

fn signal(serving: &Serving, name: &str) {
    let id = serving.child.id().to_string();
    assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
}

/// Writes a fresh certificate for this machine and its key; the certificate.
fn certificate(dir: &Path) -> (PathBuf, PathBuf, String) {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let made = rcgen::generate_simple_self_signed(names).unwrap();
    let (chain, key) = (dir.join("certificate.pem"), dir.join("key.pem"));
    fs::write(&chain, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    (chain, key, made.cert.pem())
}

/// A browser that knows one certificate.
fn browser(pem: &str) -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let root = Certificate::from_pem(pem.as_bytes()).unwrap();
    Client::builder().tls_certs_only([root]).pool_max_idle_per_host(0).build().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_come_by_tls_and_a_renewed_certificate_needs_no_restart() {
    let home = TempDir::new().unwrap();
    let (chain, key, first) = certificate(home.path());
    let config = home.path().join("server.toml");
    let text = format!(
        "data_dir = {:?}\nlisten = \"127.0.0.1:0\"\n[tls]\ncertificate = {chain:?}\nkey = {key:?}\n",
        home.path().join("data")
    );
    fs::write(&config, text).unwrap();
    let mut running = started(&config);
    let address = running.address.clone();
    assert!(address.starts_with("https://127.0.0.1:"), "{address}");

    let old = browser(&first);
    let answer = old.get(format!("{address}/sign-in")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
    let plain = address.replace("https", "http");
    assert!(old.get(format!("{plain}/health")).send().await.is_err(), "nothing in the clear");

    // Half a renewal is no reason to stop: the old pair stays.
    fs::write(&chain, "no certificate").unwrap();
    signal(&running, "HUP");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(old.get(format!("{address}/health")).send().await.is_ok());

    let (_, _, second) = certificate(home.path());
    signal(&running, "HUP");
    let new = browser(&second);
    for round in 0.. {
        if new.get(format!("{address}/health")).send().await.is_ok() {
            break;
        }
        assert!(round < 100, "the new certificate is not used");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(old.get(format!("{address}/health")).send().await.is_err());

    signal(&running, "TERM");
    assert!(running.child.wait().unwrap().success(), "a stop is no failure");

    fs::write(&key, "no key").unwrap();
    let said = server_with(&["serve", "--config", config.to_str().unwrap()]);
    assert!(!said.ok && said.err.contains("TLS can not begin with"), "{}", said.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_while_ratings_arrive_is_whole_and_tablets_fill_the_rest() {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let running = Server::start(&fresh, Clock::system()).await;
    let mut tablet = enrolled(&running, "Q07", 1).await;
    let now = running.app.clock.now();
    let enough = Arc::new(AtomicBool::new(false));
    let (store, seen) = (fresh.store.clone(), Arc::clone(&enough));
    let arriving = tokio::spawn(async move {
        let mut n = 0;
        while !seen.load(Ordering::SeqCst) || n < 40 {
            let before = tablet.events.len();
            let level = Level::ALL[n % 5];
            tablet.rate(Uuid::from_u128(n as u128 + 1), now, shown("Q07", "CC013", None), level);
            let batch = tablet.batch(before, 2, now);
            assert!(matches!(tablet.append(&store, &batch).await, Appended::Stored { .. }));
            n += 1;
        }
        (tablet, n)
    });
    let home = TempDir::new().unwrap();
    let file = home.path().join("backup.db");
    for round in 0.. {
        if fresh.store.totals(0).await.unwrap().ratings > 0 {
            break;
        }
        assert!(round < 1_000, "no rating arrives");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    fresh.store.back_up(&file).await.unwrap();
    enough.store(true, Ordering::SeqCst);
    let (tablet, ratings) = arriving.await.unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 2, "the copy and its sum, nothing half");

    let data = home.path().join("data");
    restore(&file, &data, false, now).await.unwrap();
    let store = Store::open(&data, None, &Birth::at(&Clock::system()).unwrap()).await.unwrap();
    assert_eq!(store.id().await.unwrap(), fresh.store.id().await.unwrap());
    let held = store.totals(0).await.unwrap();
    assert!(held.ratings > 0 && held.events == 2 * held.ratings, "whole visits: {held:?}");
    let app = App::open(store.clone(), &data, Clock::system()).await.unwrap();
    let figures = app.figures(&running.recent()).await.unwrap();
    assert_eq!(i64::try_from(figures.ratings.total).unwrap(), held.ratings, "the figures agree");

    // What the tablet sends next does not fit; it is told where to go on, and goes on there.
    let ahead = tablet.batch(tablet.events.len() - 2, 2, now);
    let from = match tablet.append(&store, &ahead).await {
        Appended::Gap { head } => usize::try_from(head.number).unwrap(),
        Appended::Stored { .. } => tablet.events.len(),
        Appended::Fork { .. } => panic!("the backup has another history"),
    };
    if from < tablet.events.len() {
        tablet.append(&store, &tablet.batch(from, tablet.events.len(), now)).await;
    }
    let healed = app.figures(&running.recent()).await.unwrap();
    let whole = running.recent_figures().await;
    assert_eq!(healed.ratings, whole.ratings);
    assert_eq!(whole.ratings.total, ratings as u64);
    running.stop().await;
    store.close().await;
}

#[test]
fn the_configuration_is_told_with_its_origins() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("server.toml");
    fs::write(&file, "data_dir = \"/srv/data\"\nlisten = \"127.0.0.1:1\"\n").unwrap();
    let name = file.to_str().unwrap();
    let said = Command::new(analytics_server())
        .args(["config", "--config", name, "--listen", "127.0.0.1:2"])
        .env("HAI_LONG_DATABASE", "postgres://u:geheim@h/n")
        .output()
        .unwrap();
    let text = String::from_utf8(said.stdout).unwrap();
    let line = |key: &str| text.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    assert!(line("data_dir").ends_with(&format!("# {name}")), "{text}");
    assert!(line("listen").contains("127.0.0.1:2") && line("listen").ends_with("--listen"));
    assert!(line("database").ends_with("environment: HAI_LONG_DATABASE"));
    assert!(!text.contains("geheim"), "{text}");
    fs::write(&file, "data_dir = \"/srv/data\"\n\nlisen = \"127.0.0.1:1\"\n").unwrap();
    for command in ["config", "serve"] {
        let said = server([command, "--config", name]);
        assert!(!said.ok && said.err.contains("server.toml, line 3: unknown field `lisen`"));
        assert_eq!(said.err.lines().count(), 1, "{}", said.err);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn health_and_metrics_answer_and_every_request_has_an_id() {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let running = Server::start(&fresh, Clock::system()).await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::new();
    let get = |path: &str| client.get(format!("{}{path}", running.url()));
    enrolled(&running, "Q07", 1).await;
    let first = get("/health").send().await.unwrap();
    let second = get("/health").header("x-request-id", "mine").send().await.unwrap();
    let id =
        |answer: &reqwest::Response| answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    assert_eq!(id(&first).len(), 32);
    assert_ne!(id(&second), "mine", "nobody but a trusted proxy gives ids");
    let fault = get("/nowhere").send().await.unwrap();
    let (id, page) = (id(&fault), fault.text().await.unwrap());
    assert!(page.contains(&format!("Mã yêu cầu: {id}")), "{page}");

    let page = get("/metrics").send().await.unwrap().error_for_status().unwrap();
    let page = page.text().await.unwrap();
    for line in [
        "hai_long_tablets 1\n",
        "hai_long_tablets_silent 0\n",
        "hai_long_events_stored 0\n",
        "hai_long_ingest_waiting 0\n",
        "hai_long_ingest_refused_total{why=\"full\"} 0\n",
        "hai_long_deliveries_waiting{channel=\"mail\"} 0\n",
        "hai_long_delivery_oldest_seconds{channel=\"webhook\"} 0\n",
        "hai_long_deliveries_failed{channel=\"webhook\"} 0\n",
        "hai_long_requests_total{method=\"GET\",route=\"/health\",status=\"200\"}",
        "hai_long_request_seconds_bucket{route=\"/health\",le=\"0.1\"}",
    ] {
        assert!(page.contains(line), "{line} is missing in\n{page}");
    }
    // Carried by a proxy of this machine: not from here.
    let carried = || get("/metrics").header("x-forwarded-for", "203.0.113.7");
    assert_eq!(carried().send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    // Nor is what a proxy carries without a word: it has the public name, or nginx's old version.
    let public = || get("/metrics").header("host", "hai-long.example.gov.vn");
    assert_eq!(public().send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    let old = Client::builder().http1_only().build().unwrap();
    let old = old.get(format!("{}/metrics", running.url())).version(reqwest::Version::HTTP_10);
    assert_eq!(old.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    let token = fresh_machine_token().unwrap();
    let hash = machine_hash(&token).unwrap();
    fresh.store.add_machine_token("Prometheus", hash, "metrics", "test", 0).await.unwrap();
    for asked in [carried(), public()] {
        assert_eq!(asked.bearer_auth(&token).send().await.unwrap().status(), StatusCode::OK);
    }

    // Pages are packed where a browser can unpack them.
    let packed = get("/sign-in").header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    running.stop().await;
}

/// Starts the server with its standard error in a file; what stands there once it has ended.
fn log_of(config: &Path, journal: bool) -> (String, String) {
    let home = config.parent().unwrap();
    let path = home.join("log");
    let file = fs::File::create(&path).unwrap();
    let told = fs::metadata(&path).unwrap();
    let stream = format!("{}:{}", told.dev(), if journal { told.ino() } else { 1 });
    let mut command = Command::new(analytics_server());
    command.args(["serve", "--config", config.to_str().unwrap()]);
    command.env("JOURNAL_STREAM", stream).env_remove("RUST_LOG");
    let out = home.join("out");
    command.stderr(file).stdout(fs::File::create(&out).unwrap());
    let mut child = command.spawn().unwrap();
    // A minute at most; less where the server ends by itself.
    let mut tries = 0;
    while !fs::read_to_string(&path).unwrap().contains("nobody can sign in yet") {
        if child.try_wait().unwrap().is_some() {
            break;
        }
        tries += 1;
        assert!(tries < 1_200, "nothing is logged");
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().ok();
    child.wait().unwrap();
    (fs::read_to_string(path).unwrap(), fs::read_to_string(out).unwrap())
}

#[test]
fn the_journal_gets_the_priority_of_each_line_and_no_colours() {
    let home = TempDir::new().unwrap();
    let config = home.path().join("server.toml");
    let data = home.path().join("data");
    let written = |more: &str| {
        fs::write(&config, format!("data_dir = {data:?}\n{more}")).unwrap();
    };
    written("listen = \"127.0.0.1:0\"\n");
    let (plain, out) = log_of(&config, false);
    assert!(
        plain.contains(" WARN ") && !plain.contains('\u{1b}') && !plain.contains("<4>"),
        "{plain}"
    );
    assert!(out.starts_with("http://127.0.0.1:"), "{out}");
    let (prefixed, _) = log_of(&config, true);
    assert!(
        prefixed.lines().any(|line| line.starts_with("<4>") && line.contains("nobody can sign in")),
        "{prefixed}"
    );
    assert!(!prefixed.contains('\u{1b}'), "{prefixed}");

    // For programs each line is an object, also the address and the reason why there is no server.
    written("listen = \"127.0.0.1:0\"\n[log]\nformat = \"json\"\n");
    let (log, out) = log_of(&config, false);
    let object = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    assert!(log.lines().map(object).any(|line| line["level"] == "WARN"), "{log}");
    let told = object(&out);
    assert!(told["address"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{out}");
    written("listen = \"256.0.0.1:1\"\n[log]\nformat = \"json\"\n");
    let (log, _) = log_of(&config, false);
    let fatal = object(log.lines().last().unwrap());
    assert_eq!(fatal["level"], "ERROR");
    assert!(fatal["message"].as_str().unwrap().contains("256.0.0.1:1"), "{log}");
    let (log, _) = log_of(&config, true);
    assert!(log.lines().last().unwrap().starts_with("<3>{"), "{log}");
}
