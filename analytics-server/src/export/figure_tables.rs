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
use reports::figures::{AskedHour, Day, Figures, Group, Hour, Ratings};
use reports::measures::Trend;
use reports::numbers::Numbers;

/// Rows under columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FigureTable {
    /// The columns' headings.
    pub columns: Vec<String>,
    /// The rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Some of what is counted was simulated.
    pub simulated: bool,
}

impl FigureTable {
    fn new(words: &[&str], texts: &Texts) -> Self {
        let columns = words.iter().map(|word| texts.get(&format!("pages-table-{word}")));
        Self { columns: columns.collect(), ..Self::default() }
    }

    /// Adds a column behind the others: its heading, and a cell for each row.
    pub fn add_column(&mut self, heading: String, cells: impl IntoIterator<Item = Cell>) {
        self.columns.push(heading);
        for (row, cell) in self.rows.iter_mut().zip(cells) {
            row.push(cell);
        }
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
        self.table.simulated |= figures.simulated;
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
        self.table.simulated |= figures.simulated;
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

    /// With the points of the chart of the course, and the days themselves where a point is more than
    /// one.
    #[must_use]
    pub fn days(mut self, figures: &Figures) -> Self {
        let points = Trend::of(figures).buckets;
        let part = self.texts.get("pages-trend");
        for point in &points {
            let days = if point.from == point.to {
                Cell::Day(point.from)
            } else {
                Cell::Text(Numbers::of(self.texts).dates(point.from, point.to))
            };
            self.put_counted(&part, days, (point.satisfied, point.total));
        }
        let rated: Vec<&Day> = figures.days.iter().filter(|day| day.total > 0).collect();
        if rated.len() != points.len() {
            let part = self.texts.get("pages-table-days");
            for day in rated {
                let counts = (day.satisfied.min(day.total), day.total);
                self.put_counted(&part, Cell::Day(day.date), counts);
            }
        }
        self
    }

    /// With the hours of the week that have ratings.
    #[must_use]
    pub fn week(mut self, figures: &Figures) -> Self {
        let part = self.texts.get("dashboards-week");
        for one in figures.hours.iter().filter(|one| one.ratings > 0) {
            let day = self.texts.get(&format!("weekday-inside-{}", one.weekday));
            let hour = hour_name(one.hour, self.texts);
            let places = [("day", day.as_str()), ("hour", hour.as_str())];
            let name = self.texts.with("pages-table-week-hour", &places);
            self.put_counted(&part, Cell::Text(name), (one.satisfied, one.ratings));
        }
        self
    }

    /// A row of what is only counted: satisfied and all ratings.
    fn put_counted(&mut self, part: &str, name: Cell, (count, total): (u64, u64)) {
        let of = satisfied(count, total);
        let mut cells = vec![part.into(), Cell::Empty, name];
        cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Count(total)]);
        cells.extend(Level::ALL.map(|_| Cell::Empty));
        cells.extend([of.share, of.low, of.high].map(share));
        self.put_short(cells);
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

/// A period: the whole, its departments, counters and officers, its days and the hours of the week.
pub fn overview(figures: &Figures, texts: &Texts) -> FigureTable {
    let dimensions = [Dimension::Departments, Dimension::Counters, Dimension::Officers];
    let mut table = RatingsTable::new(texts).whole("", "", figures);
    for dimension in dimensions {
        table = table.groups(dimension, &dimension.with_raw_ratings(figures));
    }
    table.days(figures).week(figures).done()
}

/// Who was asked and who answered: the whole, by group, the most asked first, and by hour of the day.
pub fn asked(figures: &Figures, texts: &Texts) -> FigureTable {
    let words = ["part", "name", "department", "asked", "answered", "abandoned", "open", "rate"];
    let mut table = FigureTable::new(&words, texts);
    table.simulated = figures.simulated;
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
pub fn hours(figures: &Figures, texts: &Texts) -> FigureTable {
    let words = ["hour", "total", "well", "below", "share", "low", "high"];
    let row = |one: &Hour| {
        let of = satisfied(one.satisfied, one.ratings);
        let counts = [one.ratings, one.satisfied, one.ratings - one.satisfied];
        let shares = [of.share, of.low, of.high].map(share);
        let name = Cell::Text(hour_name(one.hour, texts));
        [name].into_iter().chain(counts.map(Cell::Count)).chain(shares).collect()
    };
    let rows = figures.hours.iter().map(row).collect();
    FigureTable { rows, simulated: figures.simulated, ..FigureTable::new(&words, texts) }
}
