//! Files that were imported by earlier versions left free texts among the reasons. They are moved to
//! where free text belongs: a comment, with its rights, redaction and term.

use super::reasons::KnownReasons;
use crate::storage::imported::SortedReasons;
use crate::storage::{Store, StoreError};

/// Ratings that are looked at together; each portion has its own position and its own short lock.
const PORTION: u32 = 500;

/// Moves them, once; how many. Several processes may do so at once: what one has moved the others
/// do not find.
pub async fn move_free_text(store: &Store, now: i64) -> Result<u64, StoreError> {
    if store.is_free_text_moved().await? {
        return Ok(0);
    }
    let known = KnownReasons::of(&store.questionnaires().await?);
    let (mut after, mut moved) = (0, 0);
    loop {
        let portion = store.reasoned(after, PORTION).await?;
        let Some(last) = portion.last() else { break };
        after = last.num;
        let sorted = portion.into_iter().filter_map(|was| {
            let (reasons, comment) = known.read(&was.reasons.join("; "));
            let differs = reasons != was.reasons;
            differs.then_some(SortedReasons { was, reasons, comment })
        });
        let sorted: Vec<SortedReasons> = sorted.collect();
        moved += sorted.len() as u64;
        store.sort_reasons(&sorted).await?;
    }
    store.free_text_is_moved(now).await?;
    Ok(moved)
}
