//! The figures once more, by plain walks over the rows: nothing of `measures`, `part` or `count` is
//! used here.

use super::{CompactRating, Filter, sites};
use proptest::prelude::*;
use reports::figures::{BySource, Figures, Group, Ratings};

/// Whether a row is a rating that counts.
pub(super) fn is_rating(row: &CompactRating) -> bool {
    row.level > 0 && !row.ruled_out
}

/// How many rows are so.
fn number(rows: &[&CompactRating], is: impl Fn(&CompactRating) -> bool) -> u64 {
    rows.iter().filter(|row| is(row)).count() as u64
}

/// Whether a filter takes a row.
fn takes(filter: &Filter, row: &CompactRating) -> bool {
    let site = |at| sites().counters.contains(&(i64::from(row.counter), at));
    filter.departments.as_ref().is_none_or(|own| own.contains(&row.department.into()))
        && filter.site.is_none_or(site)
        && filter.officer.is_none_or(|one| one == i64::from(row.officer))
        && filter.counter.is_none_or(|one| one == i64::from(row.counter))
        && filter.procedure.is_none_or(|one| one == i64::from(row.procedure))
        && filter.stage.is_none_or(|one| one == row.stage)
        && filter.channel.is_none_or(|one| one == row.channel)
}

/// All counts of some ratings but the interval.
fn ratings_are(told: &Ratings, rows: &[&CompactRating]) -> Result<(), TestCaseError> {
    let counted = |is: fn(&CompactRating) -> bool| number(rows, |row| is_rating(row) && is(row));
    let total = counted(|_| true);
    let satisfied = counted(|row| row.level <= 2);
    let levels = (1..=5).map(|level| number(rows, |row| is_rating(row) && row.level == level));
    let told_levels: Vec<u64> = told.levels.named().iter().map(|(_, count)| *count).collect();
    prop_assert_eq!(told.total, total);
    prop_assert_eq!(told_levels, levels.collect::<Vec<_>>());
    let stage = told.by_stage;
    prop_assert_eq!(
        (stage.receive, stage.return_, stage.unstated),
        (
            counted(|row| row.stage == 1),
            counted(|row| row.stage == 2),
            counted(|row| row.stage == 0)
        )
    );
    let scales = (counted(|row| row.scale != 2), counted(|row| row.scale == 2));
    prop_assert_eq!((told.by_scale.five, told.by_scale.three), scales);
    let by_source =
        BySource { tablet: counted(|row| !row.imported), imported: counted(|row| row.imported) };
    prop_assert_eq!(told.by_source, by_source);
    let ruled_out = BySource {
        tablet: number(rows, |row| row.level > 0 && row.ruled_out && !row.imported),
        imported: number(rows, |row| row.level > 0 && row.ruled_out && row.imported),
    };
    prop_assert_eq!(told.ruled_out, ruled_out);
    prop_assert_eq!(told.raw(), number(rows, |row| row.level > 0));
    prop_assert_eq!(told.satisfied.count, satisfied);
    prop_assert_eq!(told.satisfied.share, (total > 0).then(|| satisfied as f64 / total as f64));
    prop_assert_eq!(told.asked, number(rows, |row| !row.imported));
    prop_assert_eq!(told.abandoned, number(rows, |row| !row.imported && row.abandoned));
    prop_assert_eq!(told.answered(), number(rows, |row| !row.imported && row.level > 0));
    let open = number(rows, |row| !row.imported && row.level == 0 && !row.abandoned);
    prop_assert_eq!(told.open(), open);
    Ok(())
}

/// Each group's ratings, with and without those that a rule found odd.
fn groups_are(
    groups: &[Group],
    rows: &[&CompactRating],
    id: fn(&CompactRating) -> u32,
) -> Result<(), TestCaseError> {
    for group in groups {
        let own: Vec<&CompactRating> =
            rows.iter().copied().filter(|row| i64::from(id(row)) == group.id).collect();
        ratings_are(&group.ratings, &own)?;
        own_cleaned_are(&group.cleaned, &own)?;
    }
    let known = |row: &CompactRating| groups.iter().any(|group| group.id == i64::from(id(row)));
    let told: u64 = groups.iter().map(|group| group.ratings.raw()).sum();
    prop_assert_eq!(told, number(rows, |row| row.level > 0 && known(row)));
    Ok(())
}

fn own_cleaned_are(told: &Ratings, rows: &[&CompactRating]) -> Result<(), TestCaseError> {
    let cleaned: Vec<&CompactRating> = rows.iter().copied().filter(|row| row.flags == 0).collect();
    ratings_are(told, &cleaned)
}

/// How often something is named.
fn named<T>(list: &[T], id: impl Fn(&T) -> &str, name: &str, count: impl Fn(&T) -> u64) -> u64 {
    list.iter().find(|one| id(one) == name).map_or(0, count)
}

/// That figures are what a plain walk over the rows gives.
pub(super) fn recounted(
    figures: &Figures,
    rows: &[CompactRating],
    filter: &Filter,
) -> Result<(), TestCaseError> {
    let rows: Vec<&CompactRating> = rows.iter().filter(|row| takes(filter, row)).collect();
    ratings_are(&figures.ratings, &rows)?;
    own_cleaned_are(&figures.cleaned, &rows)?;
    groups_are(&figures.departments, &rows, |row| row.department)?;
    groups_are(&figures.officers, &rows, |row| row.officer)?;
    groups_are(&figures.counters, &rows, |row| row.counter)?;
    groups_are(&figures.procedures, &rows, |row| row.procedure)?;
    for channel in &figures.channels {
        let own: Vec<&CompactRating> =
            rows.iter().copied().filter(|row| row.channel == channel.channel).collect();
        ratings_are(&channel.ratings, &own)?;
    }
    for day in &figures.days {
        let on = |row: &CompactRating| {
            is_rating(row) && super::super::month::day_of_number(row.day) == day.date
        };
        prop_assert_eq!(day.total, number(&rows, on));
        prop_assert_eq!(day.satisfied, number(&rows, |row| on(row) && row.level <= 2));
    }
    for hour in &figures.hours {
        let at = |row: &CompactRating| {
            let date = super::super::month::day_of_number(row.day);
            is_rating(row)
                && row.hour == hour.hour
                && date.weekday().to_monday_one_offset().unsigned_abs() == hour.weekday
        };
        prop_assert_eq!(hour.ratings, number(&rows, at));
        prop_assert_eq!(hour.satisfied, number(&rows, |row| at(row) && row.level <= 2));
    }
    for hour in 0..24 {
        let at = |row: &CompactRating| !row.imported && row.hour == hour;
        let told = figures.asked_by_hour.iter().find(|one| one.hour == hour);
        let told = told.map(|one| (one.asked, one.answered, one.abandoned, one.open()));
        prop_assert_eq!(
            told.unwrap_or_default(),
            (
                number(&rows, at),
                number(&rows, |row| at(row) && row.level > 0),
                number(&rows, |row| at(row) && row.abandoned),
                number(&rows, |row| at(row) && row.level == 0 && !row.abandoned),
            )
        );
    }
    for bit in 0..4 {
        let told =
            named(&figures.reasons, |one| &one.id, &format!("reason {bit}"), |one| one.ratings);
        prop_assert_eq!(told, number(&rows, |row| is_rating(row) && row.reasons >> bit & 1 == 1));
    }
    for bit in 0..2 {
        let told = figures.flags.get(&format!("rule {bit}")).copied().unwrap_or_default();
        prop_assert_eq!(told, number(&rows, |row| is_rating(row) && row.flags >> bit & 1 == 1));
    }
    for (digit, id) in [(1, "spirit"), (6, "attitude")] {
        for level in 1..=5 {
            let told =
                named(&figures.aspects, |one| &one.id, id, |one| one.levels.named()[level - 1].1);
            let is =
                |row: &CompactRating| is_rating(row) && (row.aspects / digit % 6) as usize == level;
            prop_assert_eq!(told, number(&rows, is));
        }
    }
    Ok(())
}
