//! A chart on a page, with its numbers as a table beside it.

/// A chart for a wide and for a narrow page.
pub(in crate::pages) struct Chart {
    pub wide: String,
    pub narrow: String,
    pub caption: String,
    /// The same as a table.
    pub numbers: Option<Plain>,
}

/// The numbers of a chart.
pub(in crate::pages) struct Plain {
    pub heads: Vec<String>,
    /// Name, where more of it is, and the cells beside it.
    pub rows: Vec<(String, Option<String>, Vec<String>)>,
}
