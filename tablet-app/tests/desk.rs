//! The desk: the real kiosk at the real journal. What was thanked is written, and what could not
//! be written was not thanked.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::{Level, What};
use std::sync::Arc;
use std::time::Duration;
use support::{full_settings, journal, journal_with, settings};
use tablet_app::clock::Clock;
use tablet_app::desk::Desk;
use tablet_app::journal::{Journal, Options};
use tablet_app::kiosk::{RecordingFault, View};
use tempfile::tempdir;

fn desk(journal: &Journal) -> Desk {
    let mut hurried = settings();
    hurried.questionnaire.timeouts.undo_ms = 0;
    journal.put_settings(serde_json::to_string(&hurried).unwrap(), None).unwrap();
    Desk::new(journal.clone(), Clock::start(), 0, Arc::new(|| {})).unwrap()
}

/// Taps and waits until the screen is out of the commit.
fn tap(desk: &mut Desk) {
    desk.tap(Level::Satisfied);
    while desk.kiosk().view() == (View::Rate { active: false, again: false }) {
        desk.attend_within(Duration::from_secs(1));
    }
}

fn ratings(journal: &Journal) -> u64 {
    let slice = journal.batch_after(0, 100_000, usize::MAX).unwrap();
    let read =
        |(number, json): (u64, &str)| protocol::Event::read(json.as_bytes(), number).unwrap().what;
    let events = (1..).zip(slice.events.iter().map(|event| event.get()));
    events.map(read).filter(|what| matches!(what, What::Rated { .. })).count() as u64
}

#[test]
fn a_tap_is_thanked_once_it_is_in_the_journal() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://127.0.0.1:1");
    let mut desk = desk(&journal);
    for _ in 0..20 {
        tap(&mut desk);
    }
    assert_eq!((desk.thanked(), ratings(&journal)), (20, 20));
    assert_eq!(desk.head().unwrap().number, 40);
}

#[test]
fn a_full_disk_thanks_nobody_and_says_so() {
    let dir = tempdir().unwrap();
    let tight = Options { max_pages: Some(24), ..Options::default() };
    let journal = journal_with(dir.path(), "http://127.0.0.1:1", tight);
    let mut desk = desk(&journal);
    while !matches!(desk.kiosk().view(), View::OutOfService(_)) {
        tap(&mut desk);
        assert!(desk.thanked() < 10_000, "the disk never filled");
    }
    assert_eq!(desk.kiosk().view(), View::OutOfService(RecordingFault::Full));
    assert!(desk.thanked() > 5);
    assert_eq!(desk.thanked(), ratings(&journal));
    let due = desk.due_in().expect("it tries again");
    assert!(due <= Duration::from_secs(1));
    tap(&mut desk);
    assert_eq!(desk.thanked(), ratings(&journal), "a touch out of service is nothing");
}

#[test]
fn settings_from_another_thread_arrive() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://127.0.0.1:1");
    let mut desk = Desk::new(journal, Clock::start(), 0, Arc::new(|| {})).unwrap();
    assert_eq!(desk.kiosk().view(), View::Starting);
    let inbox = desk.inbox();
    std::thread::spawn(move || inbox.settings(Arc::new(settings()))).join().unwrap();
    desk.attend();
    assert!(desk.kiosk().is_ready());
}

#[test]
fn a_sign_in_is_known_after_a_restart_by_its_own_event() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://127.0.0.1:1");
    journal.put_settings(serde_json::to_string(&full_settings()).unwrap(), None).unwrap();
    let start = || Desk::new(journal.clone(), Clock::start(), 0, Arc::new(|| {})).unwrap();
    let on_duty = |desk: &Desk| desk.kiosk().on_duty().unwrap().code.clone();
    let mut first = start();
    first.sign_in("CC06".to_owned());
    assert_eq!(on_duty(&first), "CC06");
    drop(first);
    let mut second = start();
    assert_eq!(on_duty(&second), "CC06");
    second.sign_out();
    assert_eq!(on_duty(&second), "CC05");
    drop(second);
    assert_eq!(on_duty(&start()), "CC05");
    assert_eq!(journal.status().unwrap().recorded, 2);
}

#[test]
fn a_tablet_that_was_moved_while_it_was_off_has_nobody_signed_in() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://127.0.0.1:1");
    let mut settings = full_settings();
    journal.put_settings(serde_json::to_string(&settings).unwrap(), None).unwrap();
    let start = || Desk::new(journal.clone(), Clock::start(), 0, Arc::new(|| {})).unwrap();
    start().sign_in("CC06".to_owned());
    settings.counter.code = "Q09".to_owned();
    journal.put_settings(serde_json::to_string(&settings).unwrap(), None).unwrap();
    assert_eq!(start().kiosk().on_duty().unwrap().code, "CC05", "whoever sits at the new counter");
    assert_eq!(journal.status().unwrap().recorded, 2, "in and out");
    assert_eq!(journal.signed_in().unwrap(), None);
}

#[test]
fn settings_that_come_while_nothing_is_drawn_are_not_lost() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://127.0.0.1:1");
    let mut desk = desk(&journal);
    let inbox = desk.inbox();
    for version in 2..500 {
        let mut settings = settings();
        settings.questionnaire.version = version;
        inbox.settings(Arc::new(settings));
    }
    tap(&mut desk);
    assert_eq!(desk.thanked(), 1, "the journal's answer found its way");
    while !desk.kiosk().is_ready() {
        desk.attend();
    }
    assert_eq!(desk.kiosk().settings().unwrap().questionnaire.version, 499);
}
