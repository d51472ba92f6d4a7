//! Dossiers of the one-stop software. They say which procedure and which channel the ratings of
//! their codes belong to, whichever came first: both are written while the change clock is held,
//! so each sees the other.

use super::event_steps::EventSteps;
use super::rows::PutOutcome;
use super::statement::ROWS;
use super::{Store, StoreError, for_both_databases, read_by_name, reading, writing};
use sqlx::QueryBuilder;
use std::collections::HashMap;

/// A dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// Its code.
    pub code: String,
    /// Id of its procedure.
    pub procedure: i64,
    /// 1 in person, 2 by post, 3 online in full, 4 online in part.
    pub channel: i16,
    /// When it was received, milliseconds since 1970.
    pub received_at: i64,
    /// When it is due.
    pub due_at: i64,
    /// When it was returned; none: not yet.
    pub returned_at: Option<i64>,
    /// As the one-stop software words it.
    pub status: String,
    /// Id of the officer who received it.
    pub officer: Option<i64>,
    /// Id of the counter where they did.
    pub counter: Option<i64>,
}

/// A dossier as a file tells it: where a column is missing, what is stored stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedDossier {
    /// What the file tells.
    pub dossier: Dossier,
    /// It has a column of officers.
    pub has_officer: bool,
    /// It has a column of counters.
    pub has_counter: bool,
}

impl From<Dossier> for ImportedDossier {
    /// A dossier of which every column is known.
    fn from(dossier: Dossier) -> Self {
        Self { dossier, has_officer: true, has_counter: true }
    }
}

impl ImportedDossier {
    /// What the dossier is then; and whether the file is older than what is stored: it does not
    /// know of the return that stands there.
    fn over(&self, stored: Option<&Dossier>) -> (Dossier, bool) {
        let mut told = self.dossier.clone();
        let Some(stored) = stored else { return (told, false) };
        if !self.has_officer {
            told.officer = stored.officer;
        }
        if !self.has_counter {
            told.counter = stored.counter;
        }
        told.received_at = finer(stored.received_at, told.received_at);
        told.due_at = finer(stored.due_at, told.due_at);
        if let (Some(stored), Some(at)) = (stored.returned_at, told.returned_at) {
            told.returned_at = Some(finer(stored, at));
        }
        (told, stored.returned_at.is_some() && self.dossier.returned_at.is_none())
    }
}

/// Of two moments of one minute, of which one has no seconds, the one that has them.
pub(super) fn finer(stored: i64, told: i64) -> i64 {
    let minute = |at: i64| at.div_euclid(MINUTE_MS);
    let same = minute(stored) == minute(told) && told.rem_euclid(MINUTE_MS) == 0;
    if same { stored } else { told }
}

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

read_by_name!(Dossier {
    code,
    procedure,
    channel,
    received_at,
    due_at,
    returned_at,
    status,
    officer,
    counter,
});

for_both_databases! {
    /// Statements within a transaction that holds the change clock.
    pub(super) trait DossierSteps: sqlx::Database {
        /// Gives the ratings of a position what their dossiers say.
        async fn link_dossiers(tx: &mut Self::Connection, position: i64) -> Result<(), StoreError> {
            sqlx::query(
                "update ratings set procedure_id = d.procedure_id, channel = d.channel
                 from dossiers d
                 where d.code = ratings.dossier and ratings.position = $1
                   and ratings.dossier is not null",
            )
            .bind(position)
            .execute(&mut *tx)
            .await?;
            Ok(())
        }

        /// Gives the ratings of some dossiers what these say, and moves those that it changes.
        async fn link_ratings(
            tx: &mut Self::Connection,
            dossiers: &[&Dossier],
            position: i64,
        ) -> Result<(), StoreError> {
            let mut query = QueryBuilder::<Self>::new("update ratings set position = ");
            query.push_bind(position).push(
                ", procedure_id = d.procedure_id, channel = d.channel from dossiers d
                 where d.code = ratings.dossier
                   and (coalesce(ratings.procedure_id, 0) <> d.procedure_id
                     or coalesce(ratings.channel, 0) <> d.channel)
                   and ratings.dossier in (",
            );
            let mut list = query.separated(", ");
            for one in dossiers {
                list.push_bind(one.code.clone());
            }
            query.push(")").build().execute(&mut *tx).await?;
            Ok(())
        }
    }
}

impl Store {
    /// Writes dossiers by code in one transaction; one outcome a row. A later export tells what
    /// became of a dossier, so a changed one takes the place of what was; an export that does not
    /// know of a return that is stored is an older one, and changes nothing.
    pub async fn put_dossiers(
        &self,
        rows: &[ImportedDossier],
    ) -> Result<Vec<PutOutcome>, StoreError> {
        let mut outcome = Vec::with_capacity(rows.len());
        writing!(self, Db, tx => {
            let position = Db::next_position(&mut tx).await?;
            let mut known: HashMap<String, Dossier> = HashMap::new();
            for rows in rows.chunks(ROWS) {
                let mut query = QueryBuilder::<Db>::new(
                    "select code, procedure_id as procedure, channel, received_at, due_at,
                     returned_at, status, officer_id as officer, counter_id as counter
                     from dossiers where code in (",
                );
                let mut list = query.separated(", ");
                for row in rows {
                    list.push_bind(row.dossier.code.clone());
                }
                query.push(")");
                let found: Vec<Dossier> = query.build_query_as().fetch_all(&mut *tx).await?;
                known.extend(found.into_iter().map(|row| (row.code.clone(), row)));
            }
            // The last word on each: one statement can not write a row twice.
            let mut fresh: HashMap<String, Dossier> = HashMap::new();
            for row in rows {
                let stored = known.get(&row.dossier.code);
                let (told, older) = row.over(stored);
                outcome.push(match stored {
                    Some(_) if older => PutOutcome::Older,
                    Some(stored) if *stored == told => PutOutcome::AlreadyThere,
                    before => {
                        let put = if before.is_some() { PutOutcome::Changed } else { PutOutcome::Stored };
                        known.insert(told.code.clone(), told.clone());
                        fresh.insert(told.code.clone(), told);
                        put
                    }
                });
            }
            let fresh: Vec<&Dossier> = fresh.values().collect();
            for rows in fresh.chunks(ROWS) {
                let mut query = QueryBuilder::<Db>::new(
                    "insert into dossiers (code, procedure_id, channel, received_at, due_at,
                     returned_at, status, officer_id, counter_id) ",
                );
                query.push_values(rows, |mut value, row| {
                    value.push_bind(row.code.clone())
                        .push_bind(row.procedure)
                        .push_bind(row.channel)
                        .push_bind(row.received_at)
                        .push_bind(row.due_at)
                        .push_bind(row.returned_at)
                        .push_bind(row.status.clone())
                        .push_bind(row.officer)
                        .push_bind(row.counter);
                });
                query.push(
                    " on conflict (code) do update set procedure_id = excluded.procedure_id,
                     channel = excluded.channel, received_at = excluded.received_at,
                     due_at = excluded.due_at, returned_at = excluded.returned_at,
                     status = excluded.status, officer_id = excluded.officer_id,
                     counter_id = excluded.counter_id",
                );
                query.build().execute(&mut *tx).await?;
                Db::link_ratings(&mut tx, rows, position).await?;
            }
        });
        Ok(outcome)
    }

    /// How many dossiers were received from `from` until, not including, `until`, by channel.
    pub async fn received_by_channel(
        &self,
        from: i64,
        until: i64,
    ) -> Result<Vec<(u8, u64)>, StoreError> {
        let rows: Vec<(i16, i64)> = reading!(self, pool => sqlx::query_as(
            "select channel, count(*) from dossiers where received_at >= $1 and received_at < $2
             group by channel order by channel",
        )
        .bind(from)
        .bind(until)
        .fetch_all(pool)
        .await?);
        let small = |(channel, count): (i16, i64)| {
            (u8::try_from(channel).unwrap_or(0), count.unsigned_abs())
        };
        Ok(rows.into_iter().map(small).collect())
    }
}
