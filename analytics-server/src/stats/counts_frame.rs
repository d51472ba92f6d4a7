//! The counts of a month as a polars frame, and back: one row a number, so that the next start draws the figures
//! of whole months without a look at their ratings.

use super::kind::{KINDS, Kinds};
use super::part::{ByGroup, HOURS, MonthCounts};
use polars::prelude::*;

/// What a row counts; a number that a file has, so none ever changes.
mod what {
    pub(super) const ALL: u8 = 0;
    pub(super) const DEPARTMENT: u8 = 1;
    pub(super) const OFFICER: u8 = 2;
    pub(super) const COUNTER: u8 = 3;
    pub(super) const PROCEDURE: u8 = 4;
    pub(super) const CHANNEL: u8 = 5;
    /// Officer, and in place of the count the department of the last visit.
    pub(super) const SERVED: u8 = 6;
    /// Day since 1970 with ratings (kind 0) and satisfied ones (1).
    pub(super) const DAY: u8 = 7;
    /// Hour of the week with the same.
    pub(super) const HOUR: u8 = 8;
    /// Hour of the day with those asked (kind 0), answered (1) and abandoned (2).
    pub(super) const ASKED: u8 = 9;
    pub(super) const REASONS: u8 = 10;
    pub(super) const RULES: u8 = 11;
    pub(super) const ASPECTS: u8 = 12;
    pub(super) const SIMULATED: u8 = 13;
}

/// The columns while they are filled.
#[derive(Default)]
struct Rows {
    what: Vec<u8>,
    id: Vec<u32>,
    kind: Vec<u16>,
    count: Vec<u32>,
}

impl Rows {
    fn push(&mut self, what: u8, id: u32, kind: u16, count: u32) {
        self.what.push(what);
        self.id.push(id);
        self.kind.push(kind);
        self.count.push(count);
    }

    fn kinds(&mut self, what: u8, id: u32, kinds: &Kinds) {
        for (kind, count) in kinds {
            self.push(what, id, *kind, *count);
        }
    }
}

/// The frame of some counts.
pub(super) fn counts_frame(counts: &MonthCounts) -> PolarsResult<DataFrame> {
    let mut rows = Rows::default();
    rows.kinds(what::ALL, 0, &counts.all);
    for (what, groups) in [
        (what::DEPARTMENT, &counts.departments),
        (what::OFFICER, &counts.officers),
        (what::COUNTER, &counts.counters),
        (what::PROCEDURE, &counts.procedures),
        (what::CHANNEL, &counts.channels),
    ] {
        for (id, kinds) in groups {
            rows.kinds(what, *id, kinds);
        }
    }
    for (officer, department) in &counts.served {
        rows.push(what::SERVED, *officer, 0, *department);
    }
    for (day, ratings, satisfied) in &counts.days {
        rows.push(what::DAY, day.cast_unsigned(), 0, *ratings);
        rows.push(what::DAY, day.cast_unsigned(), 1, *satisfied);
    }
    for (hour, (ratings, satisfied)) in (0..).zip(&counts.hours) {
        rows.push(what::HOUR, hour, 0, *ratings);
        rows.push(what::HOUR, hour, 1, *satisfied);
    }
    for (hour, (asked, answered, abandoned)) in (0..).zip(&counts.asked) {
        for (kind, count) in [(0, asked), (1, answered), (2, abandoned)] {
            rows.push(what::ASKED, hour, kind, *count);
        }
    }
    for (what, sets) in [
        (what::REASONS, &counts.reasons),
        (what::RULES, &counts.rules),
        (what::ASPECTS, &counts.aspects),
    ] {
        for (number, count) in sets {
            rows.push(what, *number, 0, *count);
        }
    }
    rows.push(what::SIMULATED, 0, 0, counts.simulated.into());
    let height = rows.what.len();
    let columns = vec![
        Column::new("what".into(), rows.what),
        Column::new("id".into(), rows.id),
        Column::new("kind".into(), rows.kind),
        Column::new("count".into(), rows.count),
    ];
    DataFrame::new(height, columns)
}

/// The counts of a frame; an error where it is none of counts.
pub(super) fn counts_of(frame: &DataFrame) -> PolarsResult<MonthCounts> {
    let mut counts = MonthCounts { hours: vec![(0, 0); HOURS], ..MonthCounts::default() };
    let column = |name| frame.column(name);
    let (what, id) = (column("what")?.u8()?, column("id")?.u32()?);
    let (kind, count) = (column("kind")?.u16()?, column("count")?.u32()?);
    let rows = what.iter().zip(id.iter()).zip(kind.iter()).zip(count.iter());
    for (((what, id), kind), count) in rows {
        let row = what.zip(id).zip(kind).zip(count);
        let known =
            row.and_then(|(((what, id), kind), count)| add(&mut counts, (what, id), kind, count));
        if known.is_none() {
            polars_bail!(ComputeError: "a row counts nothing that is known");
        }
    }
    Ok(counts)
}

/// Adds what a row counts; none: nothing that is known.
fn add(counts: &mut MonthCounts, (what, id): (u8, u32), kind: u16, count: u32) -> Option<()> {
    let groups = match what {
        what::ALL => {
            counts.all.push(a_kind(kind, count)?);
            return Some(());
        }
        what::DEPARTMENT => &mut counts.departments,
        what::OFFICER => &mut counts.officers,
        what::COUNTER => &mut counts.counters,
        what::PROCEDURE => &mut counts.procedures,
        what::CHANNEL => &mut counts.channels,
        _ => return add_other(counts, (what, id), kind, count),
    };
    in_group(groups, id).push(a_kind(kind, count)?);
    Some(())
}

fn a_kind(kind: u16, count: u32) -> Option<(u16, u32)> {
    (usize::from(kind) < KINDS).then_some((kind, count))
}

/// The counts of a group, whose rows lie together.
fn in_group(groups: &mut ByGroup, id: u32) -> &mut Kinds {
    if groups.last().is_none_or(|(last, _)| *last != id) {
        groups.push((id, Kinds::new()));
    }
    let last = groups.len() - 1;
    &mut groups[last].1
}

fn add_other(counts: &mut MonthCounts, (what, id): (u8, u32), kind: u16, count: u32) -> Option<()> {
    let place = usize::try_from(id).ok()?;
    match (what, kind) {
        (what::SERVED, 0) => counts.served.push((id, count)),
        (what::DAY, 0) => counts.days.push((id.cast_signed(), count, 0)),
        (what::DAY, 1) => counts.days.last_mut()?.2 = count,
        (what::HOUR, 0) => counts.hours.get_mut(place)?.0 = count,
        (what::HOUR, 1) => counts.hours.get_mut(place)?.1 = count,
        (what::ASKED, 0) => counts.asked.get_mut(place)?.0 = count,
        (what::ASKED, 1) => counts.asked.get_mut(place)?.1 = count,
        (what::ASKED, 2) => counts.asked.get_mut(place)?.2 = count,
        (what::REASONS, 0) => counts.reasons.push((id, count)),
        (what::RULES, 0) => counts.rules.push((id, count)),
        (what::ASPECTS, 0) => counts.aspects.push((id, count)),
        (what::SIMULATED, 0) => counts.simulated = count > 0,
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::super::month_columns::MonthColumns;
    use super::super::slice::RowFilter;
    use super::super::tests::any_row;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// What was counted is what is read back, to the last number.
        #[test]
        fn counts_come_back_from_their_frame(rows in prop::collection::vec(any_row(), 0..60)) {
            let counts = MonthCounts::of(&MonthColumns::of(&rows), &RowFilter::default(), 0, 40);
            prop_assert_eq!(counts_of(&counts_frame(&counts).unwrap()).unwrap(), counts);
        }
    }

    #[test]
    fn a_row_that_counts_nothing_is_an_error() {
        let counts = MonthCounts { hours: vec![(0, 0); HOURS], ..MonthCounts::default() };
        let whole = counts_frame(&counts).unwrap();
        for (column, value) in [("what", 77_u32), ("id", 400), ("kind", 5)] {
            let mut odd = whole.clone();
            let there = odd.column(column).unwrap().dtype().clone();
            let values = Column::new(column.into(), vec![value; odd.height()]);
            odd.with_column(values.cast(&there).unwrap()).unwrap();
            assert!(counts_of(&odd).is_err(), "{column}");
        }
    }
}
