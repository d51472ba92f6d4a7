//! Finding the header of a file: the row that names the columns of something that is looked for.

use super::kind::Kind;
use super::outcome::{FileFault, Note};
use crate::normalization::{composed, searchable};

/// What a column of a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnContent {
    /// A code, letter by letter.
    Code,
    /// A name or free text: its line breaks become spaces.
    Text,
    /// One of a few words, or a number.
    Word,
    /// A moment or a day.
    Moment,
}

/// A column that is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Its names, one a language and further ones, the first as the one-stop software writes it.
    names: Vec<String>,
    /// The same, as they are compared.
    compared: Vec<String>,
    /// Without it the file can not be read.
    pub required: bool,
    /// Without a value in it a row can not be read.
    pub filled: bool,
    /// What it holds.
    pub content: ColumnContent,
}

impl Column {
    /// A column of at least one name.
    pub fn new(names: impl Into<Vec<String>>, required: bool, content: ColumnContent) -> Self {
        let names = names.into();
        let compared = names.iter().map(|name| compared(name)).collect();
        Self { names, compared, required, filled: required, content }
    }

    /// The same of a column that has to be there, and may be empty.
    pub const fn may_be_empty(mut self) -> Self {
        self.filled = false;
        self
    }

    /// Its name in files.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// Columns that make a file what it is.
#[derive(Clone, Debug)]
pub(crate) struct KnownHeader {
    /// What the file is then; none: a list of the page that asks.
    pub kind: Option<Kind>,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A header that was found.
#[derive(Clone, Debug)]
pub(crate) struct TableLayout {
    /// What the file is; none: the list that was looked for.
    pub kind: Option<Kind>,
    /// The columns.
    pub columns: Vec<Column>,
    /// For each of them, where it stands in the file.
    pub places: Vec<Option<usize>>,
    /// Number of columns in the file, without empty ones at the end.
    pub width: usize,
    /// What a reader should know: columns that are not there or not used.
    pub notes: Vec<Note>,
}

impl TableLayout {
    /// Whether the file has a column.
    pub fn has(&self, column: usize) -> bool {
        self.places.get(column).copied().flatten().is_some()
    }

    /// The name of a column in files.
    pub fn name(&self, column: usize) -> String {
        self.columns.get(column).map_or("", Column::name).to_owned()
    }

    /// What stands at a place of the file.
    pub fn content(&self, place: usize) -> Option<ColumnContent> {
        let column = self.places.iter().position(|found| *found == Some(place))?;
        self.columns.get(column).map(|column| column.content)
    }

    /// The last place that a row has to reach: behind it are columns that may be empty, and such
    /// as nobody looks at.
    pub fn least_width(&self) -> usize {
        let needed = self.columns.iter().zip(&self.places).filter(|(column, _)| column.filled);
        needed.filter_map(|(_, place)| *place).max().map_or(0, |place| place + 1)
    }
}

/// Reads a row as a header: `Ok(None)` when it is none, an error when it is one with a fault.
pub(crate) fn recognise<'a>(
    row: impl Iterator<Item = &'a str>,
    wanted: &[KnownHeader],
) -> Result<Option<TableLayout>, FileFault> {
    let mut raw: Vec<String> = row.map(|name| composed(name).trim().to_owned()).collect();
    while raw.last().is_some_and(String::is_empty) {
        raw.pop();
    }
    let titles: Vec<String> = raw.iter().map(|name| compared(name)).collect();
    let Some(KnownHeader { kind, columns }) = best(&titles, wanted) else { return Ok(None) };
    let (kind, columns) = (*kind, columns.clone());
    let (mut places, mut missing, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for column in &columns {
        let mut found =
            titles.iter().enumerate().filter(|(_, title)| column.compared.contains(title));
        let place = found.next().map(|(place, _)| place);
        if found.next().is_some() {
            return Err(FileFault::ColumnTwice { kind, column: column.name().to_owned() });
        }
        match place {
            Some(_) => {}
            None if column.required => missing.push(column.name().to_owned()),
            None => notes.push(Note::ColumnMissing(column.name().to_owned())),
        }
        places.push(place);
    }
    if !missing.is_empty() {
        return Err(FileFault::MissingColumns { kind, columns: missing });
    }
    if kind.is_none_or(Kind::is_imported) {
        let unused = raw.iter().enumerate();
        let unused = unused.filter(|(at, name)| !name.is_empty() && !places.contains(&Some(*at)));
        notes.extend(unused.map(|(_, name)| Note::ColumnUnused(name.clone())));
    }
    Ok(Some(TableLayout { kind, columns, places, width: raw.len(), notes }))
}

/// How well a row fits as a header, for choosing between two ways of reading it: whole headers
/// before those with faults, then those with more columns.
pub(super) fn fit<'a>(row: impl Iterator<Item = &'a str>, wanted: &[KnownHeader]) -> (bool, usize) {
    let titles: Vec<String> = row.map(|name| compared(&composed(name))).collect();
    let Some(found) = best(&titles, wanted) else { return (false, 0) };
    let count = found.columns.iter().filter(|one| one.is_in(&titles));
    let whole = found.columns.iter().all(|one| !one.required || one.is_in(&titles));
    (whole, count.count())
}

impl Column {
    fn is_in(&self, titles: &[String]) -> bool {
        titles.iter().any(|title| self.compared.contains(title))
    }
}

/// What has all that it needs in the row, or else the largest part of its columns: at least half of
/// them, and at least two where there are two, since a title line or a row of values has hardly one. A
/// list that is looked for alone and needs one column is found by it.
fn best<'w>(titles: &[String], wanted: &'w [KnownHeader]) -> Option<&'w KnownHeader> {
    let mut best: Option<((bool, usize, usize), &KnownHeader)> = None;
    for one in wanted {
        let all = one.columns.len();
        let found = one.columns.iter().filter(|column| column.is_in(titles)).count();
        // What is looked for alone needs no large part to be told from others.
        let few = wanted.len() > 1 && found * 2 < all;
        let needed = one.columns.iter().filter(|column| column.required).count();
        let least = if wanted.len() == 1 { needed.clamp(1, 2) } else { 2 };
        if found < all.min(least) || few {
            continue;
        }
        let whole = one.columns.iter().all(|column| !column.required || column.is_in(titles));
        // found / all > best found / best all, in whole numbers; with equal parts, more columns.
        let better = best.is_none_or(|((complete, most, of), _)| {
            (whole, found * of, found) > (complete, most * all, most)
        });
        if better {
            best = Some(((whole, found, all), one));
        }
    }
    best.map(|(_, one)| one)
}

/// A column's name as it is compared: letters and digits, small, without marks.
fn compared(name: &str) -> String {
    let text = searchable(name);
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
