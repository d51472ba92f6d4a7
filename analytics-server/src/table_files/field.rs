//! A cell of a table of ratings, before it is written as CSV, XLSX or Parquet.

use jiff::civil::DateTime;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// Nothing.
    Empty,
    /// Letters.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A moment of the centre.
    Moment(DateTime),
}

impl From<String> for Field {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<Option<String>> for Field {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::from)
    }
}
