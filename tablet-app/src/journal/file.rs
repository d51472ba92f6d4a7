//! One exported file. It is written beside its name and renamed at the end: a stick that is pulled out
//! too early holds no file that looks whole. Where the server's key is known it is sealed to it.

use super::JournalError;
use crate::clock::{self, Clock};
use protocol::journal_file::EXTENSION;
use protocol::sealed_file::{PublicKey, Sealer};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The journal could not be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The system gave no random bytes to seal the file with.
    #[error("the system gives no random bytes to seal the file with: {0}")]
    Random(#[from] getrandom::Error),
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
    /// Whether only the server can read it.
    pub sealed: bool,
}

/// Why writing stopped.
pub(super) enum Stopped {
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

/// Writes a file into `folder`, named after counter and moment; `content` says how many events it wrote.
pub(super) fn write(
    folder: &Path,
    counter: &str,
    clock: &Clock,
    key: Option<PublicKey>,
    content: impl FnOnce(&mut dyn Write) -> Result<u64, Stopped>,
) -> Result<Exported, ExportError> {
    let path = folder.join(name(counter, clock.now().wall_ms));
    let unfinished = path.with_extension("part");
    let failed = |cause| ExportError::Write { path: path.clone(), cause };
    let seed = clock::random_bytes()?;
    let write_all = || -> Result<u64, Stopped> {
        let mut file = BufWriter::new(File::create(&unfinished)?);
        let events = if let Some(key) = key {
            let mut sealer = Sealer::new(&mut file, key, seed)?;
            let events = content(&mut sealer)?;
            sealer.finish()?;
            events
        } else {
            content(&mut file)?
        };
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&unfinished, &path)?;
        Ok(events)
    };
    let events = write_all().map_err(|stopped| {
        // Half a file is of no use; where even this fails it keeps its other name.
        let _ = fs::remove_file(&unfinished);
        match stopped {
            Stopped::Journal(error) => error.into(),
            Stopped::Write(cause) => failed(cause),
        }
    })?;
    // The name, too, has to be on the stick before it is pulled out. Some file systems sync no folders;
    // the file itself is whole and synced.
    if let Err(error) = File::open(folder).and_then(|folder| folder.sync_all()) {
        tracing::warn!(%error, folder = %folder.display(), "the folder could not be synced");
    }
    Ok(Exported { path, events, sealed: key.is_some() })
}

/// In UTC, as the server's backups are named.
fn name(counter: &str, wall_ms: i64) -> String {
    let moment = jiff::Timestamp::from_millisecond(wall_ms).unwrap_or_default();
    // A counter's code is written by people and may hold what a file's name may not.
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let counter: String = counter.chars().map(plain).collect();
    format!("nhat-ky-{counter}-{}.{EXTENSION}", moment.strftime("%Y%m%dT%H%M%SZ"))
}

/// Writes a value as a line of JSON.
pub(super) fn line(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_counter_and_the_moment_in_utc() {
        assert_eq!(name("Q05", 1_695_782_460_000), "nhat-ky-Q05-20230927T024100Z.hljournal");
        assert_eq!(name("Quầy/5", 0), "nhat-ky-Qu-y-5-19700101T000000Z.hljournal");
    }
}
