//! From columns to figures: polars groups the rows that agree in everything a measure looks at,
//! `measures` says what each group counts for.

use super::StatsError;
use super::columns::{Columns, day_number, day_of_number};
use super::measures::{Cell, add};
use crate::storage::rows::Directory;
use jiff::civil::Date;
use polars::prelude::*;
use protocol::Level;
use reports::figures::{Day, Figures, Group, Period, Ratings};
use std::collections::{BTreeMap, HashMap};

/// What the groups are told apart by.
const KEYS: [&str; 9] = [
    "department",
    "officer",
    "counter",
    "stage",
    "scale",
    "level",
    "imported",
    "simulated",
    "abandoned",
];

/// Ratings by what they are grouped by, ids of the database.
#[derive(Default)]
struct Counted {
    all: Ratings,
    departments: HashMap<u64, Ratings>,
    officers: HashMap<u64, Ratings>,
    counters: HashMap<u64, Ratings>,
    simulated: bool,
}

impl Counted {
    /// Counts one group of rows; its values stand in the order of [`KEYS`], then their number.
    fn add(&mut self, row: &[u64]) {
        let &[
            department,
            officer,
            counter,
            stage,
            scale,
            level,
            imported,
            simulated,
            abandoned,
            count,
        ] = row
        else {
            return;
        };
        let small = |value: u64| u8::try_from(value).unwrap_or(0);
        let cell = Cell {
            level: small(level),
            stage: small(stage),
            scale: small(scale),
            imported: imported == 1,
            abandoned: abandoned == 1,
            count,
        };
        self.simulated |= simulated == 1;
        add(&mut self.all, &cell);
        add(self.departments.entry(department).or_default(), &cell);
        add(self.officers.entry(officer).or_default(), &cell);
        add(self.counters.entry(counter).or_default(), &cell);
    }
}

/// The figures of the rows of `months` that lie in `period`.
pub(super) fn figures(
    months: &[DataFrame],
    directory: &Directory,
    period: Period,
    quarantined: u64,
) -> Result<Figures, StatsError> {
    let mut counted = Counted::default();
    for row in grouped(months, &period, &KEYS)? {
        counted.add(&row);
    }
    let department_name = |id: i64| directory.department_of(id).map(|one| one.name.clone());
    let departments = directory.departments.iter().map(|one| (one.id, &one.code, &one.name, None));
    let officers = directory
        .officers
        .iter()
        .map(|one| (one.id, &one.code, &one.name, department_name(one.department)));
    let counters = directory
        .counters
        .iter()
        .map(|one| (one.id, &one.code, &one.name, department_name(one.department)));
    Ok(Figures {
        days: days(months, &period)?,
        departments: groups(counted.departments, departments),
        officers: groups(counted.officers, officers),
        counters: groups(counted.counters, counters),
        period,
        ratings: counted.all,
        quarantined,
        flags: BTreeMap::new(),
        simulated: counted.simulated,
    })
}

/// The last day that has a rating.
pub(super) fn latest_day(columns: &Columns) -> Result<Option<Date>, StatsError> {
    for month in columns.all().values().rev() {
        let rated = month
            .frame
            .clone()
            .lazy()
            .filter(col("level").gt(lit(0)))
            .select([col("day").max()])
            .collect()?;
        if let Some(day) = rated.column("day")?.i32()?.get(0) {
            return Ok(Some(day_of_number(day)));
        }
    }
    Ok(None)
}

fn days(months: &[DataFrame], period: &Period) -> Result<Vec<Day>, StatsError> {
    let mut days: HashMap<u64, (u64, u64)> = HashMap::new();
    for row in grouped(months, period, &["day", "level"])? {
        let [day, level, count] = row[..] else { continue };
        let Some(level) = u8::try_from(level).ok().and_then(Level::from_code) else { continue };
        let (total, satisfied) = days.entry(day).or_default();
        *total += count;
        if level.is_satisfied() {
            *satisfied += count;
        }
    }
    let mut days: Vec<Day> = days
        .into_iter()
        .filter_map(|(day, (total, satisfied))| {
            Some(Day { date: day_of_number(i32::try_from(day).ok()?), total, satisfied })
        })
        .collect();
    days.sort_unstable_by_key(|day| day.date);
    Ok(days)
}

/// Groups the rows of the period by `keys`: each group's keys, then its number of rows.
fn grouped(
    months: &[DataFrame],
    period: &Period,
    keys: &[&str],
) -> Result<Vec<Vec<u64>>, StatsError> {
    let (from, to) = (day_number(period.from), day_number(period.to));
    let mut rows = Vec::new();
    // Month by month: adding counts up is cheaper than joining the months' columns first.
    for month in months {
        let by: Vec<Expr> = keys.iter().map(|key| col(*key)).collect();
        let groups = month
            .clone()
            .lazy()
            .filter(col("day").gt_eq(lit(from)).and(col("day").lt_eq(lit(to))))
            .group_by(by)
            .agg([len().alias("count")])
            .collect()?;
        let columns = groups
            .columns()
            .iter()
            .map(|column| column.cast(&DataType::UInt64))
            .collect::<PolarsResult<Vec<_>>>()?;
        let columns = columns.iter().map(Column::u64).collect::<PolarsResult<Vec<_>>>()?;
        for row in 0..groups.height() {
            rows.push(columns.iter().map(|column| column.get(row).unwrap_or(0)).collect());
        }
    }
    Ok(rows)
}

/// Names the groups; most ratings first, then by code.
fn groups<'a>(
    mut counted: HashMap<u64, Ratings>,
    known: impl Iterator<Item = (i64, &'a String, &'a String, Option<String>)>,
) -> Vec<Group> {
    let mut groups: Vec<Group> = known
        .filter_map(|(id, code, name, department)| {
            let ratings = counted.remove(&id.unsigned_abs())?;
            Some(Group { code: code.clone(), name: name.clone(), department, ratings })
        })
        .collect();
    groups.sort_by(|a, b| b.ratings.total.cmp(&a.ratings.total).then(a.code.cmp(&b.code)));
    groups
}
