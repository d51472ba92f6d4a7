//! Queue numbers of a centre's queue system: rows, so that a second import finds the first, and
//! beside them their count by counter and day, which is what pages read.

use super::dossiers::finer;
use super::rows::PutOutcome;
use super::statement::ROWS;
use super::{Store, StoreError, row_struct, writing};
use sqlx::QueryBuilder;
use std::collections::{BTreeMap, HashMap};

/// A queue number that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Such as `B001`.
    pub number: String,
    /// Id of the counter.
    pub counter: i64,
    /// Days since 1970-01-01 in the centre's time zone.
    pub day: i64,
    /// When it was drawn, milliseconds since 1970.
    pub taken_at: i64,
    /// When it was called; none: the person had gone.
    pub called_at: Option<i64>,
    /// When the service ended.
    pub done_at: Option<i64>,
}

/// When a number was called, and when its service ended.
type Says = (Option<i64>, Option<i64>);

/// The tickets that stand here: by counter, number and minute, with the moments of each minute.
#[derive(Default)]
struct StoredTickets(HashMap<(i64, String, i64), Vec<(i64, Says)>>);

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

impl StoredTickets {
    fn insert(&mut self, at: i64, counter: i64, number: &str, says: Says) {
        let minute = (counter, number.to_owned(), at.div_euclid(MINUTE_MS));
        let all = self.0.entry(minute).or_default();
        match all.iter_mut().find(|(known, _)| *known == at) {
            Some((_, known)) => *known = says,
            None => all.push((at, says)),
        }
    }

    /// The moment under which a ticket stands, and what is known of it: its own, or one of the same
    /// minute where one of the two was told without seconds. A queue does not give a number twice
    /// in a minute.
    fn find(&self, row: &Ticket) -> Option<(i64, Says)> {
        let minute = (row.counter, row.number.clone(), row.taken_at.div_euclid(MINUTE_MS));
        let all = self.0.get(&minute)?;
        let rough = |at: i64| at.rem_euclid(MINUTE_MS) == 0;
        let own = all.iter().find(|(at, _)| *at == row.taken_at);
        let near = || all.iter().find(|(at, _)| rough(*at) || rough(row.taken_at));
        own.or_else(near).copied()
    }
}

row_struct! {
    struct TicketRow {
        taken_at: i64,
        counter_id: i64,
        number: String,
        called_at: Option<i64>,
        done_at: Option<i64>,
    }
}

impl Store {
    /// Stores queue numbers in one transaction; one outcome a row. A later export may tell that a
    /// number was called and served after all; one that says less than the stored one, or something
    /// else, is a conflict and the stored one stands. A moment without seconds is any second of its
    /// minute.
    pub async fn put_tickets(&self, rows: &[Ticket]) -> Result<Vec<PutOutcome>, StoreError> {
        let (Some(from), Some(to)) =
            (rows.iter().map(|row| row.taken_at).min(), rows.iter().map(|row| row.taken_at).max())
        else {
            return Ok(Vec::new());
        };
        Ok(writing!(self, Db, tx => {
            // Makes two imports take turns on PostgreSQL, as SQLite does by itself, and holds up
            // nobody else.
            sqlx::query("update import_state set one = one").execute(&mut *tx).await?;
            let found: Vec<TicketRow> = sqlx::query_as(
                "select taken_at, counter_id, number, called_at, done_at from queue_tickets
                 where taken_at >= $1 and taken_at <= $2",
            )
            .bind(from - from.rem_euclid(MINUTE_MS))
            .bind(to + MINUTE_MS)
            .fetch_all(&mut *tx)
            .await?;
            let mut known = StoredTickets::default();
            for row in found {
                let says = (row.called_at, row.done_at);
                known.insert(row.taken_at, row.counter_id, &row.number, says);
            }
            let sorted = TicketChanges::of(rows, &mut known);
            let fresh: Vec<&Ticket> = sorted.fresh.values().collect();
            for rows in fresh.chunks(ROWS) {
                let mut query = QueryBuilder::<Db>::new(
                    "insert into queue_tickets (taken_at, counter_id, number, called_at, done_at) ",
                );
                query.push_values(rows, |mut value, row| {
                    value.push_bind(row.taken_at)
                        .push_bind(row.counter)
                        .push_bind(row.number.clone())
                        .push_bind(row.called_at)
                        .push_bind(row.done_at);
                });
                query.push(
                    " on conflict (taken_at, counter_id, number) do update
                     set called_at = excluded.called_at, done_at = excluded.done_at",
                );
                query.build().execute(&mut *tx).await?;
            }
            for ((day, counter), (tickets, served)) in sorted.days {
                if (tickets, served) == (0, 0) {
                    continue;
                }
                sqlx::query(
                    "insert into queue_days (day, counter_id, tickets, served)
                     values ($1, $2, $3, $4)
                     on conflict (day, counter_id) do update
                     set tickets = queue_days.tickets + excluded.tickets,
                         served = queue_days.served + excluded.served",
                )
                .bind(day)
                .bind(counter)
                .bind(tickets)
                .bind(served)
                .execute(&mut *tx)
                .await?;
            }
            sorted.outcome
        }))
    }
}

/// What is to be done about rows.
#[derive(Default)]
struct TicketChanges {
    /// One outcome a row.
    outcome: Vec<PutOutcome>,
    /// Those to be written, as they were last told.
    fresh: BTreeMap<(i64, i64, String), Ticket>,
    /// Numbers and people served that are new, by day and counter.
    days: BTreeMap<(i64, i64), (i64, i64)>,
}

impl TicketChanges {
    fn of(rows: &[Ticket], known: &mut StoredTickets) -> Self {
        let mut sorted = Self::default();
        for row in rows {
            let day = sorted.days.entry((row.day, row.counter)).or_default();
            let stands = known.find(row);
            let mut told = row.clone();
            let put = match stands {
                None => {
                    day.0 += 1;
                    day.1 += i64::from(row.done_at.is_some());
                    PutOutcome::Stored
                }
                Some((at, before)) => {
                    told.taken_at = at;
                    told.called_at = finer_of(before.0, row.called_at);
                    told.done_at = finer_of(before.1, row.done_at);
                    let says = (told.called_at, told.done_at);
                    if before == says {
                        PutOutcome::AlreadyThere
                    } else if more(before, says) {
                        day.1 += i64::from(before.1.is_none() && row.done_at.is_some());
                        PutOutcome::Changed
                    } else {
                        PutOutcome::Conflict
                    }
                }
            };
            if matches!(put, PutOutcome::Stored | PutOutcome::Changed) {
                let says = (told.called_at, told.done_at);
                known.insert(told.taken_at, told.counter, &told.number, says);
                sorted.fresh.insert((told.taken_at, told.counter, told.number.clone()), told);
            }
            sorted.outcome.push(put);
        }
        sorted
    }
}

/// The one of two moments that says more, where they may be the same.
fn finer_of(stored: Option<i64>, told: Option<i64>) -> Option<i64> {
    match (stored, told) {
        // Stored without seconds: the stored one stands, or the same ticket would be another.
        (Some(stored), Some(told)) if finer(told, stored) == told => Some(stored),
        (Some(stored), Some(told)) => Some(finer(stored, told)),
        (_, told) => told,
    }
}

/// Whether a later word only adds to an earlier one.
fn more(before: Says, says: Says) -> bool {
    let adds = |before: Option<i64>, says| before.is_none() || before == says;
    adds(before.0, says.0) && adds(before.1, says.1)
}
