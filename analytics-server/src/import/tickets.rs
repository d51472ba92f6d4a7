//! Queue numbers of a queue system: who drew one, and whether they were served. They are what
//! ratings are held against for the response rate.

use super::cells::Cells;
use super::codes::Codes;
use super::dossiers::codes_of;
use super::kind::Kind;
use super::moments::Moments;
use super::options::Options;
use super::outcome::{Note, Reason};
use super::store_rows::RowReader;
use crate::storage::rows::{Directory, PutOutcome};
use crate::storage::tickets::Ticket;
use crate::storage::{Store, StoreError};

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Reads rows of queue numbers.
pub(super) struct Tickets {
    counters: Codes<i64>,
    moments: Moments,
}

impl Tickets {
    /// Rows that refer to `directory`.
    pub fn new(directory: &Directory, options: &Options) -> Self {
        Self {
            counters: codes_of(directory.counters.iter().map(|one| (&one.code, one.id))),
            moments: Moments::new(options.zone.clone(), options.now),
        }
    }

    fn moment(&mut self, text: &str) -> Result<Option<i64>, Reason> {
        if text.is_empty() { Ok(None) } else { Ok(Some(self.moments.read(text)?.at)) }
    }
}

impl RowReader for Tickets {
    type StoredRow = Ticket;

    fn read(&mut self, cells: &Cells<'_>) -> Result<Option<Ticket>, Reason> {
        let number = cells.required_word(0)?;
        let (code, doubt) = cells.required_code(1)?;
        let counter = *self.counters.find(Kind::Counters, code, doubt)?;
        let taken = self.moments.read(cells.required_word(2)?)?;
        Ok(Some(Ticket {
            number: number.to_owned(),
            counter,
            day: taken.written.div_euclid(DAY_MS),
            taken_at: taken.at,
            called_at: self.moment(cells.word(3)?)?,
            done_at: self.moment(cells.word(4)?)?,
        }))
    }

    fn conflict() -> Reason {
        Reason::OtherTicket
    }

    async fn put(&mut self, store: &Store, rows: &[Ticket]) -> Result<Vec<PutOutcome>, StoreError> {
        store.put_tickets(rows).await
    }

    fn notes(&self) -> Vec<Note> {
        Vec::new()
    }
}
