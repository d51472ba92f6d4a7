//! Events that wait for a person. Once what they name exists (an officer was added), they are
//! released: their visits are folded again from the stored bytes, in the order of the chain.

use super::event_steps::EventSteps;
use super::events::{Folded, NewEvent, Way, count, fold_news};
use super::{Store, StoreError, log_change, reading, writing};
use crate::fold::Odd;
use protocol::event::Event;
use protocol::{Digest, Head};
use sqlx::QueryBuilder;
use std::collections::HashSet;
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
    /// When it came, milliseconds since 1970.
    pub created_at: i64,
}

/// Sessions folded at once: their numbers are bound in one statement.
const SESSIONS: usize = 500;

type EventFields = (i64, Vec<u8>, Vec<u8>, i64);

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
        let rows: Vec<(Uuid, i64, String, String, i64)> = reading!(self, pool => {
            sqlx::query_as(
                "select tablet_id, number, reason, detail, created_at from quarantine
                 where resolved_at is null order by created_at, tablet_id, number
                 limit $1 offset $2",
            )
            .bind(i64::from(limit))
            .bind(i64::from(skipped))
            .fetch_all(pool)
            .await?
        });
        let waiting = |(tablet, number, reason, detail, created_at)| Waiting {
            tablet,
            number,
            reason,
            detail,
            created_at,
        };
        Ok(rows.into_iter().map(waiting).collect())
    }

    /// Writes down who released what waited.
    pub async fn log_release(&self, actor: &str, what: &str, now: i64) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            let after = Some(what.to_owned());
            log_change!(tx, now, actor, "release", "quarantine", None::<String>, after);
        });
        Ok(())
    }

    /// Counts what can be counted by now of one tablet's waiting events; how many were released.
    /// What is still odd goes on waiting. `repeat_ms` as in [`super::events::Arrival`].
    pub async fn release(&self, tablet: Uuid, repeat_ms: i64, now: i64) -> Result<u64, StoreError> {
        Ok(writing!(self, Db, tx => {
            // Locks the tablet, so that no batch of it is folded at the same time.
            let simulated: Option<bool> = sqlx::query_scalar(
                "update tablets set head_number = head_number where id = $1 returning simulated",
            )
            .bind(tablet)
            .fetch_optional(&mut *tx)
            .await?;
            let Some(simulated) = simulated else { return Ok(0) };
            let waiting: Vec<(i64, Option<Uuid>)> = sqlx::query_as(
                "select q.number, e.session_id from quarantine q
                 join events e on e.tablet_id = q.tablet_id and e.number = q.number
                 where q.tablet_id = $1 and q.resolved_at is null",
            )
            .bind(tablet)
            .fetch_all(&mut *tx)
            .await?;
            let sessions: HashSet<Uuid> = waiting.iter().filter_map(|(_, id)| *id).collect();
            let sessions: Vec<Uuid> = sessions.into_iter().collect();
            let mut all = Folded::default();
            let mut still_odd: HashSet<u64> = HashSet::new();
            for ids in sessions.chunks(SESSIONS) {
                let mut query = QueryBuilder::<Db>::new(
                    "select number, digest, bytes, corrected_at from events where tablet_id = ",
                );
                query.push_bind(tablet).push(" and session_id in (");
                let mut list = query.separated(", ");
                for id in ids {
                    list.push_bind(*id);
                }
                query.push(") order by number");
                let rows: Vec<EventFields> = query.build_query_as().fetch_all(&mut *tx).await?;
                let news = rows.iter().map(stored).collect::<Result<Vec<_>, _>>()?;
                // Folded from their first event; only visits of another tablet are taken as known.
                let mut visits = Db::load_visits(&mut tx, &news).await?;
                visits.retain(|_, visit| visit.tablet != tablet);
                let places = Db::load_places(&mut tx, &news).await?;
                let folded = fold_news(tablet, &news, visits, &places);
                all.visits.extend(folded.visits);
                all.answered.extend(folded.answered);
                all.marks.extend(folded.marks);
                still_odd.extend(folded.odd.into_iter().map(|(number, _)| number));
            }
            let mut released = 0;
            for (number, session) in &waiting {
                if session.is_none() || still_odd.contains(&number.unsigned_abs()) {
                    continue;
                }
                sqlx::query(
                    "update quarantine set resolved_at = $3 where tablet_id = $1 and number = $2",
                )
                .bind(tablet)
                .bind(*number)
                .bind(now)
                .execute(&mut *tx)
                .await?;
                released += 1;
            }
            if released > 0 {
                count::<Db>(&mut tx, &Way { tablet, simulated, repeat_ms, now }, &all).await?;
            }
            released
        }))
    }
}

/// An event as it is stored.
fn stored((number, digest, bytes, at): &EventFields) -> Result<NewEvent<'_>, StoreError> {
    let digest = Digest::from_slice(digest).ok_or(StoreError::Meaningless("events"))?;
    let head = Head { number: number.unsigned_abs(), digest };
    let read = Event::read(bytes, head.number);
    let read = read.map_err(|error| Odd::Unreadable(error.to_string()));
    Ok(NewEvent { head, bytes, read, at: *at })
}
