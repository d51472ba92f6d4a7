//! What is said of an export: in a workbook what it is about, on the page how many ratings there are.

use crate::figure_lines::period_title;
use crate::storage::export::OutCounts;
use crate::table_files::Cell;
use jiff::civil::DateTime;
use locales::Texts;
use reports::figures::Period;
use reports::numbers::Numbers;

/// What a workbook says about itself: the period, what it was narrowed by (labels and names), whether
/// it has comments, and when it was made.
pub fn about(
    period: &Period,
    chosen: Vec<(String, String)>,
    comments: bool,
    now: DateTime,
    texts: &Texts,
) -> Vec<(String, Cell)> {
    let line = |key: &str, cell: Cell| (texts.get(key), cell);
    let mut lines = vec![
        line("pages-period", period_title(period, texts).into()),
        line("export-summary-from", Cell::Day(period.from)),
        line("export-summary-to", Cell::Day(period.to)),
    ];
    lines.extend(chosen.into_iter().map(|(label, name)| (label, name.into())));
    let comments = if comments { "export-summary-yes" } else { "export-summary-no" };
    lines.push(line("export-comments", texts.get(comments).into()));
    lines.push(line("export-column-id", texts.get("export-summary-id").into()));
    lines.push(line("export-summary-made", Cell::Moment(now)));
    lines
}

/// How many ratings there are, with and without those that do not count or were flagged.
pub fn counts(counts: &OutCounts, texts: &Texts) -> Vec<String> {
    let numbers = Numbers::of(texts);
    let places = [
        ("raw", &*numbers.count(counts.raw)),
        ("counted", &numbers.count(counts.counted())),
        ("ruled_out", &numbers.count(counts.ruled_out)),
        ("flagged", &numbers.count(counts.flagged)),
        ("cleaned", &numbers.count(counts.cleaned())),
    ];
    let sentences = [
        (true, "export-count"),
        (counts.ruled_out > 0, "export-count-ruled-out"),
        (counts.flagged > 0, "export-count-flagged"),
    ];
    let there = sentences.into_iter().filter(|(is_there, _)| *is_there);
    there.map(|(_, key)| texts.with(key, &places)).collect()
}
