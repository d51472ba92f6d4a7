//! A tablet from its first start to its question, with its real journal and a server: each obstacle is shown
//! on the screen and retried by itself where that can help.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::Level;
use protocol::enrol_link::Admission;
use protocol::exchange::{Problem, ProblemCode};
use protocol::sealed_file::PublicKey;
use protocol::settings::Settings;
use std::fs;
use std::path::Path;
use std::time::Duration;
use support::server::{http, json, server};
use support::{identity, journal, rated, settings};
use tablet_app::app::{StartOptions, Starter};
use tablet_app::clock::Clock;
use tablet_app::journal::{FILE, Journal, Options};
use tablet_app::startup::{StartupFault, StartupInput, StartupPage, Work};
use tempfile::tempdir;

/// Looks until something is so; 10 ms lie between two.
const LOOKS: usize = 1_500;

fn begin(dir: &Path, server: Option<&str>, code: Option<&str>) -> Starter {
    let start = StartOptions {
        dir: dir.to_owned(),
        server: server.map(str::to_owned),
        enrol: code.map(|code| Admission { server: None, code: code.to_owned() }),
        export_dir: None,
    };
    Starter::new(start, Clock::start(), || {})
}

fn until(starter: &mut Starter, is_so: impl Fn(&StartupPage) -> bool) {
    for _ in 0..LOOKS {
        assert!(starter.attend().is_none(), "it is ready");
        if is_so(starter.startup().page()) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{:?}", starter.startup().page());
}

fn ready(starter: &mut Starter) -> Journal {
    for _ in 0..LOOKS {
        if let Some(journal) = starter.attend() {
            return journal;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{:?}", starter.startup().page());
}

fn is_failed(page: &StartupPage, why: &str) -> bool {
    matches!(page, StartupPage::Enrol { work: Work::Failed(said), .. } if *said == why)
}

fn is_fault(page: &StartupPage, which: StartupFault) -> bool {
    matches!(page, StartupPage::Fault { fault, .. } if *fault == which)
}

fn problem(status: &str, code: ProblemCode) -> String {
    http(status, "", &json(&Problem { code, message: "no".to_owned(), head: None }))
}

#[test]
fn a_tablet_that_is_not_enrolled_asks_for_a_code_and_goes_on_into_the_question() {
    let (address, _asked) = server(|request| {
        if !request.line.starts_with("POST /api/v1/enrolments") {
            http("200 OK", "", &json(&settings()))
        } else if String::from_utf8_lossy(&request.body).contains("RIGHT") {
            http("200 OK", "", &json(&identity("").enrolled))
        } else {
            problem("403 Forbidden", ProblemCode::BadCode)
        }
    });
    let home = tempdir().unwrap();
    let dir = home.path().join("tablet");
    let mut starter = begin(&dir, None, None);
    until(&mut starter, |page| matches!(page, StartupPage::Enrol { work: Work::Idle, .. }));
    assert!(!dir.exists(), "nothing is made before somebody has a code");
    starter.put(StartupInput::Write("WRONG\n".into()));
    starter.put(StartupInput::Write("here\n".into()));
    until(&mut starter, |page| is_failed(page, "address"));
    for _ in 0..4 {
        starter.put(StartupInput::Erase);
    }
    starter.put(StartupInput::Write(format!("{address}\n")));
    until(&mut starter, |page| is_failed(page, "code"));
    for _ in 0..5 {
        starter.put(StartupInput::Erase);
    }
    starter.put(StartupInput::Write("RIGHT\n".into()));
    let journal = ready(&mut starter);
    assert!(journal.settings().unwrap().is_some(), "with what it asks");
}

#[test]
fn a_server_whose_address_was_mistyped_learns_no_token() {
    let (wrong, wrongly) = server(|_| problem("403 Forbidden", ProblemCode::BadCode));
    let (right, rightly) = server(|request| {
        if request.line.starts_with("POST") {
            http("200 OK", "", &json(&identity("").enrolled))
        } else {
            http("200 OK", "", &json(&settings()))
        }
    });
    let dir = tempdir().unwrap();
    let mut starter = begin(dir.path(), Some(&wrong), Some("7KQ2"));
    until(&mut starter, |page| is_failed(page, "code"));
    drop(ready(&mut begin(dir.path(), Some(&right), Some("7KQ2"))));
    let token =
        |body: &[u8]| serde_json::from_slice::<serde_json::Value>(body).unwrap()["token"].clone();
    let (first, second) = (wrongly.recv().unwrap(), rightly.recv().unwrap());
    assert_ne!(token(&first.body), token(&second.body));
}

#[test]
fn a_code_that_is_not_taken_keeps_no_enrolled_tablet_from_its_question() {
    let (address, asked) = server(|request| {
        if request.line.starts_with("GET") {
            problem("401 Unauthorized", ProblemCode::Unauthorised)
        } else {
            problem("403 Forbidden", ProblemCode::BadCode)
        }
    });
    let dir = tempdir().unwrap();
    drop(journal(dir.path(), &address));
    drop(ready(&mut begin(dir.path(), Some(&address), Some("USED"))));
    assert_eq!(asked.try_iter().count(), 2, "it was tried");
    // Nor one of another server, nor an address that is none.
    for (server, code) in [("http://127.0.0.1:2", Some("USED")), ("here", None)] {
        let journal = ready(&mut begin(dir.path(), Some(server), code));
        assert_eq!(journal.status().unwrap().server.as_deref(), Some(address.as_str()));
    }
    let moved = ready(&mut begin(dir.path(), Some("http://127.0.0.1:9"), None));
    assert_eq!(moved.status().unwrap().server.as_deref(), Some("http://127.0.0.1:9"));
}

#[test]
fn a_journal_that_another_program_has_is_waited_for() {
    let dir = tempdir().unwrap();
    let other = journal(dir.path(), "http://127.0.0.1:1");
    let mut starter = begin(dir.path(), None, None);
    until(&mut starter, |page| is_fault(page, StartupFault::InUse));
    drop(other);
    ready(&mut starter);
}

#[test]
fn what_can_not_be_opened_is_told_with_its_reason() {
    let dir = tempdir().unwrap();
    fs::write(dir.path().join(FILE), "a letter").unwrap();
    until(&mut begin(dir.path(), None, None), |page| is_fault(page, StartupFault::Damaged));
    let file = dir.path().join("a file");
    fs::write(&file, "").unwrap();
    let mut starter = begin(&file.join("tablet"), Some("http://127.0.0.1:1"), Some("7KQ2"));
    until(&mut starter, |page| is_fault(page, StartupFault::ReadOnly));
    let mut starter = begin(&dir.path().join("new"), Some("http://127.0.0.1:1"), Some("7KQ2"));
    until(&mut starter, |page| is_failed(page, "network"));
    assert!(starter.startup().wakes_at().is_some(), "it tries again by itself");
}

#[test]
fn a_damaged_journal_is_salvaged_from_the_glass_into_a_sealed_file_alone() {
    let (dir, stick) = (tempdir().unwrap(), tempdir().unwrap());
    let damage = |with_key: bool| {
        let journal = journal(dir.path(), "http://127.0.0.1:1");
        let key = with_key.then(|| PublicKey::of(&[3; 32]).unwrap());
        let settings = Settings { export_key: key, ..settings() };
        journal.put_settings(serde_json::to_string(&settings).unwrap(), None).unwrap();
        journal.append((0..50).flat_map(|at| rated(Level::Neutral, at)).collect()).unwrap();
        drop(journal);
        let path = dir.path().join(FILE);
        let mut bytes = fs::read(&path).unwrap();
        bytes[..16].fill(0);
        fs::write(path, bytes).unwrap();
        let start = StartOptions {
            dir: dir.path().to_owned(),
            export_dir: Some(stick.path().to_owned()),
            ..StartOptions::default()
        };
        let mut starter = Starter::new(start, Clock::start(), || {});
        until(&mut starter, |page| is_fault(page, StartupFault::Damaged));
        starter.put(StartupInput::Salvage);
        starter.put(StartupInput::Confirm);
        starter
    };
    let mut starter = damage(false);
    until(&mut starter, |page| {
        matches!(page, StartupPage::Salvage { work: Work::Failed("key"), .. })
    });
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 0, "anybody may be standing there");
    fs::remove_file(dir.path().join(FILE)).unwrap();
    let mut starter = damage(true);
    until(&mut starter, |page| matches!(page, StartupPage::Saved(saved) if saved.missing == 0));
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 1);
    starter.put(StartupInput::Confirm);
    until(&mut starter, |page| matches!(page, StartupPage::Enrol { .. }));
    let anew = Journal::open(dir.path(), &Clock::start(), Options::default()).unwrap();
    assert!(anew.identity().unwrap().is_none());
}
