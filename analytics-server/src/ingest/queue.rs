//! What waits to be written: in the order of arrival, bounded, and a tap before a backlog.

use super::{CheckedBatch, IngestError};
use crate::storage::events::Appended;
use std::collections::{HashSet, VecDeque};
use tokio::sync::oneshot;
use uuid::Uuid;

/// Events of one commit. A larger one keeps a single tap waiting for longer.
const GROUP_EVENTS: usize = 2_000;

/// Events that wait at most: what a slow disk writes in some ten seconds.
const MOST_EVENTS: usize = 60_000;

/// Events that are written in a second by the slowest machine that we know, for the time after which
/// it is worth coming back.
const WRITTEN_A_SECOND: usize = 6_000;

/// A batch of so few events is what somebody does at a counter now, and goes before what was kept.
const LIVE_EVENTS: usize = 8;

/// A batch and who waits for its outcome.
#[derive(Debug)]
pub(super) struct Waiting {
    pub batch: CheckedBatch,
    pub answer: oneshot::Sender<Result<Appended, IngestError>>,
}

/// Batches in the order of their arrival.
#[derive(Debug, Default)]
pub(super) struct Queue {
    live: VecDeque<Waiting>,
    backlog: VecDeque<Waiting>,
    /// In all batches that wait.
    events: usize,
    /// Somebody writes.
    is_written: bool,
}

/// A group while it is put together.
#[derive(Default)]
struct Group {
    batches: Vec<Waiting>,
    tablets: HashSet<Uuid>,
    events: usize,
}

impl Group {
    /// Takes from the front of a queue while there is room for it, of each tablet one batch: a second
    /// one goes on from the first, so it comes after that is stored.
    fn take(&mut self, queue: &mut VecDeque<Waiting>, room: usize) {
        let mut later = VecDeque::new();
        while let Some(one) = queue.pop_front() {
            let events = self.events + one.batch.events.len();
            if events > room && !self.batches.is_empty() {
                later.push_back(one);
                break;
            }
            if self.tablets.insert(one.batch.tablet) {
                self.events = events;
                self.batches.push(one);
            } else {
                later.push_back(one);
            }
        }
        later.append(queue);
        *queue = later;
    }
}

impl Queue {
    /// Puts a batch at the end. Gives whether the caller has to begin to write.
    pub fn push(&mut self, one: Waiting) -> Result<bool, IngestError> {
        let own = one.batch.events.len();
        if self.events + own > MOST_EVENTS {
            let wait_s = (self.events / WRITTEN_A_SECOND + 1) as u64;
            return Err(IngestError::Full { events: self.events, wait_s });
        }
        self.events += own;
        let queue = if own <= LIVE_EVENTS { &mut self.live } else { &mut self.backlog };
        queue.push_back(one);
        Ok(!std::mem::replace(&mut self.is_written, true))
    }

    /// The next batches; none: nothing waits, and the writer ends.
    pub fn take_group(&mut self) -> Vec<Waiting> {
        let mut group = Group::default();
        // Half of it at most, so that the backlog goes on whatever happens at counters.
        group.take(&mut self.live, GROUP_EVENTS / 2);
        group.take(&mut self.backlog, GROUP_EVENTS);
        self.events -= group.events;
        self.is_written = !group.batches.is_empty();
        group.batches
    }

    /// The writer ended in the middle: what still waits is let go of, and its senders come again.
    pub fn give_up(&mut self) {
        *self = Self::default();
    }

    pub const fn events(&self) -> usize {
        self.events
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Head;
    use protocol::exchange::Sent;
    use serde_json::value::RawValue;

    fn waiting(tablet: u128, events: usize) -> Waiting {
        let tablet = Uuid::from_u128(tablet);
        let event = || RawValue::from_string("{}".into()).unwrap();
        let batch = CheckedBatch {
            tablet,
            simulated: false,
            previous: Head::start(tablet),
            heads: Vec::new(),
            events: (0..events).map(|_| event()).collect(),
            sent: Sent { at: 0, boot: tablet, uptime: 0 },
            received_at: 0,
            repeat_ms: 0,
        };
        Waiting { batch, answer: oneshot::channel().0 }
    }

    fn tablets(group: &[Waiting]) -> Vec<u128> {
        group.iter().map(|one| one.batch.tablet.as_u128()).collect()
    }

    #[test]
    fn a_tap_goes_before_a_backlog_and_the_backlog_goes_on() {
        let mut queue = Queue::default();
        assert!(queue.push(waiting(1, GROUP_EVENTS)).unwrap(), "the first begins to write");
        assert!(!queue.push(waiting(2, GROUP_EVENTS - 2)).unwrap());
        assert!(!queue.push(waiting(3, 2)).unwrap());
        assert_eq!(
            tablets(&queue.take_group()),
            [3],
            "the whole of the next has no room beside it"
        );
        assert_eq!(tablets(&queue.take_group()), [1]);
        queue.push(waiting(4, 2)).unwrap();
        assert_eq!(tablets(&queue.take_group()), [4, 2]);
        for tablet in 10..2_000 {
            queue.push(waiting(tablet, 2)).unwrap();
        }
        queue.push(waiting(5, 100)).unwrap();
        let group = queue.take_group();
        assert!(tablets(&group).contains(&5), "a flood of taps keeps no backlog away");
        while !queue.take_group().is_empty() {}
        assert_eq!(queue.events(), 0);
        assert!(queue.push(waiting(6, 1)).unwrap(), "the writer ended, the next begins again");
    }

    #[test]
    fn a_tablets_batches_are_written_one_after_the_other() {
        let mut queue = Queue::default();
        for (tablet, events) in [(1, 20), (1, 30), (2, 20), (1, 40)] {
            queue.push(waiting(tablet, events)).unwrap();
        }
        let sizes = |group: Vec<Waiting>| -> Vec<usize> {
            group.iter().map(|one| one.batch.events.len()).collect()
        };
        assert_eq!(sizes(queue.take_group()), [20, 20]);
        assert_eq!(sizes(queue.take_group()), [30]);
        assert_eq!(sizes(queue.take_group()), [40]);
    }

    #[test]
    fn a_full_queue_says_when_there_is_room() {
        let mut queue = Queue::default();
        for tablet in 0..MOST_EVENTS / 500 {
            queue.push(waiting(tablet as u128, 500)).unwrap();
        }
        let refused = queue.push(waiting(999, 1)).unwrap_err();
        assert!(matches!(refused, IngestError::Full { events: MOST_EVENTS, wait_s: 11 }));
        queue.take_group();
        queue.push(waiting(999, 1)).unwrap();
    }
}
