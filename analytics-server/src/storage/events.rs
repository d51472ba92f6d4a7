//! Events as they come in batches and as they are stored. How a batch is taken stands in `append.rs`.

use super::{Store, StoreError, head, reading, signed};
use crate::projections::visit::{QuarantineReason, bound_behind, corrected};
use protocol::Head;
use protocol::event::Event;
use protocol::exchange::Sent;
use uuid::Uuid;

/// A batch whose digests and signature were checked.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// The tablet.
    pub tablet: Uuid,
    /// Whether its ratings are simulated.
    pub simulated: bool,
    /// Head before the first event.
    pub previous: Head,
    /// Head after each event.
    pub heads: &'a [Head],
    /// The events' exact bytes.
    pub events: &'a [&'a [u8]],
    /// The tablet's clocks when it sent.
    pub sent: Sent,
    /// Its Ed25519 signature over its id, the last head and `sent`.
    pub signature: [u8; 64],
    /// Our clock when it was sent, milliseconds since 1970: when it arrived, but for a journal that
    /// somebody carried here.
    pub sent_at: i64,
    /// Our clock when it arrived.
    pub received_at: i64,
    /// Within how many milliseconds after an answer another uninvited visit is flagged.
    pub repeat_ms: i64,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// All of it is stored durably.
    Stored {
        /// The tablet's head here.
        head: Head,
        /// How many events were new.
        stored: u64,
        /// How many of those went to quarantine.
        quarantined: u64,
    },
    /// Events after `head` are missing; nothing was stored.
    Gap {
        /// The tablet's head here.
        head: Head,
    },
    /// Another event stands under a number of this batch; nothing was stored but the fork.
    Fork {
        /// The tablet's head here.
        head: Head,
    },
}

/// An event ready to be stored.
pub(super) struct NewEvent<'a> {
    pub(super) head: Head,
    pub(super) bytes: &'a [u8],
    pub(super) read: Result<Event, QuarantineReason>,
    /// When it happened, by our clock.
    pub(super) at: i64,
}

impl Arrival<'_> {
    /// The head this batch claims for `number`, if it has that event.
    pub(super) fn head_at(&self, number: u64) -> Option<&Head> {
        let index = number.checked_sub(self.previous.number)?;
        match index.checked_sub(1) {
            None => Some(&self.previous),
            Some(index) => self.heads.get(usize::try_from(index).ok()?),
        }
    }

    /// The events after `known`, read. None of them happened before `since`.
    pub(super) fn news(&self, known: u64, mut since: i64) -> Vec<NewEvent<'_>> {
        let all = self.heads.iter().zip(self.events);
        all.filter(|(head, _)| head.number > known)
            .map(|(head, bytes)| {
                let read = Event::read(bytes, head.number);
                let at = match &read {
                    Ok(event) => corrected(event, &self.sent, self.sent_at, since),
                    Err(_) => self.sent_at,
                };
                since = bound_behind(read.as_ref().ok().map(|event| &event.what), at);
                let read = read.map_err(|error| QuarantineReason::Unreadable(error.to_string()));
                NewEvent { head: *head, bytes, read, at }
            })
            .collect()
    }
}

impl Store {
    /// How many alarms are open.
    pub async fn open_alarms(&self) -> Result<u64, StoreError> {
        let count: i64 = reading!(self, pool => sqlx::query_scalar("select count(*) from alarms where closed_at is null").fetch_one(pool).await?);
        Ok(count.unsigned_abs())
    }

    /// Heads and exact bytes of a tablet's events after `number`, in order, at most `limit`: what
    /// an auditor checks a chain with.
    pub async fn events_after(
        &self,
        tablet: Uuid,
        number: u64,
        limit: u32,
    ) -> Result<Vec<(Head, Vec<u8>)>, StoreError> {
        let rows: Vec<(i64, Vec<u8>, Vec<u8>)> = reading!(self, pool => sqlx::query_as(
            "select number, digest, bytes from events where tablet_id = $1 and number > $2
             order by number limit $3",
        )
        .bind(tablet)
        .bind(signed(number))
        .bind(i64::from(limit)).fetch_all(pool).await?);
        rows.into_iter()
            .map(|(number, digest, bytes)| Ok((head("events", number, &digest)?, bytes)))
            .collect()
    }
}
