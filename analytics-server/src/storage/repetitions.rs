//! What a batch repeats of other chains. A tablet whose chain could not go on under its identity comes
//! as another one and carries everything it still keeps; so do journals that an administrator brings
//! as the continuation. What one chain of such a line has told, another repeats: a visit belongs to
//! one of them, whose events tell all of it, and the repetitions are marked.

use super::event_steps::EventSteps;
use super::events::{Arrival, NewEvent};
use super::statement::ROWS;
use super::{StoreError, for_both_databases, head, read_by_name, signed};
use crate::projections::visit::{QuarantineReason, Visit};
use protocol::event::{Continues, Event, What, unnumbered};
use protocol::{Digest, Head};
use sqlx::QueryBuilder;
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// The reason of an event that needs no decision: another chain of its line told the same before.
pub const REPEATED: &str = "repeated";

/// An event of a visit as it is stored.
#[derive(Clone, Debug)]
pub(super) struct StoredEvent {
    pub(super) session: Uuid,
    pub(super) number: i64,
    digest: Vec<u8>,
    bytes: Vec<u8>,
    at: i64,
}

read_by_name!(StoredEvent { session, number, digest, bytes, at });

impl StoredEvent {
    /// The bytes of the event without its number: they are the same in every chain that carries it.
    fn own_words(&self) -> Option<&[u8]> {
        unnumbered(&self.bytes, self.number.unsigned_abs())
    }

    fn read(&self) -> Result<NewEvent<'_>, StoreError> {
        let head = head("events", self.number, &self.digest)?;
        let read = Event::read(&self.bytes, head.number);
        let read = read.map_err(|error| QuarantineReason::Unreadable(error.to_string()));
        Ok(NewEvent { head, bytes: &self.bytes, read, at: self.at })
    }
}

/// What a chain has in common with others of its line.
#[derive(Debug, Default)]
pub(super) struct Repetitions {
    /// Numbers of events that another chain has told.
    pub(super) repeated: HashSet<u64>,
    /// Events of visits that belong to this chain from now on, in its order.
    taken_over: Vec<StoredEvent>,
}

impl Repetitions {
    /// The events up to a number of visits that were taken over: what was folded elsewhere so far.
    pub(super) fn before(&self, number: u64) -> Result<Vec<NewEvent<'_>>, StoreError> {
        let earlier = |one: &&StoredEvent| one.number.unsigned_abs() <= number;
        self.taken_over.iter().filter(earlier).map(StoredEvent::read).collect()
    }
}

/// Row of `continuations`: tablet, number, and whom it continues.
type Edge = (Uuid, i64, Uuid);

/// Everything that edges lead to from a tablet, in either direction.
fn reached(tablet: Uuid, edges: &[Edge]) -> HashSet<Uuid> {
    let (mut line, mut open) = (HashSet::from([tablet]), vec![tablet]);
    while let Some(from) = open.pop() {
        for (one, _, other) in edges {
            for (here, there) in [(*one, *other), (*other, *one)] {
                if here == from && line.insert(there) {
                    open.push(there);
                }
            }
        }
    }
    line.remove(&tablet);
    line
}

for_both_databases! {
    /// Statements within a batch's transaction.
    pub(super) trait RepetitionSteps: sqlx::Database {
        /// Writes down which tablets the new events say they continue.
        async fn insert_continuations(
            tx: &mut Self::Connection,
            arrival: &Arrival<'_>,
            news: &[NewEvent<'_>],
        ) -> Result<(), StoreError> {
            for new in news {
                let Ok(Event { what: What::Continues(Continues { tablet, head }), .. }) = &new.read
                else {
                    continue;
                };
                sqlx::query(
                    "insert into continuations (tablet_id, number, continues_id, head_number,
                     head_digest, created_at) values ($1, $2, $3, $4, $5, $6)",
                )
                .bind(arrival.tablet)
                .bind(signed(new.head.number))
                .bind(*tablet)
                .bind(signed(head.number))
                .bind(head.digest.0.as_slice())
                .bind(arrival.received_at)
                .execute(&mut *tx)
                .await?;
                Self::take_back_heartbeat(tx, *tablet, *head).await?;
            }
            Ok(())
        }

        /// Takes back what a machine told under the name of a tablet, now that it carries that one on from
        /// `head` under another name: it brings what it had not sent itself. What was told by one that has
        /// more of its events here is of another machine, and stays.
        async fn take_back_heartbeat(
            tx: &mut Self::Connection,
            tablet: Uuid,
            head: Head,
        ) -> Result<(), StoreError> {
            sqlx::query(
                "update heartbeats set other_at = null, other_pending = null
                 where tablet_id = $1",
            )
            .bind(tablet)
            .execute(&mut *tx)
            .await?;
            sqlx::query(
                "update heartbeats set recorded = recorded - pending, pending = 0,
                 blocked_number = null, blocked_since = null, blocked_status = null
                 where tablet_id = $1 and recorded - pending <= $2",
            )
            .bind(tablet)
            .bind(signed(head.number))
            .execute(&mut *tx)
            .await?;
            Ok(())
        }

        /// The tablets that continue another one, and those that are continued.
        async fn tablets_of_lines(
            tx: &mut Self::Connection,
        ) -> Result<HashSet<Uuid>, StoreError> {
            let edges: Vec<(Uuid, Uuid)> =
                sqlx::query_as("select tablet_id, continues_id from continuations")
                    .fetch_all(&mut *tx)
                    .await?;
            Ok(edges.into_iter().flat_map(|(one, other)| [one, other]).collect())
        }

        /// The other tablets of a tablet's line. It locks a row of the line, so that their batches
        /// and this one take turns.
        async fn line_of(
            tx: &mut Self::Connection,
            tablet: Uuid,
        ) -> Result<HashSet<Uuid>, StoreError> {
            let edges: Vec<Edge> = sqlx::query_as(
                "select tablet_id, number, continues_id from continuations
                 order by tablet_id, number",
            )
            .fetch_all(&mut *tx)
            .await?;
            let line = reached(tablet, &edges);
            let first = edges.iter().find(|(one, ..)| *one == tablet || line.contains(one));
            if let Some((one, number, _)) = first {
                // The same row for the whole line: of two batches one waits, and sees what the
                // other told.
                sqlx::query(
                    "update continuations set created_at = created_at
                     where tablet_id = $1 and number = $2",
                )
                .bind(*one)
                .bind(*number)
                .execute(&mut *tx)
                .await?;
            }
            Ok(line)
        }

        /// A tablet's events of some visits, in order.
        async fn events_of(
            tx: &mut Self::Connection,
            tablet: Uuid,
            sessions: &[Uuid],
        ) -> Result<Vec<StoredEvent>, StoreError> {
            let mut events: Vec<StoredEvent> = Vec::new();
            for some in sessions.chunks(ROWS) {
                let mut query = QueryBuilder::<Self>::new(
                    "select session_id as session, number, digest, bytes, corrected_at as at from events
                     where tablet_id = ",
                );
                query.push_bind(tablet).push(" and session_id in (");
                let mut list = query.separated(", ");
                for session in some {
                    list.push_bind(*session);
                }
                query.push(")");
                let some: Vec<StoredEvent> = query.build_query_as().fetch_all(&mut *tx).await?;
                events.extend(some);
            }
            events.sort_unstable_by_key(|one| one.number);
            Ok(events)
        }

        /// Marks events that another chain tells as well.
        async fn mark_repeated(
            tx: &mut Self::Connection,
            tablet: Uuid,
            numbers: &[i64],
            now: i64,
        ) -> Result<(), StoreError> {
            for some in numbers.chunks(ROWS) {
                let mut query = QueryBuilder::<Self>::new(
                    "insert into quarantine (tablet_id, number, reason, detail, created_at,
                     resolved_at) ",
                );
                query.push_values(some, |mut row, number| {
                    row.push_bind(tablet)
                        .push_bind(*number)
                        .push_bind(REPEATED)
                        .push_bind("a tablet of the same line told it as well")
                        .push_bind(now)
                        .push_bind(now);
                });
                query.push(
                    " on conflict (tablet_id, number) do update set reason = excluded.reason,
                     detail = excluded.detail, resolved_at = excluded.resolved_at",
                );
                query.build().execute(&mut *tx).await?;
            }
            Ok(())
        }

        /// Makes a visit the tablet's own, told by its events alone.
        async fn take_over(
            tx: &mut Self::Connection,
            tablet: Uuid,
            session: Uuid,
            numbers: &[i64],
        ) -> Result<(), StoreError> {
            sqlx::query("update ratings set tablet_id = $1 where id = $2")
                .bind(tablet)
                .bind(session)
                .execute(&mut *tx)
                .await?;
            for number in numbers {
                sqlx::query(
                    "delete from quarantine
                     where tablet_id = $1 and number = $2 and reason = $3",
                )
                .bind(tablet)
                .bind(*number)
                .bind(REPEATED)
                .execute(&mut *tx)
                .await?;
            }
            Ok(())
        }

        /// The digest before a tablet's first event.
        async fn chain_start(
            tx: &mut Self::Connection,
            tablet: Uuid,
        ) -> Result<Digest, StoreError> {
            let brought: Option<Vec<u8>> = sqlx::query_scalar(
                "select head_digest from continuations where tablet_id = $1 and number = 0",
            )
            .bind(tablet)
            .fetch_optional(tx)
            .await?;
            match brought {
                None => Ok(Head::start(tablet).digest),
                Some(digest) => {
                    Digest::from_slice(&digest).ok_or(StoreError::Meaningless("continuations"))
                }
            }
        }
    }
}

/// The events of each visit.
fn by_visit(events: Vec<StoredEvent>) -> BTreeMap<Uuid, Vec<StoredEvent>> {
    let mut visits: BTreeMap<Uuid, Vec<StoredEvent>> = BTreeMap::new();
    for event in events {
        visits.entry(event.session).or_default().push(event);
    }
    visits
}

/// Finds which of a tablet's new events another chain of its line has told. `visits` are those known
/// so far that the events name. Where this chain tells all that the other told of a visit, and more,
/// the visit is taken over: it leaves `visits`, and is folded anew from this chain alone.
pub(super) async fn find_repetitions<D: RepetitionSteps + EventSteps>(
    tx: &mut D::Connection,
    (tablet, now): (Uuid, i64),
    news: &[&NewEvent<'_>],
    visits: &mut HashMap<Uuid, Visit>,
) -> Result<Repetitions, StoreError> {
    let mut shared = Repetitions::default();
    let line = D::line_of(tx, tablet).await?;
    if line.is_empty() {
        return Ok(shared);
    }
    // Once more, now that the others of the line wait for this batch.
    *visits = D::load_visits(tx, news).await?;
    let mut theirs: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for visit in visits.values().filter(|visit| line.contains(&visit.tablet)) {
        theirs.entry(visit.tablet).or_default().push(visit.id);
    }
    let new: HashSet<i64> = news.iter().map(|new| signed(new.head.number)).collect();
    for (owner, sessions) in theirs {
        let ours = by_visit(D::events_of(tx, tablet, &sessions).await?);
        let told = by_visit(D::events_of(tx, owner, &sessions).await?);
        let (mut repeated, mut given_up) = (Vec::new(), Vec::new());
        for (session, ours) in ours {
            let Some(told) = told.get(&session) else { continue };
            let words = |events: &[StoredEvent]| -> Vec<Option<Vec<u8>>> {
                events.iter().map(|one| one.own_words().map(<[u8]>::to_vec)).collect()
            };
            let (own, other) = (words(&ours), words(told));
            if own.len() > other.len() && own.starts_with(&other) && !other.contains(&None) {
                let numbers: Vec<i64> = ours.iter().map(|one| one.number).collect();
                D::take_over(tx, tablet, session, &numbers).await?;
                given_up.extend(told.iter().map(|one| one.number));
                shared.taken_over.extend(ours);
                visits.remove(&session);
                continue;
            }
            let same =
                ours.iter().zip(own).filter(|(_, words)| words.is_some() && other.contains(words));
            repeated.extend(same.map(|(one, _)| one.number).filter(|one| new.contains(one)));
        }
        D::mark_repeated(tx, owner, &given_up, now).await?;
        D::mark_repeated(tx, tablet, &repeated, now).await?;
        shared.repeated.extend(repeated.into_iter().map(i64::unsigned_abs));
    }
    shared.taken_over.sort_unstable_by_key(|one| one.number);
    Ok(shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_all_that_continues_one_another() {
        let id = |one: u128| Uuid::from_u128(one);
        let edges = [(id(2), 1, id(1)), (id(3), 1, id(2)), (id(4), 0, id(1)), (id(9), 1, id(8))];
        assert_eq!(reached(id(3), &edges), HashSet::from([id(1), id(2), id(4)]));
        assert_eq!(reached(id(1), &edges), HashSet::from([id(2), id(3), id(4)]));
        assert_eq!(reached(id(8), &edges), HashSet::from([id(9)]));
        assert_eq!(reached(id(5), &edges), HashSet::new());
    }
}
