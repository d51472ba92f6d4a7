//! What one reader sees at one address, and how its tables are held against a recount.

use super::house::House;
use super::page::{Cell, Table, tables};
use super::plain::{Plain, fields, wilson};
use super::*;
use crate::storage::rows::{Directory, RatingRow};
use jiff::civil::Date;
use reports::numbers::Numbers;

/// What one reader sees at one address: the rows behind it.
pub(super) struct View<'a> {
    pub house: &'a House,
    pub address: String,
    pub page: String,
    pub rows: Vec<&'a RatingRow>,
}

impl<'a> View<'a> {
    /// The page of a period, narrowed by a filter.
    pub async fn of(
        house: &'a House,
        role: Role,
        scope: Option<&BTreeSet<i64>>,
        address: String,
    ) -> Self {
        let page = get(house, role, &address).await;
        let rows = house.seen(&address, scope);
        Self { house, address, page, rows }
    }

    /// The one table of a name.
    pub fn table(&self, name: &str) -> Table {
        let mut found = tables(&self.page).into_iter().filter(|table| table.name == name);
        found.next().unwrap_or_else(|| panic!("{} has no table “{name}”", self.address))
    }

    pub fn expect(&self, cell: &Cell, expected: &str, what: &str) {
        assert_eq!(cell.text(), expected, "{} {what}: {cell:?}", self.address);
    }
}

impl House {
    /// The rows, answered or not, that a page of figures is about.
    pub fn seen(&self, address: &str, scope: Option<&BTreeSet<i64>>) -> Vec<&RatingRow> {
        let fields = fields(address);
        let field = |name: &str| fields.iter().find(|one| one.0 == name).map(|one| one.1.as_str());
        let (from, to): (Date, Date) = match field("period").unwrap() {
            "2023-09" => (date(2023, 9, 1), date(2023, 9, 30)),
            "2023-9M" => (date(2023, 1, 1), date(2023, 9, 30)),
            range => {
                let (from, to) = range.split_once("..").unwrap();
                (from.parse().unwrap(), to.parse().unwrap())
            }
        };
        let directory = &self.directory;
        let inside = |row: &&RatingRow| {
            let (day, _) = self.wall(row);
            (from..=to).contains(&day)
                && scope.is_none_or(|own| own.contains(&row.department))
                && field("department")
                    .is_none_or(|code| directory.department(code).unwrap().id == row.department)
                && field("site").is_none_or(|_| self.at_site.contains(&row.counter))
                && field("stage").is_none_or(|_| row.stage == 1)
                && field("channel").is_none_or(|_| row.channel == 2)
                && field("procedure").is_none_or(|_| row.procedure == 1)
        };
        self.rows.iter().filter(inside).collect()
    }
}

fn plain(numbers: &str) -> String {
    numbers.replace('\u{a0}', " ")
}

fn numbers() -> Numbers<'static> {
    Numbers::of(locales::texts("vi"))
}

pub(super) fn percent(count: u64, total: u64) -> String {
    if total == 0 { "–".into() } else { plain(&numbers().percent(count as f64 / total as f64)) }
}

pub(super) fn interval(count: u64, total: u64) -> String {
    if total == 0 {
        return "–".into();
    }
    let (low, high) = wilson(count, total);
    plain(&numbers().interval(low, high))
}

/// The groups that a table may name, each with its name and its rows.
pub(super) type Groups<'a> = Vec<(String, Vec<&'a RatingRow>)>;

/// All entries of a dimension with their rows: a table names those with rows, also where an entry
/// belongs to another department now.
pub(super) fn groups<'a>(view: &View<'a>, noun: &str) -> Groups<'a> {
    let of = |name: &str, is: &dyn Fn(&RatingRow) -> bool| {
        (name.to_owned(), view.rows.iter().copied().filter(|row| is(row)).collect())
    };
    let Directory { departments, officers, counters, procedures, .. } = &*view.house.directory;
    match noun {
        "departments" => {
            departments.iter().map(|one| of(&one.name, &|row| row.department == one.id)).collect()
        }
        "officers" => {
            officers.iter().map(|one| of(&one.name, &|row| row.officer == one.id)).collect()
        }
        "counters" => {
            counters.iter().map(|one| of(&one.name, &|row| row.counter == one.id)).collect()
        }
        _ => procedures.iter().map(|one| of(&one.name, &|row| row.procedure == one.id)).collect(),
    }
}

/// The rows of a table that name groups, each held against its recount; every group that has what
/// the table is about stands in it.
pub(super) fn compare(
    view: &View<'_>,
    table: &Table,
    groups: &Groups<'_>,
    is_there: impl Fn(&Plain) -> bool,
    expected: impl Fn(&Plain) -> Vec<(usize, String)>,
) {
    let there = groups.iter().filter(|(_, rows)| is_there(&Plain::of(rows.iter().copied())));
    for (name, rows) in there {
        let of = Plain::of(rows.iter().copied());
        let row = table.rows.iter().find(|row| row[0].text() == name);
        let row = row.unwrap_or_else(|| panic!("{} “{}” lacks {name}", view.address, table.name));
        for (place, expected) in expected(&of) {
            view.expect(&row[place], &expected, &format!("{name}, column {place}"));
        }
    }
}

pub(super) fn count(count: u64) -> String {
    numbers().count(count)
}

/// Total, three levels and the share, from a column on.
pub(super) fn of_levels(of: &Plain, first: usize) -> Vec<(usize, String)> {
    let [very, satisfied, below] = of.three();
    let cells = [count(of.total), count(very), count(satisfied), count(below)];
    let mut made: Vec<_> = (first..).zip(cells).collect();
    made.push((first + 4, percent(of.satisfied(), of.total)));
    made
}
