//! What a file of the roster would change. Of the days and counters that a file names it is the
//! whole truth: what is stored there and not in the file is cancelled. Other days and counters, and
//! what is over, stay as they are; where a row of a day can not be taken, nothing of it is cancelled.

use super::dates::{as_in_form, written};
use super::duties::{Bounds, begin, described, read};
use super::file_import::shortened;
use super::workplaces::Workplaces;
use crate::import::fields::Typed;
use crate::import::header::Column;
use crate::import::header::Holds;
use crate::import::kinds::names;
use crate::import::lines::ListRow;
use crate::import::plan::{Fate, Planned};
use crate::pages::forms::mark_of;
use crate::pages::prelude::*;
use crate::storage::roster::Duty;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashSet};

/// The fields of a row, in the order of files.
pub(super) const FIELDS: [&str; 5] = ["day", "counter", "officer", "from", "until"];

/// The name of a column.
pub(super) fn column(name: &str, texts: &Texts) -> String {
    texts.get(&format!("admin-roster-{name}"))
}

/// The columns of a file.
pub(super) fn columns() -> Vec<Column> {
    let holds = |name: &str| match name {
        "counter" | "officer" => Holds::Code,
        _ => Holds::Moment,
    };
    let one = |name: &&str| Column::new(names(|texts| column(name, texts)), true, holds(name));
    FIELDS.iter().map(one).collect()
}

/// What a file would change.
pub(super) struct Plan {
    pub rows: Vec<Planned>,
    pub cancelled: Vec<i64>,
    pub added: Vec<Duty>,
}

impl Plan {
    /// A mark of all that would be changed.
    pub fn mark(&self) -> String {
        let added = self.added.iter().map(|one| (one.counter, one.officer, one.from, one.until));
        mark_of(&(&self.cancelled, added.collect::<Vec<_>>()))
    }

    /// How many rows would be taken in.
    pub fn steps(&self) -> usize {
        let taken = |row: &&Planned| matches!(row.fate, Fate::New | Fate::Changed(_));
        self.rows.iter().filter(taken).count()
    }
}

/// One row as it was read.
struct Row {
    line: u64,
    last: u64,
    typed: Typed,
    duty: Result<(Duty, Date), String>,
}

/// A cell as a form would have it: days and times also as workbooks and people write them.
fn as_form(name: &str, cell: &str) -> String {
    match name {
        "day" => as_in_form(cell),
        "from" | "until" => {
            let time = cell.split_whitespace().last().unwrap_or_default();
            // A workbook tells the seconds, too.
            let seconds = time.matches(':').count() == 2;
            time.strip_suffix(":00").filter(|_| seconds).unwrap_or(time).to_owned()
        }
        _ => cell.to_owned(),
    }
}

/// Reads a row.
fn row(context: &Context, workplaces: &Workplaces, row: &ListRow) -> Row {
    let (line, last) = (row.line, row.last);
    if let Some(why) = &row.refusal {
        return Row { line, last, typed: Typed::new(), duty: Err(why.clone()) };
    }
    let cell = |at: usize| row.text(at).unwrap_or_default();
    let typed: Typed = FIELDS
        .iter()
        .enumerate()
        .map(|(at, name)| ((*name).to_owned(), as_form(name, &cell(at))))
        .collect();
    let duty = read(context, workplaces, &typed).map_err(|errors| {
        let label = |name: &str| column(name, context.texts);
        let errors = errors.iter().map(|(name, error)| format!("{}: {error}", label(name)));
        errors.collect::<Vec<_>>().join(" ")
    });
    Row { line, last, typed, duty }
}

/// The first moment that a file speaks of.
pub(super) fn first(context: &Context, workplaces: &Workplaces, cells: &[ListRow]) -> i64 {
    let read = cells.iter().filter_map(|one| row(context, workplaces, one).duty.ok());
    read.map(|(_, day)| begin(day, &context.app.zone)).min().unwrap_or(i64::MAX)
}

/// What rows would change of the entries that are `stored`.
pub(super) fn plan(
    context: &Context,
    workplaces: &Workplaces,
    stored: &[Duty],
    cells: &[ListRow],
) -> Plan {
    let rows: Vec<Row> = cells.iter().map(|one| row(context, workplaces, one)).collect();
    let mut fates: Vec<Option<Fate>> =
        rows.iter().map(|row| row.duty.clone().err().map(Fate::Faulty)).collect();
    // Rows of one counter's day, by what stands in the file, so that faulty ones are known, too.
    let mut groups: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let text = |name: &str| row.typed.get(name).map_or("", |text| text.trim());
        groups.entry((text("counter"), text("day"))).or_default().push(at);
    }
    let (mut cancelled, mut added) = (Vec::new(), Vec::new());
    for group in groups.into_values() {
        let sheet = Sheet { context, workplaces, stored, rows: &rows, group };
        sheet.settle(&mut fates, &mut cancelled, &mut added);
    }
    let rows = rows.into_iter().zip(fates).map(|(row, fate)| {
        let text = |name: &str| row.typed.get(name).map_or("", String::as_str);
        let (code, name) = match &row.duty {
            Ok((duty, day)) => (
                format!("{} · {}", written(*day), text("counter")),
                described(context, workplaces, duty),
            ),
            Err(_) => (
                format!("{} · {}", text("day"), text("counter")),
                format!("{} {}–{}", text("officer"), text("from"), text("until")),
            ),
        };
        let (code, name) = (shortened(&code), shortened(&name));
        Planned { line: row.line, last: row.last, code, name, fate: fate.unwrap_or(Fate::Same) }
    });
    Plan { rows: rows.collect(), cancelled, added }
}

/// The rows of one counter's day.
struct Sheet<'a> {
    context: &'a Context,
    workplaces: &'a Workplaces,
    stored: &'a [Duty],
    rows: &'a [Row],
    group: Vec<usize>,
}

impl<'a> Sheet<'a> {
    /// Decides about each row, and what gives way to them.
    fn settle(self, fates: &mut [Option<Fate>], cancelled: &mut Vec<i64>, added: &mut Vec<Duty>) {
        let good = |at: &usize| self.rows[*at].duty.as_ref().ok();
        let Some((_, day)) = self.group.iter().find_map(good) else { return };
        let bounds = Bounds::of(self.context, *day);
        let (mut taken, mut there) = (Vec::new(), HashSet::new());
        for at in &self.group {
            let Ok((duty, _)) = &self.rows[*at].duty else { continue };
            let stands = self.stored.iter().find(|one| Duty { num: 0, ..(*one).clone() } == *duty);
            if let Some(key) = self.refusal(duty, stands, &taken, bounds) {
                fates[*at] = Some(Fate::Faulty(self.context.text(key)));
                continue;
            }
            taken.push((*at, duty));
            if let Some(stands) = stands {
                there.insert(stands.num);
            } else {
                fates[*at] = Some(Fate::New);
                added.push(duty.clone());
            }
        }
        let whole = taken.len() == self.group.len();
        let Some((first, one)) = taken.first().filter(|_| whole) else { return };
        let gone = self.gone(one.counter, &there, bounds);
        if gone.is_empty() {
            return;
        }
        let listed = |duties: &[&Duty]| {
            let duties = duties.iter().map(|one| described(self.context, self.workplaces, one));
            duties.collect::<Vec<_>>().join("; ")
        };
        let after: Vec<&Duty> = taken.iter().map(|(_, one)| *one).collect();
        let label = self.context.text("admin-roster-day-whole");
        fates[*first] = Some(Fate::Changed(vec![(label, listed(&gone), listed(&after))]));
        cancelled.extend(gone.iter().map(|one| one.num));
    }

    /// The key of why a row can not be taken beside those that were.
    fn refusal(
        &self,
        duty: &Duty,
        stands: Option<&Duty>,
        taken: &[(usize, &Duty)],
        bounds: Bounds,
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
        (duty.until <= self.context.now()).then_some("admin-fault-past")
    }

    /// What is stored for the day, not over, and not in the file.
    fn gone(&self, counter: i64, there: &HashSet<i64>, bounds: Bounds) -> Vec<&'a Duty> {
        let now = self.context.now();
        let of_day = self.stored.iter().filter(|one| one.counter == counter);
        let of_day = of_day.filter(|one| bounds.enclose(one) && one.until > now);
        of_day.filter(|one| !there.contains(&one.num)).collect()
    }
}
