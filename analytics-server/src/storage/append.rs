//! Taking a tablet's batch: in one transaction the chain is checked, each new event's exact bytes
//! are stored, and the event is folded into its rating or put in quarantine. A resend stores
//! nothing and is acknowledged again; a batch with a gap, which begins behind the stored head, stores nothing
//! and is answered with that head.

use super::batches::BatchSteps;
use super::dossiers::DossierSteps;
use super::event_marks::{InvitationUpdate, MarkSteps};
use super::event_steps::{CodeIds, EventSteps};
use super::events::{Appended, Arrival, NewEvent};
use super::repetitions::{RepetitionSteps, find_repetitions};
use super::{Store, StoreError, writing};
use crate::projections::visit::{QuarantineReason, Visit, begun, fold, is_of_no_visit};
use protocol::event::What;
use protocol::invitation::InvitationState;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

impl Store {
    /// Stores what is new in a batch.
    pub async fn append_events(&self, arrival: &Arrival<'_>) -> Result<Appended, StoreError> {
        Ok(writing!(self, Db, tx => append::<Db>(&mut tx, arrival).await?))
    }
}

/// The whole of a batch's transaction.
async fn append<D: EventSteps + MarkSteps + DossierSteps + BatchSteps + RepetitionSteps>(
    tx: &mut D::Connection,
    arrival: &Arrival<'_>,
) -> Result<Appended, StoreError> {
    let (head, since) = D::lock_head(tx, arrival).await?;
    let since = if head.number == 0 { begun(arrival.tablet, since) } else { since };

    // Equal digests under one number mean equal histories up to it, so one look is enough.
    let last = arrival.heads.last().map_or(arrival.previous.number, |last| last.number);
    let common = last.min(head.number);
    let Some(claimed) = arrival.head_at(common) else { return Ok(Appended::Gap { head }) };
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
        return Ok(Appended::Fork { head });
    }

    let news = arrival.news(head.number, since);
    let Some(new_head) = news.last().map(|new| new.head) else {
        return Ok(Appended::Stored { head, stored: 0, quarantined: 0 });
    };
    D::insert_events(tx, arrival, &news).await?;
    D::insert_batch(tx, arrival, (head.number + 1, new_head.number)).await?;
    D::insert_continuations(tx, arrival, &news).await?;
    let mut visits = D::load_visits(tx, &news).await?;
    let stored = news.len() as u64;
    let way = (arrival.tablet, arrival.received_at);
    let shared = find_repetitions::<D>(tx, way, &news, &mut visits).await?;
    let mut folding = shared.before(head.number)?;
    folding.extend(news);
    let places = D::load_places(tx, &folding).await?;
    let folded = fold_news(arrival.tablet, &folding, visits, &places, &shared.repeated);
    D::quarantine(tx, arrival, &folded.odd).await?;
    D::advance(tx, arrival.tablet, new_head).await?;
    let way = FoldContext {
        tablet: arrival.tablet,
        simulated: arrival.simulated,
        repeat_ms: arrival.repeat_ms,
        now: arrival.received_at,
    };
    store_folded::<D>(tx, &way, &folded).await?;
    Ok(Appended::Stored { head: new_head, stored, quarantined: folded.odd.len() as u64 })
}

/// How folded visits are to be counted.
pub(super) struct FoldContext {
    pub tablet: Uuid,
    pub simulated: bool,
    pub repeat_ms: i64,
    pub now: i64,
}

/// Writes what was folded: invitations, visits, and what the rules find odd about them.
pub(super) async fn store_folded<D: EventSteps + MarkSteps + DossierSteps>(
    tx: &mut D::Connection,
    way: &FoldContext,
    folded: &FoldedEvents,
) -> Result<(), StoreError> {
    if folded.visits.is_empty() {
        return Ok(());
    }
    D::mark_invitations(tx, way.tablet, &folded.marks).await?;
    // Last, because it holds the change clock until the commit. So the rules see every answer that
    // was counted before this one.
    let position = D::next_position(tx).await?;
    D::upsert_visits(tx, &folded.visits, way.simulated, position).await?;
    D::link_dossiers(tx, position).await?;
    D::flag(tx, &folded.answered, way.repeat_ms, (position, way.now)).await
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
    news: &[NewEvent<'_>],
    mut visits: HashMap<Uuid, Visit>,
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
    // A visit is taken out with its first mention, so it is written once.
    folded.visits = changed.iter().filter_map(|id| visits.remove(id)).collect();
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
