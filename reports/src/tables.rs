//! The three tables of the satisfaction report. The three lowest levels of a department or an
//! officer stand in one column: it fits an upright page, and a count below 5 hides among them. What
//! could give a hidden count away within its row is hidden too (`masks`), the exact share with it;
//! what several rows give away together is not.

use crate::content::{Layout, Row, Table};
use crate::figures::{Figures, Group, RANKED_FROM, Ratings};
use crate::masks::{Told, WITHHELD, masked, told, told_whole};
use crate::numbers::Numbers;
use locales::Texts;

/// Where a cell has no figure.
const NONE: &str = "–";

/// Table 1: count and share of each level.
pub(crate) fn levels(figures: &Figures, texts: &Texts) -> Table {
    let numbers = Numbers::of(texts);
    let total = figures.ratings.total;
    let named = figures.ratings.levels.named();
    let cells = masked(named.map(|(_, count)| count));
    let mut rows: Vec<Row> = named
        .into_iter()
        .zip(cells)
        .map(|((name, _), cell)| {
            let share = match cell.shown() {
                Some(shown) if total > 0 => numbers.percent(shown as f64 / total as f64),
                _ => NONE.to_owned(),
            };
            let level = texts.get(&format!("level-{name}"));
            Row::Plain { cells: vec![level, cell.written(numbers), share], note: None }
        })
        .collect();
    let whole = if total > 0 { numbers.percent(1.0) } else { NONE.to_owned() };
    rows.push(Row::Total {
        cells: vec![texts.get("report-row-total"), numbers.count(total), whole],
    });
    Table {
        layout: Layout::Levels,
        caption: texts.with("report-table-levels", &[("total", &numbers.cell(total))]),
        head: ["level", "count", "share"]
            .map(|key| texts.get(&format!("report-head-{key}")))
            .into(),
        rows,
    }
}

/// Table 2: the departments that have ratings, and the whole centre.
pub(crate) fn departments(figures: &Figures, texts: &Texts) -> Table {
    let mut rows: Vec<Row> = rated(&figures.departments)
        .zip(1..)
        .map(|(group, place)| group_row(group, place, texts))
        .collect();
    let mut cells = vec![String::new(), texts.get("report-row-centre")];
    cells.extend(rating_cells(&figures.ratings, told_whole, texts));
    rows.push(Row::Total { cells });
    Table {
        layout: Layout::Groups,
        caption: texts.get("report-table-departments"),
        head: group_head("report-head-department", texts),
        rows,
    }
}

/// Table 3: the officers that have ratings, under their departments in the order of table 2.
pub(crate) fn officers(figures: &Figures, texts: &Texts) -> Table {
    let mut names: Vec<Option<&str>> =
        figures.departments.iter().map(|department| Some(department.name.as_str())).collect();
    for officer in &figures.officers {
        if !names.contains(&officer.department.as_deref()) {
            names.push(officer.department.as_deref());
        }
    }
    let (mut rows, mut place) = (Vec::new(), 0);
    for name in names {
        let of_it =
            rated(&figures.officers).filter(|officer| officer.department.as_deref() == name);
        let mut of_it = of_it.peekable();
        if of_it.peek().is_some() {
            let name = name.map_or_else(|| texts.get("report-no-department"), str::to_owned);
            rows.push(Row::Group { name });
        }
        for officer in of_it {
            place += 1;
            rows.push(group_row(officer, place, texts));
        }
    }
    Table {
        layout: Layout::Groups,
        caption: texts.get("report-table-officers"),
        head: group_head("report-head-officer", texts),
        rows,
    }
}

impl Table {
    /// Whether a cell says that something is hidden or missing.
    pub(crate) fn has_signs(&self) -> bool {
        let is_sign = |cell: &String| cell.starts_with('<') || cell == WITHHELD || cell == NONE;
        self.rows.iter().any(|row| match row {
            Row::Plain { cells, .. } | Row::Total { cells } => cells.iter().skip(1).any(is_sign),
            Row::Group { .. } => false,
        })
    }
}

/// The groups that have ratings.
pub(crate) fn rated(groups: &[Group]) -> impl Iterator<Item = &Group> {
    groups.iter().filter(|group| group.ratings.total > 0)
}

fn group_head(name: &str, texts: &Texts) -> Vec<String> {
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
    keys.map(|key| texts.get(key)).into()
}

fn group_row(group: &Group, place: u64, texts: &Texts) -> Row {
    let mut cells = vec![place.to_string(), group.name.clone()];
    cells.extend(rating_cells(&group.ratings, told, texts));
    let from = RANKED_FROM.to_string();
    let note = (!group.is_ranked()).then(|| texts.with("report-unranked", &[("from", &from)]));
    Row::Plain { cells, note }
}

/// Total, top two levels, the three below, share and interval, as far as `told` tells them.
fn rating_cells(
    ratings: &Ratings,
    told: fn(&Ratings) -> Option<Told>,
    texts: &Texts,
) -> [String; 6] {
    let numbers = Numbers::of(texts);
    let none = || NONE.to_owned();
    let total = numbers.cell(ratings.total);
    let Some(told) = told(ratings) else {
        return [total, none(), none(), none(), none(), none()];
    };
    let [very, satisfied, below] = told.levels.map(|cell| cell.written(numbers));
    let share = told.satisfied.written(numbers).unwrap_or_else(none);
    let interval = told.satisfied.interval(numbers).unwrap_or_else(none);
    [total, very, satisfied, below, share, interval]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::{Levels, Satisfied};
    use locales::texts;

    fn ratings(very_satisfied: u64, satisfied: u64, neutral: u64) -> Ratings {
        let total = very_satisfied + satisfied + neutral;
        let share = Some((very_satisfied + satisfied) as f64 / total as f64);
        Ratings {
            total,
            levels: Levels { very_satisfied, satisfied, neutral, ..Levels::default() },
            satisfied: Satisfied { count: 0, share, low: Some(0.9), high: Some(0.99) },
            ..Ratings::default()
        }
    }

    #[test]
    fn cells_hide_what_is_few_and_what_gives_it_away() {
        let cells =
            |ratings| rating_cells(&ratings, told, texts("vi")).join(" | ").replace('\u{a0}', " ");
        let written = cells(ratings(400, 80, 20));
        assert_eq!(written, "500 | 400 | 80 | 20 | 96,0 % | 90,0–99,0 %");
        // 479 / 483 is 99.17… %; the same for 1 to 4 below.
        for below in 1..=4 {
            let written = cells(ratings(400, 83 - below, below));
            assert_eq!(written, "483 | 400 | … | <5 | ≥ 99,1 % | …");
        }
        assert_eq!(cells(ratings(2, 0, 1)), "<5 | – | – | – | – | –");
        let whole = rating_cells(&ratings(400, 80, 3), told_whole, texts("vi")).join(" | ");
        assert!(whole.replace('\u{a0}', " ").ends_with("<5 | 99,4 % | 90,0–99,0 %"), "{whole}");
    }

    #[test]
    fn few_ratings_are_noted_as_unranked() {
        let group = |total| Group {
            code: "CC001".into(),
            name: "A".into(),
            ratings: ratings(total, 0, 0),
            ..Group::default()
        };
        let note = |total| match group_row(&group(total), 1, texts("vi")) {
            Row::Plain { note, .. } => note,
            other => panic!("{other:?}"),
        };
        assert_eq!(note(29).as_deref(), Some("chưa đủ 30 lượt, không xếp hạng"));
        assert_eq!(note(30), None);
    }
}
