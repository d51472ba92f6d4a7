//! The tables of the dashboards as they are taken away: the numbers of the page from the same
//! figures, with their types, codes beside their words.

use super::cleaned::flagged;
use super::dimension::Dimension;
use super::filter::Select;
use super::view::View;
use crate::moments::local;
use crate::pages::disclosure::{Disclosure, NAMED};
use crate::pages::prelude::*;
use crate::questionnaire_words::QuestionnaireWords;
use crate::stats::measures::{response_rate, satisfied};
use crate::tables_out::{Cell, FileForm, ShownTable};
use protocol::Level;
use reports::figures::{Figures, Group, Ratings};
use serde_json::{Map, Value};

/// Rows under columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::pages) struct TableData {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// A page whose table is taken away.
pub(in crate::pages) struct TakenPage<'a> {
    app: &'a App,
    /// Its heading.
    title: String,
    view: &'a View,
}

impl<'a> TakenPage<'a> {
    /// The page of what is shown.
    pub fn of(app: &'a App, title: String, view: &'a View) -> Self {
        Self { app, title, view }
    }

    /// Its table as a file in the format that an address asks for. The name says what it is and of
    /// when, a sheet of its own what it was narrowed by and when it was made.
    pub fn file(self, data: TableData, format: &str) -> PageResult {
        let form: FileForm =
            format.parse().map_err(|()| PageError::Format(format.chars().take(20).collect()))?;
        let View { period, texts, narrow, .. } = self.view;
        let chosen = || {
            let of = |one: &'a Select| Some((one, one.choices.iter().find(|one| one.chosen)?));
            narrow.selects.iter().filter_map(of)
        };
        let line = |key: &str, cell: Cell| (texts.get(&format!("export-summary-{key}")), cell);
        let mut about =
            vec![line("from", Cell::Day(period.from)), line("to", Cell::Day(period.to))];
        about.extend(chosen().map(|(one, is)| (one.label.clone(), Cell::Text(is.name.clone()))));
        let now = local(self.app.clock.now(), &self.app.zone).datetime();
        about.push(line("made", Cell::Moment(now)));
        let mut what = Map::new();
        what.insert("period".to_owned(), period.name.as_str().into());
        what.insert("format".to_owned(), format.into());
        what.insert("rows".to_owned(), data.rows.len().into());
        // Names in the place of the codes that the address has.
        let named = chosen().filter(|(_, is)| !is.value.is_empty());
        what.extend(
            named.map(|(one, is)| (format!("{}{NAMED}", one.name), is.name.clone().into())),
        );
        let disclosure = Disclosure::file(format!("table {}", self.title), Value::Object(what));
        let table = ShownTable {
            name: format!("{} {}", self.title, period.name),
            title: self.title,
            about,
            columns: data.columns,
            rows: data.rows,
        };
        let answer = table.response(form, texts).map_err(|error| {
            tracing::error!(%error, "a table could not be written");
            PageError::Interrupted
        })?;
        Ok(disclosure.with(answer))
    }
}

/// A share, where there is one.
pub(super) fn share(of: Option<f64>) -> Cell {
    of.map_or(Cell::Empty, Cell::Share)
}

/// A table of ratings: what part of the page, code, name, department, and all that is counted.
pub(in crate::pages) struct RatingsTable<'a> {
    texts: &'a Texts,
    data: TableData,
}

/// Columns before the counts.
const NAMES: [&str; 4] = ["part", "code", "name", "department"];
/// Columns of counts, before and after those of the levels.
const BEFORE: [&str; 3] = ["raw", "ruled-out", "total"];
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
    pub fn new(texts: &'a Texts) -> Self {
        let named = |key: &str| texts.get(&format!("pages-table-{key}"));
        let mut columns: Vec<String> = NAMES.into_iter().chain(BEFORE).map(named).collect();
        columns.extend(Level::ALL.map(|level| texts.get(&format!("level-{}", level.name()))));
        columns.extend(AFTER.map(named));
        Self { texts, data: TableData { columns, rows: Vec::new() } }
    }

    /// One row: its names, its ratings and those of them that no rule found odd.
    pub fn put(&mut self, names: [&str; 4], all: &Ratings, cleaned: &Ratings) {
        let of = all.satisfied;
        let mut cells: Vec<Cell> = names.map(Cell::from).into();
        cells.extend([all.raw(), all.raw() - all.total, all.total].map(Cell::Count));
        cells.extend(all.levels.named().map(|(_, level)| Cell::Count(level)));
        cells.extend([of.share, of.low, of.high].map(share));
        cells.extend([flagged(all, cleaned), cleaned.total].map(Cell::Count));
        cells.push(share(cleaned.satisfied.share));
        cells.extend([all.asked, all.answered(), all.abandoned, all.open()].map(Cell::Count));
        cells.push(share(response_rate(all.answered(), all.asked)));
        self.data.rows.push(cells);
    }

    /// A row for each of some groups, under the heading of their dimension.
    pub fn put_groups<'g>(
        &mut self,
        dimension: Dimension,
        groups: impl Iterator<Item = &'g Group>,
    ) {
        let part = self.texts.get(&format!("groups-{}", dimension.word()));
        for group in groups {
            let department = group.department.as_deref().unwrap_or_default();
            let names = [&*part, &*group.code, &*group.name, department];
            self.put(names, &group.ratings, &group.cleaned);
        }
    }

    /// The whole of what is shown.
    pub fn put_whole(&mut self, code: &str, name: &str, figures: &Figures) {
        let part = self.texts.get("pages-centre");
        self.put([&*part, code, name, ""], &figures.ratings, &figures.cleaned);
    }

    /// How aspects were judged and which reasons were named. What is not counted of them stays
    /// empty.
    pub fn put_judged(&mut self, figures: &Figures, words: &QuestionnaireWords) {
        let texts = self.texts;
        let names = |part: &str, id: &str, word: String, total: u64| {
            let mut cells = vec![part.into(), id.into(), Cell::Text(word)];
            cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Count(total)]);
            cells
        };
        let part = texts.get("groups-aspects-judged");
        for aspect in &figures.aspects {
            let levels = aspect.levels;
            let of = satisfied(levels.very_satisfied + levels.satisfied, aspect.total);
            let mut cells = names(&part, &aspect.id, words.aspect(&aspect.id), aspect.total);
            cells.extend(levels.named().map(|(_, count)| Cell::Count(count)));
            cells.extend([of.share, of.low, of.high].map(share));
            self.put_short(cells);
        }
        let part = texts.get("groups-reasons");
        for reason in &figures.reasons {
            self.put_short(names(&part, &reason.id, words.reason(&reason.id), reason.ratings));
        }
    }

    fn put_short(&mut self, mut cells: Vec<Cell>) {
        cells.resize(self.data.columns.len(), Cell::Empty);
        self.data.rows.push(cells);
    }

    pub fn done(self) -> TableData {
        self.data
    }
}

/// The overview: the whole, its departments, counters and officers.
pub(super) fn overview(figures: &Figures, view: &View) -> TableData {
    let mut table = RatingsTable::new(view.texts);
    table.put_whole("", "", figures);
    for dimension in [Dimension::Departments, Dimension::Counters, Dimension::Officers] {
        let there = dimension.groups(figures).iter().filter(|one| one.ratings.raw() > 0);
        table.put_groups(dimension, there);
    }
    table.done()
}
