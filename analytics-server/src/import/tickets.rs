//! Queue numbers of a queue system: who drew one, and whether they were served. They are what
//! ratings are held against for the response rate.

use super::Options;
use super::directory::CODE;
use super::dossiers::find;
use super::outcome::Reason;
use super::pour::Reader;
use super::table::Cells;
use super::words::{Moments, short};
use crate::storage::rows::{Directory, Put};
use crate::storage::tickets::Ticket;
use crate::storage::{Store, StoreError};
use std::collections::HashMap;

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Reads rows of queue numbers.
pub(super) struct Tickets {
    counters: HashMap<String, i64>,
    moments: Moments,
}

impl Tickets {
    /// Rows that refer to `directory`.
    pub fn new(directory: &Directory, options: &Options) -> Self {
        Self {
            counters: directory.counters.iter().map(|one| (one.code.clone(), one.id)).collect(),
            moments: Moments::new(options.zone.clone(), options.now),
        }
    }

    fn moment(&mut self, text: &str) -> Result<Option<i64>, Reason> {
        if text.is_empty() { Ok(None) } else { Ok(Some(self.moments.read(text)?.at)) }
    }
}

impl Reader for Tickets {
    type Row = Ticket;

    fn read(&mut self, cells: &Cells<'_>) -> Result<Option<Ticket>, Reason> {
        let number = cells.required(0, CODE)?;
        let code = cells.required(1, CODE)?;
        let counter = find(&self.counters, "counter", code)?;
        let taken = self.moments.read(cells.required(2, CODE)?)?;
        Ok(Some(Ticket {
            number: number.to_owned(),
            counter: counter
                .ok_or_else(|| Reason::Unknown { what: "counter", code: short(code) })?,
            day: taken.written.div_euclid(DAY_MS),
            taken_at: taken.at,
            called_at: self.moment(cells.optional(3, CODE)?)?,
            done_at: self.moment(cells.optional(4, CODE)?)?,
        }))
    }

    fn conflict() -> Reason {
        Reason::OtherTicket
    }

    async fn put(&self, store: &Store, rows: &[Ticket]) -> Result<Vec<Put>, StoreError> {
        store.put_tickets(rows).await
    }
}
