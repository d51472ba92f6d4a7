//! A journal that was carried by hand is as good as one that came over the wire, and nothing in it
//! that is not the tablet's own word is counted.
#![allow(clippy::unwrap_used)]

use analytics_server::import::{FileOutcome, ImportError, Options, Silent, import_bytes};
use analytics_server::storage::{Birth, Store};
use protocol::Level;
use protocol::exchange::Batch;
use protocol::heartbeat::Heartbeat;
use protocol::journal_file::{FORMAT, JournalFile};
use protocol::sealed_file::{PublicKey, Sealer};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::replay;
use whole_system_tests::server::{Server, enrolled, furnish};

/// 2023-09-27 11:20 in Hà Nội.
const NOON: i64 = 1_695_788_400_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// The lines of a tablet's journal, written at `at`, a visit a batch.
fn lines(chain: &Chain, at: i64) -> Vec<String> {
    let head = JournalFile {
        format: FORMAT.into(),
        tablet: chain.tablet,
        counter: "Q07".into(),
        written_at: at,
        events: chain.events.len() as u64,
        salvaged: false,
    };
    let mut lines = vec![serde_json::to_string(&head).unwrap()];
    for after in (0..chain.events.len()).step_by(2) {
        lines.push(serde_json::to_string(&chain.batch(after, 2, at)).unwrap());
    }
    lines
}

async fn take(server: &Server, name: &str, text: &str) -> FileOutcome {
    try_to_take(server, name, text).await.unwrap().remove(0)
}

async fn try_to_take(
    server: &Server,
    name: &str,
    text: &str,
) -> Result<Vec<FileOutcome>, ImportError> {
    take_bytes(server, name, text.as_bytes()).await
}

async fn take_bytes(
    server: &Server,
    name: &str,
    bytes: &[u8],
) -> Result<Vec<FileOutcome>, ImportError> {
    let options = Options::new(server.app.zone.clone(), server.app.clock.now());
    let files = [(name, bytes)];
    import_bytes(&server.app.store, &files, &options, &Silent).await
}

/// A server whose clock a test sets, and a tablet with three visits of which the server has one.
async fn begun(fresh: &Fresh) -> (Server, Chain, Arc<std::sync::atomic::AtomicI64>) {
    furnish(&fresh.store).await;
    let (clock, hand) = replay::clock();
    hand.store(NOON - DAY, Ordering::SeqCst);
    let server = Server::start(fresh, clock).await;
    let mut chain = enrolled(&server, "Q07", 1).await;
    for visit in 0..3_u8 {
        let at = NOON + i64::from(visit) * HOUR;
        let session = Uuid::from_u128(u128::from(visit) + 1);
        chain.rate(session, at, shown("Q07", "CC013", None), Level::Satisfied);
    }
    chain.append(&fresh.store, &chain.batch(0, 2, NOON)).await;
    (server, chain, hand)
}

async fn carried(fresh: Fresh) {
    let (server, chain, hand) = begun(&fresh).await;
    // Nine days later the stick arrives. The tablet's clock stood an hour before ours.
    hand.store(NOON + 9 * DAY, Ordering::SeqCst);
    let mut heartbeat: Heartbeat = serde_json::from_value(serde_json::json!({
        "at": NOON, "app_version": "0.1.0", "uptime": 1, "boots": 1, "recorded": 2, "pending": 0
    }))
    .unwrap();
    heartbeat.skew_ms = Some(HOUR);
    fresh.store.put_heartbeat(chain.tablet, &heartbeat, NOON).await.unwrap();
    let text = lines(&chain, NOON + 2 * HOUR).join("\n");

    let first = take(&server, "nhat-ky-Q07.hljournal", &text).await;
    assert!(first.is_whole(), "{first}");
    assert_eq!((first.rows, first.new, first.already_there), (6, 4, 2), "{first}");
    assert!(first.to_string().contains("a tablet's journal, 6 records read"), "{first}");
    let second = take(&server, "whatever.txt", &text).await;
    assert!(second.is_whole(), "told by its first line, not by its name: {second}");
    assert_eq!((second.new, second.already_there), (0, 6));

    // Moments are those of the tablet by our clock, not those of the import.
    let rows = fresh.store.changes_after(0, 99).await.unwrap();
    let asked: Vec<_> = rows.iter().map(|row| row.asked_at - NOON).collect();
    assert_eq!(asked, [0, 0, HOUR]);
    let listed = fresh.store.tablets().await.unwrap().remove(0);
    assert_eq!(listed.last_contact_at, Some(NOON + HOUR), "it was not heard of today");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_is_counted_once_at_its_own_moments_on_sqlite() {
    carried(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_is_counted_once_at_its_own_moments_on_postgres() {
    carried(postgres().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_that_was_touched_is_told_in_one_sentence() {
    let fresh = sqlite().await;
    let (server, chain, hand) = begun(&fresh).await;
    hand.store(NOON + 9 * DAY, Ordering::SeqCst);
    let whole = lines(&chain, NOON + 2 * HOUR);
    let stored = || async { fresh.store.changes_after(0, 99).await.unwrap().len() };
    let with = |at: usize, from: &str, to: &str| {
        let mut lines = whole.clone();
        assert!(lines[at].contains(from));
        lines[at] = lines[at].replace(from, to);
        lines.join("\n")
    };
    let mut stranger = chain.clone();
    stranger.tablet = Uuid::from_u128(5);
    let mut fork = Chain::new(chain.tablet, 1);
    fork.rate(Uuid::from_u128(9), NOON, shown("Q07", "CC013", None), Level::Neutral);
    let mut forged = chain.clone();
    forged.key = Chain::new(Uuid::nil(), 9).key;
    let gap = [whole[0].as_str(), whole[3].as_str()].join("\n");
    let huge = format!("{}\n{}", whole[0], "x".repeat(5_000_000));
    let cases = [
        (lines(&stranger, NOON).join("\n"), "not known here"),
        (with(1, "satisfied", "neutral"), "was changed at line 2"),
        (with(1, "\"first\":1", "\"first\":1 x"), "was changed at line 2 (it is no batch)"),
        (lines(&forged, NOON).join("\n"), "signature is not this tablet's"),
        (gap, "begins with record 5, but the server has only those up to 2"),
        (lines(&fork, NOON).join("\n"), "Line 2 of the journal has other records"),
        (huge, "Line 2 of the journal does not end"),
        (with(0, "hai-long journal v1", "hai-long journal v9"), "not a tablet’s journal"),
        (String::new(), "not a tablet’s journal"),
        (whole[0].clone(), "announces 6 records and has 0"),
    ];
    for (text, said) in cases {
        let outcome = take(&server, "nhat-ky-Q07.hljournal", &text).await;
        let told = outcome.to_string();
        assert!(!outcome.is_whole() && told.contains(said), "“{said}” is missing in: {told}");
        assert_eq!((outcome.new, stored().await), (0, 1), "{told}");
    }

    // What is authentic before a cut or a change is stored; the rest comes with the whole file.
    let cut = &whole[..3].join("\n");
    let half = &cut[..cut.len() - 20];
    let outcome = take(&server, "a.hljournal", half).await;
    assert!(outcome.to_string().contains("announces 6 records and has 2"), "{outcome}");
    let outcome = take(&server, "a.hljournal", cut).await;
    assert!(outcome.to_string().contains("announces 6 records and has 4"), "{outcome}");
    assert_eq!((outcome.new, stored().await), (2, 2));
    let outcome = take(&server, "a.hljournal", &whole.join("\n")).await;
    assert!(outcome.is_whole(), "{outcome}");
    assert_eq!((outcome.new, stored().await), (2, 3));
    assert_eq!(fresh.store.open_alarms().await.unwrap(), 1, "the fork");
    server.stop().await;
}

/// A file as a tablet that has the server's key writes it.
fn sealed(text: &str, key: PublicKey) -> Vec<u8> {
    let mut sealer = Sealer::new(Vec::new(), key, [4; 32]).unwrap();
    sealer.write_all(text.as_bytes()).unwrap();
    sealer.finish().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_journal_is_taken_by_its_server_and_one_restored_from_its_backup() {
    let fresh = sqlite().await;
    let (server, chain, hand) = begun(&fresh).await;
    hand.store(NOON + 9 * DAY, Ordering::SeqCst);
    let text = lines(&chain, NOON + 2 * HOUR).join("\n");
    let key = fresh.store.export_key().await.unwrap();
    let file = sealed(&text, key);
    let body = file.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let mut changed = file.clone();
    changed[body + 30] ^= 1;
    let elsewhere = sealed(&text, PublicKey::of(&[8; 32]).unwrap());
    let cases = [
        (elsewhere, "is sealed for another server"),
        (file[..file.len() - 9].to_vec(), "sealed journal is cut"),
        (changed, "sealed journal was changed"),
        (file[..body].to_vec(), "sealed journal is cut"),
    ];
    for (bytes, said) in cases {
        let outcome = take_bytes(&server, "nhat-ky-Q07.hljournal", &bytes).await.unwrap().remove(0);
        let told = outcome.to_string();
        assert!(!outcome.is_whole() && told.contains(said), "“{said}” is missing in: {told}");
        assert_eq!(outcome.new, 0, "{told}");
    }

    // A server that was restored from a backup opens what was sealed for the one before.
    let backup = fresh.dir.path().join("backup.db");
    fresh.store.back_up(&backup).await.unwrap();
    let whole = take_bytes(&server, "whatever", &file).await.unwrap().remove(0);
    assert!(whole.is_whole() && whole.new == 4, "told by its first line: {whole}");
    server.stop().await;
    let restored = tempfile::TempDir::new().unwrap();
    std::fs::copy(&backup, restored.path().join("hai-long.db")).unwrap();
    let birth = Birth { id: Uuid::nil(), secret: [1; 32], now: NOON };
    let store = Store::open(restored.path(), None, &birth).await.unwrap();
    assert_eq!(store.export_key().await.unwrap(), key);
    let options = Options::new(jiff::tz::TimeZone::UTC, NOON + 9 * DAY);
    let outcome = import_bytes(&store, &[("a", &file)], &options, &Silent).await.unwrap().remove(0);
    assert!(outcome.is_whole() && outcome.new == 4, "{outcome}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_salvaged_journal_what_goes_on_from_the_server_is_taken_and_the_rest_named() {
    let fresh = sqlite().await;
    let (server, chain, hand) = begun(&fresh).await;
    hand.store(NOON + 9 * DAY, Ordering::SeqCst);
    let at = NOON + 2 * HOUR;
    let salvaged = |batches: &[Batch]| {
        let head = JournalFile {
            format: FORMAT.into(),
            tablet: chain.tablet,
            counter: "Q07".into(),
            written_at: at,
            events: batches.iter().map(|batch| batch.events.len() as u64).sum(),
            salvaged: true,
        };
        let mut lines = vec![serde_json::to_string(&head).unwrap()];
        lines.extend(batches.iter().map(|batch| serde_json::to_string(batch).unwrap()));
        lines.join("\n")
    };
    // The server has events 1 and 2; event 3 could not be read, the fourth serves by its digest.
    let behind = salvaged(&[chain.batch(0, 2, at), chain.batch(4, 2, at)]);
    let outcome = take(&server, "a.hljournal", &behind).await;
    let told = outcome.to_string();
    assert!(
        told.contains("lacks records 3 to 4") && told.contains("the 2 records after them"),
        "{told}"
    );
    assert_eq!((outcome.rows, outcome.new, outcome.already_there), (4, 0, 2), "{told}");
    // What was lost the server has had for long: everything new is taken.
    let before = salvaged(&[chain.batch(1, 5, at)]);
    let outcome = take(&server, "a.hljournal", &before).await;
    assert!(outcome.is_whole() && outcome.new == 4, "{outcome}");
    server.stop().await;
}

/// Rules that nobody set must not judge ratings, which are judged once.
#[tokio::test(flavor = "multi_thread")]
async fn a_journal_waits_until_the_centres_settings_can_be_read() {
    let fresh = sqlite().await;
    let (server, chain, hand) = begun(&fresh).await;
    hand.store(NOON + 9 * DAY, Ordering::SeqCst);
    let text = lines(&chain, NOON + 2 * HOUR).join("\n");
    fresh.store.put_setting("centre", "{", "test", NOON).await.unwrap();
    let error = try_to_take(&server, "nhat-ky-Q07.hljournal", &text).await.unwrap_err();
    assert!(error.to_string().contains("without meaning in settings"), "{error}");
    assert_eq!(fresh.store.changes_after(0, 99).await.unwrap().len(), 1, "nothing was stored");
    fresh.store.put_setting("centre", "{}", "test", NOON).await.unwrap();
    let outcome = take(&server, "nhat-ky-Q07.hljournal", &text).await;
    assert_eq!((outcome.is_whole(), outcome.new), (true, 4), "{outcome}");
    server.stop().await;
}
