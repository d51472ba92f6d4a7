//! A tablet whose chain can not go on at its server becomes another one that continues it: it carries
//! everything it keeps, unchanged but for the numbers, and a power cut or a full disk in the midst of
//! it leaves the one tablet or the other.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::event::{Continues, unnumbered};
use protocol::exchange::{Acknowledged, Batch, EnrolRequest, Enrolled, Problem, ProblemCode};
use protocol::{Digest, Event, Head, Level, What};
use std::path::Path;
use std::time::Duration;
use support::server::{http, json, server};
use support::{TABLET, identity, journal, journal_with, rated, settings};
use tablet_app::clock::Clock;
use tablet_app::courier::policy::Pace;
use tablet_app::courier::{Condition, Courier, EnrolError, Failure, enrol, transfer};
use tablet_app::journal::{Identity, Journal, JournalError, Options};
use tempfile::{TempDir, tempdir};
use uuid::Uuid;

const OTHER: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0002);
const DAY: i64 = 24 * 3_600_000;

/// The identity of another tablet at another counter.
fn other(server: &str) -> Identity {
    Identity {
        server: server.to_owned(),
        secret_key: [17; 32],
        token: [19; 32],
        enrolled: Some(Enrolled { tablet: OTHER, counter: "Q06".to_owned() }),
    }
}

/// A journal with five events, of which the server has two.
fn five(dir: &Path, server: &str) -> (Journal, Head) {
    let journal = journal(dir, server);
    let settings = serde_json::to_string(&settings()).unwrap();
    journal.put_settings(settings, Some("\"7\"".to_owned())).unwrap();
    journal.append(rated(Level::Satisfied, 0)).unwrap();
    let head = journal.append(rated(Level::Neutral, 1)).unwrap();
    journal.acknowledge(head, 0).unwrap();
    for at in 2..5 {
        journal.append(rated(Level::Dissatisfied, at)).unwrap();
    }
    (journal, head)
}

/// What the events of a chain say beside their numbers.
fn words(journal: &Journal) -> Vec<Vec<u8>> {
    let slice = journal.batch_after(0, 1_000, 1 << 20).unwrap();
    let events = slice.events.iter().zip(1..);
    let words = events.map(|(one, number)| unnumbered(one.get().as_bytes(), number).unwrap());
    words.map(<[u8]>::to_vec).collect()
}

#[test]
fn a_tablet_that_continues_carries_everything_it_keeps() {
    let dir = tempdir().unwrap();
    let (journal, acknowledged) = five(dir.path(), "http://one");
    let before = words(&journal);
    journal.put_forked(TABLET, Some("another chain".to_owned())).unwrap();
    assert_eq!(journal.status().unwrap().forked.as_deref(), Some("another chain"));
    journal.put_forked(OTHER, None).unwrap();
    assert!(journal.status().unwrap().forked.is_some(), "of another tablet nothing is noted");
    journal.continue_as(other("http://one")).unwrap();

    let status = journal.status().unwrap();
    assert_eq!((status.recorded, status.acknowledged, status.pending), (6, 0, 6));
    assert_eq!((status.tablet, status.counter.as_deref()), (Some(OTHER), Some("Q06")));
    assert_eq!(status.forked, None);
    let slice = journal.batch_after(0, 10, 1 << 20).unwrap();
    assert_eq!(slice.previous, Head::start(OTHER));
    let first = Event::read(slice.events[0].get().as_bytes(), 1).unwrap();
    let said = Continues { tablet: TABLET, head: acknowledged };
    assert_eq!(first.what, What::Continues(said));
    assert_eq!(words(&journal)[1..], before);

    // Checked again from its beginning at each start, and it goes on.
    drop(journal);
    let journal = Journal::open(dir.path(), &Clock::start(), Options::default()).unwrap();
    let head = journal.append(rated(Level::Satisfied, 9)).unwrap();
    assert_eq!(head.number, 7);
    journal.acknowledge(head, 0).unwrap();
    assert_eq!(journal.status().unwrap().pending, 0);
}

#[test]
fn what_was_recorded_as_another_tablet_is_kept_until_the_server_has_it() {
    let dir = tempdir().unwrap();
    let (journal, _) = five(dir.path(), "http://one");
    journal.continue_as(other("http://one")).unwrap();
    assert_eq!(journal.prune().unwrap(), 0);
    let slice = journal.batch_after(0, 6, 1 << 20).unwrap();
    let bytes: Vec<&[u8]> = slice.events.iter().map(|one| one.get().as_bytes()).collect();
    let most = slice.previous.extend_all(bytes[..5].iter().copied());
    journal.acknowledge(most, 0).unwrap();
    assert_eq!(journal.prune().unwrap(), 0, "one of them is not there yet");
    let all = slice.previous.extend_all(bytes.iter().copied());
    journal.acknowledge(all, 0).unwrap();
    assert_eq!(journal.prune().unwrap(), 5);
    journal.proven(40 * DAY).unwrap();
    assert_eq!(journal.status().unwrap().recorded, 6);
}

#[test]
fn a_full_disk_leaves_it_the_tablet_it_was() {
    let dir = tempdir().unwrap();
    let tight = Options { max_pages: Some(60), ..Options::default() };
    let journal = journal_with(dir.path(), "http://one", tight);
    let mut head = Head::start(TABLET);
    while let Ok(next) = journal.append(rated(Level::Satisfied, 0)) {
        head = next;
    }
    let failed = journal.continue_as(other("http://one"));
    assert!(matches!(failed, Err(JournalError::Full { .. })), "{failed:?}");
    let status = journal.status().unwrap();
    assert_eq!((status.tablet, status.recorded), (Some(TABLET), head.number));
    drop(journal);
    let journal = Journal::open(dir.path(), &Clock::start(), Options::default()).unwrap();
    assert!(journal.identity().unwrap().unwrap() == identity("http://one"));
    journal.continue_as(other("http://one")).unwrap();
    assert_eq!(journal.status().unwrap().pending, head.number + 1);
}

fn refused(code: ProblemCode) -> String {
    let message = "no".to_owned();
    http("403 Forbidden", "", &json(&Problem { code, message, head: None }))
}

fn unknown() -> String {
    let (code, message) = (ProblemCode::Unauthorised, "unknown".to_owned());
    http("401 Unauthorized", "", &json(&Problem { code, message, head: None }))
}

fn admitted() -> String {
    http("200 OK", "", &json(&Enrolled { tablet: OTHER, counter: "Q06".to_owned() }))
}

/// The request with which a tablet becomes another one.
fn is_of_another(request: &EnrolRequest) -> bool {
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key().to_bytes();
    request.tablet.is_none() && request.public_key != key && request.token != [9; 32]
}

#[test]
fn a_forked_tablet_is_enrolled_as_another_one_with_a_key_of_its_own() {
    // The last answer is given first: the first one to the code is lost.
    let mut answers = vec![admitted(), String::new()];
    let (address, asked) = server(move |request| {
        if request.line.starts_with("GET") {
            http("200 OK", "", &json(&settings()))
        } else {
            answers.pop().unwrap_or_default()
        }
    });
    let dir = tempdir().unwrap();
    let (journal, _) = five(dir.path(), &address);
    journal.put_forked(TABLET, Some("another chain".to_owned())).unwrap();
    let lost = enrol(&journal, &address, "ABCD");
    assert!(matches!(lost, Err(EnrolError::Failure(Failure::Lost { .. }))), "{lost:?}");
    assert_eq!(journal.status().unwrap().tablet, Some(TABLET));
    let enrolled = enrol(&journal, &address, "ABCD").unwrap();
    assert_eq!((enrolled.tablet, enrolled.counter.as_str()), (OTHER, "Q06"));

    let asked: Vec<_> = asked.try_iter().filter(|one| one.line.starts_with("POST")).collect();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0].body, asked[1].body, "whoever lost the answer asks for the same tablet");
    assert!(is_of_another(&serde_json::from_slice(&asked[0].body).unwrap()));
    assert_eq!(journal.status().unwrap().pending, 6);
    assert!(journal.settings().unwrap().is_some());
}

#[test]
fn a_retired_tablet_comes_back_as_another_one() {
    for on_the_glass in [false, true] {
        let mut answers = vec![admitted(), refused(ProblemCode::Retired)];
        let (address, asked) = server(move |request| {
            if request.line.starts_with("GET") {
                unknown()
            } else {
                answers.pop().unwrap_or_default()
            }
        });
        let dir = tempdir().unwrap();
        let (journal, _) = five(dir.path(), &address);
        let enrolled = if on_the_glass {
            transfer(&journal, &"ABCD".parse().unwrap()).unwrap()
        } else {
            enrol(&journal, &address, "ABCD").unwrap()
        };
        assert_eq!(enrolled.tablet, OTHER);
        let asked: Vec<_> = asked.try_iter().filter(|one| one.line.starts_with("POST")).collect();
        let as_itself: EnrolRequest = serde_json::from_slice(&asked[0].body).unwrap();
        assert_eq!(as_itself.tablet, Some(TABLET));
        assert!(is_of_another(&serde_json::from_slice(&asked[1].body).unwrap()));
        assert_eq!(journal.status().unwrap().pending, 6);
    }
}

#[test]
fn a_tablet_whose_beginning_was_let_go_continues_where_its_server_lost_it() {
    let (address, asked) =
        server(|request| if request.line.starts_with("GET") { unknown() } else { admitted() });
    let dir = tempdir().unwrap();
    let options = Options { keep_ms: DAY, ..Options::default() };
    let journal = journal_with(dir.path(), &address, options);
    let entries = (0..4).flat_map(|at| rated(Level::Satisfied, at)).collect();
    let head = journal.append(entries).unwrap();
    journal.acknowledge(head, 0).unwrap();
    journal.proven(DAY).unwrap();
    journal.proven(3 * DAY).unwrap();
    assert_eq!(journal.prune().unwrap(), 3);
    assert_eq!(enrol(&journal, &address, "ABCD").unwrap().tablet, OTHER);
    let asked: Vec<_> = asked.try_iter().filter(|one| one.line.starts_with("POST")).collect();
    assert!(is_of_another(&serde_json::from_slice(&asked[0].body).unwrap()), "at once");
    assert_eq!(journal.status().unwrap().recorded, 2, "what is kept, and whom it continues");
}

#[test]
fn a_running_courier_goes_on_as_the_other_tablet() {
    let (address, asked) = server(|request| {
        if request.line.contains("/enrolments") {
            return admitted();
        }
        if request.line.starts_with("GET") {
            return http("200 OK", "", &json(&settings()));
        }
        if request.line.contains(&TABLET.to_string()) {
            let (code, message) = (ProblemCode::Fork, "another chain".to_owned());
            return http("409 Conflict", "", &json(&Problem { code, message, head: None }));
        }
        let batch: Batch = serde_json::from_slice(&request.body).unwrap();
        let number = batch.first + batch.events.len() as u64 - 1;
        let head = Head { number, digest: batch.digest };
        let (stored, quarantined, server_time) = (batch.events.len() as u64, 0, 0);
        http("200 OK", "", &json(&Acknowledged { head, stored, quarantined, server_time }))
    });
    let dir: TempDir = tempdir().unwrap();
    let clock = Clock::start();
    let (journal, _) = five(dir.path(), &address);
    let pace = Pace { settings_ms: 60_000, base_ms: 10, ..Pace::default() };
    let condition = Condition::default();
    let _courier = Courier::start(journal.clone(), clock, pace, condition, |_| {}).unwrap();
    let wait = |what: &str, ready: &dyn Fn() -> bool| {
        for _ in 0..1_000 {
            if ready() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("waited in vain: {what}");
    };
    wait("the fork", &|| journal.status().unwrap().forked.is_some());
    transfer(&journal, &"ABCD".parse().unwrap()).unwrap();
    wait("delivery", &|| journal.status().unwrap().pending == 0);
    let as_before = asked
        .try_iter()
        .filter(|one| one.line.starts_with("POST") && one.line.contains(&TABLET.to_string()));
    assert_eq!(as_before.count(), 1, "under its old name it was refused once and sends no more");
}

#[test]
fn a_digest_of_the_tablet_before_proves_nothing_of_this_one() {
    let dir = tempdir().unwrap();
    let (journal, acknowledged) = five(dir.path(), "http://one");
    journal.continue_as(other("http://one")).unwrap();
    journal.acknowledge(acknowledged, 0).unwrap();
    let beyond = Head { number: 6, digest: Digest([1; 32]) };
    journal.acknowledge(beyond, 0).unwrap();
    assert_eq!(journal.status().unwrap().acknowledged, 0);
}
