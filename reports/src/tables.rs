//! The three tables of the satisfaction report, with exact numbers. The three lowest levels of a
//! department or an officer stand in one column: it fits an upright page.

use crate::content::{Row, Table, TableLayout};
use crate::figures::{Group, RANKED_FROM, Ratings};
use crate::measures::wilson;
use crate::narrative::{Writer, below_the_rest};

/// Where a cell has no figure.
const NONE: &str = "–";

/// Table 1: count, share and interval of each level.
pub(crate) fn levels(writer: &Writer<'_>) -> Table {
    let (texts, numbers) = (writer.texts, writer.numbers);
    let ratings = &writer.figures.ratings;
    let named = ratings.levels.named();
    let shares = numbers.parts(named.map(|(_, count)| count));
    let interval = |count: u64| {
        let ends = wilson(count.min(ratings.total), ratings.total);
        ends.map_or_else(|| NONE.to_owned(), |(low, high)| numbers.interval(low, high))
    };
    let mut rows: Vec<Row> = named
        .into_iter()
        .zip(shares)
        .map(|((name, count), share)| {
            let level = texts.get(&format!("level-{name}"));
            let cells = vec![level, numbers.count(count), share, interval(count)];
            Row::Plain { cells, notes: Vec::new() }
        })
        .collect();
    let whole = if ratings.total > 0 { numbers.percent(1.0) } else { NONE.to_owned() };
    let total = numbers.count(ratings.total);
    rows.push(Row::Total {
        cells: vec![texts.get("report-row-total"), total.clone(), whole, NONE.to_owned()],
    });
    Table {
        layout: TableLayout::Levels,
        caption: texts.with("report-table-levels", &[("total", &total)]),
        head: ["level", "count", "share", "interval"]
            .map(|key| texts.get(&format!("report-head-{key}")))
            .into(),
        rows,
    }
}

/// Table 2: the departments that have ratings, and the whole centre.
pub(crate) fn departments(writer: &Writer<'_>) -> Table {
    let (figures, texts) = (writer.figures, writer.texts);
    let notes = Notes::of(writer, &figures.departments, "departments");
    let rated = figures.departments.iter().filter(|group| group.ratings.total > 0);
    let mut rows: Vec<Row> =
        rated.zip(1..).map(|(group, place)| group_row(group, place, &notes, writer)).collect();
    let mut cells = vec![String::new(), texts.get("report-row-centre")];
    cells.extend(rating_cells(&figures.ratings, writer));
    rows.push(Row::Total { cells });
    Table {
        layout: TableLayout::Groups,
        caption: texts.get("report-table-departments"),
        head: group_head("report-head-department", writer),
        rows,
    }
}

/// The last table: the officers that have ratings, under their departments in the order of table 2.
pub(crate) fn officers(writer: &Writer<'_>) -> Table {
    let (figures, texts) = (writer.figures, writer.texts);
    let notes = Notes::of(writer, &figures.officers, "officers");
    let mut names: Vec<Option<&str>> =
        figures.departments.iter().map(|department| Some(department.name.as_str())).collect();
    for officer in &figures.officers {
        if !names.contains(&officer.department.as_deref()) {
            names.push(officer.department.as_deref());
        }
    }
    let (mut rows, mut place) = (Vec::new(), 0);
    for name in names {
        let rated = figures.officers.iter().filter(|officer| officer.ratings.total > 0);
        let mut of_it = rated.filter(|officer| officer.department.as_deref() == name).peekable();
        if of_it.peek().is_some() {
            let name = name.map_or_else(|| texts.get("report-no-department"), str::to_owned);
            rows.push(Row::Group { name });
        }
        for officer in of_it {
            place += 1;
            rows.push(group_row(officer, place, &notes, writer));
        }
    }
    let nth = if writer.departments() > 1 { "3" } else { "2" };
    Table {
        layout: TableLayout::Groups,
        caption: texts.with("report-table-officers", &[("nth", nth)]),
        head: group_head("report-head-officer", writer),
        rows,
    }
}

/// What is said of groups under their names, by their codes.
struct Notes {
    /// Against an earlier period.
    moved: Vec<(String, String)>,
    /// Clearly below all others.
    low: Vec<String>,
    /// The sentence of it.
    low_text: String,
}

impl Notes {
    fn of(writer: &Writer<'_>, groups: &[Group], word: &str) -> Self {
        let pick: fn(&crate::figures::Figures) -> &Vec<Group> =
            if word == "officers" { |of| &of.officers } else { |of| &of.departments };
        Self {
            moved: writer.movement_notes(groups, pick),
            low: below_the_rest(groups).into_iter().map(|group| group.code.clone()).collect(),
            low_text: writer.texts.get(&format!("report-note-below-rest-{word}")),
        }
    }

    fn under(&self, group: &Group, writer: &Writer<'_>) -> Vec<String> {
        let mut notes = Vec::new();
        if !group.is_ranked() {
            let from = RANKED_FROM.to_string();
            notes.push(writer.texts.with("report-unranked", &[("from", &from)]));
        }
        if self.low.contains(&group.code) {
            notes.push(self.low_text.clone());
        }
        let moved = self.moved.iter().filter(|(code, _)| *code == group.code);
        notes.extend(moved.map(|(_, note)| note.clone()));
        notes
    }
}

fn group_head(name: &str, writer: &Writer<'_>) -> Vec<String> {
    let keys = [
        "report-head-number",
        name,
        "report-head-total",
        "level-very_satisfied",
        "level-satisfied",
        "report-head-below",
        "report-head-satisfied",
        "report-head-interval",
    ];
    keys.map(|key| writer.texts.get(key)).into()
}

fn group_row(group: &Group, place: u64, notes: &Notes, writer: &Writer<'_>) -> Row {
    let mut cells = vec![place.to_string(), group.name.clone()];
    cells.extend(rating_cells(&group.ratings, writer));
    Row::Plain { cells, notes: notes.under(group, writer) }
}

/// Total, top two levels, the three below, share and interval.
fn rating_cells(ratings: &Ratings, writer: &Writer<'_>) -> [String; 6] {
    let (numbers, of) = (writer.numbers, ratings.levels);
    let none = || NONE.to_owned();
    let below = of.neutral + of.dissatisfied + of.very_dissatisfied;
    let [total, very, satisfied, below] =
        [ratings.total, of.very_satisfied, of.satisfied, below].map(|count| numbers.count(count));
    let share = ratings.satisfied.share.map_or_else(none, |share| numbers.percent(share));
    let interval = ratings.satisfied.low.zip(ratings.satisfied.high);
    let interval = interval.map_or_else(none, |(low, high)| numbers.interval(low, high));
    [total, very, satisfied, below, share, interval]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::{Figures, Levels};
    use crate::measures::{Trend, satisfied};
    use crate::numbers::Numbers;
    use jiff::civil::date;
    use locales::texts;

    fn ratings(very_satisfied: u64, satisfied_: u64, neutral: u64) -> Ratings {
        let total = very_satisfied + satisfied_ + neutral;
        Ratings {
            total,
            levels: Levels { very_satisfied, satisfied: satisfied_, neutral, ..Levels::default() },
            satisfied: satisfied(very_satisfied + satisfied_, total),
            ..Ratings::default()
        }
    }

    fn with_writer<T>(read: impl FnOnce(&Writer<'_>) -> T) -> T {
        let json = include_str!("../tests/fixture/tayninh-2023-09.json");
        let figures: Figures = serde_json::from_str(json).unwrap();
        read(&Writer {
            figures: &figures,
            trend: &Trend::of(&figures),
            earlier: &[],
            reasons: &[],
            cut_off: date(2023, 10, 20),
            published: false,
            with_officers: true,
            texts: texts("vi"),
            numbers: Numbers::of(texts("vi")),
        })
    }

    #[test]
    fn cells_tell_exact_counts_with_share_and_interval() {
        with_writer(|writer| {
            let cells = |ratings| rating_cells(&ratings, writer).join(" | ");
            assert_eq!(cells(ratings(400, 81, 2)), "483 | 400 | 81 | 2 | 99,59% | 98,50–99,89%");
            assert_eq!(cells(ratings(2, 0, 1)), "3 | 2 | 0 | 1 | 66,67% | 20,77–93,85%");
            assert_eq!(cells(Ratings::default()), "0 | 0 | 0 | 0 | – | –");
        });
    }

    #[test]
    fn few_ratings_are_noted_as_unranked() {
        with_writer(|writer| {
            let group = |total| Group {
                code: "CC001".into(),
                name: "A".into(),
                ratings: ratings(total, 0, 0),
                ..Group::default()
            };
            let notes = Notes { moved: Vec::new(), low: Vec::new(), low_text: String::new() };
            let of = |total| notes.under(&group(total), writer);
            assert_eq!(of(29), ["dưới 30 lượt, không xếp hạng"]);
            assert_eq!(of(30), [""; 0]);
        });
    }
}
