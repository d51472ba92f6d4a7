//! One import: all files are recognised first, then read in the order in which they refer to one
//! another.

use super::directory::Known;
use super::dossiers::Dossiers;
use super::journal::{carry, is_journal};
use super::kinds::{Kind, Layout, recognise};
use super::outcome::{FileFault, FileOutcome, ImportError, Reason};
use super::pour::pour;
use super::progress::Progress;
use super::ratings::Ratings;
use super::source::{Opened, Source, gather};
use super::table::{Row, Step};
use super::tickets::Tickets;
use super::words::short;
use crate::storage::rows::{Counter, Department, Officer, Procedure};
use crate::storage::{Store, StoreError};
use jiff::tz::TimeZone;
use protocol::Scale;
use std::path::PathBuf;

/// Rows in which a header is looked for: an export has at most a letterhead and a title above it.
const HEADER_ROWS: usize = 20;

/// How files are to be understood.
#[derive(Clone, Debug)]
pub struct Options {
    /// The time zone their moments are written in.
    pub zone: TimeZone,
    /// The levels that were on offer.
    pub scale: Scale,
    /// The rows were made up for a demonstration.
    pub simulated: bool,
    /// Now, in milliseconds since 1970-01-01 UTC.
    pub now: i64,
}

/// Imports files and folders; one outcome a file, in the order of their import. Files that are
/// not understood come last.
pub async fn import(
    store: &Store,
    paths: &[PathBuf],
    options: &Options,
    progress: &dyn Progress,
) -> Result<Vec<FileOutcome>, ImportError> {
    all(store, gather(paths)?, options, progress).await
}

/// Imports files that are in memory, given by name and content.
pub async fn import_bytes(
    store: &Store,
    files: &[(&str, &[u8])],
    options: &Options,
    progress: &dyn Progress,
) -> Result<Vec<FileOutcome>, ImportError> {
    let sources = files.iter().map(|(name, bytes)| Source::Bytes(name, bytes)).collect();
    all(store, sources, options, progress).await
}

async fn all(
    store: &Store,
    sources: Vec<Source<'_>>,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Vec<FileOutcome>, ImportError> {
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for source in sources {
        let kind = match is_journal(&source) {
            Ok(true) => Ok(Kind::Journals),
            Ok(false) => open(&source).map(|(_, layout)| layout.kind),
            Err(fault) => Err(fault),
        };
        match kind {
            Ok(kind) => known.push((kind, source)),
            Err(fault) => {
                let mut outcome = FileOutcome::new(source.name());
                outcome.fault = Some(fault);
                unknown.push(outcome);
            }
        }
    }
    known.sort_by_key(|(kind, _)| *kind);
    let mut outcomes = Vec::new();
    for (kind, source) in known {
        let outcome = if kind == Kind::Journals {
            let mut outcome = FileOutcome::new(source.name());
            progress.begin(&outcome.file, source.len());
            let carried = carry(store, &source, options.now, &mut outcome, progress).await;
            progress.end(&outcome);
            carried.map(|()| outcome)
        } else {
            one(store, &source, options, progress).await
        };
        let outcome = outcome.map_err(|cause| ImportError::Store { file: source.name(), cause })?;
        outcomes.push(outcome);
    }
    outcomes.append(&mut unknown);
    Ok(outcomes)
}

/// Imports one file.
async fn one(
    store: &Store,
    source: &Source<'_>,
    options: &Options,
    progress: &dyn Progress,
) -> Result<FileOutcome, StoreError> {
    let mut outcome = FileOutcome::new(source.name());
    let (opened, mut layout) = match open(source) {
        Ok(both) => both,
        Err(fault) => {
            outcome.fault = Some(fault);
            return Ok(outcome);
        }
    };
    outcome.kind = Some(layout.kind);
    outcome.notes = std::mem::take(&mut layout.notes);
    progress.begin(&outcome.file, source.len());
    let directory = store.directory().await?;
    let now = options.now;
    let (layout, to) = (&layout, &mut outcome);
    match layout.kind {
        Kind::Departments => {
            let rows = Known::<Department>::new(directory, now);
            pour(opened, layout, rows, store, to, progress).await?;
        }
        Kind::Counters => {
            let rows = Known::<Counter>::new(directory, now);
            pour(opened, layout, rows, store, to, progress).await?;
        }
        Kind::Officers => {
            let rows = Known::<Officer>::new(directory, now);
            pour(opened, layout, rows, store, to, progress).await?;
        }
        Kind::Procedures => {
            let rows = Known::<Procedure>::new(directory, now);
            pour(opened, layout, rows, store, to, progress).await?;
        }
        Kind::Ratings => {
            let rows = Ratings::new(&directory, options);
            pour(opened, layout, rows, store, to, progress).await?;
        }
        Kind::Dossiers => {
            let rows = Dossiers::new(&directory, options);
            pour(opened, layout, rows, store, to, progress).await?;
        }
        Kind::Tickets => {
            let rows = Tickets::new(&directory, options);
            pour(opened, layout, rows, store, to, progress).await?;
        }
        Kind::Journals | Kind::Petitions => {}
    }
    progress.end(&outcome);
    Ok(outcome)
}

/// Opens a source and reads up to its header.
fn open<'a>(source: &Source<'a>) -> Result<(Opened<'a>, Layout), FileFault> {
    let mut opened = source.open()?;
    let mut first = None;
    let mut row = Row::default();
    loop {
        for _ in 0..HEADER_ROWS {
            match opened.table.next(&mut row)? {
                Step::Unreadable((line, _), Reason::TooManyBytes) => {
                    return Err(FileFault::HugeLine { line });
                }
                // A title with an odd letter is no header; the letter NUL is, in UTF-16, in each.
                Step::Unreadable(_, Reason::Control)
                    if row.fields().all(|one| !one.contains('\0')) =>
                {
                    first.get_or_insert_with(|| line(&row));
                }
                Step::Unreadable(..) => return Err(FileFault::NotUtf8),
                Step::End => break,
                Step::Row if row.is_blank() => {}
                Step::Row => {
                    if let Some(mut layout) = recognise(row.fields())? {
                        layout.notes.extend(unread(&opened));
                        return Ok((opened, layout));
                    }
                    first.get_or_insert_with(|| line(&row));
                }
            }
        }
        if !opened.table.next_sheet() {
            return Err(match first {
                Some(first) => FileFault::Unrecognised { first },
                None => FileFault::Empty,
            });
        }
    }
}

/// A note that names the sheets of a workbook that are not read.
fn unread(opened: &Opened<'_>) -> Option<String> {
    let (read, others) = opened.table.sheets()?;
    let others: Vec<String> = others.iter().map(|name| format!("“{name}”")).collect();
    (!others.is_empty())
        .then(|| format!("only the sheet “{read}” was read, not {}", others.join(", ")))
}

/// The beginning of a row.
fn line(row: &Row) -> String {
    short(&row.fields().map(str::trim).collect::<Vec<_>>().join(","))
}
