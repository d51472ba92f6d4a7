//! Taking a tablet's batch: in one transaction the chain is checked, each new event's exact bytes
//! are stored, and the event is folded into its rating or put in quarantine. A resend stores
//! nothing and is acknowledged again.

use super::batches::BatchSteps;
use super::dossiers::DossierSteps;
use super::event_marks::{Mark, MarkSteps};
use super::event_steps::{EventSteps, Places};
use super::repetitions::{RepetitionSteps, sort_out};
use super::{Store, StoreError, head, reading, signed, writing};
use crate::fold::{Odd, Visit, begun, bound_behind, corrected, fold, is_of_no_visit};
use protocol::Head;
use protocol::event::{Event, What};
use protocol::exchange::Sent;
use protocol::invitation::InvitationState;
use std::collections::{HashMap, HashSet};
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
    /// Another event stands under a number of this batch; nothing was stored, an alarm was raised.
    Fork {
        /// The tablet's head here.
        head: Head,
    },
}

/// An event ready to be stored.
pub(super) struct NewEvent<'a> {
    pub(super) head: Head,
    pub(super) bytes: &'a [u8],
    pub(super) read: Result<Event, Odd>,
    /// When it happened, by our clock.
    pub(super) at: i64,
}

impl Arrival<'_> {
    /// The head this batch claims for `number`, if it speaks of it.
    fn head_at(&self, number: u64) -> Option<&Head> {
        let index = number.checked_sub(self.previous.number)?;
        match index.checked_sub(1) {
            None => Some(&self.previous),
            Some(index) => self.heads.get(usize::try_from(index).ok()?),
        }
    }

    /// The events after `known`, read. None of them happened before `since`.
    fn news(&self, known: u64, mut since: i64) -> Vec<NewEvent<'_>> {
        let all = self.heads.iter().zip(self.events);
        all.filter(|(head, _)| head.number > known)
            .map(|(head, bytes)| {
                let read = Event::read(bytes, head.number);
                let at = match &read {
                    Ok(event) => corrected(event, &self.sent, self.sent_at, since),
                    Err(_) => self.sent_at,
                };
                since = bound_behind(read.as_ref().ok().map(|event| &event.what), at);
                let read = read.map_err(|error| Odd::Unreadable(error.to_string()));
                NewEvent { head: *head, bytes, read, at }
            })
            .collect()
    }
}

impl Store {
    /// Stores what is new in a batch.
    pub async fn append_events(&self, arrival: &Arrival<'_>) -> Result<Appended, StoreError> {
        Ok(writing!(self, Db, tx => append::<Db>(&mut tx, arrival).await?))
    }

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
        D::raise_alarm(tx, arrival, "fork", &detail).await?;
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
    let shared = sort_out::<D>(tx, way, &news, &mut visits).await?;
    let mut folding = shared.before(head.number)?;
    folding.extend(news);
    let places = D::load_places(tx, &folding).await?;
    let folded = fold_news(arrival.tablet, &folding, visits, &places, &shared.repeated);
    D::quarantine(tx, arrival, &folded.odd).await?;
    D::advance(tx, arrival.tablet, new_head).await?;
    let way = Way {
        tablet: arrival.tablet,
        simulated: arrival.simulated,
        repeat_ms: arrival.repeat_ms,
        now: arrival.received_at,
    };
    count::<D>(tx, &way, &folded).await?;
    Ok(Appended::Stored { head: new_head, stored, quarantined: folded.odd.len() as u64 })
}

/// How folded visits are to be counted.
pub(super) struct Way {
    pub tablet: Uuid,
    pub simulated: bool,
    pub repeat_ms: i64,
    pub now: i64,
}

/// Writes what was folded: invitations, visits, and what the rules find odd about them.
pub(super) async fn count<D: EventSteps + MarkSteps + DossierSteps>(
    tx: &mut D::Connection,
    way: &Way,
    folded: &Folded,
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
pub(super) struct Folded {
    /// Visits that changed.
    pub visits: Vec<Visit>,
    /// Those of them that got their level.
    pub answered: Vec<Uuid>,
    /// What they tell about invitations.
    pub marks: Vec<Mark>,
    /// Numbers of the events that are odd.
    pub odd: Vec<(u64, Odd)>,
}

/// Folds the new events into the visits known so far, but for those that another chain has told.
pub(super) fn fold_news(
    tablet: Uuid,
    news: &[NewEvent<'_>],
    mut visits: HashMap<Uuid, Visit>,
    places: &Places,
    repeated: &HashSet<u64>,
) -> Folded {
    let mut changed: Vec<Uuid> = Vec::new();
    let mut folded = Folded::default();
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
fn mark(visit: &Visit, what: &What, at: i64) -> Option<Mark> {
    let state = match what {
        What::Shown(_) => InvitationState::Shown,
        What::Rated { .. } => InvitationState::Answered,
        What::Abandoned | What::Declined | What::OfficerDisputed => InvitationState::Abandoned,
        What::Superseded => InvitationState::Superseded,
        _ => return None,
    };
    let (counter, session) = (visit.place.counter, visit.id);
    Some(Mark { invitation: visit.invitation?, counter, session, state, at })
}
