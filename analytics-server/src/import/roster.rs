//! What a file of the roster would change. Of the days and counters that a file names it is the
//! whole truth: what is stored there and not in the file is cancelled. Other days and counters, and
//! what is over, stay as they are; where a row of a day can not be taken, nothing of it is cancelled.

use super::header::{Column, ColumnContent};
use super::kinds::{self, Spec};
use super::lines::ListRow;
use super::plan::{Plan, PlannedRow, RowOutcome};
use crate::centre_time::{day_in_form, written_day};
use crate::form_reader::FormValues;
use crate::roster::{Bounds, Workplaces, begin, code, described, read};
use crate::storage::roster::Duty;
use crate::storage::{Store, StoreError};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use locales::Texts;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// The fields of a row, in the order of files.
const FIELDS: [Spec; 5] = [
    ("day", true, ColumnContent::Moment),
    ("counter", true, ColumnContent::Code),
    ("officer", true, ColumnContent::Code),
    ("from", true, ColumnContent::Moment),
    ("until", true, ColumnContent::Moment),
];
/// Days of a file that is taken away: a year.
const DAYS: i64 = 366;

/// The name of a column.
fn column(name: &str, texts: &Texts) -> String {
    texts.get(&format!("admin-roster-{name}"))
}

/// The columns of a file.
pub(crate) fn columns() -> Vec<Column> {
    kinds::columns(&FIELDS, column)
}

/// The names of the columns in a file that is taken away.
pub(crate) fn header(texts: &Texts) -> [String; 5] {
    FIELDS.map(|(name, ..)| column(name, texts))
}

/// The rows of a file of entries, from one day until another, a year at most.
pub(crate) fn rows_of(
    duties: &[Duty],
    workplaces: &Workplaces,
    (from, until): (Date, Option<Date>),
    zone: &TimeZone,
) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let days = from.series(1.day()).take_while(|day| Some(*day) <= until);
    for (_, day) in (0..DAYS).zip(days) {
        let bounds = Bounds::of(day, zone);
        let of_day = duties.iter().filter(|duty| bounds.meet(duty)).map(|duty| {
            let (from, until) = bounds.hours(duty);
            let counter = code(workplaces.counter(duty.counter));
            [written_day(day), counter, code(workplaces.officer(duty.officer)), from, until]
        });
        let mut of_day: Vec<[String; 5]> = of_day.collect();
        of_day.sort_by(|a, b| (&a[1], &a[3]).cmp(&(&b[1], &b[3])));
        rows.extend(of_day.into_iter().map(Vec::from));
    }
    rows
}

/// What a file would do.
#[derive(Default, Serialize)]
pub(crate) struct RosterChange {
    /// Numbers of the entries that are cancelled.
    pub cancelled: Vec<i64>,
    pub added: Vec<Duty>,
}

/// One row as it was read.
struct Row<'a> {
    read: &'a ListRow,
    typed: FormValues,
    duty: Result<(Duty, Date), String>,
}

/// A cell as a form would have it: days and times also as workbooks and people write them.
fn as_form(name: &str, cell: &str) -> String {
    match name {
        "day" => day_in_form(cell),
        "from" | "until" => {
            let time = cell.split_whitespace().last().unwrap_or_default();
            // A workbook tells the seconds, too.
            let seconds = time.matches(':').count() == 2;
            time.strip_suffix(":00").filter(|_| seconds).unwrap_or(time).to_owned()
        }
        _ => cell.to_owned(),
    }
}

/// What rows are held against.
struct Against<'a> {
    workplaces: Workplaces,
    zone: &'a TimeZone,
    texts: &'a Texts,
    now: i64,
}

impl Against<'_> {
    fn row<'r>(&self, row: &'r ListRow) -> Row<'r> {
        if let Some(why) = &row.refusal {
            return Row { read: row, typed: FormValues::new(), duty: Err(why.clone()) };
        }
        let fields = FIELDS.iter().enumerate().map(|(at, (name, ..))| {
            ((*name).to_owned(), as_form(name, &row.text(at).unwrap_or_default()))
        });
        let typed: FormValues = fields.collect();
        let duty = read(&typed, &self.workplaces, self.zone, self.texts).map_err(|errors| {
            let errors = errors.iter();
            let errors = errors.map(|(name, why)| format!("{}: {why}", column(name, self.texts)));
            errors.collect::<Vec<_>>().join(" ")
        });
        Row { read: row, typed, duty }
    }

    fn planned(&self, row: &Row<'_>, outcome: Option<RowOutcome>) -> PlannedRow {
        let text = |name: &str| row.typed.get(name).map_or("", String::as_str);
        let (code, name) = match &row.duty {
            Ok((duty, day)) => (
                format!("{} · {}", written_day(*day), text("counter")),
                described(duty, &self.workplaces, self.zone),
            ),
            Err(_) => (
                format!("{} · {}", text("day"), text("counter")),
                format!("{} {}–{}", text("officer"), text("from"), text("until")),
            ),
        };
        PlannedRow::new(row.read, &code, &name, outcome.unwrap_or(RowOutcome::Same))
    }
}

/// What rows would change of what is stored.
pub(crate) async fn plan(
    store: &Store,
    rows: &[ListRow],
    zone: &TimeZone,
    texts: &Texts,
    now: i64,
) -> Result<Plan<RosterChange>, StoreError> {
    let against = Against { workplaces: Workplaces::of(store).await?, zone, texts, now };
    let rows: Vec<Row<'_>> = rows.iter().map(|row| against.row(row)).collect();
    let first = rows.iter().filter_map(|row| Some(row.duty.as_ref().ok()?.1)).min();
    let stored = store.roster(first.map_or(i64::MAX, |day| begin(day, zone))).await?;
    let mut outcomes: Vec<Option<RowOutcome>> =
        rows.iter().map(|row| row.duty.clone().err().map(RowOutcome::Faulty)).collect();
    // Rows of one counter's day, by what stands in the file, so that faulty ones are known, too.
    let mut groups: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let text = |name: &str| row.typed.get(name).map_or("", |text| text.trim());
        groups.entry((text("counter"), text("day"))).or_default().push(at);
    }
    let mut work = RosterChange::default();
    for group in groups.into_values() {
        let sheet = Sheet { against: &against, stored: &stored, rows: &rows, group };
        sheet.settle(&mut outcomes, &mut work);
    }
    let rows = rows.iter().zip(outcomes).map(|(row, outcome)| against.planned(row, outcome));
    Ok(Plan { rows: rows.collect(), work })
}

/// The rows of one counter's day.
struct Sheet<'a> {
    against: &'a Against<'a>,
    stored: &'a [Duty],
    rows: &'a [Row<'a>],
    group: Vec<usize>,
}

impl<'a> Sheet<'a> {
    /// Decides about each row, and what gives way to them.
    fn settle(self, outcomes: &mut [Option<RowOutcome>], work: &mut RosterChange) {
        let Against { workplaces, zone, texts, .. } = self.against;
        let good = |at: &usize| self.rows[*at].duty.as_ref().ok();
        let Some((_, day)) = self.group.iter().find_map(good) else { return };
        let bounds = Bounds::of(*day, zone);
        let (mut taken, mut there) = (Vec::new(), HashSet::new());
        for at in &self.group {
            let Ok((duty, _)) = &self.rows[*at].duty else { continue };
            let stands = self.stored.iter().find(|one| Duty { num: 0, ..(*one).clone() } == *duty);
            if let Some(key) = self.refusal(duty, stands, &taken, bounds) {
                outcomes[*at] = Some(RowOutcome::Faulty(texts.get(key)));
                continue;
            }
            taken.push((*at, duty));
            if let Some(stands) = stands {
                there.insert(stands.num);
            } else {
                outcomes[*at] = Some(RowOutcome::New);
                work.added.push(duty.clone());
            }
        }
        let whole = taken.len() == self.group.len();
        let Some((first, one)) = taken.first().filter(|_| whole) else { return };
        let gone = self.gone(one.counter, &there, bounds);
        if gone.is_empty() {
            return;
        }
        let listed = |duties: &[&Duty]| {
            let duties = duties.iter().map(|one| described(one, workplaces, zone));
            duties.collect::<Vec<_>>().join("; ")
        };
        let after: Vec<&Duty> = taken.iter().map(|(_, one)| *one).collect();
        let label = texts.get("admin-roster-day-whole");
        outcomes[*first] = Some(RowOutcome::Changed(vec![(label, listed(&gone), listed(&after))]));
        work.cancelled.extend(gone.iter().map(|one| one.num));
    }

    /// The key of why a row can not be taken beside those that were.
    fn refusal(
        &self,
        duty: &Duty,
        stands: Option<&Duty>,
        taken: &[(usize, &Duty)],
        bounds: Bounds<'_>,
    ) -> Option<&'static str> {
        if taken.iter().any(|(_, one)| one.from < duty.until && one.until > duty.from) {
            return Some("admin-roster-row-twice");
        }
        if stands.is_some() {
            return None;
        }
        let near = self.stored.iter().filter(|one| one.counter == duty.counter);
        if near.filter(|one| bounds.meet(one)).any(|one| !bounds.enclose(one)) {
            return Some("admin-roster-row-long");
        }
        (duty.until <= self.against.now).then_some("admin-fault-past")
    }

    /// What is stored for the day, not over, and not in the file.
    fn gone(&self, counter: i64, there: &HashSet<i64>, bounds: Bounds<'_>) -> Vec<&'a Duty> {
        let of_day = self.stored.iter().filter(|one| one.counter == counter);
        let of_day = of_day.filter(|one| bounds.enclose(one) && one.until > self.against.now);
        of_day.filter(|one| !there.contains(&one.num)).collect()
    }
}
