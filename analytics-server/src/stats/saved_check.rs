//! Whether the saved columns say what the rating rows say, and the figures what a plain count of
//! the rows comes to. Month by month, so that one month at a time lies in memory.

use super::StatsError;
use super::blocking;
use super::chunk::put;
use super::columns::{ColumnsOwner, RatingColumns};
use super::count::figures;
use super::month::{Month, day_of_number, days_of, wall};
use super::month_columns::MonthColumns;
use super::part::MonthCounts;
use super::rating::CompactRating;
use super::saved_list::OpenedFiles;
use super::shared::{CentreSnapshot, FigureInputs};
use super::slice::{Filter, Slice};
use super::words::Dictionary;
use crate::storage::Store;
use crate::storage::evidence_tables::Recounted;
use crate::storage::rows::RatingRow;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use reports::figures::{Figures, Period};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Rows that are read from the store at once.
const PAGE: u32 = 5_000;
/// Months that are walked through: two centuries. A moment beyond them was written by hand.
const MONTHS: usize = 2_400;

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnsFault {
    /// A file, or a row in it.
    Columns(String),
    /// A number that is counted from the columns.
    Figures(String),
}

/// The saved columns of a directory, and what came of checking them.
#[derive(Debug, Default)]
pub struct ColumnsCheck {
    opened: Option<OpenedFiles>,
    /// Months whose files were compared.
    pub files: u64,
    /// Rows of files that were compared with the database.
    pub rows: u64,
    /// Months whose figures were compared with a plain count.
    pub months: u64,
    /// Ratings in them.
    pub ratings: u64,
}

impl ColumnsCheck {
    /// Opens the files in `dir`, before the database is looked at: so nothing in them is later than
    /// what is read there.
    pub fn open(dir: &Path) -> (Self, Option<ColumnsFault>) {
        match OpenedFiles::at(dir) {
            Ok(opened) => (Self { opened, ..Self::default() }, None),
            Err(error) => (Self::default(), Some(ColumnsFault::Columns(error.to_string()))),
        }
    }

    /// Compares every month; `tell` is called with each fault.
    pub async fn run(
        &mut self,
        store: &Store,
        zone: &TimeZone,
        tell: &mut (dyn FnMut(ColumnsFault) + Send),
    ) -> Result<(), StatsError> {
        let owner = ColumnsOwner {
            database: store.id().await?,
            time_zone: zone.iana_name().unwrap_or_default().to_owned(),
        };
        // Those of another database or time zone are rebuilt by the server of this database.
        self.opened = self.opened.take().filter(|opened| opened.list.owner == owner);
        let centre = Arc::new(CentreSnapshot {
            directory: store.directory().await?,
            sites: store.counter_sites().await?,
            quarantined: 0,
        });
        let mut left: Vec<Month> = match &self.opened {
            Some(opened) => opened.list.months.iter().map(|one| one.month).collect(),
            None => Vec::new(),
        };
        for month in months(store.asked_span().await?, zone) {
            left.retain(|one| *one != month);
            self.month(store, zone, month, &owner, &centre, tell).await?;
        }
        for month in left {
            self.month(store, zone, month, &owner, &centre, tell).await?;
        }
        Ok(())
    }

    async fn month(
        &mut self,
        store: &Store,
        zone: &TimeZone,
        month: Month,
        owner: &ColumnsOwner,
        centre: &Arc<CentreSnapshot>,
        tell: &mut (dyn FnMut(ColumnsFault) + Send),
    ) -> Result<(), StatsError> {
        let Some((from, until)) = moments(month, zone) else { return Ok(()) };
        let (mut words, position) = match &self.opened {
            Some(opened) => (opened.list.words.clone(), opened.list.position),
            None => (Dictionary::default(), -1),
        };
        let mut saved = Vec::new();
        match self.opened.as_mut().and_then(|opened| opened.rows(month)) {
            None => {}
            Some(Ok(rows)) => {
                (self.files, self.rows) = (self.files + 1, self.rows + rows.len() as u64);
                saved = rows;
                if let Some(words) = self.counts_fault(month, &saved) {
                    tell(ColumnsFault::Columns(words));
                }
            }
            Some(Err(error)) => {
                tell(ColumnsFault::Columns(error.to_string()));
                return Ok(());
            }
        }
        let mut seen = vec![false; saved.len()];
        let mut later = Vec::new();
        let mut after = (i64::MIN, 0);
        loop {
            let page = store.rows_asked((from, until), after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = (last.asked_at, last.num);
            for row in &page {
                let expected = expected(row, zone, &mut words);
                let place = saved.binary_search_by_key(&row.num, |known| known.num).ok();
                if let Some(place) = place {
                    seen[place] = true;
                }
                if row.position > position {
                    later.push(expected);
                } else if let Some(words) = differs(place.map(|place| &saved[place]), &expected) {
                    tell(ColumnsFault::Columns(format!(
                        "rating {} of {}: {words}",
                        row.num,
                        name(month)
                    )));
                }
            }
        }
        for (row, _) in saved.iter().zip(&seen).filter(|(_, seen)| !**seen) {
            let (num, month) = (row.num, name(month));
            tell(ColumnsFault::Columns(format!(
                "rating {num} of {month} is in them and not in the rows"
            )));
        }
        later.sort_unstable_by_key(|row| row.num);
        put(&mut saved, later);
        let recounted = store.recount(from, until).await?;
        let (owner, centre) = (owner.clone(), Arc::clone(centre));
        let counted = blocking(move || counted(month, &saved, words, owner, centre)).await?;
        self.months += 1;
        self.ratings += counted.ratings.total;
        for words in unequal(&counted, &recounted) {
            tell(ColumnsFault::Figures(format!("{}: {words}", name(month))));
        }
        Ok(())
    }
}

impl ColumnsCheck {
    /// How the saved counts of a month differ from what its saved rows come to.
    fn counts_fault(&mut self, month: Month, saved: &[CompactRating]) -> Option<String> {
        let counts = match self.opened.as_mut()?.counts(month)? {
            Ok(counts) => counts,
            Err(error) => return Some(error.to_string()),
        };
        let counted = MonthCounts::of_whole(&MonthColumns::of(saved));
        (counts != counted)
            .then(|| format!("the saved counts of {} are not those of its saved rows", name(month)))
    }
}

fn name((year, month): Month) -> String {
    format!("{year:04}-{month:02}")
}

/// The months from the first to the last moment.
fn months(span: Option<(i64, i64)>, zone: &TimeZone) -> Vec<Month> {
    let Some((first, last)) = span else { return Vec::new() };
    let (mut day, last) = (wall(first, zone).0.first_of_month(), wall(last, zone).0);
    let mut months = Vec::new();
    while day <= last && months.len() < MONTHS {
        months.push((day.year(), day.month()));
        let Ok(next) = day.checked_add(1.month()) else { break };
        day = next;
    }
    months
}

/// When a month begins and when it is over, milliseconds since 1970.
fn moments((year, month): Month, zone: &TimeZone) -> Option<(i64, i64)> {
    let first = Date::new(year, month, 1).ok()?;
    let begin = |day: Date| Some(day.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond());
    Some((begin(first)?, begin(first.checked_add(1.month()).ok()?)?))
}

fn expected(row: &RatingRow, zone: &TimeZone, words: &mut Dictionary) -> CompactRating {
    let (day, hour) = wall(row.asked_at, zone);
    CompactRating::of(row, day, hour, words.learn(row))
}

/// How a saved row differs from what the rating row says.
fn differs(saved: Option<&CompactRating>, expected: &CompactRating) -> Option<String> {
    let Some(saved) = saved else { return Some("it is missing in them".into()) };
    if saved == expected {
        return None;
    }
    let fields = [
        ("level", u64::from(saved.level), u64::from(expected.level)),
        ("department", saved.department.into(), expected.department.into()),
        ("officer", saved.officer.into(), expected.officer.into()),
        ("counter", saved.counter.into(), expected.counter.into()),
        ("mark of a ruling", saved.ruled_out.into(), expected.ruled_out.into()),
        ("flags", saved.flags.into(), expected.flags.into()),
        ("reasons", saved.reasons.into(), expected.reasons.into()),
        ("aspects", saved.aspects.into(), expected.aspects.into()),
    ];
    let other = fields.into_iter().find(|(_, there, here)| there != here);
    Some(other.map_or_else(
        || "they say something else than its row".into(),
        |(field, there, here)| format!("its {field} is {there} in them and {here} in its row"),
    ))
}

/// The figures of a month from its columns, in the way in which every figure is counted.
fn counted(
    month: Month,
    rows: &[CompactRating],
    words: Dictionary,
    owner: ColumnsOwner,
    centre: Arc<CentreSnapshot>,
) -> Figures {
    let (first, last) = days_of(month);
    let part = MonthCounts::of_whole(&MonthColumns::of(rows));
    let columns = RatingColumns { words: Arc::new(words), ..RatingColumns::empty(owner) };
    let inputs = FigureInputs { columns: Arc::new(columns), centre, queues: Vec::new() };
    let period = Period {
        from: day_of_number(first),
        to: day_of_number(last),
        policy: "calendar".into(),
        name: name(month),
    };
    figures(&[Arc::new(part)], &inputs, &Slice { period, filter: Filter::default() })
}

/// Where figures differ from what the database counts.
fn unequal(figures: &Figures, recounted: &[Recounted]) -> Vec<String> {
    let sum = |keep: &dyn Fn(&Recounted) -> bool| -> u64 {
        recounted.iter().filter(|one| keep(one)).map(|one| one.count.unsigned_abs()).sum()
    };
    let rating = |one: &Recounted| one.level > 0 && !one.ruled_out;
    let of = &figures.ratings;
    let levels = &of.levels;
    let levels = [
        levels.very_satisfied,
        levels.satisfied,
        levels.neutral,
        levels.dissatisfied,
        levels.very_dissatisfied,
    ];
    let mut numbers: Vec<(String, u64, u64)> = levels
        .into_iter()
        .zip(1..)
        .map(|(count, level)| {
            let recount = sum(&|one| rating(one) && one.level == level);
            (format!("ratings of level {level}"), count, recount)
        })
        .collect();
    numbers.push(("ratings".into(), of.total, sum(&rating)));
    let tablets = sum(&|one| rating(one) && one.source == 1);
    numbers.push(("ratings by tablets".into(), of.by_source.tablet, tablets));
    numbers.push(("visits asked".into(), of.asked, sum(&|one| one.source == 1)));
    let groups: BTreeMap<i64, u64> =
        figures.departments.iter().map(|one| (one.id, one.ratings.total)).collect();
    let mut departments: Vec<i64> = recounted.iter().map(|one| one.department_id).collect();
    departments.sort_unstable();
    departments.dedup();
    for id in departments {
        let recount = sum(&|one| rating(one) && one.department_id == id);
        let count = groups.get(&id).copied().unwrap_or(0);
        numbers.push((format!("ratings of department {id}"), count, recount));
    }
    let other = numbers.into_iter().filter(|(_, count, recount)| count != recount);
    other
        .map(|(what, count, recount)| {
            format!("{what}: {count} in the figures, {recount} when the rows are counted")
        })
        .collect()
}
