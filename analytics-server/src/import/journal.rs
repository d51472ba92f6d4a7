//! A tablet's journal that came as a file instead of over the network. Its batches are what the tablet
//! would have sent, so they are checked the same way: signature, chain, exact bytes. Reading stops with one
//! sentence at the first batch that is not authentic; the authentic events before it are stored. A file that is
//! sealed to this server is opened first.

use super::kind::Kind;
use super::options::Options;
use super::outcome::{FileFault, FileOutcome, Note};
use super::progress::Progress;
use super::source::Source;
use crate::centre::{Centre, CentreError};
use crate::clock::fresh_id;
use crate::storage::events::{Appended, Arrival};
use crate::storage::rows::Tablet;
use crate::storage::{Store, StoreError};
use ed25519_dalek::VerifyingKey;
use protocol::Head;
use protocol::exchange::Batch;
use protocol::journal_file::{EXTENSION, JournalFile};
use protocol::limits::{EVENTS_IN_BATCH, REQUEST_BYTES};
use protocol::sealed_file::{Opener, PublicKey, SealedError, SealedHead};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// Bytes of the first line: a format, two names and two numbers.
const HEAD_BYTES: usize = 4 * 1024;

/// Whether a source is a journal, told by its first line. One that is a journal by its name alone
/// is a fault: it was damaged at its very beginning.
pub(super) fn is_journal(source: &Source<'_>) -> Result<bool, FileFault> {
    let first = Lines::open(source)?.next(HEAD_BYTES);
    if let Ok(Some(line)) = first
        && (head(&line).is_some() || sealed(&line).is_some())
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

fn sealed(line: &[u8]) -> Option<SealedHead> {
    SealedHead::read(std::str::from_utf8(line).ok()?.trim_end())
}

/// Stores what is new in a journal. What stands in the way ends in the outcome.
pub(super) async fn carry(
    store: &Store,
    source: &Source<'_>,
    options: &Options,
    outcome: &mut FileOutcome,
    progress: &dyn Progress,
) -> Result<(), StoreError> {
    outcome.kind = Some(Kind::Journals);
    let mut taking = Taking { store, source, now: options.now, quarantined: 0, progress };
    match taking.all(options.continues, outcome).await {
        Ok(()) => {}
        Err(Stop::Store(error)) => return Err(error),
        Err(Stop::Fault(fault)) => outcome.fault = Some(fault),
    }
    if taking.quarantined > 0 {
        outcome.notes.push(Note::Quarantined(taking.quarantined));
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

/// A journal that is taken.
struct Taking<'a> {
    store: &'a Store,
    source: &'a Source<'a>,
    now: i64,
    quarantined: u64,
    progress: &'a dyn Progress,
}

/// The tablet's own words: its first line, and what checks the others.
struct Opened<'a> {
    lines: Lines<'a>,
    head: JournalFile,
    tablet: Tablet,
    key: VerifyingKey,
}

impl<'a> Taking<'a> {
    /// Takes the journal into the tablet's chain. Where the server has another chain there, it goes
    /// into the one that an administrator brought before, or, if one is to be made, into a new one.
    async fn all(&mut self, continues: bool, outcome: &mut FileOutcome) -> Result<(), Stop> {
        let opened = self.open().await?;
        let tablet = opened.tablet.clone();
        let fault = match self.batches(opened, tablet.id, outcome).await {
            Err(Stop::Fault(
                fault @ (FileFault::JournalGap { .. } | FileFault::JournalFork { .. }),
            )) => fault,
            done => return done,
        };
        let heads = self.heads().await?;
        let brought = self.store.continuations().await?.into_iter();
        let brought = brought.filter(|one| one.by_hand && one.continues == tablet.id);
        let mut chain = None;
        for one in brought {
            if self.fits(one.tablet, &heads).await? {
                chain = Some(one.tablet);
                break;
            }
        }
        let chain = match (chain, heads.first()) {
            (Some(chain), _) => chain,
            (None, Some(start)) if continues => {
                let id = fresh_id();
                self.store.continue_by_hand(&tablet, (id, *start), self.now).await?;
                tracing::info!(tablet = %tablet.id, chain = %id, "a journal continues a tablet");
                id
            }
            _ => return Err(fault.into()),
        };
        (outcome.rows, outcome.new, outcome.already_there) = (0, 0, 0);
        let opened = self.open().await?;
        self.batches(opened, chain, outcome).await
    }

    async fn open(&self) -> Result<Opened<'a>, Stop> {
        let mut lines = Lines::open(self.source)?;
        let mut first = lines.next(HEAD_BYTES)?;
        if let Some(sealed) = first.as_deref().and_then(sealed) {
            lines = lines.unsealed(&sealed, &self.store.export_secret().await?)?;
            first = lines.next(HEAD_BYTES)?;
        }
        let head = first.as_deref().and_then(head).ok_or(FileFault::NoJournal)?;
        let unknown =
            || FileFault::UnknownTablet { tablet: head.tablet, counter: head.counter.clone() };
        let tablet = self.store.tablet(head.tablet).await?.ok_or_else(unknown)?;
        let key = VerifyingKey::from_bytes(&tablet.public_key)
            .map_err(|_| StoreError::Meaningless("tablets"))?;
        Ok(Opened { lines, head, tablet, key })
    }

    /// The head before the first event of the journal, and that after each. As far as they can be
    /// read: what is wrong is told when it is stored.
    async fn heads(&self) -> Result<Vec<Head>, Stop> {
        let mut opened = self.open().await?;
        let mut heads = Vec::new();
        while let Ok(Some((batch, after))) = opened.next(0) {
            if heads.is_empty() {
                heads.push(Head { number: batch.first - 1, digest: batch.previous });
            }
            heads.extend(after);
        }
        Ok(heads)
    }

    /// Whether a chain is the one of a journal, of which the one may tell more than the other.
    async fn fits(&self, chain: Uuid, heads: &[Head]) -> Result<bool, StoreError> {
        let (Some(first), Some(last)) = (heads.first(), heads.last()) else { return Ok(false) };
        let Some(stored) = self.store.chain(chain).await? else { return Ok(false) };
        // Equal digests under one number mean equal histories up to it.
        let common = last.number.min(stored.head.number);
        let digest = if common == stored.start.number {
            Some(stored.start.digest)
        } else {
            let event = self.store.events_after(chain, common.saturating_sub(1), 1).await?;
            let head = event.first().map(|(head, _)| head).filter(|head| head.number == common);
            head.map(|head| head.digest)
        };
        let at = common.checked_sub(first.number).and_then(|at| usize::try_from(at).ok());
        let ours = at.and_then(|at| heads.get(at));
        Ok(ours.is_some_and(|ours| Some(ours.digest) == digest))
    }

    /// Stores the batches in a chain.
    async fn batches(
        &mut self,
        mut opened: Opened<'_>,
        chain: Uuid,
        outcome: &mut FileOutcome,
    ) -> Result<(), Stop> {
        let skew = self.store.skew(opened.tablet.id).await?.unwrap_or(0);
        let repeat_ms = Centre::of(self.store).await?.repeat_ms();
        let mut behind: Option<(u64, u64, u64)> = None;
        while let Some((batch, heads)) = opened.next(outcome.rows)? {
            let events: Vec<&[u8]> =
                batch.events.iter().map(|event| event.get().as_bytes()).collect();
            let arrival = Arrival {
                tablet: chain,
                simulated: opened.tablet.post.simulated,
                previous: Head { number: batch.first - 1, digest: batch.previous },
                heads: &heads,
                events: &events,
                sent: batch.sent,
                signature: batch.signature,
                // Written days ago perhaps: the moment by our clock that belongs to the tablet's.
                sent_at: batch.sent.at.saturating_sub(skew).min(self.now),
                received_at: self.now,
                repeat_ms,
            };
            match self.store.append_events(&arrival).await? {
                Appended::Stored { stored, quarantined, .. } => {
                    outcome.rows += events.len() as u64;
                    outcome.new += stored;
                    outcome.already_there += events.len() as u64 - stored;
                    self.quarantined += quarantined;
                }
                // Further runs may belong to what the server has already.
                Appended::Gap { head: ours } if opened.head.salvaged => {
                    outcome.rows += events.len() as u64;
                    let (.., left) = behind.get_or_insert((ours.number, batch.first, 0));
                    *left += events.len() as u64;
                }
                Appended::Gap { head } => {
                    let (after, first) = (head.number, batch.first);
                    return Err(FileFault::JournalGap { after, first }.into());
                }
                Appended::Fork { .. } => {
                    return Err(FileFault::JournalFork { line: opened.lines.number }.into());
                }
            }
            self.progress.advance(opened.lines.read.load(Ordering::Relaxed), outcome.rows);
        }
        let (said, found) = (opened.head.events, outcome.rows);
        if found < said {
            return Err(FileFault::CutJournal { said, found }.into());
        }
        if let Some((after, first, left)) = behind {
            return Err(FileFault::SalvagedGap { after, first, left }.into());
        }
        Ok(())
    }
}

impl Opened<'_> {
    /// The next batch and the heads after each of its events; none at the end. `found` events came
    /// before it.
    fn next(&mut self, found: u64) -> Result<Option<(Batch, Vec<Head>)>, FileFault> {
        while let Some(line) = self.lines.next(REQUEST_BYTES)? {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let number = self.lines.number;
            let changed = |cause: String| FileFault::ChangedLine { line: number, cause };
            let batch: Batch = serde_json::from_slice(&line).map_err(|error| {
                // The end of the file within a line is the file's end, not somebody's change.
                let cut = FileFault::CutJournal { said: self.head.events, found };
                if error.is_eof() { cut } else { changed("it is no batch".into()) }
            })?;
            if batch.events.len() > EVENTS_IN_BATCH {
                return Err(changed("it has too many events".into()));
            }
            let heads = batch.open(&self.key, self.tablet.id);
            let heads = heads.map_err(|broken| changed(broken.to_string()))?;
            return Ok(Some((batch, heads)));
        }
        Ok(None)
    }
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

    /// The content of a sealed file whose first line was read.
    fn unsealed(self, head: &SealedHead, secret: &[u8; 32]) -> Result<Self, FileFault> {
        if PublicKey::of(secret).ok() != Some(head.key) {
            return Err(FileFault::SealedForAnother);
        }
        let opener =
            Opener::new(self.reader, head, secret).map_err(|_| FileFault::SealedChanged)?;
        let reader: Box<dyn Read + Send + 'a> = Box::new(opener);
        Ok(Self { reader: BufReader::new(reader), read: self.read, number: 0 })
    }

    /// The next line, at most so many bytes; none at the end.
    fn next(&mut self, most: usize) -> Result<Option<Vec<u8>>, FileFault> {
        let mut line = Vec::new();
        let mut limited = (&mut self.reader).take(most as u64 + 1);
        limited.read_until(b'\n', &mut line).map_err(unreadable)?;
        self.number += 1;
        if line.len() > most {
            return Err(FileFault::EndlessLine { line: self.number });
        }
        Ok((!line.is_empty()).then_some(line))
    }
}

fn unreadable(error: io::Error) -> FileFault {
    match SealedError::within(&error) {
        Some(SealedError::Cut) => FileFault::SealedCut,
        Some(SealedError::Altered | SealedError::Key) => FileFault::SealedChanged,
        None => FileFault::Read(error),
    }
}
