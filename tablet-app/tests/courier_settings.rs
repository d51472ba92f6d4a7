//! Settings are fetched beside everything else, and an answer to an older question replaces nothing.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::Level;
use std::sync::OnceLock;
use std::time::Duration;
use support::server::{Reply, http, json, server_of_all};
use support::uploading::{acknowledge, batch_of, head_of, start, wait_for};
use support::{journal, rated, settings};
use tablet_app::courier::News;
use tablet_app::journal::Journal;
use tempfile::tempdir;

#[test]
fn events_pass_while_settings_are_on_their_way() {
    let dir = tempdir().unwrap();
    let (address, _asked) = server_of_all(|request| {
        if request.line.starts_with("GET") {
            // Neither settings nor an invitation, for as long as this test lasts.
            return Reply::Never;
        }
        Reply::Aside(if request.line.contains("/heartbeat ") {
            http("204 No Content", "", "")
        } else {
            acknowledge(head_of(&batch_of(&request.body)))
        })
    });
    let journal = journal(dir.path(), &address);
    let (_courier, _news) = start(&journal);
    for number in 1..=3 {
        journal.append(rated(Level::Satisfied, 0)).unwrap();
        // This waits ten seconds at most, less than the patience with an answer.
        wait_for(&journal, number);
    }
}

/// While the courier asks, somebody types a code that moves the tablet to another counter.
#[test]
fn settings_of_the_counter_before_do_not_replace_those_that_a_code_brought() {
    static JOURNAL: OnceLock<Journal> = OnceLock::new();
    let dir = tempdir().unwrap();
    let mut moved = settings();
    moved.counter.code = "Q06".to_owned();
    let (before, after) = (json(&settings()), json(&moved));
    let by_the_code = after.clone();
    let mut asked = 0;
    let (address, requests) = server_of_all(move |request| {
        if !request.line.contains("/settings ") {
            return Reply::Never;
        }
        asked += 1;
        if asked > 1 {
            return Reply::Told(http("200 OK", "etag: \"new\"\r\n", &after));
        }
        let journal = JOURNAL.get().unwrap();
        journal.put_settings(by_the_code.clone(), Some("\"new\"".to_owned())).unwrap();
        Reply::Told(http("200 OK", "etag: \"old\"\r\n", &before))
    });
    let journal = JOURNAL.get_or_init(|| journal(dir.path(), &address));
    let (_courier, news) = start(journal);
    for _ in 0..2 {
        // It is asked again at once, not in the minute that settings last.
        requests.recv_timeout(Duration::from_secs(20)).unwrap();
    }
    std::thread::sleep(Duration::from_millis(100));
    let (kept, etag) = journal.settings().unwrap().unwrap();
    assert_eq!((kept, etag.as_deref()), (moved.clone(), Some("\"new\"")));
    let told = news.try_iter().filter_map(|one| match one {
        News::Settings(settings) => Some(settings.counter.code.clone()),
        _ => None,
    });
    assert_eq!(
        told.filter(|counter| counter == "Q05").count(),
        0,
        "nobody sees the counter before"
    );
}
