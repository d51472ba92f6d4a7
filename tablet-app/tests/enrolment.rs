//! Enrolment against small servers made by hand.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::Level;
use protocol::exchange::{EnrolRequest, Enrolled, Problem, ProblemCode, settings_path};
use support::server::{http, json, server, unknown};
use support::{TABLET, identity, journal, rated, settings};
use tablet_app::clock::Clock;
use tablet_app::courier::{EnrolError, Failure, enrol};
use tablet_app::journal::{Journal, Options};
use tempfile::tempdir;

fn fresh() -> (tempfile::TempDir, Journal) {
    let dir = tempdir().unwrap();
    let journal = Journal::open(dir.path(), &Clock::start(), Options::default()).unwrap();
    (dir, journal)
}

#[test]
fn an_enrolment_whose_answer_was_lost_is_asked_again_with_the_same_key() {
    let (_dir, journal) = fresh();
    let mut answers = vec![
        http("200 OK", "", &json(&settings())),
        http("200 OK", "", &json(&identity("").enrolled)),
        String::new(),
    ];
    let (address, asked) = server(move |_| answers.pop().unwrap_or_default());
    assert!(matches!(
        enrol(&journal, &address, "ABCD"),
        Err(EnrolError::Failure(Failure::Lost { .. }))
    ));
    assert_eq!(enrol(&journal, &address, " ABCD ").unwrap().tablet, TABLET);
    let (first, second) = (asked.recv().unwrap(), asked.recv().unwrap());
    assert_eq!(first.line, "POST /api/v1/enrolments HTTP/1.1");
    assert_eq!(first.body, second.body, "the same code, key and token");
    assert_eq!(journal.settings().unwrap().unwrap().0, settings(), "the first screen is there");
    assert_eq!(
        enrol(&journal, &address, "used").unwrap().tablet,
        TABLET,
        "nobody answers, and it starts"
    );
    let elsewhere = enrol(&journal, "http://127.0.0.1:1", "ABCD");
    assert!(matches!(elsewhere, Err(EnrolError::Elsewhere { .. })));
}

#[test]
fn another_server_never_gets_the_key_that_a_first_one_may_know() {
    let (_dir, journal) = fresh();
    let (first, asked_first) = server(|_| String::new());
    let (second, asked_second) = server(|_| String::new());
    for address in [&first, &second, &second] {
        assert!(enrol(&journal, address, "ABCD").is_err());
    }
    let request = |asked: &std::sync::mpsc::Receiver<_>| {
        let asked: support::server::Asked = asked.recv().unwrap();
        serde_json::from_slice::<EnrolRequest>(&asked.body).unwrap()
    };
    let (one, two, again) = (request(&asked_first), request(&asked_second), request(&asked_second));
    assert!(one.token != two.token && one.public_key != two.public_key);
    assert_eq!((two.token, two.public_key), (again.token, again.public_key), "the same one again");
}

#[test]
fn a_wrong_code_is_told_in_the_servers_words() {
    let (_dir, journal) = fresh();
    let problem = Problem {
        code: ProblemCode::BadCode,
        message: "the code ABCD is used already".to_owned(),
        head: None,
    };
    let answer = http("403 Forbidden", "", &json(&problem));
    let (address, _asked) = server(move |_| answer.clone());
    let error = enrol(&journal, &address, "ABCD").unwrap_err().to_string();
    assert!(error.contains("the code ABCD is used already"), "{error}");
    assert!(journal.identity().unwrap().unwrap().enrolled.is_none());
}

/// An enrolled tablet whose server, it believes, has two events, and one that waits.
fn enrolled_at(address: &str) -> (tempfile::TempDir, Journal) {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), address);
    journal
        .put_settings(serde_json::to_string(&settings()).unwrap(), Some("\"7\"".to_owned()))
        .unwrap();
    journal.append(rated(Level::Satisfied, 0)).unwrap();
    let head = journal.append(rated(Level::Satisfied, 0)).unwrap();
    journal.acknowledge(head, 0).unwrap();
    journal.append(rated(Level::Neutral, 0)).unwrap();
    (dir, journal)
}

#[test]
fn a_tablet_that_its_server_has_lost_is_admitted_again_as_itself() {
    let mut admitted = false;
    let (address, asked) = server(move |request| {
        admitted |= request.line.starts_with("POST");
        match (request.line.starts_with("POST"), admitted) {
            (true, _) => {
                http("200 OK", "", &json(&Enrolled { tablet: TABLET, counter: "Q06".to_owned() }))
            }
            (false, false) => unknown(),
            (false, true) => http("304 Not Modified", "", ""),
        }
    });
    let (_dir, journal) = enrolled_at(&address);
    let enrolled = enrol(&journal, &address, " NEWCODE ").unwrap();
    assert_eq!((enrolled.tablet, enrolled.counter.as_str()), (TABLET, "Q06"));

    let asked: Vec<_> = asked.try_iter().collect();
    let get = format!("GET {} HTTP/1.1", settings_path(TABLET));
    let lines: Vec<&str> = asked.iter().map(|one| one.line.as_str()).collect();
    assert_eq!(lines, [get.as_str(), "POST /api/v1/enrolments HTTP/1.1", get.as_str()]);
    let request: EnrolRequest = serde_json::from_slice(&asked[1].body).unwrap();
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key().to_bytes();
    assert_eq!((request.public_key, request.token), (key, [9; 32]));
    assert_eq!((request.tablet, request.code.as_str()), (Some(TABLET), "NEWCODE"));

    let mut expected = identity(&address);
    expected.enrolled = Some(enrolled);
    assert!(journal.identity().unwrap().unwrap() == expected, "the same key and token");
    let status = journal.status().unwrap();
    assert_eq!((status.recorded, status.pending), (3, 3), "all of it is sent again");
}

#[test]
fn a_lost_tablet_keeps_its_identity_when_its_code_is_refused() {
    let used = Problem {
        code: ProblemCode::BadCode,
        message: "the code WRONG is unknown".to_owned(),
        head: None,
    };
    let other = Enrolled { tablet: uuid::Uuid::from_u128(5), counter: "Q05".to_owned() };
    for (answer, expected) in [
        (http("403 Forbidden", "", &json(&used)), "the code WRONG is unknown"),
        (http("200 OK", "", &json(&other)), "is the one of tablet"),
        (String::new(), "broke off"),
    ] {
        let (address, _asked) =
            server(
                move |request| {
                    if request.line.starts_with("GET") { unknown() } else { answer.clone() }
                },
            );
        let (_dir, journal) = enrolled_at(&address);
        let error = enrol(&journal, &address, "WRONG").unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert!(journal.identity().unwrap().unwrap() == identity(&address));
        assert_eq!(journal.status().unwrap().pending, 1);
    }
}

#[test]
fn an_enrolled_tablet_starts_without_its_code_and_without_its_server() {
    let proxy = http("401 Unauthorized", "", "<html>who are you?</html>");
    let good = http("200 OK", "etag: \"8\"\r\n", &json(&settings()));
    for (answer, etag) in [(good, "\"8\""), (String::new(), "\"7\""), (proxy, "\"7\"")] {
        let (address, asked) = server(move |_| answer.clone());
        let (_dir, journal) = enrolled_at(&address);
        assert_eq!(enrol(&journal, &address, "USED").unwrap().tablet, TABLET);
        assert!(asked.try_iter().all(|one| one.line.starts_with("GET")), "no code is sent");
        assert_eq!(journal.settings().unwrap().unwrap().1.as_deref(), Some(etag));
        assert_eq!(journal.status().unwrap().pending, 1);
    }
}
