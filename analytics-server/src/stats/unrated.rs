//! Who was asked and said why they give no level: how many of them within a filter. They are no ratings,
//! so the columns do not have them; they are counted from the rows of the store.

use super::slice::Filter;
use crate::projections::visit::Unrated;
use crate::storage::{Store, StoreError};

/// Of those who were asked between two moments (milliseconds since 1970; until, not including, the
/// second) and did not answer, how many said each reason. Nothing of a filter by what such a visit does
/// not have.
pub async fn unrated_counts(
    store: &Store,
    filter: &Filter,
    (from, until): (i64, i64),
) -> Result<Vec<(Unrated, u64)>, StoreError> {
    if filter.procedure.is_some() || filter.channel.is_some() {
        return Ok(Vec::new());
    }
    let counters = filter.counters(&store.counter_sites().await?);
    let mut rows = store.unrated_between(from, until).await?;
    rows.retain(|row| {
        filter.departments.as_ref().is_none_or(|all| all.contains(&row.department))
            && counters.as_ref().is_none_or(|all| all.contains(&row.counter))
            && filter.officer.is_none_or(|one| one == row.officer)
            && filter.stage.is_none_or(|one| one == row.stage)
    });
    let count = |why: Unrated| {
        (why, rows.iter().filter(|row| row.why == why).map(|row| row.count).sum::<u64>())
    };
    Ok([Unrated::Declined, Unrated::OfficerDisputed].map(count).into())
}
