//! The journal keeps what it has said is written, refuses what is not as it should be and leaves
//! it untouched, and deletes only what is old and uploaded.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::{Event, Head, Level};
use std::fs;
use std::path::Path;
use std::sync::mpsc::channel;
use support::{TABLET, identity, journal, journal_with, rated, settings, tamper};
use tablet_app::clock::Clock;
use tablet_app::journal::{FILE, Journal, JournalError, Options, Standing, read_status};
use tempfile::tempdir;

const DAY: i64 = 24 * 3_600_000;

fn open(dir: &Path) -> Result<Journal, JournalError> {
    Journal::open(dir, &Clock::start(), Options::default())
}

/// Appends `count` ratings, one a minute from `from` on; the last head.
fn fill(journal: &Journal, count: i64, from: i64) -> Head {
    let entries =
        (0..count).flat_map(|minute| rated(Level::Satisfied, from + minute * 60_000)).collect();
    journal.append(entries).unwrap()
}

#[test]
fn only_this_user_can_read_the_key() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempdir().unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let journal = journal(dir.path(), "http://one");
    fill(&journal, 1, 0);
    for part in ["", "-wal", "-shm"] {
        let path = dir.path().join(format!("{FILE}{part}"));
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}: {mode:o}", path.display());
    }
}

#[test]
fn events_are_numbered_chained_and_still_there_after_a_restart() {
    let dir = tempdir().unwrap();
    let first = journal(dir.path(), "http://one");
    assert_eq!(first.status().unwrap().recorded, 0);
    fill(&first, 3, 0);
    drop(first);

    let again = open(dir.path()).unwrap();
    let head = fill(&again, 2, DAY);
    assert_eq!(head.number, 5);
    let slice = again.batch_after(0, 100, 1_000_000).unwrap();
    assert_eq!(slice.previous, Head::start(TABLET));
    let bytes: Vec<&[u8]> = slice.events.iter().map(|event| event.get().as_bytes()).collect();
    assert_eq!(slice.previous.extend_all(bytes.iter().copied()), head);
    let events: Vec<Event> =
        (1..).zip(bytes).map(|(number, bytes)| Event::read(bytes, number).unwrap()).collect();
    assert_eq!(events[4].at, DAY + 60_000);
    assert_ne!(events[0].boot, events[4].boot, "each run has its boot id");
    assert_eq!(again.status().unwrap().boots, 2);
}

#[test]
fn an_append_answers_by_a_callback_and_tells_who_waits() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://one");
    let (sender, answers) = channel();
    journal.append_then(rated(Level::Neutral, 0), move |answer| sender.send(answer).unwrap());
    assert_eq!(answers.recv().unwrap().unwrap().number, 1);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(journal.appended().notified());
}

#[test]
fn nothing_is_recorded_before_the_enrolment() {
    let dir = tempdir().unwrap();
    let journal = open(dir.path()).unwrap();
    assert_eq!(journal.append(rated(Level::Neutral, 0)), Err(JournalError::NotEnrolled));
    assert_eq!(journal.identity().unwrap(), None);
    let mut asked = identity("http://one");
    asked.enrolled = None;
    journal.put_identity(asked.clone()).unwrap();
    assert_eq!(journal.identity().unwrap(), Some(asked), "key and token are kept before asking");
}

#[test]
fn a_journal_stays_its_tablets() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://one");
    let mut other = identity("http://two");
    other.enrolled.as_mut().unwrap().tablet = uuid::Uuid::max();
    assert!(matches!(journal.put_identity(other), Err(JournalError::OtherTablet { .. })));
    journal.put_identity(identity("http://moved")).unwrap();
    assert_eq!(journal.identity().unwrap().unwrap().server, "http://moved");
}

#[test]
fn batches_keep_to_their_limits() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://one");
    fill(&journal, 10, 0);
    assert_eq!(journal.batch_after(4, 3, 1_000_000).unwrap().events.len(), 3);
    let one = journal.batch_after(4, 1, 1_000_000).unwrap();
    let bytes = one.events[0].get().len();
    assert_eq!(one.previous.number, 4);
    assert_eq!(journal.batch_after(4, 100, bytes * 2 + 5).unwrap().events.len(), 2);
    assert_eq!(journal.batch_after(4, 100, 1).unwrap().events.len(), 1, "never none");
    assert_eq!(journal.batch_after(10, 100, 1_000).unwrap().events.len(), 0);
}

#[test]
fn only_the_digest_proves_what_the_server_has() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://one");
    let third = fill(&journal, 3, 0);
    let fifth = fill(&journal, 2, DAY);
    let forged = Head { number: 5, digest: third.digest };
    assert_eq!(journal.acknowledge(forged, 1).unwrap(), Standing::Other);
    assert_eq!(journal.status().unwrap().acknowledged, 0);
    assert_eq!(journal.acknowledge(fifth, 60_000).unwrap(), Standing::Same);
    assert_eq!(journal.acknowledge(third, 60_001).unwrap(), Standing::Same);
    let status = journal.status().unwrap();
    assert_eq!((status.acknowledged, status.pending), (5, 0), "a late answer takes nothing back");
    assert_eq!(status.last_contact.as_deref(), Some("1970-01-01T00:01:00.001Z"));
    let beyond = Head { number: 6, digest: fifth.digest };
    assert_eq!(journal.acknowledge(beyond, 1).unwrap(), Standing::Other);
    assert_eq!(journal.rewind(third).unwrap(), Standing::Same);
    assert_eq!(journal.rewind(forged).unwrap(), Standing::Other);
    assert_eq!(journal.status().unwrap().pending, 2);
    assert_eq!(journal.rewind(Head::start(TABLET)).unwrap(), Standing::Same);
    assert_eq!(journal.status().unwrap().pending, 5);
}

#[test]
fn settings_and_their_etag_come_back() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://one");
    assert_eq!(journal.settings().unwrap(), None);
    journal
        .put_settings(serde_json::to_string(&settings()).unwrap(), Some("\"1\"".to_owned()))
        .unwrap();
    let mut changed = settings();
    changed.officer = None;
    journal.put_settings(serde_json::to_string(&changed).unwrap(), None).unwrap();
    assert_eq!(journal.settings().unwrap(), Some((changed, None)));
    drop(journal);
    tamper(dir.path(), r#"update settings set json = '{"of":"another version"}'"#);
    assert_eq!(open(dir.path()).unwrap().settings().unwrap(), None, "fetched anew");
}

#[test]
fn a_second_tablet_on_the_journal_is_refused_and_a_status_is_not() {
    let dir = tempdir().unwrap();
    let first = journal(dir.path(), "http://one");
    assert!(matches!(open(dir.path()), Err(JournalError::InUse { .. })));
    fill(&first, 2, 0);
    let status = read_status(dir.path()).unwrap();
    assert_eq!(status, first.status().unwrap());
    assert_eq!((status.recorded, status.counter.as_deref()), (2, Some("Q05")));
    drop(first);
    assert_eq!(read_status(dir.path()).unwrap().recorded, 2);
    open(dir.path()).unwrap();
}

#[test]
fn a_missing_journal_is_named() {
    let dir = tempdir().unwrap();
    let error = read_status(dir.path()).unwrap_err();
    assert!(matches!(error, JournalError::Missing { .. }), "{error}");
    assert!(fs::read_dir(dir.path()).unwrap().next().is_none(), "a status makes nothing");
}

/// The journal's error, having checked that the file is as it was.
fn refused(dir: &Path) -> JournalError {
    let before = fs::read(dir.join(FILE)).unwrap();
    let error = open(dir).err().expect("it opened");
    assert_eq!(fs::read(dir.join(FILE)).unwrap(), before, "the file was touched");
    assert!(error.to_string().contains(FILE), "{error}");
    error
}

#[test]
fn a_file_that_is_no_journal_is_refused() {
    for content in ["this is a letter, not a database", "SQLite format 3\0 and then nonsense"] {
        let dir = tempdir().unwrap();
        fs::write(dir.path().join(FILE), content.repeat(50)).unwrap();
        assert!(matches!(refused(dir.path()), JournalError::Damaged { .. }));
        assert!(matches!(read_status(dir.path()), Err(JournalError::Damaged { .. })));
    }
}

#[test]
fn a_changed_missing_or_cut_off_event_is_noticed() {
    let faults = [
        "update events set bytes = cast(replace(bytes, 'satisfied', 'neutral') as blob)
             where number = 4",
        "delete from events where number = 4",
        "delete from events where number = 6",
        "delete from events",
        "update events set digest = randomblob(32) where number = 6",
    ];
    for fault in faults {
        let dir = tempdir().unwrap();
        fill(&journal(dir.path(), "http://one"), 6, 0);
        tamper(dir.path(), fault);
        let error = refused(dir.path());
        assert!(matches!(error, JournalError::Damaged { .. }), "{fault}: {error}");
    }
}

/// What is still to be sent is looked at as a whole, of the rest only the end.
#[test]
fn damage_far_back_is_noticed_where_it_would_hold_events_back() {
    let changed = "update events set digest = randomblob(32) where number = 5";
    for acknowledged in [3, 1_100] {
        let dir = tempdir().unwrap();
        let journal = journal(dir.path(), "http://one");
        let head = fill(&journal, acknowledged, 0);
        journal.acknowledge(head, 0).unwrap();
        fill(&journal, 1_200, 0);
        drop(journal);
        tamper(dir.path(), changed);
        let opened = Journal::open(dir.path(), &Clock::start(), Options::default());
        assert_eq!(opened.is_err(), acknowledged == 3, "{:?}", opened.err());
    }
}

#[test]
fn an_event_that_was_changed_is_never_sent() {
    for fault in [
        "update events set bytes = cast(replace(bytes, 'satisfied', 'neutral') as blob)
             where number = 4",
        "update events set bytes = x'00' where number = 4",
        "delete from events where number = 4",
    ] {
        let dir = tempdir().unwrap();
        let journal = journal(dir.path(), "http://one");
        fill(&journal, 6, 0);
        tamper(dir.path(), fault);
        assert_eq!(journal.batch_after(0, 3, 1_000_000).unwrap().events.len(), 3);
        let error = journal.batch_after(0, 6, 1_000_000).unwrap_err();
        assert!(matches!(error, JournalError::Damaged { .. }), "{fault}: {error}");
    }
}

#[test]
fn a_damaged_page_is_noticed() {
    let dir = tempdir().unwrap();
    fill(&journal(dir.path(), "http://one"), 100, 0);
    let path = dir.path().join(FILE);
    let mut bytes = fs::read(&path).unwrap();
    let event = b"\"kind\":\"rated\"";
    // Pages that were split keep stale copies, so all of them are changed.
    for at in 0..bytes.len() - event.len() {
        if bytes[at..].starts_with(event) {
            bytes[at + 9] ^= 1;
        }
    }
    fs::write(&path, bytes).unwrap();
    assert!(matches!(refused(dir.path()), JournalError::Damaged { .. }));
}

#[test]
fn a_journal_of_a_newer_program_is_refused() {
    let dir = tempdir().unwrap();
    fill(&journal(dir.path(), "http://one"), 1, 0);
    tamper(
        dir.path(),
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (9999, 'from the future', true, x'00', 0); pragma user_version = 9999",
    );
    let error = refused(dir.path());
    assert!(matches!(error, JournalError::Newer { found: 9999, known: 5, .. }), "{error}");
    assert!(matches!(read_status(dir.path()), Err(JournalError::Newer { .. })));
}

#[test]
fn a_journal_to_which_a_newer_program_only_added_is_gone_on_with() {
    let dir = tempdir().unwrap();
    let head = fill(&journal(dir.path(), "http://one"), 1, 0);
    tamper(
        dir.path(),
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (9999, 'from the future', true, x'00', 0);
         create table from_the_future (a integer) strict;
         alter table events add column b integer",
    );
    assert_eq!(read_status(dir.path()).unwrap().recorded, head.number);
    let older = Journal::open(dir.path(), &Clock::start(), Options::default()).unwrap();
    assert_eq!(fill(&older, 1, 5).number, 2 * head.number);
}

#[test]
fn a_full_disk_loses_nothing_and_recording_goes_on_when_there_is_room() {
    let dir = tempdir().unwrap();
    let tight = Options { max_pages: Some(24), ..Options::default() };
    let journal = journal_with(dir.path(), "http://one", tight);
    let mut last = Head::start(TABLET);
    let error = loop {
        match journal.append(rated(Level::Satisfied, 0)) {
            Ok(head) => last = head,
            Err(error) => break error,
        }
        assert!(last.number < 10_000, "the disk never filled");
    };
    assert!(matches!(error, JournalError::Full { .. }), "{error}");
    assert!(last.number > 10);
    let full = journal.append(rated(Level::Satisfied, 0));
    assert!(matches!(full, Err(JournalError::Full { .. })), "{full:?}");
    assert_eq!(journal.status().unwrap().recorded, last.number);
    assert_eq!(journal.acknowledge(last, 1).unwrap(), Standing::Same, "the upload goes on");
    drop(journal);

    let roomy = open(dir.path()).unwrap();
    assert_eq!(roomy.append(rated(Level::Satisfied, 0)).unwrap().number, last.number + 1);
}

#[test]
fn a_server_with_a_wrong_clock_takes_only_so_much_away_each_day() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://one");
    let all = fill(&journal, 6_000, 0);
    let left = all.number - 5_000;
    journal.acknowledge(all, 0).unwrap();
    journal.proven(DAY).unwrap();
    let far = 40_000 * DAY;
    journal.proven(far).unwrap();
    assert_eq!(journal.prune().unwrap(), 5_000);
    journal.proven(far + DAY / 2).unwrap();
    assert_eq!(journal.prune().unwrap(), 0, "the same day");
    journal.proven(far + DAY).unwrap();
    assert_eq!(journal.prune().unwrap(), (left - 1).min(5_000));
}

#[test]
fn a_directory_that_can_not_be_made_is_named() {
    let dir = tempdir().unwrap();
    fs::write(dir.path().join("file"), "").unwrap();
    let error = open(&dir.path().join("file").join("below")).err().unwrap();
    assert!(matches!(error, JournalError::ReadOnly { .. }), "{error}");
}

/// The tablet's own clock does not matter: only events that the server has had for ninety of its days are
/// deleted, and only a limited number on one day.
#[test]
fn only_what_the_server_has_had_for_long_is_let_go() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://one");
    // Recorded while the clock stood in 2099.
    let old = fill(&journal, 1_200, 47_000 * DAY);
    let middle = fill(&journal, 10, 0);
    let newest = fill(&journal, 5, 100 * DAY);
    let on = |day: i64| {
        journal.proven(day * DAY + DAY / 2).unwrap();
        journal.prune().unwrap()
    };
    assert_eq!(journal.prune().unwrap(), 0, "the server told no time yet");
    assert_eq!(on(1), 0);
    assert_eq!(on(200), 0, "nothing is uploaded yet");
    journal.acknowledge(old, 0).unwrap();
    assert_eq!(on(40_000), 0, "no day of the server tells of it");
    assert_eq!(on(10), 0);
    journal.acknowledge(middle, 0).unwrap();
    assert_eq!(on(99), 0, "89 days ago");
    assert_eq!(on(100), old.number, "90 days ago");
    assert_eq!(on(189), 9, "the newest uploaded one stays");
    assert_eq!(on(300), 0);
    assert_eq!(journal.batch_after(middle.number, 100, 1_000_000).unwrap().events.len(), 5);
    assert_eq!(journal.compare(old).unwrap(), Standing::Pruned);
    assert_eq!(journal.rewind(Head::start(TABLET)).unwrap(), Standing::Pruned, "nor its beginning");
    assert_eq!(journal.status().unwrap().pending, 5);
    assert!(journal.batch_after(5, 1, 1).is_err());
    drop(journal);
    let again = open(dir.path()).unwrap();
    assert_eq!(fill(&again, 1, 0).number, newest.number + 1, "the chain goes on");
}

#[test]
fn the_head_of_a_long_chain_is_found_at_its_end() {
    let dir = tempdir().unwrap();
    drop(journal(dir.path(), "http://one"));
    // The server has all of it, so only its end is read at the start.
    tamper(
        dir.path(),
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000)
         insert into events select i, randomblob(16), 0, cast('{}' as blob), zeroblob(32) from n;
         update progress set head_number = 100000, head_digest = zeroblob(32),
             acknowledged = 100000;",
    );
    let error = refused(dir.path());
    assert!(error.to_string().contains("event 99001 "), "{error}");
}
