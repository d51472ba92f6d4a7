//! One row seen through the header: fields by the columns that were looked for.

use super::codes::{CODE, doubt_of};
use super::header::{ColumnContent, TableLayout};
use super::outcome::{Doubt, Reason};
use super::row::{CellKind, TableRow};
use super::words::short;
use crate::normalization::one_line;
use crate::table_files::as_typed;
use std::borrow::Cow;

/// What spreadsheet programs write where a value could not be worked out, or not shown.
const ERRORS: [&str; 8] =
    ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "########"];

/// A row that has the fields of its header.
pub(super) struct Cells<'r> {
    row: &'r TableRow,
    layout: &'r TableLayout,
}

/// What may have been made of codes, with the column of each.
pub(super) type Doubts = Vec<(usize, Doubt)>;

impl<'r> Cells<'r> {
    /// Refuses a row whose values may stand in the wrong columns, or took others with it. One may
    /// end early: spreadsheet programs leave the separators of empty last fields out.
    pub fn new(row: &'r TableRow, layout: &'r TableLayout) -> Result<Self, Reason> {
        if let Some(place) = open_quote(row, layout) {
            let column = layout.places.iter().position(|found| *found == Some(place));
            let column = column.map_or_else(String::new, |column| layout.name(column));
            return Err(Reason::OpenQuote { column });
        }
        let (found, expected) = (row.len(), layout.width);
        let more = row.fields().skip(expected).any(|field| !field.trim().is_empty());
        if found < layout.least_width().min(expected) || more {
            return Err(Reason::Fields { found, expected });
        }
        Ok(Self { row, layout })
    }

    /// Whether the file has a column; if not, what is stored stays.
    pub fn has(&self, column: usize) -> bool {
        self.layout.has(column)
    }

    /// The field as it was typed, without spaces around it and without the sign that keeps a text a
    /// text in our own files; empty where the file has no such column.
    pub fn raw(&self, column: usize) -> &'r str {
        let place = self.layout.places.get(column).copied().flatten();
        as_typed(place.and_then(|place| self.row.field(place)).unwrap_or_default().trim())
    }

    /// A code, a word or a moment: at most [`CODE`] letters of one line. What a spreadsheet program
    /// may have made of a code is told beside it.
    pub fn code(&self, column: usize) -> Result<(&'r str, Option<Doubt>), Reason> {
        let field = self.word(column)?;
        let place = self.layout.places.get(column).copied().flatten();
        let doubt = match place.map_or(CellKind::Text, |place| self.row.cell(place)) {
            // The sign says that it is a text.
            CellKind::Text if self.row.field(place.unwrap_or_default()).is_some_and(is_marked) => {
                None
            }
            CellKind::Text | CellKind::Shown => doubt_of(field),
            CellKind::Number => Some(Doubt::Number),
            CellKind::Date => Some(Doubt::Date),
            CellKind::YesNo => Some(Doubt::YesNo),
        };
        Ok((field, doubt))
    }

    /// The same of a code that may not be empty.
    pub fn required_code(&self, column: usize) -> Result<(&'r str, Option<Doubt>), Reason> {
        let (field, doubt) = self.code(column)?;
        if field.is_empty() { Err(self.empty(column)) } else { Ok((field, doubt)) }
    }

    /// One of a few words, or a moment.
    pub fn word(&self, column: usize) -> Result<&'r str, Reason> {
        let field = self.raw(column);
        if field.contains(['\n', '\r']) {
            return Err(Reason::LineBreak { column: self.layout.name(column) });
        }
        self.fits(column, field, CODE)?;
        Ok(field)
    }

    /// The same of a word that may not be empty.
    pub fn required_word(&self, column: usize) -> Result<&'r str, Reason> {
        let field = self.word(column)?;
        if field.is_empty() { Err(self.empty(column)) } else { Ok(field) }
    }

    /// A name or free text, in one line of at most `limit` letters.
    pub fn text(&self, column: usize, limit: usize) -> Result<Cow<'r, str>, Reason> {
        let field = one_line(self.raw(column));
        self.fits(column, &field, limit)?;
        Ok(field)
    }

    /// The same of a text that may not be empty.
    pub fn required_text(&self, column: usize, limit: usize) -> Result<Cow<'r, str>, Reason> {
        let field = self.text(column, limit)?;
        if field.is_empty() { Err(self.empty(column)) } else { Ok(field) }
    }

    /// All fields by column, as a list reads them; none where the file has no such column. Beside
    /// them what a spreadsheet program may have made of codes.
    pub fn all(&self) -> Result<(Vec<Option<String>>, Doubts), Reason> {
        let (mut fields, mut doubts) = (Vec::new(), Vec::new());
        for (at, column) in self.layout.columns.iter().enumerate() {
            let field = match column.content {
                _ if !self.has(at) => None,
                ColumnContent::Text => Some(self.text(at, usize::MAX)?.into_owned()),
                ColumnContent::Word | ColumnContent::Moment => Some(self.word(at)?.to_owned()),
                ColumnContent::Code => {
                    let (code, doubt) = self.code(at)?;
                    doubts.extend(doubt.filter(|_| !code.is_empty()).map(|doubt| (at, doubt)));
                    Some(code.to_owned())
                }
            };
            fields.push(field);
        }
        Ok((fields, doubts))
    }

    fn empty(&self, column: usize) -> Reason {
        Reason::Empty { column: self.layout.name(column) }
    }

    fn fits(&self, column: usize, field: &str, limit: usize) -> Result<(), Reason> {
        // A letter has one byte at least: most fields need no counting.
        if field.len() > limit && field.chars().count() > limit {
            return Err(Reason::TooLong { column: self.layout.name(column), limit });
        }
        if field.starts_with('#') && ERRORS.iter().any(|error| field.starts_with(error)) {
            let word = short(field);
            return Err(Reason::CellError { column: self.layout.name(column), word });
        }
        Ok(())
    }
}

/// Whether a field has the sign that keeps it a text.
fn is_marked(field: &str) -> bool {
    as_typed(field.trim()).len() < field.trim().len()
}

/// The place of a field that goes on where its quotation mark should have been closed: to the end
/// of the file, or over lines that look like rows themselves.
fn open_quote(row: &TableRow, layout: &TableLayout) -> Option<usize> {
    let delimiter = row.delimiter?;
    if row.open {
        return Some(row.len().saturating_sub(1));
    }
    if row.last == row.line {
        return None;
    }
    let took = |field: &str| field.lines().skip(1).any(|line| is_row(line, delimiter, layout));
    row.fields().position(took)
}

/// Whether a line of a text could be a row of its own.
fn is_row(line: &str, delimiter: char, layout: &TableLayout) -> bool {
    let pieces: Vec<&str> = line.split(delimiter).map(|piece| piece.trim_matches('"')).collect();
    if pieces.len() < layout.least_width().max(2) {
        return false;
    }
    let mut told = layout.columns.iter().zip(&layout.places).filter_map(|(column, place)| {
        let piece = place.and_then(|place| pieces.get(place))?.trim();
        match column.content {
            _ if !column.filled => None,
            ColumnContent::Moment => {
                let (first, sign) = (piece.chars().next(), piece.contains(['/', '-', ':']));
                Some(sign && first.is_some_and(|first| first.is_ascii_digit()))
            }
            ColumnContent::Code => Some(!piece.is_empty() && !piece.contains(char::is_whitespace)),
            ColumnContent::Word | ColumnContent::Text => None,
        }
    });
    told.next().unwrap_or(true)
}
