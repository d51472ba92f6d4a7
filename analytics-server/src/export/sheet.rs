//! A workbook of two sheets: the ratings, row by row into a temporary file, so that nothing but the
//! row that is being written lies in memory; and what they are about, with their counts.

use super::error::ExportError;
use super::table::ExportColumns;
use crate::storage::export::{OutCounts, RatingOut};
use crate::table_files::{Cell, Field, Formats, filters_on, sheet_head, summary, write_cell};
use protocol::{Level, Scale};
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::fs::File;
use tokio::sync::mpsc;

/// Letters of a column; a moment needs 19.
const WIDTH: usize = 20;

/// Writes the pages that come. `about` stands before the counts.
pub(super) fn write(
    columns: &ExportColumns,
    title: &str,
    mut about: Vec<(String, Cell)>,
    mut pages: mpsc::Receiver<Vec<RatingOut>>,
) -> Result<File, ExportError> {
    let mut book = Workbook::new();
    let formats = Formats::default();
    let headings = columns.headings();
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(title)?;
    sheet_head(sheet, &headings, headings.iter().map(|_| WIDTH), &formats)?;
    let (mut line, mut counts) = (0, Counts::default());
    while let Some(page) = pages.blocking_recv() {
        for row in &page {
            line += 1;
            counts.add(row);
            for (column, field) in (0..).zip(columns.row(row)) {
                write_cell(sheet, (line, column), &cell(field), &formats)?;
            }
        }
    }
    filters_on(sheet, line as usize, headings.len())?;
    about.extend(counts.summary(columns));
    summary(&mut book, title, &about, columns.names().texts(), &formats)?;
    let file = tempfile::tempfile()?;
    book.save_to_writer(file.try_clone()?)?;
    Ok(file)
}

fn cell(field: Field) -> Cell {
    match field {
        Field::Empty => Cell::Empty,
        Field::Text(text) => Cell::Text(text),
        Field::Number(number) => Cell::Count(number.unsigned_abs()),
        Field::Moment(at) => Cell::Moment(at),
    }
}

/// What the rows of a sheet come to. Counted with them, so that both always agree.
#[derive(Default)]
struct Counts {
    all: OutCounts,
    simulated: u64,
    /// Of those that count, by the number of their scale and level.
    levels: BTreeMap<(i16, i16), u64>,
}

impl Counts {
    fn add(&mut self, row: &RatingOut) {
        self.all.add(row);
        self.simulated += u64::from(row.simulated);
        if row.ruled_out_at.is_none() {
            *self.levels.entry((row.scale, row.level)).or_default() += 1;
        }
    }

    /// The lines of the other sheet.
    fn summary(&self, columns: &ExportColumns) -> Vec<(String, Cell)> {
        let texts = columns.names().texts();
        let line = |key: &str, count| (texts.get(&format!("export-summary-{key}")), count);
        let mut lines = vec![
            line("raw", self.all.raw.into()),
            line("ruled-out", self.all.ruled_out.into()),
            line("counted", self.all.counted().into()),
            line("flagged", self.all.flagged.into()),
            line("cleaned", self.all.cleaned().into()),
        ];
        if self.simulated > 0 {
            lines.push(line("simulated", self.simulated.into()));
        }
        let scales = [(1, Scale::Five), (2, Scale::Three)];
        let there = scales
            .map(|(code, scale)| (code, scale, self.levels.keys().any(|(of, _)| *of == code)));
        let several = there.iter().filter(|(.., there)| *there).count() > 1;
        for (code, scale, _) in there.into_iter().filter(|(.., there)| *there) {
            for level in Level::ALL.into_iter().filter(|level| scale.levels().contains(level)) {
                let word = columns.names().word(level.name());
                let of = columns.names().word(scale.name());
                let count = self.levels.get(&(code, i16::from(level.code())));
                let label = if several { format!("{word} ({of})") } else { word };
                lines.push((label, count.copied().unwrap_or(0).into()));
            }
        }
        lines
    }
}
