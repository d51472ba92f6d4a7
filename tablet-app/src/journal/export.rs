//! The journal as a file on a USB stick, for a tablet that will never be online again. The format
//! is the protocol's; each piece is signed, so the server believes it as if it had come by the
//! network. Written beside its name and renamed at the end: a stick that is pulled out too early
//! holds no file that looks whole.

use super::{Identity, Journal, JournalError};
use crate::clock::Clock;
use ed25519_dalek::SigningKey;
use protocol::exchange::{Batch, Sent};
use protocol::journal_file::{EXTENSION, FORMAT, JournalFile};
use protocol::limits::{BATCH_BYTES, EVENTS_IN_BATCH};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The journal said no.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The folder takes no file.
    #[error("{path} can not be written ({cause}); is the stick full, or write-protected?")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub path: PathBuf,
    /// How many events it holds.
    pub events: u64,
}

impl Journal {
    /// Writes everything that is kept into a file in `folder`, named after counter and moment.
    /// Nothing is marked as carried by it: the server's word is still awaited.
    pub fn export(&self, folder: &Path, clock: &Clock) -> Result<Exported, ExportError> {
        let identity = self.identity()?.ok_or(JournalError::NotEnrolled)?;
        let enrolled = identity.enrolled.clone().ok_or(JournalError::NotEnrolled)?;
        let now = clock.now();
        let moment = jiff::Timestamp::from_millisecond(now.wall_ms).unwrap_or_default();
        // A counter's code is written by people and may hold what a file's name may not.
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let counter: String = enrolled.counter.chars().map(plain).collect();
        let name = format!("nhat-ky-{counter}-{}.{EXTENSION}", moment.strftime("%Y%m%d-%H%M%S"));
        let path = folder.join(name);
        let unfinished = path.with_extension("part");
        let failed = |cause| ExportError::Write { path: path.clone(), cause };

        let mut file = BufWriter::new(File::create(&unfinished).map_err(failed)?);
        let written = self.write_events(&identity, clock, &mut file);
        let events = match written {
            Ok(events) => events,
            Err(error) => {
                drop(file);
                // Half a file is of no use; where even this fails it keeps its other name.
                let _ = fs::remove_file(&unfinished);
                return Err(match error {
                    Stopped::Journal(error) => error.into(),
                    Stopped::Write(cause) => failed(cause),
                });
            }
        };
        let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        fs::rename(&unfinished, &path).map_err(failed)?;
        // The name, too, has to be on the stick before it is pulled out.
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        Ok(Exported { path, events })
    }

    fn write_events(
        &self,
        identity: &Identity,
        clock: &Clock,
        out: &mut impl Write,
    ) -> Result<u64, Stopped> {
        let enrolled = identity.enrolled.as_ref().ok_or(JournalError::NotEnrolled)?;
        let key = SigningKey::from_bytes(&identity.secret_key);
        // Of the oldest one kept only the digest is needed, unless it is the very first: the server
        // has had it for a long time.
        let mut after = self.oldest()?.filter(|oldest| *oldest > 1).unwrap_or_default();
        let last = self.status()?.recorded;
        let head = JournalFile {
            format: FORMAT.to_owned(),
            tablet: enrolled.tablet,
            counter: enrolled.counter.clone(),
            written_at: clock.now().wall_ms,
            events: last - after,
        };
        let events = head.events;
        line(out, &head)?;
        while after < last {
            let most = usize::try_from(last - after).unwrap_or(usize::MAX).min(EVENTS_IN_BATCH);
            let slice = self.batch_after(after, most, BATCH_BYTES)?;
            after += slice.events.len() as u64;
            let now = clock.now();
            let sent = Sent { at: now.wall_ms, boot: clock.boot(), uptime: now.uptime_ms };
            line(out, &Batch::seal(&key, enrolled.tablet, slice.previous, slice.events, sent))?;
        }
        out.flush()?;
        Ok(events)
    }
}

enum Stopped {
    Journal(JournalError),
    Write(io::Error),
}

impl From<JournalError> for Stopped {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

fn line(out: &mut impl Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
