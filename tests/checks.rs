//! What `check` says of a server, its certificate and its mail.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use whole_system_tests::programs::{Serving, server};

/// A certificate that holds for so many days more.
fn certificate_for(dir: &Path, days: i64) -> (PathBuf, PathBuf) {
    let (certificate, key) = (dir.join("certificate.pem"), dir.join("key.pem"));
    let now = jiff::Timestamp::from_millisecond(Clock::system().now()).unwrap();
    let end = now + jiff::SignedDuration::from_hours(24 * days + 1);
    let (year, month, day) = {
        let day = end.to_zoned(jiff::tz::TimeZone::UTC).date();
        (i32::from(day.year()), day.month().unsigned_abs(), day.day().unsigned_abs())
    };
    let mut wanted = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
    wanted.not_after = rcgen::date_time_ymd(year, month, day);
    let pair = rcgen::KeyPair::generate().unwrap();
    fs::write(&certificate, wanted.self_signed(&pair).unwrap().pem()).unwrap();
    fs::write(&key, pair.serialize_pem()).unwrap();
    (certificate, key)
}

#[test]
fn a_check_says_how_everything_is_and_what_to_do() {
    let home = TempDir::new().unwrap();
    let config = home.path().join("server.toml");
    let data = home.path().join("data");
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (certificate, key) = certificate_for(home.path(), 10);
    let text = format!(
        "data_dir = {data:?}\nlisten = \"127.0.0.1:{port}\"\n\
         [tls]\ncertificate = {certificate:?}\nkey = {key:?}\n\
         [mail]\nserver = \"127.0.0.1\"\nport = 1\nsecurity = \"none\"\nsender = \"a@example.gov.vn\"\n"
    );
    fs::write(&config, text).unwrap();
    let check = || server(["check", "--config", config.to_str().unwrap()]);
    let line = |said: &str, subject: &str| {
        let found = said.lines().find(|line| line[9..].starts_with(subject));
        found.unwrap_or_else(|| panic!("no line of {subject}: {said}")).to_owned()
    };
    let before = check();
    assert!(!before.ok, "nothing runs yet: {}", before.out);
    assert!(line(&before.out, "Server").starts_with("FAULT"), "{}", before.out);
    assert!(line(&before.out, "Database").starts_with("FAULT"), "{}", before.out);
    assert!(!data.exists(), "a check makes nothing");

    let running = Serving::start(&["--config", config.to_str().unwrap()], &[]);
    assert!(running.address.starts_with("https://"), "{}", running.address);
    let said = check();
    assert!(!said.ok && said.err.contains("faults: "), "nobody can sign in: {}", said.err);
    for (subject, begin) in [
        ("Configuration", "ok"),
        ("Server", "ok"),
        ("Database", "ok"),
        ("Backup", "WARNING"),
        ("Disk", "ok"),
        ("TLS certificate", "WARNING"),
        ("Mail", "FAULT"),
        ("Administrators", "FAULT"),
    ] {
        let line = line(&said.out, subject);
        // A disk that is nearly full where the tests run is no fault of ours.
        assert!(line.starts_with(begin) || subject == "Disk", "{line}");
    }
    assert!(line(&said.out, "TLS certificate").contains("was not renewed. Renew it"));
    drop(running);
    certificate_for(home.path(), -2);
    assert!(line(&check().out, "TLS certificate").starts_with("FAULT"));
    certificate_for(home.path(), 60);
    assert!(line(&check().out, "TLS certificate").starts_with("ok"));
}
