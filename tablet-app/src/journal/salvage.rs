//! What can be read of a damaged journal goes into a file for the server, and the damaged one is moved
//! aside, so that the tablet can start anew. Nothing is ever deleted: the key of the old identity lies in
//! what was moved.
//!
//! An event is taken only where its bytes and the digest before it give its own digest; so the file holds
//! runs of events that follow one another, and the server takes those that go on from what it has.

use super::file::{self, ExportError, Exported, Stopped, line};
use super::pages::{Pages, Place, Row, Value};
use super::{FILE, Identity, Journal, JournalError, Options, open};
use crate::clock::Clock;
use ed25519_dalek::SigningKey;
use protocol::exchange::{Batch, Enrolled, Sent};
use protocol::journal_file::{FORMAT, JournalFile};
use protocol::limits::{BATCH_BYTES, EVENTS_IN_BATCH};
use protocol::sealed_file::PublicKey;
use protocol::settings::Settings;
use protocol::{Digest, Head};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Why nothing was salvaged. The journal is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SalvageError {
    /// There is nothing to salvage from.
    #[error("the journal {path} is not damaged; `tablet-app export` writes it to a file")]
    Whole {
        /// The journal's file.
        path: PathBuf,
    },
    /// Only the server may be able to read the file, and its key can not be read.
    #[error("the server's key can not be read, so the file would not be sealed")]
    NoKey,
    /// The journal could not be read, or the file not written.
    #[error(transparent)]
    Export(#[from] ExportError),
}

impl From<JournalError> for SalvageError {
    fn from(error: JournalError) -> Self {
        Self::Export(error.into())
    }
}

/// What was salvaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salvaged {
    /// The file for the server; none where no event could be proven.
    pub file: Option<Exported>,
    /// Ranges of event numbers, from and to, that could not be read or proven.
    pub missing: Vec<(u64, u64)>,
    /// Whether the tablet's key was found: without it nothing can be signed.
    pub has_key: bool,
    /// Where the damaged journal lies now.
    pub aside: PathBuf,
}

/// Consecutive events that follow a known digest.
struct Run {
    previous: Head,
    events: Vec<Place>,
}

/// What was found in the pages.
#[derive(Default)]
struct Found {
    identity: Option<Identity>,
    key: Option<PublicKey>,
    /// Number of the last event, as it was written with it.
    head: u64,
    /// Where events stand, by number. Old images of a page hold the same event again.
    events: BTreeMap<u64, Vec<(Digest, Place)>>,
}

/// Salvages the journal in `dir` into `folder`. With `only_sealed` it does nothing where the exported file
/// would not be encrypted.
pub fn salvage(
    dir: &Path,
    folder: &Path,
    clock: &Clock,
    only_sealed: bool,
) -> Result<Salvaged, SalvageError> {
    let path = dir.join(FILE);
    if !path.is_file() {
        return Err(JournalError::Missing { path }.into());
    }
    match is_whole(dir, clock) {
        Ok(()) => return Err(SalvageError::Whole { path }),
        // An error of the storage, as of a failing disk, is treated like damage.
        Err(JournalError::Damaged { .. } | JournalError::Storage { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    // Held until the journal is aside, so that no tablet starts on it meanwhile.
    let lock = open::lock(dir, &path)?;
    let unreadable = |error: std::io::Error| JournalError::from_io(&path, &error);
    let pages = Pages::open(&path).map_err(unreadable)?;
    let found = search(&pages);
    if only_sealed && found.key.is_none() && !found.events.is_empty() {
        return Err(SalvageError::NoKey);
    }
    let (runs, missing) = runs(&pages, &found);
    let file = match &found.identity {
        Some(identity) if !runs.is_empty() => {
            Some(write_runs(&pages, &found, identity, &runs, folder, clock)?)
        }
        _ => None,
    };
    drop(pages);
    let aside = move_aside(dir, clock).map_err(unreadable)?;
    drop(lock);
    Ok(Salvaged { file, missing, has_key: found.identity.is_some(), aside })
}

/// Opens the journal and reads all of it, as an export would.
fn is_whole(dir: &Path, clock: &Clock) -> Result<(), JournalError> {
    let journal = Journal::open(dir, clock, Options::default())?;
    journal.identity()?;
    journal.settings()?;
    let last = journal.status()?.recorded;
    let mut after = journal.oldest()?.filter(|oldest| *oldest > 1).unwrap_or_default();
    while after < last {
        let slice = journal.batch_after(after, EVENTS_IN_BATCH, BATCH_BYTES)?;
        if slice.events.is_empty() {
            let detail = format!("event {} is missing", after + 1);
            return Err(JournalError::damaged(&dir.join(FILE), detail));
        }
        after += slice.events.len() as u64;
    }
    Ok(())
}

/// Looks for identity, settings, head and events; a table is known by the shape of its rows.
fn search(pages: &Pages) -> Found {
    let mut found = Found::default();
    pages.rows(|place, row| {
        let Row { number, values } = row;
        match values.as_slice() {
            [
                Value::Null,
                Value::Blob(session),
                Value::Integer(_),
                Value::Blob(_),
                Value::Blob(digest),
                ..,
            ] if session.len() == 16 => {
                if let (Ok(number), Some(digest)) =
                    (u64::try_from(number), Digest::from_slice(digest))
                {
                    found.events.entry(number).or_default().push((digest, place));
                }
            }
            [
                Value::Null,
                Value::Text(server),
                Value::Blob(key),
                Value::Blob(token),
                Value::Blob(tablet),
                Value::Text(counter),
                ..,
            ] => {
                let identity = identity(server, key, token, tablet, counter);
                found.identity = identity.or(found.identity.take());
            }
            [Value::Null, Value::Integer(head), Value::Blob(digest), Value::Integer(_), ..]
                if digest.len() == 32 =>
            {
                found.head = found.head.max(u64::try_from(*head).unwrap_or_default());
            }
            [Value::Null, Value::Text(json), Value::Text(_) | Value::Null, ..] => {
                let settings = serde_json::from_slice::<Settings>(json).ok();
                found.key = settings.and_then(|settings| settings.export_key).or(found.key);
            }
            _ => {}
        }
    });
    found
}

fn identity(
    server: &[u8],
    key: &[u8],
    token: &[u8],
    tablet: &[u8],
    counter: &[u8],
) -> Option<Identity> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
    let tablet = uuid::Uuid::from_slice(tablet).ok()?;
    Some(Identity {
        server: text(server)?,
        secret_key: key.try_into().ok()?,
        token: token.try_into().ok()?,
        enrolled: Some(Enrolled { tablet, counter: text(counter)? }),
    })
}

fn event_bytes(pages: &Pages, place: Place) -> Option<Vec<u8>> {
    match pages.row(place)?.values.into_iter().nth(3)? {
        Value::Blob(bytes) => Some(bytes),
        _ => None,
    }
}

/// Runs of proven events, and the numbers between the first and the last event that are in none. The
/// first event of a run that does not begin at 1 serves by its digest alone, as in every export.
fn runs(pages: &Pages, found: &Found) -> (Vec<Run>, Vec<(u64, u64)>) {
    let tablet = found.identity.as_ref().and_then(|identity| identity.enrolled.as_ref());
    let mut runs: Vec<Run> = Vec::new();
    let mut missing: Vec<(u64, u64)> = Vec::new();
    // The digests that event `last` may have.
    let (mut last, mut before) = (0, Vec::new());
    before.extend(tablet.map(|known| Digest::genesis(known.tablet)));
    let mut is_first = true;
    for (number, images) in &found.events {
        if *number != last + 1 {
            before.clear();
            if !is_first {
                missing.push((last + 1, number - 1));
            }
        }
        let proven = images.iter().find_map(|(digest, place)| {
            let bytes = event_bytes(pages, *place)?;
            let previous = before.iter().find(|previous| previous.extend(&bytes) == *digest)?;
            Some((Head { number: number - 1, digest: *previous }, *digest, *place))
        });
        before = if let Some((previous, digest, place)) = proven {
            match runs.last_mut().filter(|run| run.end() == previous.number) {
                Some(run) => run.events.push(place),
                None => runs.push(Run { previous, events: vec![place] }),
            }
            vec![digest]
        } else {
            // The oldest one kept is not missed: the server has had it for long.
            if !is_first || *number == 1 {
                missing.push((*number, *number));
            }
            images.iter().map(|(digest, _)| *digest).collect()
        };
        (last, is_first) = (*number, false);
    }
    if last < found.head {
        missing.push((last + 1, found.head));
    }
    (runs, joined(missing))
}

impl Run {
    fn end(&self) -> u64 {
        self.previous.number + self.events.len() as u64
    }
}

/// Ranges that touch become one.
fn joined(ranges: Vec<(u64, u64)>) -> Vec<(u64, u64)> {
    let mut joined: Vec<(u64, u64)> = Vec::new();
    for (from, to) in ranges {
        match joined.last_mut().filter(|last| last.1 + 1 == from) {
            Some(last) => last.1 = to,
            None => joined.push((from, to)),
        }
    }
    joined
}

fn write_runs(
    pages: &Pages,
    found: &Found,
    identity: &Identity,
    runs: &[Run],
    folder: &Path,
    clock: &Clock,
) -> Result<Exported, ExportError> {
    let enrolled = identity.enrolled.as_ref().ok_or(JournalError::NotEnrolled)?;
    let key = SigningKey::from_bytes(&identity.secret_key);
    file::write(folder, &enrolled.counter, clock, found.key, |out| {
        let events = runs.iter().map(|run| run.events.len() as u64).sum();
        let head = JournalFile {
            format: FORMAT.to_owned(),
            tablet: enrolled.tablet,
            counter: enrolled.counter.clone(),
            written_at: clock.now().wall_ms,
            events,
            salvaged: true,
        };
        line(out, &head)?;
        for run in runs {
            write_run(pages, run, out, |previous, events| {
                let now = clock.now();
                let sent = Sent { at: now.wall_ms, boot: clock.boot(), uptime: now.uptime_ms };
                Batch::seal(&key, enrolled.tablet, previous, events, sent)
            })?;
        }
        out.flush()?;
        Ok(events)
    })
}

/// Writes a run as batches of the size that the server takes.
fn write_run(
    pages: &Pages,
    run: &Run,
    out: &mut dyn Write,
    seal: impl Fn(Head, Vec<Box<RawValue>>) -> Batch,
) -> Result<(), Stopped> {
    let (mut previous, mut events, mut bytes) = (run.previous, Vec::new(), 0);
    let mut head = previous;
    for place in &run.events {
        let event = event_bytes(pages, *place).and_then(|bytes| String::from_utf8(bytes).ok());
        let event = event.and_then(|json| RawValue::from_string(json).ok());
        // It was read a moment ago and its digest was right, so now the disk itself is failing.
        let event = event.ok_or_else(|| {
            std::io::Error::other(format!("event {} can not be read again", head.number + 1))
        })?;
        let length = event.get().len();
        if !events.is_empty() && (events.len() == EVENTS_IN_BATCH || bytes + length > BATCH_BYTES) {
            line(out, &seal(previous, std::mem::take(&mut events)))?;
            (previous, bytes) = (head, 0);
        }
        head = head.extend(event.get().as_bytes());
        bytes += length;
        events.push(event);
    }
    if !events.is_empty() {
        line(out, &seal(previous, events))?;
    }
    Ok(())
}

/// Moves the journal with its log into a folder of its own, named after the moment.
fn move_aside(dir: &Path, clock: &Clock) -> std::io::Result<PathBuf> {
    let moment = jiff::Timestamp::from_millisecond(clock.now().wall_ms).unwrap_or_default();
    let named = moment.strftime("damaged-%Y%m%dT%H%M%SZ").to_string();
    let mut aside = dir.join(&named);
    let mut again = 1;
    while aside.exists() {
        again += 1;
        aside = dir.join(format!("{named}-{again}"));
    }
    fs::create_dir(&aside)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&aside, fs::Permissions::from_mode(0o700))?;
    }
    // The log first: a journal without its log would look whole and lack its newest events.
    for name in [format!("{FILE}-shm"), format!("{FILE}-wal"), FILE.to_owned()] {
        match fs::rename(dir.join(&name), aside.join(&name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::File::open(dir).and_then(|dir| dir.sync_all())?;
    Ok(aside)
}
