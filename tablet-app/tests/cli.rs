//! The command line: what it prints, what it refuses, and that a refusal loses nothing.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::exchange::{Problem, ProblemCode};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use support::server::{http, json, server};
use support::{TABLET, identity, journal, settings};
use tablet_app::journal::FILE;
use tempfile::tempdir;

fn tablet(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tablet-app"))
        .args(args)
        .arg("--data-dir")
        .arg(dir)
        .env("RUST_LOG", "off")
        // What opens a window says so, and does not wait for somebody to close it.
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The one sentence of a refusal.
fn refusal(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "one sentence: {text}");
    assert!(output.stdout.is_empty());
    text
}

/// A data directory of an enrolled tablet with settings.
fn enrolled(dir: &Path) {
    let journal = journal(dir, "http://127.0.0.1:1");
    journal.put_settings(serde_json::to_string(&settings()).unwrap(), None).unwrap();
}

#[test]
fn status_is_json() {
    let dir = tempdir().unwrap();
    enrolled(dir.path());
    let status: serde_json::Value =
        serde_json::from_str(&out(&tablet(dir.path(), &["status"]))).unwrap();
    let head = protocol::Head::start(TABLET).digest.to_string();
    let expected = serde_json::json!({
        "recorded": 0, "acknowledged": 0, "pending": 0, "head_digest": head,
        "last_contact": null, "tablet": TABLET, "counter": "Q05",
        "server": "http://127.0.0.1:1", "boots": 1, "forked": null,
    });
    assert_eq!(status, expected);
}

#[test]
fn a_simulated_tap_is_thanked_after_it_is_written() {
    let dir = tempdir().unwrap();
    enrolled(dir.path());
    let args = ["simulate", "--level", "satisfied", "--count", "3", "--offline"];
    assert_eq!(out(&tablet(dir.path(), &args)), "thanked 2\nthanked 4\nthanked 6\n");
    assert_eq!(out(&tablet(dir.path(), &args)), "thanked 8\nthanked 10\nthanked 12\n");
    assert!(out(&tablet(dir.path(), &["status"])).contains("\"pending\": 12"));
    let journal = journal(dir.path(), "http://127.0.0.1:1");
    assert!(refusal(&tablet(dir.path(), &args)).contains("is in use by another tablet-app"));
    assert_eq!(journal.status().unwrap().recorded, 12);
}

#[test]
fn a_level_the_question_does_not_offer_is_refused() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://127.0.0.1:1");
    let mut three = settings();
    three.questionnaire.scale = protocol::Scale::Three;
    journal.put_settings(serde_json::to_string(&three).unwrap(), None).unwrap();
    drop(journal);
    let args = ["simulate", "--level", "neutral", "--offline"];
    assert!(refusal(&tablet(dir.path(), &args)).contains("does not offer this level"));
    let unknown = tablet(dir.path(), &["simulate", "--level", "fine"]);
    let text = String::from_utf8(unknown.stderr).unwrap();
    assert!(text.contains("“fine” is not one of: very_satisfied"), "{text}");
}

#[test]
fn an_enrolment_and_a_tap_arrive_at_the_server() {
    let (address, asked) = server(|request| {
        if request.line.starts_with("POST /api/v1/enrolments") {
            http("200 OK", "", &json(&identity("").enrolled))
        } else {
            http("200 OK", "", &json(&settings()))
        }
    });
    let dir = tempdir().unwrap();
    let args =
        ["simulate", "--server", &address, "--enrol", "ABCD", "--level", "satisfied", "--offline"];
    assert_eq!(out(&tablet(dir.path(), &args)), "thanked 2\n");
    assert_eq!(asked.try_iter().count(), 2);
    assert_eq!(out(&tablet(dir.path(), &args)), "thanked 4\n", "the used code is not used again");
    let again: Vec<_> = asked.try_iter().map(|request| request.line).collect();
    assert_eq!(again, [format!("GET /api/v1/tablets/{TABLET}/settings HTTP/1.1")]);
}

#[test]
fn a_tablet_without_a_screen_enrols_and_moves_to_another_address() {
    let (address, _asked) = server(|request| {
        if request.line.starts_with("POST /api/v1/enrolments") {
            http("200 OK", "", &json(&identity("").enrolled))
        } else {
            http("200 OK", "", &json(&settings()))
        }
    });
    let dir = tempdir().unwrap();
    let said = out(&tablet(dir.path(), &["enrol", "--server", &address, "ABCD"]));
    assert_eq!(said, format!("the tablet of counter Q05 is enrolled at {address}\n"));
    let said = out(&tablet(dir.path(), &["set-server", "https://new.example.gov.vn"]));
    assert_eq!(said, "the tablet of counter Q05 is enrolled at https://new.example.gov.vn\n");
    let fresh = tempdir().unwrap();
    let text = refusal(&tablet(fresh.path(), &["set-server", &address]));
    assert!(text.contains("not enrolled"), "{text}");
    assert_eq!(fs::read_dir(fresh.path()).unwrap().count(), 0);
}

#[test]
fn a_tablet_its_server_has_lost_needs_a_right_code() {
    let (address, _asked) = server(|request| {
        let (code, status) = if request.line.starts_with("GET") {
            (ProblemCode::Unauthorised, "401 Unauthorized")
        } else {
            (ProblemCode::BadCode, "403 Forbidden")
        };
        http(status, "", &json(&Problem { code, message: "no".to_owned(), head: None }))
    });
    let dir = tempdir().unwrap();
    drop(journal(dir.path(), &address));
    let text = refusal(&tablet(dir.path(), &["enrol", "--server", &address, "WRONG"]));
    assert!(text.contains("the tablet is not enrolled") && text.contains("403"), "{text}");
}

#[test]
fn what_stands_in_the_way_of_an_enrolment_is_said_in_one_sentence() {
    let problem = Problem {
        code: ProblemCode::BadCode,
        message: "the code WRONG is unknown; make one with `tablet add`".to_owned(),
        head: None,
    };
    let refused = http("403 Forbidden", "", &json(&problem));
    let page = http("200 OK", "", "<html>another site</html>");
    for (answer, expected) in [(refused, "the code WRONG is unknown"), (page, "a web page")] {
        let (address, _asked) = server(move |_| answer.clone());
        let dir = tempdir().unwrap();
        let text = refusal(&tablet(dir.path(), &["enrol", "--server", &address, "WRONG"]));
        assert!(text.contains(expected) && text.contains(&address), "{text}");
    }
    let dir = tempdir().unwrap();
    let text = refusal(&tablet(dir.path(), &["enrol", "--server", "http://127.0.0.1:1", "A"]));
    assert!(text.contains("http://127.0.0.1:1 can not be reached"), "{text}");
    let text = refusal(&tablet(dir.path(), &["enrol", "--server", "here", "A"]));
    assert!(text.contains("“here” is no server address"), "{text}");
    assert!(refusal(&tablet(dir.path(), &[])).contains("not enrolled"));
    let text = refusal(&tablet(dir.path(), &["enrol", "ABCD"]));
    assert!(text.contains("give --server URL as well"), "{text}");
    let output = tablet(dir.path(), &["--enrol", "https://example.vn"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("neither an enrolment code, such as 7KQ2-M9XF, nor"), "{text}");
    let text = refusal(&tablet(
        dir.path(),
        &["enrol", "hai-long://enrol?server=http%3A%2F%2F127.0.0.1%3A1&code=A"],
    ));
    assert!(text.contains("http://127.0.0.1:1 can not be reached"), "{text}");
}

#[test]
fn a_journal_that_is_not_right_is_named_and_kept() {
    let dir = tempdir().unwrap();
    let path = dir.path().join(FILE);
    assert!(refusal(&tablet(dir.path(), &["status"])).contains("there is no journal at"));
    fs::write(&path, "a letter").unwrap();
    for args in
        [&["status"][..], &["set-server", "http://one"], &["simulate", "--level", "neutral"]]
    {
        let text = refusal(&tablet(dir.path(), args));
        assert!(text.contains("is damaged") && text.contains(FILE), "{text}");
    }
    assert_eq!(fs::read(&path).unwrap(), b"a letter");
}

#[test]
fn a_damaged_journal_is_salvaged_on_the_command_line() {
    let (dir, out_dir) = (tempdir().unwrap(), tempdir().unwrap());
    let folder = out_dir.path().to_str().unwrap();
    enrolled(dir.path());
    out(&tablet(dir.path(), &["simulate", "--level", "satisfied", "--count", "3", "--offline"]));
    let text = refusal(&tablet(dir.path(), &["salvage", "--out", folder]));
    assert!(text.contains("is not damaged"), "{text}");
    let path = dir.path().join(FILE);
    let mut bytes = fs::read(&path).unwrap();
    bytes[..16].fill(0);
    fs::write(&path, bytes).unwrap();
    let done = tablet(dir.path(), &["salvage", "--out", folder]);
    let said = out(&done);
    assert!(said.contains(".hljournal (6 events)"), "{said}");
    assert!(said.contains("the damaged journal lies in ") && !path.exists(), "{said}");
    let warned = String::from_utf8(done.stderr).unwrap();
    assert!(warned.contains("the file is not sealed"), "{warned}");
    assert!(refusal(&tablet(dir.path(), &["status"])).contains("there is no journal"));
}

#[test]
fn another_user_gets_the_path_that_was_read_and_no_file_is_made() {
    let home = tempdir().unwrap();
    let typed = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tablet-app"));
        command.args(args).env("HOME", home.path()).env("RUST_LOG", "off");
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
        command.output().unwrap()
    };
    let folder = home.path().to_str().unwrap();
    for args in
        [&["status"][..], &["export", "--out", folder], &[], &["--server", "http://127.0.0.1:1"]]
    {
        let output = typed(args);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains("runuser -u kiosk -- tablet-app"), "{text}");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "{args:?} made something");
    }
    let dir = home.path().join(".local/share/hai-long-tablet");
    enrolled(&dir);
    let told = typed(&["status"]);
    assert!(out(&told).starts_with('{'));
    let said = String::from_utf8(told.stderr).unwrap();
    assert_eq!(said, format!("tablet-app: data of this user, in {}\n", dir.display()));
}

#[test]
fn nothing_but_words_stands_in_a_log_that_is_no_terminal() {
    let dir = tempdir().unwrap();
    enrolled(dir.path());
    let mut command = Command::new(env!("CARGO_BIN_EXE_tablet-app"));
    command.args(["simulate", "--level", "neutral", "--deliver-s", "1", "--data-dir"]);
    let output = command.arg(dir.path()).env("RUST_LOG", "debug").output().unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(log.contains(" WARN ") || log.contains(" DEBUG ") || log.contains(" INFO "), "{log}");
    assert!(!log.contains('\u{1b}'), "{log}");
}

#[test]
fn a_size_that_is_none_is_refused() {
    let dir = tempdir().unwrap();
    let output = tablet(dir.path(), &["--windowed", "huge"]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("such as 1280x800"));
}

#[test]
fn without_a_display_the_tablet_says_so() {
    let dir = tempdir().unwrap();
    enrolled(dir.path());
    let output = Command::new(env!("CARGO_BIN_EXE_tablet-app"))
        .arg("--data-dir")
        .arg(dir.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env("RUST_LOG", "off")
        .output()
        .unwrap();
    assert!(refusal(&output).contains("no window could be opened; is there a display"));
}

/// A thread that panics, in a program of its own: this test, started once more.
#[test]
fn a_panic_on_any_thread_ends_the_program() {
    const INNER: &str = "HAI_LONG_TEST_PANIC";
    if std::env::var_os(INNER).is_some() {
        tablet_app::panics::end_the_program();
        let _ = std::thread::spawn(|| panic!("as a fault would")).join();
        // Never reached: it would end well.
        return;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_panic_on_any_thread_ends_the_program", "--nocapture"])
        .env(INNER, "1")
        .output()
        .unwrap();
    assert!(!output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("as a fault would"), "{said}");
}
