//! Queue numbers of a centre's queue system: rows, so that a second import finds the first, and
//! beside them their count by counter and day, which is what pages read.

use super::event_steps::ROWS;
use super::rows::Put;
use super::{Store, StoreError, writing};
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

/// What tells a ticket from all others, and what else it says.
type Known = HashMap<(i64, i64, String), (Option<i64>, Option<i64>)>;
type Fields = (i64, i64, String, Option<i64>, Option<i64>);

impl Store {
    /// Stores queue numbers in one transaction; one outcome a row. A later export may tell that a
    /// number was called and served after all; one that says less than the stored one, or something
    /// else, is a conflict and the stored one stands.
    pub async fn put_tickets(&self, rows: &[Ticket]) -> Result<Vec<Put>, StoreError> {
        let (Some(from), Some(to)) =
            (rows.iter().map(|row| row.taken_at).min(), rows.iter().map(|row| row.taken_at).max())
        else {
            return Ok(Vec::new());
        };
        Ok(writing!(self, Db, tx => {
            // Makes two imports take turns on PostgreSQL, as SQLite does by itself.
            sqlx::query("update installation set created_at = created_at")
                .execute(&mut *tx).await?;
            let found: Vec<Fields> = sqlx::query_as(
                "select taken_at, counter_id, number, called_at, done_at from queue_tickets
                 where taken_at >= $1 and taken_at <= $2",
            )
            .bind(from)
            .bind(to)
            .fetch_all(&mut *tx)
            .await?;
            let mut known: Known = found
                .into_iter()
                .map(|(at, counter, number, called, done)| ((at, counter, number), (called, done)))
                .collect();
            let sorted = Sorted::of(rows, &mut known);
            let fresh: Vec<&Ticket> = sorted.fresh.into_values().collect();
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
struct Sorted<'a> {
    /// One outcome a row.
    outcome: Vec<Put>,
    /// Those to be written, as they were last told.
    fresh: BTreeMap<(i64, i64, &'a str), &'a Ticket>,
    /// Numbers and people served that are new, by day and counter.
    days: BTreeMap<(i64, i64), (i64, i64)>,
}

impl<'a> Sorted<'a> {
    fn of(rows: &'a [Ticket], known: &mut Known) -> Self {
        let mut sorted = Self::default();
        for row in rows {
            let key = (row.taken_at, row.counter, row.number.clone());
            let says = (row.called_at, row.done_at);
            let day = sorted.days.entry((row.day, row.counter)).or_default();
            let put = match known.get(&key) {
                None => {
                    day.0 += 1;
                    day.1 += i64::from(row.done_at.is_some());
                    Put::Stored
                }
                Some(before) if *before == says => Put::AlreadyThere,
                Some(before) if more(*before, says) => {
                    day.1 += i64::from(before.1.is_none() && row.done_at.is_some());
                    Put::Stored
                }
                Some(_) => Put::Conflict,
            };
            if put == Put::Stored {
                known.insert(key, says);
                sorted.fresh.insert((row.taken_at, row.counter, &row.number), row);
            }
            sorted.outcome.push(put);
        }
        sorted
    }
}

/// Whether a later word only adds to an earlier one.
fn more(before: (Option<i64>, Option<i64>), says: (Option<i64>, Option<i64>)) -> bool {
    let adds = |before: Option<i64>, says| before.is_none() || before == says;
    adds(before.0, says.0) && adds(before.1, says.1)
}
