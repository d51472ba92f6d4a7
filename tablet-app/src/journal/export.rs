//! The journal as a file on a USB stick, for a tablet that will never be online again. The format
//! is the protocol's; each piece is signed, so the server accepts it as if it had come by the
//! network.

use super::file::{self, ExportError, Exported, Stopped, line};
use super::{Identity, Journal, JournalError};
use crate::clock::Clock;
use ed25519_dalek::SigningKey;
use protocol::exchange::{Batch, Sent};
use protocol::journal_file::{FORMAT, JournalFile};
use protocol::limits::{BATCH_BYTES, EVENTS_IN_BATCH};
use std::io::Write;
use std::path::Path;

impl Journal {
    /// Writes everything that is kept into a file in `folder`, named after counter and moment.
    /// Nothing is marked as uploaded by it: the server's word is still awaited. It is sealed to the
    /// server where its key came with the settings.
    pub fn export(&self, folder: &Path, clock: &Clock) -> Result<Exported, ExportError> {
        let identity = self.identity()?.ok_or(JournalError::NotEnrolled)?;
        let enrolled = identity.enrolled.clone().ok_or(JournalError::NotEnrolled)?;
        let key = self.settings()?.and_then(|(settings, _)| settings.export_key);
        file::write(folder, &enrolled.counter, clock, key, |out| {
            self.write_events(&identity, clock, out)
        })
    }

    fn write_events(
        &self,
        identity: &Identity,
        clock: &Clock,
        out: &mut dyn Write,
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
            salvaged: false,
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
