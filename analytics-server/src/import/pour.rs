//! From rows of text to rows of the store, a few thousand at a time, with every row accounted for:
//! read = stored + already there + refused.

use super::kinds::Layout;
use super::outcome::{FileOutcome, Reason};
use super::progress::Progress;
use super::source::Opened;
use super::table::{Cells, Row, Step};
use crate::storage::rows::Put;
use crate::storage::{Store, StoreError};
use std::future::Future;
use std::sync::atomic::Ordering;

/// Rows stored in one transaction: large enough that the disk is asked seldom, small enough that a
/// reader never waits long.
const CHUNK: usize = 2_000;

/// Reads the rows of one kind of file.
pub(super) trait Reader {
    /// A row of the store.
    type Row: Send + Sync;

    /// The row of some cells; `None` when it stands above already, word for word.
    fn read(&mut self, cells: &Cells<'_>) -> Result<Option<Self::Row>, Reason>;

    /// Why a row is refused under whose identity another content is stored.
    fn conflict() -> Reason {
        Reason::Conflict
    }

    /// Stores rows; one answer each.
    fn put(
        &self,
        store: &Store,
        rows: &[Self::Row],
    ) -> impl Future<Output = Result<Vec<Put>, StoreError>> + Send;
}

/// Reads what is left of `opened` and stores it. A fault of the file ends in the outcome; what was
/// read before it is stored.
pub(super) async fn pour<R: Reader>(
    mut opened: Opened<'_>,
    layout: &Layout,
    mut reader: R,
    store: &Store,
    outcome: &mut FileOutcome,
    progress: &dyn Progress,
) -> Result<(), StoreError> {
    let mut row = Row::default();
    let mut lines = Vec::with_capacity(CHUNK);
    let mut rows = Vec::with_capacity(CHUNK);
    // Lines that rows took with them, in columns that are not used.
    let mut spread = 0;
    let mut more = true;
    while more {
        while more && rows.len() < CHUNK {
            match opened.table.next(&mut row) {
                Ok(Step::End) => more = false,
                Ok(Step::Unreadable(lines, reason)) => outcome.refuse(lines, reason),
                Ok(Step::Row) if row.is_blank() => {}
                Ok(Step::Row) => {
                    match Cells::new(&row, layout).and_then(|cells| reader.read(&cells)) {
                        Ok(Some(one)) => {
                            lines.push(row.lines());
                            rows.push(one);
                            spread += row.last - row.line;
                        }
                        Ok(None) => {
                            outcome.rows += 1;
                            outcome.already_there += 1;
                        }
                        Err(reason) => outcome.refuse(row.lines(), reason),
                    }
                }
                Err(fault) => {
                    outcome.fault = Some(fault);
                    more = false;
                }
            }
        }
        if !rows.is_empty() {
            let puts = reader.put(store, &rows).await?;
            for (line, put) in lines.iter().zip(puts) {
                match put {
                    Put::Stored => {
                        outcome.rows += 1;
                        outcome.stored += 1;
                    }
                    Put::AlreadyThere => {
                        outcome.rows += 1;
                        outcome.already_there += 1;
                    }
                    Put::Conflict => outcome.refuse(*line, R::conflict()),
                }
            }
            rows.clear();
            lines.clear();
        }
        progress.advance(opened.read.load(Ordering::Relaxed), outcome.rows);
    }
    if spread > 0 {
        outcome.notes.push(format!(
            "lines taken as part of the row above them: {spread}, in a column that is not used; \
             look for a quotation mark that is not closed"
        ));
    }
    outcome.refusals.sort_by_key(|refusal| refusal.line);
    Ok(())
}
