//! Whether the chain of one tablet holds: every digest is computed anew from the stored bytes, and the
//! signatures of its batches are held against it with the key that the tablet was enrolled with. A digest covers
//! all events before it, so one signature vouches for the chain up to the last event of its batch.

use crate::storage::chains::StoredChain;
use crate::storage::evidence::{StoredBatch, StoredEvent};
use crate::storage::{Store, StoreError};
use ed25519_dalek::VerifyingKey;
use protocol::{Digest, Head, chain};
use uuid::Uuid;

/// What was found out about a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Code of the tablet's counter.
    pub counter: String,
    /// Where the chain ends, as the tablet's row says.
    pub head: Head,
    /// Number of the last event that a signature of the tablet vouches for, as for all before it; 0: no
    /// signature is stored.
    pub signed_to: u64,
    /// Events behind it.
    pub unsigned: u64,
    /// When its first and last event were, milliseconds since 1970; none: there are no events.
    pub span: Option<(i64, i64)>,
    /// Number of the first event that is not as it was taken in, or is missing; none: it holds.
    pub breaks_at: Option<u64>,
}

/// A walk over a chain from its first event on.
pub(super) struct ChainWalk {
    /// Number of the event before the first.
    start: u64,
    walked: Head,
    key: Option<VerifyingKey>,
    signer: Uuid,
    signed_to: u64,
    breaks_at: Option<u64>,
    /// Events that the tablet did not sign as they are: numbers of the first, behind the last signature that is
    /// right, and of the last.
    forged: Option<(u64, u64)>,
}

impl ChainWalk {
    /// Before the first event.
    pub(super) fn new(chain: &StoredChain) -> Self {
        // What is no key has signed nothing.
        let key = chain.public_key.as_slice().try_into().ok();
        let key = key.and_then(|key| VerifyingKey::from_bytes(key).ok());
        let (walked, signer) = (chain.start, chain.signer);
        let start = walked.number;
        Self { start, walked, key, signer, signed_to: 0, breaks_at: None, forged: None }
    }

    /// Goes on by one event and the batch that it came with, where that is stored. Behind the place where the
    /// chain breaks nothing is said of it.
    pub(super) fn extend(&mut self, stored: &StoredEvent, batch: Option<&StoredBatch>) {
        if self.breaks_at.is_some() {
            return;
        }
        let next = self.walked.extend(&stored.bytes);
        let fits = stored.number.unsigned_abs() == next.number
            && Digest::from_slice(&stored.digest) == Some(next.digest);
        if !fits {
            self.breaks_at = Some(next.number);
            return;
        }
        self.walked = next;
        let Some(batch) = batch.filter(|batch| batch.last_number == stored.number) else { return };
        let Some(signature) = &batch.signature else { return };
        if self.is_signed(batch, signature) {
            self.signed_to = next.number;
        } else {
            // Which of those since the last right signature was changed, nobody can tell.
            let first = self.signed_to.max(self.start) + 1;
            self.breaks_at = Some(first);
            self.forged = Some((first, next.number));
        }
    }

    fn is_signed(&self, batch: &StoredBatch, signature: &[u8]) -> bool {
        let Some((key, signature)) = self.key.as_ref().zip(signature.try_into().ok()) else {
            return false;
        };
        chain::verify(key, self.signer, &self.walked, &batch.sent(), signature)
    }

    /// Number of the last event that follows.
    pub(super) fn number(&self) -> u64 {
        self.walked.number
    }

    /// The events that the tablet did not sign as they are stored, from one number to another.
    pub(super) fn forged(&self) -> Option<(u64, u64)> {
        self.forged
    }

    /// What was found, after the last event, against the end that is known of the chain.
    pub(super) fn end(&self, (counter, head): (String, Head), span: Option<(i64, i64)>) -> Checked {
        let breaks_at = self.breaks_at.or_else(|| {
            if self.walked.number == head.number {
                return (self.walked.digest != head.digest).then_some(head.number);
            }
            // Events are missing, or too many.
            Some(self.walked.number.min(head.number) + 1)
        });
        let signed_to = self.signed_to;
        let unsigned = head.number.saturating_sub(signed_to.max(self.start));
        Checked { counter, head, signed_to, unsigned, span, breaks_at }
    }
}

/// Batches in the order of their events.
pub(super) struct BatchesInOrder<'a>(std::iter::Peekable<std::slice::Iter<'a, StoredBatch>>);

impl<'a> BatchesInOrder<'a> {
    pub(super) fn new(batches: &'a [StoredBatch]) -> Self {
        Self(batches.iter().peekable())
    }

    /// The batch that an event came with; events are asked for in their order.
    pub(super) fn of(&mut self, number: i64) -> Option<&'a StoredBatch> {
        while self.0.next_if(|batch| batch.last_number < number).is_some() {}
        self.0.peek().copied().filter(|batch| batch.first_number <= number)
    }
}

/// Checks the chain of a tablet; none: there is no such tablet.
pub async fn check(store: &Store, tablet: Uuid) -> Result<Option<Checked>, StoreError> {
    let Some(chain) = store.chain(tablet).await? else { return Ok(None) };
    let mut walk = ChainWalk::new(&chain);
    loop {
        // The end is read before the events: what comes meanwhile is walked with the next page.
        let Some(StoredChain { counter, head, .. }) = store.chain(tablet).await? else {
            return Ok(None);
        };
        let page = store.stored_events(tablet, walk.number()).await?;
        if let (Some(first), Some(last)) = (page.first(), page.last()) {
            let batches = store.stored_batches(tablet, (first.number, last.number)).await?;
            let mut batches = BatchesInOrder::new(&batches);
            for stored in &page {
                walk.extend(stored, batches.of(stored.number));
            }
        }
        if page.is_empty() || walk.breaks_at.is_some() {
            let span = store.events_span(tablet).await?;
            return Ok(Some(walk.end((counter, head), span)));
        }
    }
}
