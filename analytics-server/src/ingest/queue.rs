//! What waits to be written: in the order of arrival, bounded, and a tap before a backlog.

use super::{CheckedBatch, IngestError};
use crate::storage::events::Appended;
use std::collections::VecDeque;
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use uuid::Uuid;

/// Events of one commit. A larger one keeps a single tap waiting for longer.
const GROUP_EVENTS: usize = 2_000;

/// Events that wait at most, however fast they are written.
const MOST_EVENTS: usize = 60_000;

/// Seconds that a batch waits at most; a tablet gives its request up after 15.
const MOST_SECONDS: f64 = 8.0;

/// Events written in a second, as long as nothing was measured.
const FIRST_RATE: f64 = 3_000.0;

/// How much the last commit says of the rate, beside those before it.
const NEWS: f64 = 0.2;

/// A batch of so few events is what somebody does at a counter now, and goes before what was kept.
const LIVE_EVENTS: usize = 8;

/// A batch and who waits for its outcome.
#[derive(Debug)]
pub(super) struct Waiting {
    pub batch: CheckedBatch,
    pub answer: oneshot::Sender<Result<Appended, IngestError>>,
    /// The memory that it takes, given back with it: also where its sender has gone away.
    pub _room: Option<OwnedSemaphorePermit>,
}

/// Batches in the order of their arrival.
#[derive(Debug)]
pub(super) struct Queue {
    live: VecDeque<Waiting>,
    backlog: VecDeque<Waiting>,
    /// In all batches that wait.
    events: usize,
    /// Somebody writes.
    is_written: bool,
    /// Events written in a second of late.
    rate: f64,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            live: VecDeque::new(),
            backlog: VecDeque::new(),
            events: 0,
            is_written: false,
            rate: FIRST_RATE,
        }
    }
}

/// A group while it is put together.
#[derive(Default)]
struct Group {
    batches: Vec<Waiting>,
    events: usize,
}

impl Group {
    /// Takes from the front of a queue while there is room for it.
    fn take(&mut self, queue: &mut VecDeque<Waiting>, room: usize) {
        while let Some(one) = queue.pop_front() {
            let events = self.events + one.batch.events.len();
            if events > room && !self.batches.is_empty() {
                queue.push_front(one);
                break;
            }
            self.events = events;
            self.batches.push(one);
        }
    }
}

impl Queue {
    /// That no more can wait, and for how long.
    pub fn full(&self) -> Result<(), IngestError> {
        let seconds = self.events as f64 / self.rate;
        if seconds < MOST_SECONDS && self.events < MOST_EVENTS {
            return Ok(());
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few seconds"
        )]
        let wait_s = seconds.ceil() as u64;
        Err(IngestError::Full { events: self.events, wait_s })
    }

    /// Notes how long a commit of so many events took.
    pub fn wrote(&mut self, events: usize, seconds: f64) {
        // One event in a second is slower than anything that goes on.
        let last = (events as f64 / seconds.max(0.001)).max(1.0);
        // A commit of a few events is as long as one of hundreds: it tells little of the rate.
        let news = NEWS * (events as f64 / GROUP_EVENTS as f64).min(1.0);
        self.rate += (last - self.rate) * news;
    }

    /// Lets go of a batch of a tablet whose sender has gone away and comes again; that one still waits for
    /// its outcome is an error.
    fn replace(&mut self, tablet: Uuid) -> Result<(), IngestError> {
        for queue in [&mut self.live, &mut self.backlog] {
            let Some(place) = queue.iter().position(|one| one.batch.tablet == tablet) else {
                continue;
            };
            if !queue[place].answer.is_closed() {
                return Err(IngestError::Full { events: self.events, wait_s: 1 });
            }
            let old = queue.remove(place).map_or(0, |old| old.batch.events.len());
            self.events -= old;
        }
        Ok(())
    }

    /// Puts a batch at the end; of each tablet one waits. Gives whether the caller has to begin to write.
    pub fn push(&mut self, one: Waiting) -> Result<bool, IngestError> {
        self.replace(one.batch.tablet)?;
        self.full()?;
        let own = one.batch.events.len();
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

    type Outcome = oneshot::Receiver<Result<Appended, IngestError>>;

    fn waiting(tablet: u128, events: usize) -> (Waiting, Outcome) {
        let tablet = Uuid::from_u128(tablet);
        let event = || RawValue::from_string("{}".into()).unwrap();
        let batch = CheckedBatch {
            tablet,
            simulated: false,
            previous: Head::start(tablet),
            heads: Vec::new(),
            events: (0..events).map(|_| event()).collect(),
            sent: Sent { at: 0, boot: tablet, uptime: 0 },
            signature: [0; 64],
            received_at: 0,
            repeat_ms: 0,
        };
        let (answer, outcome) = oneshot::channel();
        (Waiting { batch, answer, _room: None }, outcome)
    }

    fn tablets(group: &[Waiting]) -> Vec<u128> {
        group.iter().map(|one| one.batch.tablet.as_u128()).collect()
    }

    #[test]
    fn a_tap_goes_before_a_backlog_and_the_backlog_goes_on() {
        let (mut queue, mut outcomes) = (Queue::default(), Vec::new());
        let mut push = |queue: &mut Queue, tablet, events| {
            let (one, outcome) = waiting(tablet, events);
            outcomes.push(outcome);
            queue.push(one).unwrap()
        };
        assert!(push(&mut queue, 1, GROUP_EVENTS), "the first begins to write");
        assert!(!push(&mut queue, 2, GROUP_EVENTS - 2));
        assert!(!push(&mut queue, 3, 2));
        assert_eq!(
            tablets(&queue.take_group()),
            [3],
            "the whole of the next has no room beside it"
        );
        assert_eq!(tablets(&queue.take_group()), [1]);
        push(&mut queue, 4, 2);
        assert_eq!(tablets(&queue.take_group()), [4, 2]);
        for tablet in 10..2_000 {
            push(&mut queue, tablet, 2);
        }
        push(&mut queue, 5, 100);
        let group = queue.take_group();
        assert!(tablets(&group).contains(&5), "a flood of taps keeps no backlog away");
        while !queue.take_group().is_empty() {}
        assert_eq!(queue.events(), 0);
        assert!(push(&mut queue, 6, 1), "the writer ended, the next begins again");
    }

    #[test]
    fn of_a_tablet_one_batch_waits_and_one_that_nobody_waits_for_makes_room() {
        let mut queue = Queue::default();
        let (first, outcome) = waiting(1, 20);
        queue.push(first).unwrap();
        let refused = queue.push(waiting(1, 30).0).unwrap_err();
        assert!(matches!(refused, IngestError::Full { events: 20, wait_s: 1 }), "{refused:?}");
        drop(outcome);
        let (again, _outcome) = waiting(1, 30);
        queue.push(again).unwrap();
        assert_eq!(queue.events(), 30);
        assert_eq!(queue.take_group()[0].batch.events.len(), 30);
    }

    #[test]
    fn a_queue_is_full_by_how_long_it_takes_to_write_it() {
        let (mut queue, mut outcomes) = (Queue::default(), Vec::new());
        let fill = |queue: &mut Queue, outcomes: &mut Vec<Outcome>, from: u128| {
            (from..).find_map(|tablet| {
                let (one, outcome) = waiting(tablet, 500);
                outcomes.push(outcome);
                queue.push(one).err()
            })
        };
        let refused = fill(&mut queue, &mut outcomes, 0).unwrap();
        assert!(matches!(refused, IngestError::Full { events: 24_000, wait_s: 8 }), "{refused:?}");
        for _ in 0..60 {
            queue.wrote(GROUP_EVENTS, 0.05);
        }
        let refused = fill(&mut queue, &mut outcomes, 1_000).unwrap();
        assert!(matches!(refused, IngestError::Full { events: MOST_EVENTS, .. }), "{refused:?}");
        for _ in 0..60 {
            queue.wrote(GROUP_EVENTS, 4.0);
        }
        while !queue.take_group().is_empty() {}
        let refused = fill(&mut queue, &mut outcomes, 2_000).unwrap();
        let IngestError::Full { events, .. } = refused else { panic!("{refused:?}") };
        assert!((4_000..=4_500).contains(&events), "{events}");
    }
}
