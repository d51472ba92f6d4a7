//! The journal as a file: whole, signed, and never half of one.
#![allow(clippy::unwrap_used)]

mod support;

use ed25519_dalek::SigningKey;
use protocol::exchange::Batch;
use protocol::journal_file::JournalFile;
use protocol::sealed_file::{Opener, PublicKey, SealedHead};
use protocol::settings::Settings;
use protocol::{Head, Level};
use std::fs;
use std::path::Path;
use support::{TABLET, journal, journal_with, rated, settings};
use tablet_app::clock::Clock;
use tablet_app::journal::{ExportError, Journal, JournalError, Options};
use tempfile::tempdir;

/// Reads a file as the server does: the head it leads to.
fn read(path: &Path) -> (JournalFile, Vec<Batch>, Head) {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let first = JournalFile::read(lines.next().unwrap()).unwrap();
    let batches: Vec<Batch> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    let key = SigningKey::from_bytes(&[7; 32]).verifying_key();
    let mut head = None;
    for batch in &batches {
        let heads = batch.open(&key, TABLET).unwrap();
        if let Some(Head { number, digest }) = head {
            assert_eq!(
                (batch.first, batch.previous),
                (number + 1, digest),
                "they follow each other"
            );
        }
        head = heads.last().copied();
    }
    (first, batches, head.unwrap())
}

fn fill(journal: &Journal, count: i64) -> Head {
    journal.append((0..count).flat_map(|at| rated(Level::Satisfied, at)).collect()).unwrap()
}

#[test]
fn everything_is_in_it_and_every_piece_is_signed() {
    let (dir, stick) = (tempdir().unwrap(), tempdir().unwrap());
    let journal = journal(dir.path(), "http://nowhere");
    let head = fill(&journal, 600);
    let events = head.number;
    journal.acknowledge(Head { number: 0, ..Head::start(TABLET) }, 0).unwrap();
    let exported = journal.export(stick.path(), &Clock::start()).unwrap();
    assert_eq!((exported.events, exported.sealed), (events, false), "no key came yet");
    let name = exported.path.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("nhat-ky-Q05-20") && name.ends_with("Z.hljournal"), "{name}");
    let (first, batches, last) = read(&exported.path);
    assert_eq!((first.tablet, first.counter.as_str(), first.events), (TABLET, "Q05", events));
    assert!(batches.len() > 1, "more than fits into one");
    assert_eq!(last, head);
    assert_eq!(journal.status().unwrap().pending, events, "the server's word is still awaited");
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 1, "nothing unfinished is left");
}

#[test]
fn with_the_servers_key_only_the_server_can_read_it() {
    let (dir, stick) = (tempdir().unwrap(), tempdir().unwrap());
    let journal = journal(dir.path(), "http://nowhere");
    let secret = [3; 32];
    let key = PublicKey::of(&secret).unwrap();
    let settings = Settings { export_key: Some(key), ..settings() };
    journal.put_settings(serde_json::to_string(&settings).unwrap(), None).unwrap();
    let head = fill(&journal, 600);
    let exported = journal.export(stick.path(), &Clock::start()).unwrap();
    assert!(exported.sealed);
    let file = fs::read(&exported.path).unwrap();
    assert!(!file.windows(9).any(|some| some == b"satisfied" || some == TABLET.as_bytes()));
    let end = file.iter().position(|byte| *byte == b'\n').unwrap();
    let first = SealedHead::read(std::str::from_utf8(&file[..end]).unwrap()).unwrap();
    let plain = stick.path().join("plain");
    let mut opener = Opener::new(&file[end + 1..], &first, &secret).unwrap();
    std::io::copy(&mut opener, &mut fs::File::create(&plain).unwrap()).unwrap();
    assert_eq!(read(&plain).2, head);
}

#[test]
fn what_was_let_go_is_not_missed() {
    let (dir, stick) = (tempdir().unwrap(), tempdir().unwrap());
    let options = Options { keep_ms: 1_000, ..Options::default() };
    let journal = journal_with(dir.path(), "http://nowhere", options);
    let early = fill(&journal, 5);
    journal.acknowledge(early, 0).unwrap();
    journal.append(rated(Level::Neutral, 900_000)).unwrap();
    journal.proven(900_000).unwrap();
    assert!(journal.prune().unwrap() > 0);
    let exported = journal.export(stick.path(), &Clock::start()).unwrap();
    let (first, batches, last) = read(&exported.path);
    assert_eq!(batches[0].first, early.number + 1, "from behind the oldest one that is kept");
    assert_eq!(first.events, last.number - early.number);
}

#[test]
fn a_stick_that_takes_no_file_is_told() {
    let dir = tempdir().unwrap();
    let journal = journal(dir.path(), "http://nowhere");
    fill(&journal, 1);
    let error = journal.export(Path::new("/no/stick"), &Clock::start()).unwrap_err();
    assert!(error.to_string().starts_with("/no/stick/nhat-ky-Q05-"), "{error}");
    assert!(error.to_string().contains("can not be written"), "{error}");
    let fresh = tempdir().unwrap();
    let unknown = Journal::open(fresh.path(), &Clock::start(), Options::default()).unwrap();
    let error = unknown.export(dir.path(), &Clock::start()).unwrap_err();
    assert!(matches!(error, ExportError::Journal(JournalError::NotEnrolled)));
}
