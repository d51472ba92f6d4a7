//! The courier against small servers made by hand: some right, some wrong, some gone.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::exchange::{
    Acknowledged, Batch, EnrolRequest, Enrolled, Problem, ProblemCode, settings_path,
};
use protocol::{Head, Level};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use support::server::{http, json, server, wait};
use support::{TABLET, identity, journal, rated, settings};
use tablet_app::clock::Clock;
use tablet_app::courier::policy::Pace;
use tablet_app::courier::{Condition, Courier, EnrolError, Failure, Http, News, enrol};
use tablet_app::journal::{Journal, Options};
use tempfile::tempdir;

fn fetch(address: &str, etag: Option<&str>) -> Result<Option<String>, Failure> {
    let http = Http::new(address)?;
    let fetched = wait(http.settings(TABLET, &[9; 32], etag))?;
    Ok(fetched.body.map(|fetched| {
        assert_eq!(fetched.settings, settings());
        fetched.etag.unwrap_or_default()
    }))
}

#[test]
fn settings_are_fetched_by_token_and_etag() {
    let (address, asked) = server(|request| {
        if request.head.contains("if-none-match: \"7\"") {
            http("304 Not Modified", "", "")
        } else {
            http("200 OK", "etag: \"7\"\r\n", &json(&settings()))
        }
    });
    assert_eq!(fetch(&address, None), Ok(Some("\"7\"".to_owned())));
    let request = asked.recv().unwrap();
    assert_eq!(request.line, format!("GET /api/v1/tablets/{TABLET}/settings HTTP/1.1"));
    assert!(request.head.contains(&format!("authorization: Bearer {}", "09".repeat(32))));
    assert_eq!(fetch(&address, Some("\"7\"")), Ok(None));
}

#[test]
fn every_wrong_answer_is_told_honestly() {
    let told = |answer: String| {
        let (address, _asked) = server(move |_| answer.clone());
        fetch(&address, None).unwrap_err()
    };
    let page = http("200 OK", "content-type: text/html\r\n", "<!doctype html><p>Router</p>");
    assert!(told(page).to_string().contains("it answered with a web page (status 200)"));
    let other = http("200 OK", "", r#"{"some":"other service"}"#);
    assert!(told(other).to_string().contains("JSON of another kind"));
    let missing = http("404 Not Found", "", "");
    assert!(matches!(told(missing), Failure::WrongServer { status: 404, .. }));
    let moved = http("302 Found", "location: http://127.0.0.1:1/\r\n", "");
    assert!(matches!(told(moved), Failure::WrongServer { status: 302, .. }));
    let unasked = http("304 Not Modified", "", "");
    assert!(matches!(told(unasked), Failure::WrongServer { status: 304, .. }));
    for status in ["500 Oh", "502 Bad Gateway", "429 Too Many Requests"] {
        let proxy = http(status, "", "<html>try later</html>");
        assert!(matches!(told(proxy), Failure::Unavailable { .. }), "{status}");
    }
    let problem = Problem {
        code: ProblemCode::Unauthorised,
        message: "unknown tablet".to_owned(),
        head: None,
    };
    let refusal = told(http("401 Unauthorized", "", &json(&problem)));
    assert!(refusal.to_string().contains("refused: unknown tablet (status 401)"), "{refusal}");
    assert!(matches!(told(String::new()), Failure::Lost { .. }));
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{".to_owned();
    assert!(matches!(told(half), Failure::Lost { .. }));
    let flood = http("200 OK", "", &" ".repeat(1024 * 1024 + 1));
    assert!(matches!(told(flood), Failure::WrongServer { .. }));
}

#[test]
fn nobody_there_and_no_address_are_told_apart() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = fetch(&format!("http://{free}"), None).unwrap_err();
    assert!(matches!(error, Failure::Unreachable { .. }), "{error}");
    assert!(error.to_string().contains("refused"), "{error}");
    for address in ["", "localhost:80", "ftp://host", "http://", "not an address"] {
        assert!(matches!(Http::new(address), Err(Failure::Address { .. })), "{address}");
    }
}

// --- enrolment --------------------------------------------------------------------------------

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

fn unknown() -> String {
    let message = "unknown tablet".to_owned();
    let problem = Problem { code: ProblemCode::Unauthorised, message, head: None };
    http("401 Unauthorized", "", &json(&problem))
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
fn a_lost_tablet_stays_itself_whatever_the_server_answers_to_its_code() {
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

// --- the courier ------------------------------------------------------------------------------

fn brisk() -> Pace {
    Pace { settings_ms: 60_000, base_ms: 10, ceiling_ms: 50, parted_ms: 3_600_000, beat_ms: 60_000 }
}

fn start(journal: &Journal) -> (Courier, Receiver<News>) {
    let (tell, news) = channel();
    let told = move |one| {
        // It comes with every answer; its own test looks at it.
        if !matches!(one, News::Skew(_)) {
            let _ = tell.send(one);
        }
    };
    let (clock, condition) = (Clock::start(), Condition::default());
    let courier = Courier::start(journal.clone(), clock, brisk(), condition, told);
    (courier.unwrap(), news)
}

fn acknowledge(head: Head) -> String {
    http("200 OK", "", &json(&Acknowledged { head, stored: 1, quarantined: 0, server_time: 0 }))
}

fn wait_for(journal: &Journal, acknowledged: u64) {
    for _ in 0..1_000 {
        if journal.status().unwrap().acknowledged == acknowledged {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("still at {:?}", journal.status().unwrap());
}

fn head_of(batch: &Batch) -> Head {
    Head { number: batch.first + batch.events.len() as u64 - 1, digest: batch.digest }
}

#[test]
fn events_arrive_in_spite_of_everything_the_server_says() {
    let dir = tempdir().unwrap();
    let mut refusals = vec![
        String::new(),
        http("500 Oh", "", "<html>"),
        http("401 Unauthorized", "", ""),
        http(
            "410 Gone",
            "",
            &json(&Problem { code: ProblemCode::Unauthorised, message: String::new(), head: None }),
        ),
        http("200 OK", "", "{}"),
    ];
    let (address, _asked) = server(move |request| {
        if request.line.starts_with("GET") {
            return http("200 OK", "", &json(&settings()));
        }
        refusals.pop().unwrap_or_else(|| {
            let batch: Batch = serde_json::from_slice(&request.body).unwrap();
            let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key();
            assert_eq!(batch.open(&key, TABLET).unwrap().last(), Some(&head_of(&batch)));
            acknowledge(head_of(&batch))
        })
    });
    let journal = journal(dir.path(), &address);
    let (_courier, news) = start(&journal);
    assert!(matches!(news.recv().unwrap(), News::Online(true)));
    assert!(matches!(news.recv().unwrap(), News::Settings(_)));
    journal.append(rated(Level::Satisfied, 0)).unwrap();
    wait_for(&journal, 1);
    journal.append(rated(Level::Neutral, 0)).unwrap();
    wait_for(&journal, 2);
    assert!(matches!(news.recv().unwrap(), News::Online(false)));
    assert!(matches!(news.recv().unwrap(), News::Online(true)));
}

#[test]
fn a_server_that_was_set_back_gets_the_older_events_again() {
    let dir = tempdir().unwrap();
    let mut stands = Head::start(TABLET);
    let (address, _asked) = server(move |request| {
        if request.line.starts_with("GET") {
            return http("200 OK", "", &json(&settings()));
        }
        let batch: Batch = serde_json::from_slice(&request.body).unwrap();
        if batch.first == stands.number + 1 {
            stands = head_of(&batch);
            return acknowledge(stands);
        }
        let gap = Problem { code: ProblemCode::Gap, message: String::new(), head: Some(stands) };
        http("409 Conflict", "", &json(&gap))
    });
    let journal = journal(dir.path(), &address);
    for _ in 0..3 {
        let head = journal.append(rated(Level::Satisfied, 0)).unwrap();
        journal.acknowledge(head, 0).unwrap();
    }
    // The tablet believes that three are there; the server has none of them.
    journal.append(rated(Level::Satisfied, 0)).unwrap();
    let (_courier, _news) = start(&journal);
    wait_for(&journal, 4);
}

#[test]
fn a_parted_chain_raises_the_alarm_and_keeps_everything() {
    for forged in [
        acknowledge(Head { number: 1, digest: protocol::Digest([1; 32]) }),
        http(
            "409 Conflict",
            "",
            &json(&Problem {
                code: ProblemCode::Fork,
                message: "another event 1".to_owned(),
                head: None,
            }),
        ),
        http(
            "409 Conflict",
            "",
            &json(&Problem {
                code: ProblemCode::Gap,
                message: String::new(),
                head: Some(Head { number: 99, digest: protocol::Digest([1; 32]) }),
            }),
        ),
    ] {
        let dir = tempdir().unwrap();
        let (address, asked) = server(move |request| {
            if request.line.starts_with("GET") {
                http("200 OK", "", &json(&settings()))
            } else {
                forged.clone()
            }
        });
        let journal = journal(dir.path(), &address);
        journal.append(rated(Level::Satisfied, 0)).unwrap();
        let (courier, news) = start(&journal);
        let parted = news.iter().find(|one| matches!(one, News::Parted(_)));
        assert!(parted.is_some());
        journal.append(rated(Level::Satisfied, 0)).unwrap();
        let status = journal.status().unwrap();
        assert_eq!((status.recorded, status.acknowledged), (2, 0));
        std::thread::sleep(Duration::from_millis(100));
        drop(courier);
        let posts = asked.try_iter().filter(|asked| asked.line.starts_with("POST")).count();
        assert_eq!(posts, 1, "nothing more is sent");
    }
}
