//! Whether what stands beside an event's bytes follows from them: its visit, its kind, the tablet's
//! clock, and the moment at which it is counted. That moment is computed again from the batch it
//! came with; of an event whose batch is not stored only what its neighbours allow can be said.

use super::findings::FindingKind;
use crate::projections::visit::corrected;
use crate::storage::evidence::{StoredBatch, StoredEvent};
use protocol::event::Event;
use protocol::limits::CLOCK_SKEW_MS;

/// An event with what its moment depends on.
pub(super) struct Dated<'a> {
    pub(super) stored: &'a StoredEvent,
    /// None: its bytes can not be read.
    pub(super) read: Option<&'a Event>,
    /// An earlier version of this program could not read it.
    pub(super) was_unreadable: bool,
    /// The batch it came with, where that is stored.
    pub(super) batch: Option<&'a StoredBatch>,
    /// The moment of the event before it, or of the enrolment.
    pub(super) since: i64,
    pub(super) enrolled_at: i64,
}

/// What is wrong about it.
pub(super) fn event_faults(event: &Dated<'_>) -> Vec<(FindingKind, String)> {
    let stored = event.stored;
    let mut faults = Vec::new();
    let empty = (None, None, None);
    let beside = (stored.session_id, stored.kind.as_deref(), stored.claimed_at);
    let told =
        event.read.map_or(empty, |one| (Some(one.session), Some(one.what.kind()), Some(one.at)));
    if beside != told && !(event.was_unreadable && beside == empty) {
        let words = format!(
            "beside it stand visit, kind and clock {}, its bytes say {}",
            three(beside),
            three(told)
        );
        faults.push((FindingKind::Event, words));
    }
    let moment = match event.batch {
        Some(batch) => by_batch(event, batch),
        None => by_neighbours(event),
    };
    faults.extend(moment.map(|words| (FindingKind::Moment, words)));
    faults
}

fn three((session, kind, at): (Option<uuid::Uuid>, Option<&str>, Option<i64>)) -> String {
    let session = session.map_or_else(|| "none".into(), |one| one.to_string());
    let at = at.map_or_else(|| "none".into(), |at| at.to_string());
    format!("{session}, {}, {at}", kind.unwrap_or("none"))
}

/// The same computation as when it arrived.
fn by_batch(event: &Dated<'_>, batch: &StoredBatch) -> Option<String> {
    let stored = event.stored;
    if stored.received_at != batch.received_at {
        let (there, here) = (stored.received_at, batch.received_at);
        return Some(format!("it is said to have arrived at {there}, its batch at {here}"));
    }
    let unread = event.read.is_none() || (event.was_unreadable && stored.claimed_at.is_none());
    let moment = |since| match event.read.filter(|_| !unread) {
        Some(one) => corrected(one, &batch.sent(), batch.sent_at, since),
        None => batch.sent_at,
    };
    // Of two requests of one tablet at once PostgreSQL once took the enrolment as the bound.
    let moments = [moment(event.since), moment(event.enrolled_at)];
    (!moments.contains(&stored.corrected_at)).then(|| {
        let (there, here) = (stored.corrected_at, moments[0]);
        format!("it is counted at {there}; by the clocks of its batch it happened at {here}")
    })
}

/// What is true of every computed moment, even if the tablet's clocks were wrong.
fn by_neighbours(event: &Dated<'_>) -> Option<String> {
    let (at, stored) = (event.stored.corrected_at, event.stored);
    let bounded = [event.since, event.enrolled_at].map(|since| since.min(stored.received_at));
    if bounded.contains(&at) {
        return None;
    }
    if at > stored.received_at.saturating_add(CLOCK_SKEW_MS) {
        return Some(format!("it is counted at {at}, after it arrived ({})", stored.received_at));
    }
    if at < event.since.saturating_sub(CLOCK_SKEW_MS) {
        return Some(format!(
            "it is counted at {at}, before the event before it ({})",
            event.since
        ));
    }
    let claimed = event.read?.at;
    let moved = at.abs_diff(claimed);
    (moved > 0 && moved <= CLOCK_SKEW_MS.unsigned_abs()).then(|| {
        format!("it is counted at {at}, its own clock said {claimed}, and stood near ours")
    })
}
