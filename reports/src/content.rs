//! What stands in a document, in order, before it is typeset: paragraphs, tables and charts as
//! plain data. The template lays it out and never sees it as markup, so a name can not give orders.

use serde::Serialize;

/// Everything that the template reads.
#[derive(Debug, Serialize)]
pub(crate) struct Content {
    /// BCP 47, such as `vi`.
    pub language: &'static str,
    /// Title in the metadata.
    pub title: String,
    /// Author in the metadata.
    pub author: String,
    /// Year, month and day of issue, for the metadata.
    pub issued: [i16; 3],
    /// The mark on every page when data is simulated.
    pub mark: Option<String>,
    /// The head of page 1.
    pub head: Head,
    /// What stands between the head and the signature, in order.
    pub body: Vec<Block>,
    /// The block of the signature.
    pub signature: Signature,
    /// What comes after the signature, each from a page of its own.
    pub annexes: Vec<Annex>,
}

/// The head of page 1.
#[derive(Debug, Serialize)]
pub(crate) struct Head {
    pub parent: String,
    pub agency: Vec<String>,
    pub number: String,
    pub nation: String,
    pub motto: String,
    pub place_date: String,
    pub kind: String,
    pub subject: Vec<String>,
    pub note: Option<String>,
}

/// An annex with its own page numbers.
#[derive(Debug, Serialize)]
pub(crate) struct Annex {
    /// “Phụ lục I”, or “Phụ lục” where it is the only one.
    pub label: String,
    pub title: String,
    /// To which report it belongs.
    pub to: String,
    pub blocks: Vec<Block>,
}

/// A part of the body or of an annex.
#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum Block {
    /// A heading: 1 in capitals, 2 under it.
    Heading { level: u8, text: String },
    /// A paragraph.
    Paragraph { text: String },
    /// A line of a list.
    Item { text: String },
    /// Small print.
    Note { text: String },
    /// A table.
    Table(Table),
    /// A chart: the name of its file, what it shows, and the same for those who can not see it.
    Chart { file: &'static str, caption: String, alt: String },
}

/// The layouts of tables that the template knows.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TableLayout {
    /// Level, count, share, interval.
    Levels,
    /// Number, name, counts, share, interval.
    Groups,
}

/// A table whose head is repeated on each page.
#[derive(Debug, Serialize)]
pub(crate) struct Table {
    pub layout: TableLayout,
    pub caption: String,
    pub head: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum Row {
    /// Cells; the notes stand under the name.
    Plain { cells: Vec<String>, notes: Vec<String> },
    /// The total.
    Total { cells: Vec<String> },
    /// The name of the group that follows, over the whole width.
    Group { name: String },
}

/// The block of the signature, and the distribution list.
#[derive(Debug, Serialize)]
pub(crate) struct Signature {
    pub authority: String,
    pub title: String,
    pub name: String,
    pub distribution_label: String,
    pub distribution: Vec<String>,
    /// What does not go to all of them.
    pub distribution_note: Option<String>,
}
