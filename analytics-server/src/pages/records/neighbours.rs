//! The way from one visit to the visits beside it in the list that its reader came from, and back to that
//! list.

use super::fields::RecordsQuery;
use super::list::{COMMENTS, RECORDS, read};
use crate::pages::address::given;
use crate::pages::came_from::CameFrom;
use crate::pages::prelude::*;
use crate::storage::records::Record;
use axum::http::Uri;

/// Where a visit leads, beside its forms.
pub(super) struct Neighbours {
    /// Its place in the list, and what that is called.
    pub back: (String, String),
    /// The newer one in the list.
    pub newer: Option<String>,
    /// The older one.
    pub older: Option<String>,
}

/// The ways from a visit that was opened from a list. Without one they lead to all visits.
pub(super) async fn neighbours(
    context: &Context,
    list: &CameFrom,
    record: &Record,
) -> PageResult<Neighbours> {
    let address = list.address().unwrap_or(RECORDS);
    // From an alert one comes back to the alert; a list has a mark at each visit.
    let back = if address.starts_with("/alerts") {
        (context.to(address), context.text("records-back-alert"))
    } else {
        let place = format!("{}#r{}", context.to(address), record.num);
        (place, context.text("records-back"))
    };
    let mut found = Neighbours { back, newer: None, older: None };
    let Some((mut query, path)) = query_of(list) else { return Ok(found) };
    // A list that can not be read any more has no neighbours.
    let Ok((reading, _)) = read(context, &mut query, path).await else { return Ok(found) };
    if !reading.is_refused() {
        let (wanted, place) = (&reading.wanted, record.cursor());
        let newer = context.app.store.records_before(wanted, place, 1).await?;
        let older = context.app.store.records(wanted, Some(place), 1).await?;
        let way = |one: &Record| context.to(&list.carried_to(&format!("/records/{}", one.num)));
        (found.newer, found.older) = (newer.first().map(way), older.first().map(way));
    }
    Ok(found)
}

/// What a list asks for, and its path; none where it is no list of visits, or one that was searched for
/// words, which would be read for each visit anew.
fn query_of(list: &CameFrom) -> Option<(RecordsQuery, &'static str)> {
    let uri: Uri = list.address()?.parse().ok()?;
    let path = [RECORDS, COMMENTS].into_iter().find(|path| *path == uri.path())?;
    let query = axum::extract::Query::<RecordsQuery>::try_from_uri(&uri).ok()?.0;
    given(query.search.as_deref()).is_none().then_some((query, path))
}
