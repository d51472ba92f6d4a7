//! Lists of visits, page by page, also of those whose comments hold some words. Comments are searched
//! here and not in the database, so that marks are passed over: both databases fold differently, and a
//! folded copy of a comment would be one more place to redact.

use crate::normalization::searchable;
use crate::storage::records::{Record, VisitCursor, VisitFilter};
use crate::storage::{Store, StoreError};

/// Visits of one page.
const PAGE: u32 = 50;
/// Comments that one search reads; it goes on with the next page.
const SEARCHED: usize = 20_000;
/// Comments read at once while searching.
const CHUNK: u32 = 2_000;

/// One page of a list.
#[derive(Debug, Default)]
pub struct Found {
    /// The visits.
    pub records: Vec<Record>,
    /// The last place that was looked at, where there may be more.
    pub next: Option<VisitCursor>,
}

/// The visits that are wanted after a place; with words to search, those whose comments hold them.
pub async fn find(
    store: &Store,
    wanted: &VisitFilter,
    mut after: Option<VisitCursor>,
    words: Option<&str>,
) -> Result<Found, StoreError> {
    let page = PAGE as usize;
    let Some(words) = words.map(searchable) else {
        let mut records = store.records(wanted, after, PAGE + 1).await?;
        let more = records.len() > page;
        records.truncate(page);
        let next = records.last().map(Record::cursor).filter(|_| more);
        return Ok(Found { records, next });
    };
    let (mut records, mut read) = (Vec::new(), 0);
    loop {
        let chunk = store.records(wanted, after, CHUNK).await?;
        let last = chunk.len() < CHUNK as usize;
        read += chunk.len();
        for record in chunk {
            after = Some(record.cursor());
            if record.comment.as_deref().is_some_and(|text| searchable(text).contains(&words)) {
                records.push(record);
                if records.len() == page {
                    return Ok(Found { records, next: after });
                }
            }
        }
        if last {
            return Ok(Found { records, next: None });
        }
        if read >= SEARCHED {
            return Ok(Found { records, next: after });
        }
    }
}
