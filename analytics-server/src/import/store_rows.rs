//! From rows of text to rows of the store, some hundreds at a time, with every row accounted for:
//! read = new + changed + already there + refused.

use super::cells::Cells;
use super::header::TableLayout;
use super::outcome::{FileOutcome, Note, Reason};
use super::progress::Progress;
use super::row::{ReadStep, TableRow};
use super::source::Opened;
use crate::clock;
use crate::storage::portions::Portions;
use crate::storage::rows::PutOutcome;
use crate::storage::{Store, StoreError};
use std::future::Future;
use std::sync::atomic::Ordering;

/// Reads the rows of one kind of file.
pub(super) trait RowReader {
    /// A row of the store.
    type StoredRow: Send + Sync;

    /// The row of some cells; `None` when it stands above already, word for word.
    fn read(&mut self, cells: &Cells<'_>) -> Result<Option<Self::StoredRow>, Reason>;

    /// Why a row is refused under whose identity another content is stored.
    fn conflict() -> Reason {
        Reason::Conflict
    }

    /// Stores rows; one answer each.
    fn put(
        &mut self,
        store: &Store,
        rows: &[Self::StoredRow],
    ) -> impl Future<Output = Result<Vec<PutOutcome>, StoreError>> + Send;

    /// What there is to say about all rows.
    fn notes(&self) -> Vec<Note>;
}

/// Reads what is left of `opened` and stores it. A fault of the file ends in the outcome; what was
/// read before it is stored.
pub(super) async fn store_rows<R: RowReader>(
    mut opened: Opened<'_>,
    layout: &TableLayout,
    mut reader: R,
    store: &Store,
    outcome: &mut FileOutcome,
    progress: &dyn Progress,
) -> Result<(), StoreError> {
    let mut row = TableRow::default();
    let (mut lines, mut rows) = (Vec::new(), Vec::new());
    // Lines that rows took with them, in columns that are not used.
    let mut spread = 0;
    let mut older = 0;
    let mut portions = Portions::default();
    let mut more = true;
    while more {
        while more && rows.len() < portions.rows() {
            match opened.table.next(&mut row) {
                Ok(ReadStep::End) => more = false,
                Ok(ReadStep::Unreadable(lines, reason)) => outcome.refuse(lines, reason),
                Ok(ReadStep::Row) if row.is_blank() => {}
                Ok(ReadStep::Row) => {
                    match Cells::new(&row, layout).and_then(|cells| reader.read(&cells)) {
                        Ok(Some(one)) => {
                            lines.push(row.lines());
                            rows.push(one);
                            spread += unused_breaks(&row, layout);
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
            let begun = clock::started();
            let puts = reader.put(store, &rows).await?;
            portions.learn(begun.elapsed());
            for (line, put) in lines.iter().zip(puts) {
                older += u64::from(put == PutOutcome::Older);
                outcome.count(put, *line, R::conflict);
            }
            rows.clear();
            lines.clear();
        }
        progress.advance(opened.read.load(Ordering::Relaxed), outcome.rows);
    }
    if spread > 0 {
        outcome.notes.push(Note::Spread(spread));
    }
    if older > 0 {
        outcome.notes.push(Note::OlderDossiers(older));
    }
    outcome.notes.extend(reader.notes());
    outcome.refusals.sort_by_key(|refusal| refusal.line);
    Ok(())
}

impl FileOutcome {
    /// Counts a row that was given to the store.
    fn count(&mut self, put: PutOutcome, lines: (u64, u64), conflict: fn() -> Reason) {
        let number = match put {
            PutOutcome::Stored => &mut self.new,
            PutOutcome::Changed => &mut self.changed,
            PutOutcome::AlreadyThere | PutOutcome::Older => &mut self.already_there,
            PutOutcome::Conflict => return self.refuse(lines, conflict()),
        };
        *number += 1;
        self.rows += 1;
    }
}

/// Line breaks of a row in columns that nobody looks at.
fn unused_breaks(row: &TableRow, layout: &TableLayout) -> u64 {
    if row.last == row.line {
        return 0;
    }
    let unused = row.fields().enumerate().filter(|(place, _)| layout.content(*place).is_none());
    let breaks = unused.map(|(_, field)| field.matches('\n').count()).sum::<usize>();
    breaks as u64
}
