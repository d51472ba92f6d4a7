//! Lists of visits, page by page in both directions, also of those whose comments hold some words. Comments
//! are searched here and not in the database, so that marks are passed over: both databases fold
//! differently, and a folded copy of a comment would be one more place to redact.

use crate::normalization::searchable;
use crate::storage::records::{Record, VisitCursor};
use crate::storage::visit_filter::VisitFilter;
use crate::storage::{Store, StoreError};

/// Visits of one page.
const PAGE: u32 = 50;
/// Comments that one search reads; it goes on with the next page.
const SEARCHED: usize = 20_000;
/// Comments read at once while searching.
const CHUNK: u32 = 2_000;

/// Which page of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListPlace {
    /// The newest.
    #[default]
    First,
    /// What comes after a visit: older ones.
    After(VisitCursor),
    /// What stands before a visit: newer ones.
    Before(VisitCursor),
}

/// One page of a list, newest first.
#[derive(Debug, Default)]
pub struct Found {
    /// The visits.
    pub records: Vec<Record>,
    /// The page before stands before this place, where there is one.
    pub previous: Option<VisitCursor>,
    /// The page after comes after this place, where there may be one.
    pub next: Option<VisitCursor>,
}

/// From where a list is read, and in which direction.
#[derive(Clone, Copy, Debug)]
enum Walk {
    /// Older ones, from the newest or from a visit on.
    Older(Option<VisitCursor>),
    /// Newer ones, from a visit on.
    Newer(VisitCursor),
}

impl Walk {
    /// The same direction from another visit on.
    fn at(self, place: VisitCursor) -> Self {
        match self {
            Self::Older(_) => Self::Older(Some(place)),
            Self::Newer(_) => Self::Newer(place),
        }
    }
}

/// The visits that are wanted at a place; with words to search, those whose comments hold them.
pub async fn find(
    store: &Store,
    wanted: &VisitFilter,
    place: ListPlace,
    words: Option<&str>,
) -> Result<Found, StoreError> {
    let words = words.map(searchable);
    if let ListPlace::Before(place) = place {
        let walk = Walk::Newer(place);
        let Nearest { mut records, more } = nearest(store, wanted, walk, words.as_deref()).await?;
        // Before a short page there is nothing: that is the first page, which holds more.
        if more.is_some() {
            records.reverse();
            // Where nothing was found, the place itself belongs to the page after.
            let next = VisitCursor { num: place.num.saturating_add(1), ..place };
            let next = records.last().map_or(next, Record::cursor);
            return Ok(Found { records, previous: more, next: Some(next) });
        }
    }
    let after = match place {
        ListPlace::After(place) => Some(place),
        ListPlace::First | ListPlace::Before(_) => None,
    };
    let walk = Walk::Older(after);
    let Nearest { records, more } = nearest(store, wanted, walk, words.as_deref()).await?;
    // Where nothing was found, the place itself belongs to the page before.
    let itself = |place: VisitCursor| VisitCursor { num: place.num.saturating_sub(1), ..place };
    let previous = after.map(|place| records.first().map_or(itself(place), Record::cursor));
    Ok(Found { records, previous, next: more })
}

/// The visits nearest to a place, the nearest one first.
struct Nearest {
    records: Vec<Record>,
    /// The last place that was looked at, where there may be more.
    more: Option<VisitCursor>,
}

/// A page of visits in one direction.
async fn nearest(
    store: &Store,
    wanted: &VisitFilter,
    mut walk: Walk,
    words: Option<&str>,
) -> Result<Nearest, StoreError> {
    let page = PAGE as usize;
    let Some(words) = words else {
        let mut records = read(store, wanted, walk, PAGE + 1).await?;
        let is_more = records.len() > page;
        records.truncate(page);
        let more = records.last().map(Record::cursor).filter(|_| is_more);
        return Ok(Nearest { records, more });
    };
    let (mut records, mut looked_at) = (Vec::new(), 0);
    loop {
        let chunk = read(store, wanted, walk, CHUNK).await?;
        let is_last = chunk.len() < CHUNK as usize;
        looked_at += chunk.len();
        let mut more = None;
        for record in chunk {
            let place = record.cursor();
            (more, walk) = (Some(place), walk.at(place));
            if record.comment.as_deref().is_some_and(|text| searchable(text).contains(words)) {
                records.push(record);
                if records.len() == page {
                    return Ok(Nearest { records, more });
                }
            }
        }
        if is_last {
            return Ok(Nearest { records, more: None });
        }
        if looked_at >= SEARCHED {
            return Ok(Nearest { records, more });
        }
    }
}

/// Some visits in one direction, the nearest one first.
async fn read(
    store: &Store,
    wanted: &VisitFilter,
    walk: Walk,
    limit: u32,
) -> Result<Vec<Record>, StoreError> {
    match walk {
        Walk::Older(after) => store.records(wanted, after, limit).await,
        Walk::Newer(before) => {
            let mut records = store.records_before(wanted, before, limit).await?;
            records.reverse();
            Ok(records)
        }
    }
}
