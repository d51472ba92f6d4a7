//! Events that wait for a person. Once what they name exists (an officer was added), they are
//! released: their visits are folded again from the stored bytes, in the order of the chain.

use super::append::{ChangedVisits, fold_news};
use super::event_steps::EventSteps;
use super::events::NewEvent;
use super::portions::Portions;
use super::repetitions::find_repetitions;
use super::statement::ROWS;
use super::{
    Store, StoreError, head, listed, log_change, read_by_name, reading, row_struct, writing,
};
use crate::clock;
use crate::projections::visit::QuarantineReason;
use protocol::event::Event;
use sqlx::QueryBuilder;
use std::collections::{HashMap, HashSet};
use std::time::Instant;
use uuid::Uuid;

/// One event in quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its tablet.
    pub tablet: Uuid,
    /// Its number there.
    pub number: i64,
    /// One word of a fixed set.
    pub reason: String,
    /// The reason in a sentence.
    pub detail: String,
    /// When it happened at the tablet, as the server dated it, milliseconds since 1970.
    pub happened_at: i64,
    /// When it came, milliseconds since 1970.
    pub created_at: i64,
}

read_by_name!(Waiting { tablet, number, reason, detail, happened_at, created_at });

/// Events that are looked through at once.
const PAGE: i64 = 5_000;

/// A visit and the numbers of its events.
type VisitEvents = (Uuid, Vec<i64>);

row_struct! {
    struct EventRow {
        number: i64,
        digest: Vec<u8>,
        bytes: Vec<u8>,
        corrected_at: i64,
    }
}

impl Store {
    /// How many events wait.
    pub async fn quarantined(&self) -> Result<u64, StoreError> {
        let count: i64 = reading!(self, pool => {
            sqlx::query_scalar("select count(*) from quarantine where resolved_at is null")
                .fetch_one(pool)
                .await?
        });
        Ok(count.unsigned_abs())
    }

    /// The events that wait, oldest first, without the first `skipped`, at most `limit`.
    pub async fn waiting(&self, skipped: u32, limit: u32) -> Result<Vec<Waiting>, StoreError> {
        Ok(reading!(self, pool => {
            sqlx::query_as(
                "select q.tablet_id as tablet, q.number, q.reason, q.detail,
                   e.corrected_at as happened_at, q.created_at from quarantine q
                 join events e on e.tablet_id = q.tablet_id and e.number = q.number
                 where q.resolved_at is null order by q.created_at, q.tablet_id, q.number
                 limit $1 offset $2",
            )
            .bind(i64::from(limit))
            .bind(i64::from(skipped))
            .fetch_all(pool)
            .await?
        }))
    }

    /// Writes down who released what waited.
    pub async fn log_release(&self, actor: &str, what: &str, now: i64) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            let after = Some(what.to_owned());
            log_change!(tx, now, actor, "release", "quarantine", None::<String>, after);
        });
        Ok(())
    }

    /// Counts what can be counted by now of all waiting events, tablet by tablet; how many were released.
    pub async fn release_all(&self, repeat_ms: i64, now: i64) -> Result<u64, StoreError> {
        let mut released = 0;
        for row in self.waiting_by_tablet().await? {
            released += self.release(row.tablet, repeat_ms, now).await?;
        }
        Ok(released)
    }

    /// Counts what can be counted by now of one tablet's waiting events; how many were released.
    /// What is still odd goes on waiting. `repeat_ms` as in [`super::events::Arrival`]. In portions
    /// of whole visits, so that the tablet can send meanwhile.
    pub async fn release(&self, tablet: Uuid, repeat_ms: i64, now: i64) -> Result<u64, StoreError> {
        let (visits, head) = self.waiting_visits(tablet).await?;
        let mut portions = Portions::default();
        let mut left = &visits[..];
        let mut released = 0;
        while !left.is_empty() {
            let mut events = 0;
            let fitting = left.iter().take_while(|(_, numbers)| {
                let fits = events == 0 || events + numbers.len() <= portions.rows();
                events += numbers.len();
                fits
            });
            let (some, rest) = left.split_at(fitting.count());
            let way = (tablet, repeat_ms, now);
            let (counted, begun) = self.release_visits(way, head, some).await?;
            released += counted;
            left = rest;
            portions.rest(begun.elapsed()).await;
        }
        Ok(released)
    }

    /// The visits of a tablet that have waiting events, with the numbers of all their events up to
    /// a head. Looked for before anything is locked: it may be a long chain.
    async fn waiting_visits(&self, tablet: Uuid) -> Result<(Vec<VisitEvents>, i64), StoreError> {
        let waiting: Vec<Uuid> = reading!(self, pool => sqlx::query_scalar(
            "select distinct e.session_id from quarantine q
             join events e on e.tablet_id = q.tablet_id and e.number = q.number
             where q.tablet_id = $1 and q.resolved_at is null and e.session_id is not null",
        )
        .bind(tablet)
        .fetch_all(pool)
        .await?);
        let mut visits: HashMap<Uuid, Vec<i64>> =
            waiting.into_iter().map(|session| (session, Vec::new())).collect();
        let mut head = 0;
        while !visits.is_empty() {
            let page: Vec<(i64, Option<Uuid>)> = reading!(self, pool => sqlx::query_as(
                "select number, session_id from events where tablet_id = $1 and number > $2
                 order by number limit $3",
            )
            .bind(tablet)
            .bind(head)
            .bind(PAGE)
            .fetch_all(pool)
            .await?);
            let Some((last, _)) = page.last() else { break };
            head = *last;
            for (number, session) in page {
                if let Some(numbers) = session.and_then(|session| visits.get_mut(&session)) {
                    numbers.push(number);
                }
            }
        }
        let mut visits: Vec<VisitEvents> = visits.into_iter().collect();
        visits.sort_unstable_by_key(|(_, numbers)| numbers.first().copied());
        Ok((visits, head))
    }

    /// Counts what can be counted of some visits; how many events were released, and since when
    /// others had to wait.
    async fn release_visits(
        &self,
        (tablet, repeat_ms, now): (Uuid, i64, i64),
        head: i64,
        visits: &[VisitEvents],
    ) -> Result<(u64, Instant), StoreError> {
        let mut numbers: Vec<i64> =
            visits.iter().flat_map(|(_, numbers)| numbers).copied().collect();
        Ok(writing!(self, Db, tx => {
            // Locks the tablet, so that no batch of it is folded at the same time.
            let known: Option<(bool, i64)> = sqlx::query_as(
                "update tablets set head_number = head_number where id = $1
                 returning simulated, head_number",
            )
            .bind(tablet)
            .fetch_optional(&mut *tx)
            .await?;
            let begun = clock::started();
            let Some((simulated, stored_head)) = known else { return Ok((0, begun)) };
            if stored_head > head {
                // What came since the visits were looked for.
                for some in visits.chunks(ROWS) {
                    let mut query = QueryBuilder::<Db>::new(
                        "select number from events where tablet_id = ",
                    );
                    query.push_bind(tablet).push(" and number > ").push_bind(head);
                    query.push(" and session_id in (");
                    let mut list = query.separated(", ");
                    for (session, _) in some {
                        list.push_bind(*session);
                    }
                    query.push(")");
                    let late: Vec<i64> = query.build_query_scalar().fetch_all(&mut *tx).await?;
                    numbers.extend(late);
                }
            }
            numbers.sort_unstable();
            let mut rows: Vec<EventRow> = Vec::with_capacity(numbers.len());
            let mut waiting: Vec<i64> = Vec::new();
            for numbers in numbers.chunks(ROWS) {
                let numbers = listed(numbers);
                let sql = format!(
                    "select number, digest, bytes, corrected_at from events
                     where tablet_id = $1 and number in ({numbers}) order by number"
                );
                let some: Vec<EventRow> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
                    .bind(tablet)
                    .fetch_all(&mut *tx)
                    .await?;
                rows.extend(some);
                let sql = format!(
                    "select number from quarantine
                     where tablet_id = $1 and resolved_at is null and number in ({numbers})"
                );
                let some: Vec<i64> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                    .bind(tablet)
                    .fetch_all(&mut *tx)
                    .await?;
                waiting.extend(some);
            }
            let news = rows.iter().map(stored).collect::<Result<Vec<_>, _>>()?;
            // Folded from their first event; only visits of another tablet are taken as known.
            let news: Vec<&NewEvent<'_>> = news.iter().collect();
            let mut known = Db::load_visits(&mut tx, &news).await?;
            known.retain(|_, visit| visit.tablet != tablet);
            let shared = find_repetitions::<Db>(&mut tx, (tablet, now), &news, &mut known).await?;
            known.retain(|_, visit| visit.tablet != tablet);
            let places = Db::load_places(&mut tx, &news).await?;
            let folded = fold_news(tablet, &news, &mut known, &places, &shared.repeated);
            let odd: HashSet<i64> =
                folded.odd.iter().map(|(number, _)| super::signed(*number)).collect();
            waiting.retain(|number| !odd.contains(number));
            for numbers in waiting.chunks(ROWS) {
                let sql = format!(
                    "update quarantine set resolved_at = $2
                     where tablet_id = $1 and number in ({})",
                    listed(numbers)
                );
                sqlx::query(sqlx::AssertSqlSafe(sql))
                    .bind(tablet)
                    .bind(now)
                    .execute(&mut *tx)
                    .await?;
            }
            if !waiting.is_empty() {
                let mut changed = ChangedVisits::default();
                changed.take(tablet, simulated, folded);
                changed.finish::<Db>(&mut tx, repeat_ms, now).await?;
            }
            (waiting.len() as u64, begun)
        }))
    }
}

/// An event as it is stored.
fn stored(row: &EventRow) -> Result<NewEvent<'_>, StoreError> {
    let head = head("events", row.number, &row.digest)?;
    let read = Event::read(&row.bytes, head.number);
    let read = read.map_err(|error| QuarantineReason::Unreadable(error.to_string()));
    Ok(NewEvent { head, bytes: &row.bytes, read, at: row.corrected_at })
}
