//! A damaged journal: what can be read of it goes to the server, nothing is deleted, and the tablet
//! can start anew.
#![allow(clippy::unwrap_used)]

mod support;

use ed25519_dalek::SigningKey;
use protocol::exchange::Batch;
use protocol::journal_file::JournalFile;
use protocol::{Head, Level};
use sqlx::{Connection, SqliteConnection};
use std::fs;
use std::path::Path;
use support::{TABLET, journal, rated};
use tablet_app::clock::Clock;
use tablet_app::journal::{FILE, Journal, JournalError, Options, SalvageError, Salvaged, salvage};
use tempfile::tempdir;

const PAGE: usize = 4_096;

fn fill(dir: &Path, events: i64) -> Head {
    let journal = journal(dir, "http://nowhere");
    let settings = serde_json::to_string(&support::settings()).unwrap();
    journal.put_settings(settings, None).unwrap();
    journal.append((0..events).flat_map(|at| rated(Level::Satisfied, at)).collect()).unwrap()
}

/// Overwrites every page on which `marked` stands, in the file and its log.
fn smash(dir: &Path, marked: &str) {
    let path = dir.join(FILE);
    let mut bytes = fs::read(&path).unwrap();
    let mut smashed = 0;
    for page in bytes.chunks_mut(PAGE) {
        if page.windows(marked.len()).any(|some| some == marked.as_bytes()) {
            page.fill(0xee);
            smashed += 1;
        }
    }
    assert!(smashed > 0, "{marked} stands on no page");
    fs::write(path, bytes).unwrap();
}

fn tamper(dir: &Path, sql: &'static str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let url = format!("sqlite://{}", dir.join(FILE).display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// The runs of a file, as from and to, each checked as the server does.
fn runs(path: &Path) -> Vec<(u64, u64)> {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let first = JournalFile::read(lines.next().unwrap()).unwrap();
    assert!(first.salvaged && first.tablet == TABLET);
    let key = SigningKey::from_bytes(&[7; 32]).verifying_key();
    let mut runs: Vec<(u64, u64)> = Vec::new();
    let mut events = 0;
    for line in lines {
        let batch: Batch = serde_json::from_str(line).unwrap();
        let last = batch.open(&key, TABLET).unwrap().last().unwrap().number;
        events += batch.events.len() as u64;
        match runs.last_mut().filter(|run| run.1 + 1 == batch.first) {
            Some(run) => run.1 = last,
            None => runs.push((batch.first, last)),
        }
    }
    assert_eq!(events, first.events);
    runs
}

fn saved(dir: &Path, out: &Path) -> (Salvaged, Vec<(u64, u64)>) {
    let salvaged = salvage(dir, out, &Clock::start(), false).unwrap();
    let runs = salvaged.file.as_ref().map(|file| runs(&file.path)).unwrap_or_default();
    (salvaged, runs)
}

#[test]
fn a_page_that_was_lost_costs_its_own_events_alone() {
    let (dir, out) = (tempdir().unwrap(), tempdir().unwrap());
    let head = fill(dir.path(), 900);
    smash(dir.path(), "\"number\":450,");
    let (salvaged, runs) = saved(dir.path(), out.path());
    let [(from, to)] = salvaged.missing[..] else { panic!("{:?}", salvaged.missing) };
    assert!((430..=450).contains(&from) && (450..=470).contains(&to), "{from} to {to}");
    // The first one behind the gap serves by its digest.
    assert_eq!(runs, [(1, from - 1), (to + 1, head.number)]);
    assert!(salvaged.has_key);

    // Nothing is deleted, and the tablet can start anew.
    assert!(salvaged.aside.join(FILE).is_file() && !dir.path().join(FILE).exists());
    let anew = Journal::open(dir.path(), &Clock::start(), Options::default()).unwrap();
    assert!(anew.identity().unwrap().is_none());
}

#[test]
fn a_file_without_its_beginning_still_gives_every_event() {
    let (dir, out) = (tempdir().unwrap(), tempdir().unwrap());
    let head = fill(dir.path(), 300);
    let path = dir.path().join(FILE);
    let mut bytes = fs::read(&path).unwrap();
    bytes[..PAGE].fill(0);
    fs::write(&path, bytes).unwrap();
    let (salvaged, runs) = saved(dir.path(), out.path());
    assert_eq!((salvaged.missing, runs), (vec![], vec![(1, head.number)]));
}

#[test]
fn an_event_that_was_altered_is_not_taken_and_the_others_are() {
    let (dir, out) = (tempdir().unwrap(), tempdir().unwrap());
    let head = fill(dir.path(), 20);
    tamper(
        dir.path(),
        "update events set bytes = cast(replace(bytes, 'satisfied', 'neutral') as blob) where number = 7",
    );
    let (salvaged, runs) = saved(dir.path(), out.path());
    assert_eq!(salvaged.missing, [(7, 7)]);
    assert_eq!(runs, [(1, 6), (8, head.number)]);
}

#[test]
fn events_without_their_head_and_with_a_cut_end_are_told() {
    let (dir, out) = (tempdir().unwrap(), tempdir().unwrap());
    fill(dir.path(), 20);
    tamper(dir.path(), "delete from progress");
    let error = Journal::open(dir.path(), &Clock::start(), Options::default()).err().unwrap();
    assert!(matches!(error, JournalError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("tablet-app salvage"), "{error}");
    assert_eq!(saved(dir.path(), out.path()).1, [(1, 20)]);

    fill(dir.path(), 20);
    tamper(dir.path(), "delete from events where number > 15");
    let (salvaged, runs) = saved(dir.path(), out.path());
    assert_eq!((salvaged.missing, runs), (vec![(16, 20)], vec![(1, 15)]));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3, "both lie aside, and the lock");
}

#[test]
fn what_was_not_folded_back_from_the_log_yet_is_there() {
    let (dir, out, copy) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let journal = journal(dir.path(), "http://nowhere");
    for at in 0..40 {
        journal.append(rated(Level::Neutral, at)).unwrap();
    }
    // As after a power cut: the log still holds the last events.
    for name in [FILE.to_owned(), format!("{FILE}-wal")] {
        fs::copy(dir.path().join(&name), copy.path().join(&name)).unwrap();
    }
    // And the file itself was cut to nothing: SQLite would throw the log away.
    fs::write(copy.path().join(FILE), b"").unwrap();
    let error = Journal::open(copy.path(), &Clock::start(), Options::default()).err().unwrap();
    assert!(matches!(error, JournalError::Damaged { .. }), "{error}");
    assert_eq!(saved(copy.path(), out.path()).1, [(1, 40)]);
}

#[test]
fn a_journal_that_is_whole_in_use_or_missing_is_left_alone() {
    let (dir, out) = (tempdir().unwrap(), tempdir().unwrap());
    let refused = |dir: &Path| salvage(dir, out.path(), &Clock::start(), false).unwrap_err();
    assert!(refused(dir.path()).to_string().contains("there is no journal"));
    fill(dir.path(), 3);
    let error = refused(dir.path());
    assert!(matches!(error, SalvageError::Whole { .. }), "{error}");
    let running = Journal::open(dir.path(), &Clock::start(), Options::default()).unwrap();
    assert!(refused(dir.path()).to_string().contains("in use"));
    drop(running);
    tamper(dir.path(), "delete from progress");
    let error = salvage(dir.path(), out.path(), &Clock::start(), true).unwrap_err();
    assert!(matches!(error, SalvageError::NoKey), "{error}");
    let error = salvage(dir.path(), Path::new("/no/stick"), &Clock::start(), false).unwrap_err();
    assert!(error.to_string().contains("can not be written"), "{error}");
    assert!(dir.path().join(FILE).is_file() && fs::read_dir(out.path()).unwrap().count() == 0);
}

#[test]
fn what_is_no_journal_at_all_goes_aside_too() {
    let (dir, out) = (tempdir().unwrap(), tempdir().unwrap());
    fs::write(dir.path().join(FILE), "a letter").unwrap();
    let (salvaged, _) = saved(dir.path(), out.path());
    assert_eq!((salvaged.file, salvaged.has_key), (None, false));
    assert_eq!(fs::read(salvaged.aside.join(FILE)).unwrap(), b"a letter");
}
