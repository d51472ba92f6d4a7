//! Backups and their restoring by the commands: what they say, what they refuse, what does not come back.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::process::Command;
use tempfile::TempDir;
use whole_system_tests::programs::{server, server_with};

/// Changes a SQLite file as no program of ours would.
fn sql(file: &str, statement: &str) {
    let script =
        "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as c: c.execute(sys.argv[2])";
    let done = Command::new("python3").args(["-c", script, file, statement]).status().unwrap();
    assert!(done.success());
}

#[test]
fn what_let_somebody_in_does_not_come_back_with_a_backup() {
    let home = TempDir::new().unwrap();
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let (data, file) = (path("data"), path("one.db"));
    let case = concat!(env!("CARGO_MANIFEST_DIR"), "/../analytics-server/demo");
    for name in ["co-quan.csv", "quay.csv", "cong-chuc.csv"] {
        assert!(server(["import", &format!("{case}/{name}"), "--data-dir", &data]).ok);
    }
    let add = ["token", "add", "--name", "Prometheus", "--scope", "metrics", "--data-dir", &data];
    assert!(server(add).ok);
    assert!(server(["backup", "--data-dir", &data, "--out", &file]).ok);
    let mut sums = Command::new("sha256sum");
    let agrees = sums.args(["--check", "one.db.sha256"]).current_dir(home.path()).status();
    assert!(agrees.unwrap().success());
    let tokens = |dir: &str| server(["token", "list", "--data-dir", dir]).out;
    let said = server(["restore", "--from", &file, "--data-dir", &path("a")]);
    assert!(
        said.ok && said.out.contains("1 tokens of other software were revoked"),
        "{}",
        said.out
    );
    assert!(tokens(&path("a")).contains("revoked"), "{}", tokens(&path("a")));
    let keep = ["restore", "--from", &file, "--data-dir", &path("b"), "--keep-tokens"];
    assert!(server(keep).ok);
    assert!(tokens(&path("b")).contains("last used never"), "{}", tokens(&path("b")));
}

#[test]
fn nothing_is_made_where_there_is_no_data() {
    let home = TempDir::new().unwrap();
    let none = home.path().join("none").to_str().unwrap().to_owned();
    for command in [
        &["token", "add", "--name", "x", "--scope", "invite"] as &[&str],
        &["technician", "pin", "--pin", "246810"],
        &["questionnaire", "list"],
        &["tablet", "retire", "018c2f3e-0000-7000-8000-000000000000"],
        &["centre"],
    ] {
        let said = server_with(&[command, &["--data-dir", &none]].concat());
        assert!(!said.ok && said.err.contains("there is no data in"), "{command:?}: {}", said.err);
        assert!(!home.path().join("none").exists());
    }
}

#[test]
fn backup_and_restore_say_what_they_hold_and_write_over_nothing() {
    let home = TempDir::new().unwrap();
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let (data, out, file, again) = (path("data"), path("out"), path("one.db"), path("again"));
    let case = concat!(env!("CARGO_MANIFEST_DIR"), "/../analytics-server/demo");
    for name in ["co-quan.csv", "quay.csv", "cong-chuc.csv"] {
        assert!(server(["import", &format!("{case}/{name}"), "--data-dir", &data]).ok);
    }
    let said = server(["backup", "--data-dir", &data, "--out", &format!("{out}/")]);
    assert!(said.ok && said.out.contains("0 tablets, 0 events, 0 ratings"), "{}", said.err);
    let named = fs::read_dir(&out).unwrap().next().unwrap().unwrap().file_name();
    assert!(named.to_str().unwrap().starts_with("hai-long-2"), "{named:?}");
    assert!(server(["backup", "--data-dir", &data, "--out", &file]).ok);
    let said = server(["backup", "--data-dir", &data, "--out", &file]);
    assert!(!said.ok && said.err.contains("is there already"), "{}", said.err);
    let said = server(["backup", "--data-dir", &path("none"), "--out", &path("x.db")]);
    assert!(!said.ok && said.err.contains("there is no data in"), "{}", said.err);

    let said = server(["restore", "--from", &file, "--data-dir", &data]);
    assert!(!said.ok && said.err.contains("holds data already"), "{}", said.err);
    let said = server(["restore", "--from", &file, "--data-dir", &again]);
    assert!(said.ok && said.out.contains("0 ratings"), "{}", said.err);
    let said = server(["restore", "--from", &path("missing"), "--data-dir", &path("y")]);
    assert!(!said.ok && said.err.contains("missing does not exist"), "{}", said.err);
    let said = server(["backup", "--data-dir", &data, "--out", &path("none/x.db")]);
    assert!(!said.ok && said.err.contains("none does not exist"), "{}", said.err);
    // What a killed backup left goes with the next one; a foreign or damaged file is reported as such.
    let left = home.path().join("out/hai-long-20260101T000000Z.db.part");
    fs::write(&left, "half").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(server(["backup", "--data-dir", &data, "--out", &out]).ok);
    assert!(!left.exists());
    let mut garbage = b"SQLite format 3\0".to_vec();
    garbage.extend([7; 5_000]);
    fs::write(path("garbage.db"), garbage).unwrap();
    let said = server(["restore", "--from", &path("garbage.db"), "--data-dir", &path("z")]);
    assert!(!said.ok && said.err.contains("is damaged or no database"), "{}", said.err);
    fs::write(path("text.db"), "a text").unwrap();
    let said = server(["restore", "--from", &path("text.db"), "--data-dir", &path("z")]);
    assert!(!said.ok && said.err.contains("is no backup of this program"), "{}", said.err);
    sql(&path("other.db"), "create table t (a)");
    let said = server(["restore", "--from", &path("other.db"), "--data-dir", &path("z")]);
    assert!(!said.ok && said.err.contains("is no backup of this program"), "{}", said.err);
    fs::copy(&file, path("newer.db")).unwrap();
    let newer = "insert into _sqlx_migrations values (9999, 'later', 0, 1, x'00', 0)";
    sql(&path("newer.db"), newer);
    let said = server(["restore", "--from", &path("newer.db"), "--data-dir", &path("z")]);
    assert!(!said.ok && said.err.contains("belongs to a newer version"), "{}", said.err);
    assert!(!home.path().join("z").exists(), "nothing is left of what was refused");
    let address = "postgres://u:geheim@h/n";
    let said = server(["backup", "--database", address, "--out", &path("p.db")]);
    assert!(
        !said.ok && said.err.contains("pg_dump") && !said.err.contains("geheim"),
        "{}",
        said.err
    );
}
