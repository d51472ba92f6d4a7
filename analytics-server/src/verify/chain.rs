//! Whether the chain of one tablet holds: every digest is computed anew from the stored bytes.

use crate::storage::chains::StoredChain;
use crate::storage::{Store, StoreError};
use protocol::Head;
use uuid::Uuid;

/// Events that are held in memory at once.
const PAGE: u32 = 500;

/// What was found out about a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Code of the tablet's counter.
    pub counter: String,
    /// Where the chain ends, as the tablet's row says.
    pub head: Head,
    /// When its first and last event were, milliseconds since 1970; none: there are no events.
    pub span: Option<(i64, i64)>,
    /// Number of the first event that is not as it was taken in, or is missing; none: it holds.
    pub breaks_at: Option<u64>,
}

/// Checks the chain of a tablet; none: there is no such tablet.
pub async fn check(store: &Store, tablet: Uuid) -> Result<Option<Checked>, StoreError> {
    let Some(StoredChain { start, .. }) = store.chain(tablet).await? else { return Ok(None) };
    let mut walked = start;
    loop {
        // The end is read before the events: what comes meanwhile is walked with the next page.
        let Some(chain) = store.chain(tablet).await? else { return Ok(None) };
        let page = store.events_after(tablet, walked.number, PAGE).await?;
        let broken =
            if page.is_empty() { end(walked, chain.head) } else { walk(&mut walked, &page) };
        if page.is_empty() || broken.is_some() {
            let span = store.events_span(tablet).await?;
            let (counter, head) = (chain.counter, chain.head);
            return Ok(Some(Checked { counter, head, span, breaks_at: broken }));
        }
    }
}

/// Goes on over a page of events; the number of the first that does not follow.
fn walk(walked: &mut Head, page: &[(Head, Vec<u8>)]) -> Option<u64> {
    for (stored, bytes) in page {
        let next = walked.extend(bytes);
        if *stored != next {
            return Some(next.number);
        }
        *walked = next;
    }
    None
}

/// Where a chain that was walked to its last event breaks against the end that is known of it.
pub(super) fn end(walked: Head, known: Head) -> Option<u64> {
    if walked.number == known.number {
        return (walked.digest != known.digest).then_some(known.number);
    }
    // Events are missing, or too many.
    Some(walked.number.min(known.number) + 1)
}
