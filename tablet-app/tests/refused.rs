//! What the courier does and says when something stands between it and its server.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::heartbeat::{Heard, Heartbeat};
use protocol::{Head, Level};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::server::{Reply, http, json, server, server_with_settings, unknown};
use support::uploading::{acknowledge, batch_of, brisk, head_of, links, start, wait_for};
use support::{TABLET, journal, rated, settings};
use tablet_app::clock::Clock;
use tablet_app::courier::policy::Pace;
use tablet_app::courier::{Condition, Courier, News};
use tablet_app::link::Link;
use tempfile::tempdir;

/// A content filter that refuses a word: the batch passes whole in another encoding.
#[test]
fn a_word_that_a_firewall_refuses_passes_it_in_another_form() {
    let dir = tempdir().unwrap();
    let (address, asked) = server(move |request| {
        if request.line.starts_with("GET") {
            return http("200 OK", "", &json(&settings()));
        }
        if String::from_utf8_lossy(&request.body).contains("very_dissatisfied") {
            return http("403 Forbidden", "content-type: text/html\r\n", "<html>blocked</html>");
        }
        acknowledge(head_of(&batch_of(&request.body)))
    });
    let journal = journal(dir.path(), &address);
    for level in [Level::Satisfied, Level::VeryDissatisfied, Level::Satisfied] {
        journal.append(rated(level, 0)).unwrap();
    }
    let (_courier, news) = start(&journal);
    wait_for(&journal, 3);
    assert_eq!(links(&news), [Link::Good]);
    let posts = asked.try_iter().filter(|one| one.line.starts_with("POST")).count();
    assert_eq!(posts, 2, "once in each form");
}

/// One event that passes in no form: those before it pass, and everybody hears of it, until it passes.
#[test]
fn an_event_that_is_refused_for_ever_is_named_and_those_before_it_pass() {
    let dir = tempdir().unwrap();
    let open = Arc::new(AtomicBool::new(false));
    let gate = Arc::clone(&open);
    let (address, asked) = server_with_settings(move |request| {
        if request.line.contains("/heartbeat ") {
            return Reply::Told(http("204 No Content", "", ""));
        }
        let batch = batch_of(&request.body);
        let last = head_of(&batch);
        if last.number >= 3 && !gate.load(Ordering::SeqCst) {
            return Reply::Aside(http("403 Forbidden", "", "<html>blocked</html>"));
        }
        Reply::Aside(acknowledge(last))
    });
    let journal = journal(dir.path(), &address);
    for _ in 0..5 {
        journal.append(rated(Level::Satisfied, 0)).unwrap();
    }
    let (tell, news) = channel();
    let pace = Pace { beat_ms: 50, ..brisk() };
    let told = move |one| drop(tell.send(one));
    let courier =
        Courier::start(journal.clone(), Clock::start(), pace, Condition::default(), told).unwrap();
    wait_for(&journal, 2);
    let blocked = asked.iter().find_map(|beat| {
        let beat: Heartbeat = serde_json::from_slice(&beat.body).unwrap();
        beat.blocked.map(|blocked| (blocked, beat.pending))
    });
    let (blocked, pending) = blocked.unwrap();
    assert_eq!((blocked.number, blocked.status, pending), (3, Some(403), 3));
    assert!((0..60_000).contains(&blocked.since), "by the server's time, which stands at 1970");
    open.store(true, Ordering::SeqCst);
    wait_for(&journal, 5);
    drop(courier);
    let said: Vec<_> = news
        .try_iter()
        .filter_map(|one| match one {
            News::Blocked(blocked) => Some(blocked.map(|blocked| blocked.number)),
            _ => None,
        })
        .collect();
    assert_eq!(said, [Some(3), None]);
}

/// The technician carried the journal by a stick: the server has the event that does not get through,
/// and the tablet learns of it by the head that the heartbeat is answered with.
#[test]
fn a_tablet_goes_on_behind_an_event_that_was_carried_by_hand() {
    let dir = tempdir().unwrap();
    let carried = Arc::new(Mutex::new(Head::start(TABLET)));
    let known = Arc::clone(&carried);
    let (address, _asked) = server_with_settings(move |request| {
        Reply::Aside(if request.line.contains("/heartbeat ") {
            let head = *known.lock().unwrap();
            http("200 OK", "", &json(&Heard { head, server_time: 0 }))
        } else if batch_of(&request.body).first <= 1 {
            http("403 Forbidden", "", "<html>blocked</html>")
        } else {
            acknowledge(head_of(&batch_of(&request.body)))
        })
    });
    let journal = journal(dir.path(), &address);
    let first = journal.append(rated(Level::VeryDissatisfied, 0)).unwrap();
    for _ in 0..2 {
        journal.append(rated(Level::Satisfied, 0)).unwrap();
    }
    let (tell, news) = channel();
    let pace = Pace { beat_ms: 50, ..brisk() };
    let told = move |one| drop(tell.send(one));
    let courier =
        Courier::start(journal.clone(), Clock::start(), pace, Condition::default(), told).unwrap();
    let blocked = |one: &News| matches!(one, News::Blocked(Some(_)));
    assert!(news.iter().any(|one| blocked(&one)));
    *carried.lock().unwrap() = first;
    wait_for(&journal, 3);
    drop(courier);
    assert!(news.try_iter().any(|one| matches!(one, News::Blocked(None))));
}

#[test]
fn what_answers_in_the_place_of_the_server_is_told_by_its_kind() {
    let unknown = unknown();
    let portal = http("302 Found", "location: http://login.example/\r\n", "");
    let page = http("200 OK", "content-type: text/html\r\n", "<html>Sign in</html>");
    let asks = http("511 Network Authentication Required", "", "<html>Sign in</html>");
    let away = http("502 Bad Gateway", "", "<html>");
    for (answer, link) in [
        (unknown, Link::Refused),
        (portal, Link::Foreign),
        (page, Link::Foreign),
        (asks, Link::Foreign),
        (away, Link::Offline),
    ] {
        let dir = tempdir().unwrap();
        let (address, _asked) = server(move |_| answer.clone());
        let journal = journal(dir.path(), &address);
        journal.append(rated(Level::Satisfied, 0)).unwrap();
        let (_courier, news) = start(&journal);
        std::thread::sleep(Duration::from_millis(300));
        assert_eq!(links(&news), [link], "told once, whatever is asked");
    }
}
