//! Figures as tables to take away: the numbers of a page from the same figures, with their types,
//! codes beside their words.

use crate::figure_lines::hour_name;
use crate::questionnaire_words::QuestionnaireWords;
use crate::stats::groups::Dimension;
use crate::stats::measures::asked::AskedCounts;
use crate::stats::measures::{flagged, judged, satisfied};
use crate::table_files::Cell;
use locales::Texts;
use protocol::Level;
use reports::figures::{AskedHour, Figures, Group, Hour, Ratings};

/// Rows under columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FigureTable {
    /// The columns' headings.
    pub columns: Vec<String>,
    /// The rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl FigureTable {
    fn new(words: &[&str], texts: &Texts) -> Self {
        let columns = words.iter().map(|word| texts.get(&format!("pages-table-{word}")));
        Self { columns: columns.collect(), rows: Vec::new() }
    }
}

/// A share, where there is one.
fn share(of: Option<f64>) -> Cell {
    of.map_or(Cell::Empty, Cell::Share)
}

/// A table of ratings: what part of the page, code, name, department, and all that is counted.
pub struct RatingsTable<'a> {
    texts: &'a Texts,
    table: FigureTable,
}

/// Columns before those of the levels: names and counts.
const BEFORE: [&str; 7] = ["part", "code", "name", "department", "raw", "ruled-out", "total"];
/// Columns behind them.
const AFTER: [&str; 11] = [
    "share",
    "low",
    "high",
    "flagged",
    "cleaned",
    "cleaned-share",
    "asked",
    "answered",
    "abandoned",
    "open",
    "rate",
];

impl<'a> RatingsTable<'a> {
    /// A table without rows.
    pub fn new(texts: &'a Texts) -> Self {
        let mut table = FigureTable::new(&BEFORE, texts);
        table.columns.extend(Level::ALL.map(|one| texts.get(&format!("level-{}", one.name()))));
        table.columns.extend(FigureTable::new(&AFTER, texts).columns);
        Self { texts, table }
    }

    /// One row: its names, its ratings and those of them that no rule found odd.
    fn put(&mut self, names: [&str; 4], all: &Ratings, cleaned: &Ratings) {
        let (of, asked) = (all.satisfied, AskedCounts::from(all));
        let mut cells: Vec<Cell> = names.map(Cell::from).into();
        cells.extend([all.raw(), all.raw() - all.total, all.total].map(Cell::Count));
        cells.extend(all.levels.named().map(|(_, level)| Cell::Count(level)));
        cells.extend([of.share, of.low, of.high].map(share));
        cells.extend([flagged(all, cleaned), cleaned.total].map(Cell::Count));
        cells.push(share(cleaned.satisfied.share));
        cells.extend(asked.all().map(Cell::Count));
        cells.push(share(asked.rate()));
        self.table.rows.push(cells);
    }

    /// With the whole of what is shown.
    #[must_use]
    pub fn whole(mut self, code: &str, name: &str, figures: &Figures) -> Self {
        let part = self.texts.get("pages-centre");
        self.put([&part, code, name, ""], &figures.ratings, &figures.cleaned);
        self
    }

    /// With a row for each of some groups, under the heading of their dimension.
    #[must_use]
    pub fn groups(mut self, dimension: Dimension, groups: &[&Group]) -> Self {
        let part = self.texts.get(&format!("groups-{}", dimension.word()));
        for group in groups {
            let department = group.department.as_deref().unwrap_or_default();
            let names = [&*part, &*group.code, &*group.name, department];
            self.put(names, &group.ratings, &group.cleaned);
        }
        self
    }

    /// With how aspects were judged and which reasons were named. What is not counted of them stays
    /// empty.
    #[must_use]
    pub fn judged(mut self, figures: &Figures, words: &QuestionnaireWords) -> Self {
        let names = |part: &str, id: &str, word: String, total: u64| {
            let mut cells = vec![part.into(), id.into(), Cell::Text(word)];
            cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Count(total)]);
            cells
        };
        let part = self.texts.get("groups-aspects-judged");
        for aspect in &figures.aspects {
            let of = judged(aspect).satisfied;
            let mut cells = names(&part, &aspect.id, words.aspect(&aspect.id), aspect.total);
            cells.extend(aspect.levels.named().map(|(_, count)| Cell::Count(count)));
            cells.extend([of.share, of.low, of.high].map(share));
            self.put_short(cells);
        }
        let part = self.texts.get("groups-reasons");
        for reason in &figures.reasons {
            self.put_short(names(&part, &reason.id, words.reason(&reason.id), reason.ratings));
        }
        self
    }

    fn put_short(&mut self, mut cells: Vec<Cell>) {
        cells.resize(self.table.columns.len(), Cell::Empty);
        self.table.rows.push(cells);
    }

    /// The table.
    pub fn done(self) -> FigureTable {
        self.table
    }
}

/// A period: the whole, its departments, counters and officers.
pub fn overview(figures: &Figures, texts: &Texts) -> FigureTable {
    let dimensions = [Dimension::Departments, Dimension::Counters, Dimension::Officers];
    let mut table = RatingsTable::new(texts).whole("", "", figures);
    for dimension in dimensions {
        table = table.groups(dimension, &dimension.with_raw_ratings(figures));
    }
    table.done()
}

/// Who was asked and who answered: the whole, by group, the most asked first, and by hour of the day.
pub fn asked(figures: &Figures, texts: &Texts) -> FigureTable {
    let words = ["part", "name", "department", "asked", "answered", "abandoned", "open", "rate"];
    let mut table = FigureTable::new(&words, texts);
    let mut put = |names: [&str; 3], of: AskedCounts| {
        let cells = names.map(Cell::from).into_iter().chain(of.all().map(Cell::Count));
        table.rows.push(cells.chain([share(of.rate())]).collect());
    };
    put([&texts.get("pages-centre"), "", ""], AskedCounts::from(&figures.ratings));
    for dimension in [Dimension::Departments, Dimension::Counters, Dimension::Officers] {
        let part = texts.get(&format!("pages-{}", dimension.word()));
        for group in dimension.asked(figures) {
            let department = group.department.as_deref().unwrap_or_default();
            put([&part, &group.name, department], AskedCounts::from(&group.ratings));
        }
    }
    let part = texts.get("groups-answers-hours");
    let each = |one: &AskedHour| put([&part, &hour_name(one.hour, texts), ""], one.into());
    figures.asked_by_hour.iter().for_each(each);
    table
}

/// The hours of a day.
pub fn hours(hours: &[Hour], texts: &Texts) -> FigureTable {
    let words = ["hour", "total", "well", "below", "share", "low", "high"];
    let row = |one: &Hour| {
        let of = satisfied(one.satisfied, one.ratings);
        let counts = [one.ratings, one.satisfied, one.ratings - one.satisfied];
        let shares = [of.share, of.low, of.high].map(share);
        let name = Cell::Text(hour_name(one.hour, texts));
        [name].into_iter().chain(counts.map(Cell::Count)).chain(shares).collect()
    };
    FigureTable { rows: hours.iter().map(row).collect(), ..FigureTable::new(&words, texts) }
}
