//! The desk: the real kiosk at the real journal. What was thanked is written, and what could not
//! be written was not thanked.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::{Level, What};
use std::sync::Arc;
use std::time::Duration;
use support::{journal, journal_with, settings};
use tablet_app::clock::Clock;
use tablet_app::desk::Desk;
use tablet_app::journal::{Journal, Options};
use tablet_app::kiosk::{Trouble, View};
use tempfile::tempdir;

fn desk(journal: &Journal) -> Desk {
    let mut hurried = settings();
    hurried.questionnaire.timeouts.undo_ms = 0;
    journal.put_settings(&hurried, None).unwrap();
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
    assert_eq!(desk.kiosk().view(), View::OutOfService(Trouble::Full));
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
