//! The ratings as narrow columns, a frame for each month. A row is found by its number, so a
//! changed rating takes the place of its older version.

use super::StatsError;
use crate::stats::files::Owner;
use crate::storage::rows::RatingRow;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use polars::prelude::*;
use std::collections::{BTreeMap, HashSet};

/// Year and month, such as (2023, 9).
pub(super) type Month = (i16, i8);

/// All months, and how far they follow the store. A clone shares the columns.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// Whose ratings these are.
    pub(super) owner: Owner,
    /// Every change up to here is in the columns.
    pub(super) position: i64,
    /// Fingerprint of the rows at that position: a database restored from an older backup can come
    /// to the same position with other rows.
    pub(super) seal: String,
    /// Rows taken in since the columns were last saved.
    pub(super) unsaved: usize,
    /// Highest row number; a row above it is new and needs no search.
    highest: i64,
    months: BTreeMap<Month, MonthColumns>,
}

/// One month.
#[derive(Clone, Debug)]
pub(super) struct MonthColumns {
    pub(super) frame: DataFrame,
    /// Position of the last change in it: a saved file of the same position is still right.
    pub(super) position: i64,
}

impl Columns {
    /// No ratings yet.
    pub(super) fn empty(owner: Owner) -> Self {
        Self {
            owner,
            position: 0,
            seal: seal(&[], 0),
            unsaved: 0,
            highest: 0,
            months: BTreeMap::new(),
        }
    }

    /// Columns as they were saved.
    pub(super) fn restore(
        owner: Owner,
        (position, seal): (i64, String),
        highest: i64,
        months: BTreeMap<Month, MonthColumns>,
    ) -> Self {
        Self { owner, position, seal, unsaved: 0, highest, months }
    }

    /// All months, in order.
    pub(super) fn all(&self) -> &BTreeMap<Month, MonthColumns> {
        &self.months
    }

    /// Highest row number.
    pub(super) fn highest(&self) -> i64 {
        self.highest
    }

    /// The months that a period touches.
    pub(super) fn months(&self, from: Date, to: Date) -> Vec<DataFrame> {
        let from = (from.year(), from.month());
        let to = (to.year(), to.month());
        if from > to {
            return Vec::new();
        }
        self.months.range(from..=to).map(|(_, month)| month.frame.clone()).collect()
    }

    /// Takes in rows in the order of their positions, whole positions only.
    pub(super) fn take_in(
        &mut self,
        rows: &[RatingRow],
        zone: &TimeZone,
    ) -> Result<(), StatsError> {
        let mut by_month: BTreeMap<Month, Vec<(Date, &RatingRow)>> = BTreeMap::new();
        for row in rows {
            let day = day(row.asked_at, zone);
            by_month.entry((day.year(), day.month())).or_default().push((day, row));
        }
        for (month, rows) in by_month {
            let fresh = frame(&rows)?;
            let known: HashSet<i64> =
                rows.iter().map(|(_, row)| row.num).filter(|num| *num <= self.highest).collect();
            let whole = match self.months.get(&month) {
                None => fresh,
                Some(old) => without(&old.frame, &known)?.vstack(&fresh)?,
            };
            let position = rows.iter().map(|(_, row)| row.position).fold(0, i64::max);
            self.months.insert(month, MonthColumns { frame: whole, position });
        }
        self.highest = rows.iter().map(|row| row.num).fold(self.highest, i64::max);
        self.position = rows.iter().map(|row| row.position).fold(self.position, i64::max);
        self.seal = seal(rows, self.position);
        self.unsaved += rows.len();
        Ok(())
    }
}

/// Fingerprint of the rows at `position`.
pub(super) fn seal(rows: &[RatingRow], position: i64) -> String {
    let mut hasher = blake3::Hasher::new();
    for row in rows.iter().filter(|row| row.position == position) {
        hasher.update(format!("{row:?}").as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// The day a moment falls on in the centre's time zone.
fn day(at: i64, zone: &TimeZone) -> Date {
    let moment = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    moment.to_zoned(zone.clone()).date()
}

/// Days since 1970-01-01: how a day is stored in a column.
pub(super) fn day_number(day: Date) -> i32 {
    (day - jiff::civil::date(1970, 1, 1)).get_days()
}

/// The day of a stored number.
pub(super) fn day_of_number(number: i32) -> Date {
    use jiff::ToSpan;
    jiff::civil::date(1970, 1, 1).saturating_add(number.days())
}

fn without(frame: &DataFrame, known: &HashSet<i64>) -> PolarsResult<DataFrame> {
    if known.is_empty() {
        return Ok(frame.clone());
    }
    let nums = frame.column("num")?.i64()?;
    let mask: BooleanChunked =
        nums.iter().map(|num| num.is_none_or(|num| !known.contains(&num))).collect();
    frame.filter(&mask)
}

/// One row a rating. Ids stay far below 2^32; the narrow types keep a country's ratings in memory.
fn frame(rows: &[(Date, &RatingRow)]) -> PolarsResult<DataFrame> {
    let id = |id: i64| u32::try_from(id).unwrap_or(u32::MAX);
    let of = |pick: fn(&RatingRow) -> i64| {
        rows.iter().map(|(_, row)| id(pick(row))).collect::<Vec<u32>>()
    };
    let small =
        |pick: fn(&RatingRow) -> u8| rows.iter().map(|(_, row)| pick(row)).collect::<Vec<u8>>();
    DataFrame::new(
        rows.len(),
        vec![
            Column::new("num".into(), rows.iter().map(|(_, row)| row.num).collect::<Vec<i64>>()),
            Column::new(
                "day".into(),
                rows.iter().map(|(day, _)| day_number(*day)).collect::<Vec<i32>>(),
            ),
            Column::new("department".into(), of(|row| row.department)),
            Column::new("officer".into(), of(|row| row.officer)),
            Column::new("counter".into(), of(|row| row.counter)),
            Column::new("stage".into(), small(|row| row.stage)),
            Column::new("scale".into(), small(|row| row.scale)),
            Column::new("level".into(), small(|row| row.level)),
            Column::new("imported".into(), small(|row| row.imported.into())),
            Column::new("simulated".into(), small(|row| row.simulated.into())),
            Column::new("abandoned".into(), small(|row| row.abandoned.into())),
        ],
    )
}
