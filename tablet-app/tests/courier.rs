//! The courier against small servers made by hand: some right, some wrong, some gone.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::exchange::{Batch, Problem, ProblemCode};
use protocol::heartbeat::{Heard, Heartbeat};
use protocol::limits::SETTINGS_BYTES;
use protocol::{Head, Level};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;
use support::server::{Reply, http, json, server, server_with_settings, wait};
use support::uploading::{acknowledge, batch_of, brisk, head_of, links, start, wait_for};
use support::{TABLET, journal, rated, settings, tamper};
use tablet_app::clock::Clock;
use tablet_app::courier::policy::Pace;
use tablet_app::courier::{Condition, Courier, Failure, Http, News};
use tablet_app::link::Link;
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
    let later = told(http("503 Busy", "retry-after: 8\r\n", "<html>try later</html>"));
    assert_eq!(later.retry_after(), Some(8));
    let later = told(http("503 Busy", "retry-after: Fri, 27 Nov 2026 07:28:00 GMT\r\n", ""));
    assert_eq!(later.retry_after(), None, "a date is no number of seconds");
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
    let flood = http("200 OK", "", &" ".repeat(SETTINGS_BYTES + 1));
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
            let batch = batch_of(&request.body);
            let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key();
            assert_eq!(batch.open(&key, TABLET).unwrap().last(), Some(&head_of(&batch)));
            acknowledge(head_of(&batch))
        })
    });
    let journal = journal(dir.path(), &address);
    let (_courier, news) = start(&journal);
    assert!(matches!(news.recv().unwrap(), News::Link(Link::Good)));
    assert!(matches!(news.recv().unwrap(), News::Settings(_)));
    journal.append(rated(Level::Satisfied, 0)).unwrap();
    wait_for(&journal, 1);
    journal.append(rated(Level::Neutral, 0)).unwrap();
    wait_for(&journal, 2);
    // Settings come all the time: only that the server does not know the tablet is news.
    assert_eq!(links(&news), [Link::Refused, Link::Good]);
}

/// Half a minute of a slow line in a second: each part comes in time, the whole does not.
#[test]
fn large_settings_come_over_a_slow_line_and_a_silent_one_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for (turn, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let body = json(&settings());
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
            stream.write_all(head.as_bytes()).unwrap();
            for part in body.as_bytes().chunks(body.len() / 8 + 1) {
                std::thread::sleep(Duration::from_millis(if turn == 0 { 100 } else { 900 }));
                if stream.write_all(part).is_err() {
                    break;
                }
            }
        }
    });
    let http = Http::new(&address).unwrap().with_patience(Duration::from_millis(500));
    let fetched = wait(http.settings(TABLET, &[9; 32], None)).unwrap();
    assert_eq!(fetched.body.unwrap().settings, settings(), "800 ms in all");
    let late = wait(http.settings(TABLET, &[9; 32], None)).unwrap_err();
    assert!(matches!(late, Failure::TimedOut { .. }), "{late}");
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

/// Each heartbeat tells the same of a fork; the look whether a person mended it comes in its own time.
#[test]
fn a_known_fork_is_checked_again_in_its_own_time_despite_heartbeats() {
    let dir = tempdir().unwrap();
    let theirs = Head { number: 1, digest: protocol::Digest([1; 32]) };
    let (address, asked) = server_with_settings(move |request| {
        if request.line.contains("/heartbeat ") {
            let heard = Heard { head: theirs, server_time: 0 };
            return Reply::Aside(http("200 OK", "", &json(&heard)));
        }
        let message = String::new();
        let fork = Problem { code: ProblemCode::Fork, message, head: Some(theirs) };
        Reply::Told(http("409 Conflict", "", &json(&fork)))
    });
    let journal = journal(dir.path(), &address);
    for _ in 0..2 {
        let head = journal.append(rated(Level::Satisfied, 0)).unwrap();
        journal.acknowledge(head, 0).unwrap();
    }
    journal.append(rated(Level::Satisfied, 0)).unwrap();
    let pace = Pace { beat_ms: 20, forked_ms: 300, ..brisk() };
    let courier =
        Courier::start(journal.clone(), Clock::start(), pace, Condition::default(), |_| ());
    for _ in 0..3 {
        asked.recv_timeout(Duration::from_secs(20)).unwrap();
    }
    drop(courier);
    assert!(journal.status().unwrap().forked.is_some());
}

/// The server hears why nothing comes any more, and the window is told to have the journal salvaged.
#[test]
fn damage_that_holds_events_back_is_told_while_the_tablet_runs() {
    let dir = tempdir().unwrap();
    let (address, asked) = server_with_settings(|_| Reply::Told(http("204 No Content", "", "")));
    let journal = journal(dir.path(), &address);
    for _ in 0..3 {
        journal.append(rated(Level::Satisfied, 0)).unwrap();
    }
    tamper(dir.path(), "update events set bytes = x'00' where number = 2");
    let (_courier, news) = start(&journal);
    assert!(news.iter().any(|one| matches!(one, News::Damaged)));
    let beat: Heartbeat = asked
        .try_iter()
        .filter_map(|beat| serde_json::from_slice::<Heartbeat>(&beat.body).ok())
        .find(|beat| beat.trouble.is_some())
        .unwrap();
    assert_eq!((beat.trouble.as_deref(), beat.pending), (Some("damaged"), 3));
}

#[test]
fn a_forked_chain_raises_the_alarm_and_keeps_everything() {
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
        let forked = news.iter().find(|one| matches!(one, News::Forked(_)));
        assert!(forked.is_some());
        journal.append(rated(Level::Satisfied, 0)).unwrap();
        let status = journal.status().unwrap();
        assert_eq!((status.recorded, status.acknowledged), (2, 0));
        std::thread::sleep(Duration::from_millis(100));
        drop(courier);
        let posts = asked.try_iter().filter(|asked| asked.line.starts_with("POST")).count();
        assert_eq!(posts, 1, "nothing more is sent");
    }
}
