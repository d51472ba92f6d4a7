//! A tablet's journal that somebody carried here. Its batches are what the tablet would have sent,
//! so they go the same way: signature, chain, exact bytes. Whatever is not the tablet's own word
//! ends the file with one sentence; the authentic events before it are stored.

use super::Kind;
use super::outcome::{FileFault, FileOutcome, Note};
use super::progress::Progress;
use super::source::Source;
use crate::centre::{Centre, CentreError};
use crate::storage::events::{Appended, Arrival};
use crate::storage::{Store, StoreError};
use ed25519_dalek::VerifyingKey;
use protocol::Head;
use protocol::exchange::Batch;
use protocol::journal_file::{EXTENSION, JournalFile};
use protocol::limits::{EVENTS_IN_BATCH, REQUEST_BYTES};
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of the first line: a format, two names and two numbers.
const HEAD_BYTES: usize = 4 * 1024;

/// Whether a source is a journal, told by its first line. One that is a journal by its name alone
/// is a fault: it was damaged at its very beginning.
pub(super) fn is_journal(source: &Source<'_>) -> Result<bool, FileFault> {
    let first = Lines::open(source)?.next(HEAD_BYTES);
    if let Ok(Some(line)) = first
        && head(&line).is_some()
    {
        return Ok(true);
    }
    if source.name().to_lowercase().ends_with(&format!(".{EXTENSION}")) {
        return Err(FileFault::NoJournal);
    }
    Ok(false)
}

fn head(line: &[u8]) -> Option<JournalFile> {
    JournalFile::read(std::str::from_utf8(line).ok()?.trim_end())
}

/// Stores what is new in a journal. What stands in the way ends in the outcome.
pub(super) async fn carry(
    store: &Store,
    source: &Source<'_>,
    now: i64,
    outcome: &mut FileOutcome,
    progress: &dyn Progress,
) -> Result<(), StoreError> {
    outcome.kind = Some(Kind::Journals);
    let mut quarantined = 0;
    match batches(store, source, now, outcome, &mut quarantined, progress).await {
        Ok(()) => {}
        Err(Stop::Store(error)) => return Err(error),
        Err(Stop::Fault(fault)) => outcome.fault = Some(fault),
    }
    if quarantined > 0 {
        outcome.notes.push(Note::Quarantined(quarantined));
    }
    Ok(())
}

/// Why no further line is taken.
enum Stop {
    Fault(FileFault),
    Store(StoreError),
}

impl From<FileFault> for Stop {
    fn from(fault: FileFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CentreError> for Stop {
    fn from(error: CentreError) -> Self {
        Self::Store(match error {
            CentreError::Store(error) => error,
            // What was stored was checked before; since then somebody wrote by hand.
            _ => StoreError::Meaningless("settings"),
        })
    }
}

async fn batches(
    store: &Store,
    source: &Source<'_>,
    now: i64,
    outcome: &mut FileOutcome,
    quarantined: &mut u64,
    progress: &dyn Progress,
) -> Result<(), Stop> {
    let mut lines = Lines::open(source)?;
    let first = lines.next(HEAD_BYTES)?;
    let head = first.as_deref().and_then(head).ok_or(FileFault::NoJournal)?;
    let unknown =
        || FileFault::UnknownTablet { tablet: head.tablet, counter: head.counter.clone() };
    let tablet = store.tablet(head.tablet).await?.ok_or_else(unknown)?;
    let key = VerifyingKey::from_bytes(&tablet.public_key)
        .map_err(|_| StoreError::Meaningless("tablets"))?;
    let skew = store.skew(tablet.id).await?.unwrap_or(0);
    let repeat_ms = Centre::of(store).await?.repeat_ms();
    while let Some(line) = lines.next(REQUEST_BYTES)? {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let number = lines.number;
        let changed = |cause: String| FileFault::ChangedLine { line: number, cause };
        let batch: Batch = serde_json::from_slice(&line).map_err(|error| {
            // The end of the file within a line is the file's end, not somebody's change.
            let cut = FileFault::CutJournal { said: head.events, found: outcome.rows };
            if error.is_eof() { cut } else { changed("it is no batch".into()) }
        })?;
        if batch.events.len() > EVENTS_IN_BATCH {
            return Err(changed("it has too many events".into()).into());
        }
        let heads = batch.open(&key, tablet.id).map_err(|broken| changed(broken.to_string()))?;
        let events: Vec<&[u8]> = batch.events.iter().map(|event| event.get().as_bytes()).collect();
        let arrival = Arrival {
            tablet: tablet.id,
            simulated: tablet.post.simulated,
            previous: Head { number: batch.first - 1, digest: batch.previous },
            heads: &heads,
            events: &events,
            sent: batch.sent,
            // Written days ago perhaps: the moment by our clock that belongs to the tablet's.
            sent_at: batch.sent.at.saturating_sub(skew).min(now),
            received_at: now,
            repeat_ms,
        };
        match store.append_events(&arrival).await? {
            Appended::Stored { stored, quarantined: odd, .. } => {
                outcome.rows += events.len() as u64;
                outcome.new += stored;
                outcome.already_there += events.len() as u64 - stored;
                *quarantined += odd;
            }
            Appended::Gap { head } => {
                let (after, first) = (head.number, batch.first);
                return Err(FileFault::JournalGap { after, first }.into());
            }
            Appended::Fork { .. } => return Err(FileFault::JournalFork { line: number }.into()),
        }
        progress.advance(lines.read.load(Ordering::Relaxed), outcome.rows);
    }
    if outcome.rows < head.events {
        return Err(FileFault::CutJournal { said: head.events, found: outcome.rows }.into());
    }
    Ok(())
}

/// The lines of a source, none longer than asked for.
struct Lines<'a> {
    reader: BufReader<Box<dyn Read + Send + 'a>>,
    read: Arc<AtomicU64>,
    /// Number of the last line, counted from 1.
    number: u64,
}

impl<'a> Lines<'a> {
    fn open(source: &Source<'a>) -> Result<Self, FileFault> {
        let (raw, read) = source.raw()?;
        Ok(Self { reader: BufReader::new(raw), read, number: 0 })
    }

    /// The next line, at most so many bytes; none at the end.
    fn next(&mut self, most: usize) -> Result<Option<Vec<u8>>, FileFault> {
        let mut line = Vec::new();
        let mut limited = (&mut self.reader).take(most as u64 + 1);
        limited.read_until(b'\n', &mut line).map_err(FileFault::Read)?;
        self.number += 1;
        if line.len() > most {
            return Err(FileFault::EndlessLine { line: self.number });
        }
        Ok((!line.is_empty()).then_some(line))
    }
}
