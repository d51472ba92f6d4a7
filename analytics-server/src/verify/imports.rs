//! Ratings that came from files against the digests that their imports left.

use super::findings::{FindingKind, Findings, format_moment};
use crate::storage::import_batches::{BatchDigest, ImportBatch, ImportedRow};
use crate::storage::{Store, StoreError};

/// What was checked of imports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportsCheck {
    /// Batches that were computed again.
    pub batches: u64,
    /// Ratings in them.
    pub ratings: u64,
    /// Ratings from before batches were recorded, which a running server records.
    pub unrecorded: u64,
}

/// Computes every batch again, in the order in which they are chained.
pub(super) async fn check_imports(
    store: &Store,
    findings: &mut Findings,
) -> Result<ImportsCheck, StoreError> {
    let batches = store.import_batches().await?;
    let mut check = ImportsCheck::default();
    let mut before: Option<&[u8]> = None;
    for batch in &batches {
        let mut digest = BatchDigest::after(before);
        walk(store, (batch.first_num, batch.last_num), |row| {
            digest.add(row);
            if let Some(words) = comment_fault(row).filter(|_| batch.digest.is_some()) {
                findings.add(FindingKind::Import, format!("rating {}: {words}", row.num));
            }
        })
        .await?;
        let there = digest.ratings.unsigned_abs();
        let Some(recorded) = &batch.digest else {
            check.unrecorded += there;
            continue;
        };
        (check.batches, check.ratings) = (check.batches + 1, check.ratings + there);
        let words = batch_fault(batch, digest, recorded);
        if let Some((words, count)) = words {
            findings.add_many(FindingKind::Import, words, count);
        }
        before = Some(recorded);
    }
    unvouched(store, &batches, findings).await?;
    Ok(check)
}

/// Calls `each` with the imported rows from one number to another.
async fn walk(
    store: &Store,
    (first, last): (i64, i64),
    mut each: impl FnMut(&ImportedRow),
) -> Result<(), StoreError> {
    let mut above = first - 1;
    loop {
        let page = store.imported_after(above).await?;
        let Some(end) = page.last() else { return Ok(()) };
        above = end.num;
        page.iter().filter(|row| row.num <= last).for_each(&mut each);
        if above >= last {
            return Ok(());
        }
    }
}

/// What is wrong about a batch, and of how many ratings at least.
fn batch_fault(batch: &ImportBatch, digest: BatchDigest, recorded: &[u8]) -> Option<(String, u64)> {
    let (there, stored) = (digest.ratings, batch.ratings.unwrap_or(0));
    let (num, first, last) = (batch.num, batch.first_num, batch.last_num);
    let at = format_moment(batch.recorded_at);
    let of = format!("import batch {num} of {at} (ratings {first} to {last})");
    if there != stored {
        let words = format!("{of} stored {stored} ratings, {there} are there");
        return Some((words, there.abs_diff(stored)));
    }
    (digest.end() != *recorded)
        .then(|| (format!("{of}: at least one of its {stored} ratings is not as it was stored"), 1))
}

/// What is wrong about the comment of an imported rating.
fn comment_fault(row: &ImportedRow) -> Option<&'static str> {
    if row.redacted_at.is_some() {
        return None;
    }
    (row.comment_told() != row.comment_digest).then_some("its comment is not the one it came with")
}

/// Looks for imported ratings that are in no batch.
async fn unvouched(
    store: &Store,
    batches: &[ImportBatch],
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let mut ranges: Vec<(i64, i64)> =
        batches.iter().map(|batch| (batch.first_num, batch.last_num)).collect();
    ranges.sort_unstable();
    if let Some(pair) = ranges.windows(2).find(|pair| pair[1].0 <= pair[0].1) {
        let words = format!("two import batches both begin before rating {}", pair[0].1);
        findings.add(FindingKind::Import, words);
    }
    let mut above = 0;
    loop {
        let between: Vec<_> = ranges.iter().skip_while(|range| range.1 <= above).collect();
        // Whole batches are passed over: only what lies between them is looked at.
        let (until, next) = match between.first() {
            Some((first, last)) => (first - 1, Some(*last)),
            None => (i64::MAX, None),
        };
        if above < until {
            walk(store, (above + 1, until), |row| {
                let words =
                    format!("rating {} came from a file, and no import tells of it", row.num);
                findings.add(FindingKind::Import, words);
            })
            .await?;
        }
        match next {
            Some(last) => above = last,
            None => return Ok(()),
        }
    }
}
