//! One row of text from a CSV file or a workbook, and what a reader of rows found next.

use super::outcome::Reason;
use crate::normalization::composed;
use csv::StringRecord;
use std::borrow::Cow;

/// What a field was in its file. Of a text nothing more is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CellKind {
    /// A text.
    #[default]
    Text,
    /// A number, with the text that the spreadsheet program shows for it.
    Shown,
    /// A number of which nobody can say how it is shown.
    Number,
    /// A moment.
    Date,
    /// TRUE or FALSE.
    YesNo,
}

/// One row.
#[derive(Default)]
pub(super) struct TableRow {
    /// Line of the file or row of the sheet where it begins, counted from 1.
    pub line: u64,
    /// The line it ends in: a text between quotation marks may go over several.
    pub last: u64,
    /// Whether a quotation mark was open when the file ended.
    pub open: bool,
    /// What parts the fields of a text; none: it is a row of a sheet.
    pub delimiter: Option<char>,
    pub(super) fields: StringRecord,
    /// What the fields of a sheet were; empty: texts.
    pub(super) cells: Vec<CellKind>,
}

impl TableRow {
    /// A row of a sheet.
    pub fn fill(&mut self, line: u64, fields: &[(String, CellKind)]) {
        (self.line, self.last, self.open, self.delimiter) = (line, line, false, None);
        self.fields.clear();
        self.cells.clear();
        for (field, cell) in fields {
            self.fields.push_field(field);
            self.cells.push(*cell);
        }
    }

    /// All fields.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter()
    }

    /// How many fields it has.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// The field of a place.
    pub fn field(&self, place: usize) -> Option<&str> {
        self.fields.get(place)
    }

    /// What it was in its file.
    pub fn cell(&self, place: usize) -> CellKind {
        self.cells.get(place).copied().unwrap_or_default()
    }

    /// Where it begins and ends.
    pub fn lines(&self) -> (u64, u64) {
        (self.line, self.last)
    }

    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.trim().is_empty())
    }

    /// Takes letters without shape away and composes decomposed ones. Nearly every row is so
    /// already.
    pub(super) fn compose(&mut self) {
        if let Cow::Owned(_) = composed(self.fields.as_slice()) {
            let fields: Vec<String> = self.fields.iter().map(|one| composed(one).into()).collect();
            self.fields = StringRecord::from(fields);
        }
    }
}

/// What a reader found next.
pub(super) enum ReadStep {
    /// A row.
    Row,
    /// A row that can not be read, from its first to its last line; the next one may be.
    Unreadable((u64, u64), Reason),
    /// The end.
    End,
}
