//! Taking batches of tablets: in one transaction each chain is checked, each new event's exact bytes
//! are stored, and the event is folded into its rating or put in quarantine. A resend stores
//! nothing and is acknowledged again; a batch with a gap, which begins behind the stored head, stores nothing
//! and is answered with that head. Batches of several tablets share one commit, one position of the change
//! clock and one look at the rules.

use super::batches::BatchSteps;
use super::dossiers::DossierSteps;
use super::event_marks::{InvitationUpdate, MarkSteps};
use super::event_steps::{CodeIds, EventSteps};
use super::events::{Appended, Arrival, NewEvent};
use super::repetitions::{RepetitionSteps, find_repetitions};
use super::{Store, StoreError, writing};
use crate::projections::visit::{QuarantineReason, Visit, begun, fold, is_of_no_visit};
use protocol::Head;
use protocol::event::What;
use protocol::invitation::InvitationState;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

impl Store {
    /// Stores what is new in a batch.
    pub async fn append_events(&self, arrival: &Arrival<'_>) -> Result<Appended, StoreError> {
        let mut appended = self.append_group(std::slice::from_ref(arrival)).await?;
        appended.pop().ok_or(StoreError::Meaningless("tablets"))
    }

    /// Stores what is new in batches of different tablets, those that continue others last; after an error
    /// nothing of any of them.
    pub async fn append_group(
        &self,
        arrivals: &[Arrival<'_>],
    ) -> Result<Vec<Appended>, StoreError> {
        Ok(writing!(self, Db, tx => append_all::<Db>(&mut tx, arrivals).await?))
    }
}

/// All statements of a group's transaction.
pub(super) trait AppendSteps:
    EventSteps + MarkSteps + DossierSteps + BatchSteps + RepetitionSteps
{
}
impl<D: EventSteps + MarkSteps + DossierSteps + BatchSteps + RepetitionSteps> AppendSteps for D {}

/// What of a batch is new.
pub(super) struct NewEvents<'a> {
    pub(super) arrival: &'a Arrival<'a>,
    /// Number of the last event that was stored before.
    known: u64,
    pub(super) events: Vec<NewEvent<'a>>,
}

impl NewEvents<'_> {
    /// The head after all of them.
    pub(super) fn head(&self) -> Head {
        self.events.last().map_or(self.arrival.previous, |new| new.head)
    }

    /// Their first and their last number.
    pub(super) fn numbers(&self) -> (u64, u64) {
        (self.known + 1, self.head().number)
    }

    fn continues_another(&self) -> bool {
        let mut reads = self.events.iter().filter_map(|new| new.read.as_ref().ok());
        reads.any(|event| matches!(event.what, What::Continues(_)))
    }
}

/// A batch that was held against what is stored of its tablet.
enum CheckedArrival<'a> {
    /// There is nothing to store.
    Settled(Appended),
    New(NewEvents<'a>),
}

/// The whole of a group's transaction.
async fn append_all<D: AppendSteps>(
    tx: &mut D::Connection,
    arrivals: &[Arrival<'_>],
) -> Result<Vec<Appended>, StoreError> {
    // In the order of their ids, so that two servers on one database never wait for each other's tablets.
    let mut order: Vec<&Arrival<'_>> = arrivals.iter().collect();
    order.sort_by_key(|arrival| arrival.tablet);
    let mut heads = HashMap::new();
    for arrival in order {
        heads.insert(arrival.tablet, D::lock_head(tx, arrival).await?);
    }
    let lines = D::tablets_of_lines(tx).await?;
    let (mut appended, mut changed) = (Vec::new(), ChangedVisits::default());
    let (mut plain, mut of_lines) = (Vec::new(), Vec::new());
    for (place, arrival) in arrivals.iter().enumerate() {
        // Each tablet is there once, so each head is taken once.
        let head = heads.remove(&arrival.tablet).ok_or(StoreError::Meaningless("tablets"))?;
        match check::<D>(tx, arrival, head).await? {
            CheckedArrival::Settled(outcome) => appended.push(outcome),
            CheckedArrival::New(new) => {
                let (head, stored) = (new.head(), new.events.len() as u64);
                appended.push(Appended::Stored { head, stored, quarantined: 0 });
                let is_of_line = lines.contains(&arrival.tablet) || new.continues_another();
                if is_of_line { &mut of_lines } else { &mut plain }.push((place, new));
            }
        }
    }
    // What tablets continue is locked before the change clock, as everywhere: who held the one and waited
    // for the other would wait for somebody who does the contrary.
    of_lines.sort_by_key(|(_, new): &(usize, NewEvents<'_>)| new.arrival.tablet);
    for (_, new) in &of_lines {
        D::insert_continuations(tx, new.arrival, &new.events).await?;
        D::line_of(tx, new.arrival.tablet).await?;
    }
    let mut counted = store_plain::<D>(tx, plain, &mut changed).await?;
    for (place, new) in of_lines {
        counted.push((place, store_of_line::<D>(tx, new, &mut changed).await?));
    }
    for (place, odd) in counted {
        if let Some(Appended::Stored { quarantined, .. }) = appended.get_mut(place) {
            *quarantined = odd;
        }
    }
    if let Some(last) = arrivals.last() {
        changed.finish::<D>(tx, last.repeat_ms, last.received_at).await?;
    }
    Ok(appended)
}

/// Holds a batch against what is stored of its tablet: its head, and the moment before which none of
/// its news can have happened.
async fn check<'a, D: AppendSteps>(
    tx: &mut D::Connection,
    arrival: &'a Arrival<'a>,
    (head, since): (Head, i64),
) -> Result<CheckedArrival<'a>, StoreError> {
    let since = if head.number == 0 { begun(arrival.tablet, since) } else { since };
    // Equal digests under one number mean equal histories up to it, so one look is enough.
    let last = arrival.heads.last().map_or(arrival.previous.number, |last| last.number);
    let common = last.min(head.number);
    let Some(claimed) = arrival.head_at(common) else {
        return Ok(CheckedArrival::Settled(Appended::Gap { head }));
    };
    let ours = if common == head.number {
        head.digest
    } else {
        match D::digest_at(tx, arrival.tablet, common).await? {
            Some(digest) => digest,
            None => D::chain_start(tx, arrival.tablet).await?,
        }
    };
    if claimed.digest != ours {
        let detail = format!("event {common} has two digests, {ours} and {}", claimed.digest);
        D::record_fork(tx, arrival, &detail).await?;
        return Ok(CheckedArrival::Settled(Appended::Fork { head }));
    }
    let events = arrival.news(head.number, since);
    if events.is_empty() {
        let outcome = Appended::Stored { head, stored: 0, quarantined: 0 };
        return Ok(CheckedArrival::Settled(outcome));
    }
    Ok(CheckedArrival::New(NewEvents { arrival, known: head.number, events }))
}

/// Stores batches of tablets that continue no other, with statements for all of them together. Gives how
/// many events of each are odd.
async fn store_plain<D: AppendSteps>(
    tx: &mut D::Connection,
    group: Vec<(usize, NewEvents<'_>)>,
    changed: &mut ChangedVisits,
) -> Result<Vec<(usize, u64)>, StoreError> {
    let (places, group): (Vec<usize>, Vec<NewEvents<'_>>) = group.into_iter().unzip();
    if group.is_empty() {
        return Ok(Vec::new());
    }
    D::insert_events(tx, &group).await?;
    D::insert_batches(tx, &group).await?;
    let events: Vec<&NewEvent<'_>> = group.iter().flat_map(|new| &new.events).collect();
    let mut visits = D::load_visits(tx, &events).await?;
    let codes = D::load_places(tx, &events).await?;
    let (mut odd, mut counted, none) = (Vec::new(), Vec::new(), HashSet::new());
    for (place, new) in places.into_iter().zip(&group) {
        let events: Vec<&NewEvent<'_>> = new.events.iter().collect();
        let folded = fold_news(new.arrival.tablet, &events, &mut visits, &codes, &none);
        counted.push((place, folded.odd.len() as u64));
        changed.add(new.arrival, folded, &mut odd);
    }
    D::quarantine(tx, &odd).await?;
    D::advance(tx, &group).await?;
    Ok(counted)
}

/// Stores a batch of a tablet that continues another one, or that another one continues: what either
/// of them told is looked up, so it sees all that was written before. Gives how many events are odd.
async fn store_of_line<D: AppendSteps>(
    tx: &mut D::Connection,
    new: NewEvents<'_>,
    changed: &mut ChangedVisits,
) -> Result<u64, StoreError> {
    changed.flush::<D>(tx).await?;
    let group = std::slice::from_ref(&new);
    D::insert_events(tx, group).await?;
    D::insert_batches(tx, group).await?;
    let arrival = new.arrival;
    let events: Vec<&NewEvent<'_>> = new.events.iter().collect();
    let mut visits = D::load_visits(tx, &events).await?;
    let way = (arrival.tablet, arrival.received_at);
    let shared = find_repetitions::<D>(tx, way, &events, &mut visits).await?;
    let before = shared.before(new.known)?;
    let folding: Vec<&NewEvent<'_>> = before.iter().chain(&new.events).collect();
    let codes = D::load_places(tx, &folding).await?;
    let folded = fold_news(arrival.tablet, &folding, &mut visits, &codes, &shared.repeated);
    let (count, mut odd) = (folded.odd.len() as u64, Vec::new());
    changed.add(arrival, folded, &mut odd);
    D::quarantine(tx, &odd).await?;
    D::advance(tx, group).await?;
    changed.flush::<D>(tx).await?;
    Ok(count)
}

/// The visits that a transaction changes, all at one position of the change clock. Taking the position
/// holds the clock until the commit.
#[derive(Default)]
pub(super) struct ChangedVisits {
    position: Option<i64>,
    /// Visits that are to be written, and whether they are simulated.
    visits: Vec<(Visit, bool)>,
    /// What is to be written of invitations, with the tablet that tells it.
    marks: Vec<(Uuid, InvitationUpdate)>,
    /// Those that got their level.
    answered: Vec<Uuid>,
}

impl ChangedVisits {
    /// Takes what was folded of a batch; what is odd of it goes to `odd`.
    fn add<'a>(
        &mut self,
        arrival: &'a Arrival<'a>,
        folded: FoldedEvents,
        odd: &mut Vec<(&'a Arrival<'a>, u64, QuarantineReason)>,
    ) {
        odd.extend(folded.odd.iter().map(|(number, why)| (arrival, *number, why.clone())));
        self.take(arrival.tablet, arrival.simulated, folded);
    }

    /// Takes visits that were folded of a tablet, and what they tell of invitations.
    pub(super) fn take(&mut self, tablet: Uuid, simulated: bool, folded: FoldedEvents) {
        self.visits.extend(folded.visits.into_iter().map(|visit| (visit, simulated)));
        self.marks.extend(folded.marks.into_iter().map(|mark| (tablet, mark)));
        self.answered.extend(folded.answered);
    }

    /// Writes what is to be written.
    async fn flush<D: EventSteps + MarkSteps>(
        &mut self,
        tx: &mut D::Connection,
    ) -> Result<(), StoreError> {
        if self.visits.is_empty() {
            return Ok(());
        }
        D::mark_invitations(tx, &self.marks).await?;
        let position = match self.position {
            Some(position) => position,
            None => *self.position.insert(D::next_position(tx).await?),
        };
        D::upsert_visits(tx, &self.visits, position).await?;
        self.visits.clear();
        self.marks.clear();
        Ok(())
    }

    /// Writes all of it, links the visits to their dossiers and writes what the rules find odd about
    /// them. Last, so that the rules see every answer that was counted before these.
    pub(super) async fn finish<D: EventSteps + MarkSteps + DossierSteps>(
        mut self,
        tx: &mut D::Connection,
        repeat_ms: i64,
        now: i64,
    ) -> Result<(), StoreError> {
        self.flush::<D>(tx).await?;
        let Some(position) = self.position else { return Ok(()) };
        D::link_dossiers(tx, position).await?;
        D::flag(tx, &self.answered, repeat_ms, (position, now)).await
    }
}

/// What events came to.
#[derive(Default)]
pub(super) struct FoldedEvents {
    /// Visits that changed.
    pub visits: Vec<Visit>,
    /// Those of them that got their level.
    pub answered: Vec<Uuid>,
    /// What they tell about invitations.
    pub marks: Vec<InvitationUpdate>,
    /// Numbers of the events that are odd.
    pub odd: Vec<(u64, QuarantineReason)>,
}

/// Folds the new events into the visits known so far, but for those that another chain has told.
pub(super) fn fold_news(
    tablet: Uuid,
    news: &[&NewEvent<'_>],
    visits: &mut HashMap<Uuid, Visit>,
    places: &CodeIds,
    repeated: &HashSet<u64>,
) -> FoldedEvents {
    let mut changed: Vec<Uuid> = Vec::new();
    let mut folded = FoldedEvents::default();
    for new in news {
        let of_no_visit = new.read.as_ref().is_ok_and(|event| is_of_no_visit(&event.what));
        if of_no_visit || repeated.contains(&new.head.number) {
            continue;
        }
        let outcome = new.read.clone().and_then(|event| {
            let visit = visits.get(&event.session);
            let visit = fold(visit, tablet, &event, new.at, |shown| places.find(shown, new.at))?;
            Ok((visit, event.what))
        });
        match outcome {
            Ok((visit, what)) => {
                changed.push(visit.id);
                if matches!(what, What::Rated { .. }) {
                    folded.answered.push(visit.id);
                }
                folded.marks.extend(mark(&visit, &what, new.at));
                visits.insert(visit.id, visit);
            }
            Err(reason) => folded.odd.push((new.head.number, reason)),
        }
    }
    // A visit is written once, in the order of their first mention.
    let mut written = HashSet::new();
    changed.retain(|id| written.insert(*id));
    folded.visits = changed.iter().filter_map(|id| visits.get(id).cloned()).collect();
    folded
}

/// What an event of a visit tells about the visit's invitation.
fn mark(visit: &Visit, what: &What, at: i64) -> Option<InvitationUpdate> {
    let state = match what {
        What::Shown(_) => InvitationState::Shown,
        What::Rated { .. } => InvitationState::Answered,
        What::Abandoned | What::Declined | What::OfficerDisputed => InvitationState::Abandoned,
        What::Superseded => InvitationState::Superseded,
        _ => return None,
    };
    let (counter, session) = (visit.place.counter, visit.id);
    Some(InvitationUpdate { invitation: visit.invitation?, counter, session, state, at })
}
