//! The statements of a batch's transaction, written once and expanded for both databases. The
//! order in which they are taken stands in `append.rs`.

use super::append::NewEvents;
use super::codes::{scale_code, stage_code};
use super::events::{Arrival, NewEvent};
use super::officer_departments::{DepartmentHistory, DepartmentSteps};
use super::ratings::{VISIT_COLUMNS, VISIT_UPDATE, VisitColumns, visit_of};
use super::statement::pieces;
use super::{StoreError, for_both_databases, head, row_struct, signed};
use crate::projections::visit::{QuarantineReason, Unrated, Visit, VisitPlace, bound_behind};
use protocol::event::{Event, Shown, What};
use protocol::{Digest, Head};
use sqlx::QueryBuilder;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Ids behind the codes that events name.
#[derive(Default)]
pub(super) struct CodeIds {
    counters: HashMap<String, i64>,
    officers: HashMap<String, i64>,
    departments: DepartmentHistory,
}

impl CodeIds {
    /// Where a question was asked at a moment: the department is the officer's of then.
    pub(super) fn find(&self, shown: &Shown, at: i64) -> Result<VisitPlace, QuarantineReason> {
        let counter = *self
            .counters
            .get(&shown.counter)
            .ok_or_else(|| QuarantineReason::UnknownCounter(shown.counter.clone()))?;
        let unknown = || QuarantineReason::UnknownOfficer(shown.officer.clone());
        let officer = *self.officers.get(&shown.officer).ok_or_else(unknown)?;
        let department = self.departments.at(officer, at).ok_or_else(unknown)?;
        Ok(VisitPlace { counter, officer, department })
    }
}

/// The codes that some events name, each once: of counters and of officers.
fn codes_of<'a>(news: &[&'a NewEvent<'_>]) -> (BTreeSet<&'a str>, BTreeSet<&'a str>) {
    let shown = news.iter().filter_map(|new| match &new.read {
        Ok(Event { what: What::Shown(shown), .. }) => Some(shown),
        _ => None,
    });
    shown.map(|shown| (shown.counter.as_str(), shown.officer.as_str())).unzip()
}

row_struct! {
    struct HeadRow {
        head_number: i64,
        head_digest: Vec<u8>,
        since: i64,
        last_bytes: Option<Vec<u8>>,
    }
}

for_both_databases! {
    /// One statement a function; each is called within one transaction.
    pub(super) trait EventSteps: DepartmentSteps {
        /// Locks the tablet's row, so that two requests of one tablet take turns; its head, and the
        /// moment before which none of its news can have happened.
        async fn lock_head(
            tx: &mut Self::Connection,
            arrival: &Arrival<'_>,
        ) -> Result<(Head, i64), StoreError> {
            let row: HeadRow = sqlx::query_as(
                "update tablets set last_contact_at =
                   case when last_contact_at > $2 then last_contact_at else $2 end
                 where id = $1
                 returning head_number, head_digest, coalesce(
                   (select corrected_at from events
                    where tablet_id = tablets.id and number = tablets.head_number),
                   enrolled_at) as since,
                   (select bytes from events
                    where tablet_id = tablets.id and number = tablets.head_number) as last_bytes",
            )
            .bind(arrival.tablet)
            .bind(arrival.sent_at)
            .fetch_one(tx)
            .await?;
            let head = head("tablets", row.head_number, &row.head_digest)?;
            // What follows a continuation may be older than it, also in a batch of its own.
            let last = row.last_bytes.and_then(|bytes| Event::read(&bytes, head.number).ok());
            Ok((head, bound_behind(last.as_ref().map(|event| &event.what), row.since)))
        }

        /// The digest of a tablet's event; none where there is no such event.
        async fn digest_at(
            tx: &mut Self::Connection,
            tablet: Uuid,
            number: u64,
        ) -> Result<Option<Digest>, StoreError> {
            let digest: Option<Vec<u8>> = sqlx::query_scalar(
                "select digest from events where tablet_id = $1 and number = $2",
            )
            .bind(tablet)
            .bind(signed(number))
            .fetch_optional(tx)
            .await?;
            let read = |bytes: Vec<u8>| {
                Digest::from_slice(&bytes).ok_or(StoreError::Meaningless("events"))
            };
            digest.map(read).transpose()
        }

        /// Writes down that the chain that came is not the one that is here, which an alert tells then;
        /// once until that is closed.
        async fn record_fork(
            tx: &mut Self::Connection,
            arrival: &Arrival<'_>,
            detail: &str,
        ) -> Result<(), StoreError> {
            sqlx::query(
                // Where the chains part looks different each time that both have grown.
                "insert into alarms (tablet_id, kind, detail, created_at)
                 select $1, $2, $3, $4 where not exists (select 1 from alarms
                   where tablet_id = $1 and kind = $2 and closed_at is null)
                 on conflict do nothing",
            )
            .bind(arrival.tablet)
            .bind("fork")
            .bind(detail)
            .bind(arrival.received_at)
            .execute(tx)
            .await?;
            Ok(())
        }

        async fn insert_events(
            tx: &mut Self::Connection,
            group: &[NewEvents<'_>],
        ) -> Result<(), StoreError> {
            let own = |new: &'_ NewEvents<'_>| (new.arrival.tablet, new.arrival.received_at);
            let news: Vec<((Uuid, i64), &NewEvent<'_>)> = group
                .iter()
                .flat_map(|new| new.events.iter().map(move |event| (own(new), event)))
                .collect();
            for rows in pieces(&news) {
                QueryBuilder::<Self>::new(
                    "insert into events (tablet_id, number, digest, session_id, kind,
                     claimed_at, corrected_at, received_at, bytes) ",
                )
                .push_values(rows, |mut row, ((tablet, received_at), new)| {
                    let event = new.read.as_ref().ok();
                    row.push_bind(*tablet)
                        .push_bind(signed(new.head.number))
                        .push_bind(new.head.digest.0.to_vec())
                        .push_bind(event.map(|event| event.session))
                        .push_bind(event.map(|event| event.what.kind()))
                        .push_bind(event.map(|event| event.at))
                        .push_bind(new.at)
                        .push_bind(*received_at)
                        .push_bind(new.bytes.to_vec());
                })
                .build()
                .execute(&mut *tx)
                .await?;
            }
            Ok(())
        }

        async fn load_visits(
            tx: &mut Self::Connection,
            news: &[&NewEvent<'_>],
        ) -> Result<HashMap<Uuid, Visit>, StoreError> {
            let mut visits = HashMap::new();
            let mut sessions: Vec<Uuid> =
                news.iter().filter_map(|new| Some(new.read.as_ref().ok()?.session)).collect();
            sessions.sort_unstable();
            sessions.dedup();
            for ids in pieces(&sessions) {
                let mut query = QueryBuilder::<Self>::new("select ");
                query.push(VISIT_COLUMNS).push(" from ratings where id in (");
                let mut list = query.separated(", ");
                for id in ids {
                    list.push_bind(*id);
                }
                query.push(")");
                let rows: Vec<VisitColumns> = query.build_query_as().fetch_all(&mut *tx).await?;
                for row in rows {
                    let visit = visit_of(row)?;
                    visits.insert(visit.id, visit);
                }
            }
            Ok(visits)
        }

        /// What the codes stand for that some events name, and no others, so that a batch costs as
        /// much in a large centre as in a small one.
        async fn load_places(
            tx: &mut Self::Connection,
            news: &[&NewEvent<'_>],
        ) -> Result<CodeIds, StoreError> {
            let (counters, officers) = codes_of(news);
            let counters = Self::load_ids(tx, "counters", &counters).await?;
            let officers = Self::load_ids(tx, "officers", &officers).await?;
            let ids: Vec<i64> = officers.values().copied().collect();
            let departments = Self::departments_of(tx, &ids).await?;
            Ok(CodeIds { counters, officers, departments })
        }

        /// Ids by codes of `counters` or `officers`.
        async fn load_ids(
            tx: &mut Self::Connection,
            table: &str,
            codes: &BTreeSet<&str>,
        ) -> Result<HashMap<String, i64>, StoreError> {
            let mut ids = HashMap::new();
            let codes: Vec<&str> = codes.iter().copied().collect();
            for codes in pieces(&codes) {
                let mut query = QueryBuilder::<Self>::new("select code, id from ");
                query.push(table).push(" where code in (");
                let mut list = query.separated(", ");
                for code in codes {
                    list.push_bind((*code).to_owned());
                }
                query.push(")");
                let rows: Vec<(String, i64)> = query.build_query_as().fetch_all(&mut *tx).await?;
                ids.extend(rows);
            }
            Ok(ids)
        }

        async fn quarantine(
            tx: &mut Self::Connection,
            odd: &[(&Arrival<'_>, u64, QuarantineReason)],
        ) -> Result<(), StoreError> {
            for rows in pieces(odd) {
                QueryBuilder::<Self>::new(
                    "insert into quarantine (tablet_id, number, reason, detail, created_at) ",
                )
                .push_values(rows, |mut row, (arrival, number, odd)| {
                    row.push_bind(arrival.tablet)
                        .push_bind(signed(*number))
                        .push_bind(odd.reason())
                        .push_bind(detail(odd))
                        .push_bind(arrival.received_at);
                })
                .build()
                .execute(&mut *tx)
                .await?;
            }
            Ok(())
        }

        /// Moves the heads of tablets on to the end of what was stored.
        async fn advance(
            tx: &mut Self::Connection,
            group: &[NewEvents<'_>],
        ) -> Result<(), StoreError> {
            for news in pieces(group) {
                let mut query = QueryBuilder::<Self>::new(
                    "update tablets set head_number = moved.column2, head_digest = moved.column3
                     from (",
                );
                query.push_values(news, |mut row, new| {
                    let head = new.head();
                    row.push_bind(new.arrival.tablet)
                        .push_bind(signed(head.number))
                        .push_bind(head.digest.0.to_vec());
                });
                query.push(") as moved where tablets.id = moved.column1");
                query.build().execute(&mut *tx).await?;
            }
            Ok(())
        }

        /// Moves the change clock on and holds it until the commit.
        async fn next_position(tx: &mut Self::Connection) -> Result<i64, StoreError> {
            Ok(sqlx::query_scalar(
                "update installation set position = position + 1 returning position",
            )
            .fetch_one(tx)
            .await?)
        }

        async fn upsert_visits(
            tx: &mut Self::Connection,
            visits: &[(Visit, bool)],
            position: i64,
        ) -> Result<(), StoreError> {
            for rows in pieces(visits) {
                let mut query = QueryBuilder::<Self>::new("insert into ratings (source, ");
                query.push("simulated, position, ").push(VISIT_COLUMNS).push(") ");
                query.push_values(rows, |mut row, (visit, simulated)| {
                    let detailed = visit.detailed.as_ref();
                    row.push_bind(1_i16)
                        .push_bind(*simulated)
                        .push_bind(position)
                        .push_bind(visit.id)
                        .push_bind(visit.tablet)
                        .push_bind(visit.place.counter)
                        .push_bind(visit.place.officer)
                        .push_bind(visit.place.department)
                        .push_bind(visit.stage.map(stage_code))
                        .push_bind(scale_code(visit.scale))
                        .push_bind(i64::from(visit.questionnaire))
                        .push_bind(visit.language.clone())
                        .push_bind(visit.dossier.clone())
                        .push_bind(visit.asked_at)
                        .push_bind(visit.answered_at)
                        .push_bind(visit.abandoned_at)
                        .push_bind(visit.level.map(|level| i16::from(level.code())))
                        .push_bind(visit.first_level.map(|level| i16::from(level.code())))
                        .push_bind(detailed.and_then(|one| json(&one.reasons)))
                        .push_bind(detailed.and_then(|one| json(&one.aspects)))
                        .push_bind(detailed.and_then(|one| one.comment.clone()))
                        .push_bind(visit.ticket.clone())
                        .push_bind(visit.invitation)
                        .push_bind(visit.unrated.map(Unrated::code));
                });
                query.push(VISIT_UPDATE).build().execute(&mut *tx).await?;
            }
            Ok(())
        }
    }
}

/// The reason in words, as any database can keep it: it may quote what the tablet wrote.
fn detail(odd: &QuarantineReason) -> String {
    odd.to_string().replace('\0', "\u{fffd}")
}

/// A list or map as it is stored; none when it is empty.
fn json<T: serde::Serialize + Default + PartialEq>(value: &T) -> Option<String> {
    if *value == T::default() { None } else { serde_json::to_string(value).ok() }
}
