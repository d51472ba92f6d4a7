//! What has to be true between tables: rulings and marks, notes and the audit log, flags, dossiers,
//! comments that were taken away, and numbers without gaps.

use super::compare::is_rest_of;
use super::findings::{FindingKind, Findings};
use crate::centre::{CENTRE, Centre};
use crate::storage::cross_checks::CROSS_CHECKS;
use crate::storage::import_batches::comment_digest;
use crate::storage::{Store, StoreError};
use std::collections::HashSet;

/// Runs every rule; how many there were.
pub(super) async fn check_tables(
    store: &Store,
    findings: &mut Findings,
) -> Result<u64, StoreError> {
    let repeat_ms = shortest_repeat(store).await?;
    let mut rules = 0;
    for check in &CROSS_CHECKS {
        let Some(found) = store.cross_check(check, repeat_ms).await? else { continue };
        rules += 1;
        if let Some(first) = found.first {
            let words = format!("{} {first} {}", check.of, check.wrong);
            findings.add_many(FindingKind::Between(check.what), words, found.count.unsigned_abs());
        }
    }
    redactions(store, findings).await?;
    originals(store, findings).await?;
    Ok(rules + 2)
}

/// The shortest time within which another answer was ever flagged: what was flagged by it stays so.
async fn shortest_repeat(store: &Store) -> Result<i64, StoreError> {
    let known = store.setting_history(CENTRE).await?;
    let all = known.iter().filter_map(|json| serde_json::from_str::<Centre>(json).ok());
    let all = all.chain([Centre::default()]).map(|centre| centre.repeat_ms());
    Ok(all.min().unwrap_or(0))
}

/// Comments that are gone, by neither a redaction nor their time.
async fn redactions(store: &Store, findings: &mut Findings) -> Result<(), StoreError> {
    let expiries: HashSet<(i64, i64)> = store.expiries().await?.into_iter().collect();
    let mut above = 0;
    loop {
        let page = store.redacted_without_note(above).await?;
        let Some(last) = page.last() else { return Ok(()) };
        above = last.num;
        for row in &page {
            let expired = expiries
                .iter()
                .any(|(at, before)| *at == row.redacted_at && row.asked_at < *before);
            if !expired {
                let words =
                    format!("the comment of rating {} is gone, and nobody took it", row.num);
                findings.add(FindingKind::Redaction, words);
            }
        }
    }
}

/// Originals of redactions that nobody wrote.
async fn originals(store: &Store, findings: &mut Findings) -> Result<(), StoreError> {
    let mark = locales::texts("vi").get("records-redacted-mark");
    let mut above = 0;
    loop {
        let page = store.originals_after(above).await?;
        let Some(last) = page.last() else { return Ok(()) };
        above = last.note_num;
        for row in &page {
            let fits = match (row.tablet_id, &row.was_digest) {
                (Some(tablet), _) => {
                    let told = store.comments_told(tablet, row.id).await?;
                    told.iter().any(|text| is_rest_of(&row.was, text, &mark))
                }
                (None, Some(digest)) => comment_digest(&row.id, &row.was) == *digest,
                // What an earlier redaction had left of a file's comment: nothing vouches for it.
                (None, None) => true,
            };
            if !fits {
                let words = format!(
                    "the original that is kept of rating {} stands in nothing that was written",
                    row.rating_num
                );
                findings.add(FindingKind::Redaction, words);
            }
        }
    }
}
