//! One import: all files are recognised first and looked through for what has to be asked, then
//! read in the order in which they refer to one another. Where something has to be asked nothing is
//! stored before it is answered.

use super::dossiers::Dossiers;
use super::find_files::find_files;
use super::find_header::find_header;
use super::header::TableLayout;
use super::journal::{carry, is_journal};
use super::kind::Kind;
use super::kinds::known_headers;
use super::lists::take_in;
use super::options::Options;
use super::outcome::{FileFault, FileOutcome, ImportError, Unread};
use super::progress::Progress;
use super::question::Question;
use super::questions::Survey;
use super::ratings::Ratings;
use super::row::{ReadStep, TableRow};
use super::source::{Content, Opened, Source};
use super::store_rows::store_rows;
use super::tickets::Tickets;
use super::workbook::{Book, Size};
use crate::storage::{Store, StoreError};
use std::path::PathBuf;

/// Imports files and folders; one outcome a file, or a sheet of one, in the order of their import.
/// What is not understood or not read comes last.
pub async fn import(
    store: &Store,
    paths: &[PathBuf],
    options: &Options,
    progress: &dyn Progress,
) -> Result<Vec<FileOutcome>, ImportError> {
    let (sources, mut unread) = find_files(paths)?;
    let mut outcomes = all(store, sources, options, progress).await?;
    outcomes.append(&mut unread);
    Ok(outcomes)
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

/// A table of a source that is recognised.
struct RecognisedTable {
    /// Place of the source.
    source: usize,
    /// The sheet of a workbook.
    sheet: Option<String>,
    kind: Kind,
    questions: Vec<Question>,
    unread: Vec<Unread>,
    /// How it is called.
    name: String,
}

async fn all(
    store: &Store,
    sources: Vec<Source<'_>>,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Vec<FileOutcome>, ImportError> {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for (at, source) in sources.iter().enumerate() {
        match survey(source) {
            Ok((parts, mut faulty)) => {
                known.extend(parts.into_iter().map(|part| RecognisedTable { source: at, ..part }));
                unknown.append(&mut faulty);
            }
            Err(fault) => unknown.push(FileOutcome::faulty(source.name(), fault)),
        }
    }
    known.sort_by_key(|part| part.kind);
    let asked = !options.confirmed && known.iter().any(|part| !part.questions.is_empty());
    let mut outcomes = Vec::new();
    for part in known {
        let Some(source) = sources.get(part.source) else { continue };
        let mut outcome = FileOutcome::new(part.name.clone());
        outcome.kind = Some(part.kind);
        outcome.unread.clone_from(&part.unread);
        if asked {
            // Nothing is stored: what these files name may be in the one that is asked about.
            outcome.questions = part.questions;
        } else {
            progress.begin(&outcome.file, source.len());
            let done = one(store, source, &part, options, &mut outcome, progress).await;
            progress.end(&outcome);
            done.map_err(|cause| ImportError::Store { file: part.name, cause })?;
        }
        outcomes.push(outcome);
    }
    if asked {
        // Those without a question of their own say nothing.
        outcomes.retain(|outcome| !outcome.questions.is_empty() || !outcome.unread.is_empty());
    }
    outcomes.append(&mut unknown);
    Ok(outcomes)
}

/// The tables of a source that are recognised, with what has to be asked about them; and what else
/// is wrong with it.
fn survey(source: &Source<'_>) -> Result<(Vec<RecognisedTable>, Vec<FileOutcome>), FileFault> {
    let part = |sheet: Option<String>, kind, questions| RecognisedTable {
        source: 0,
        sheet,
        kind,
        questions,
        unread: Vec::new(),
        name: source.name(),
    };
    if is_journal(source)? {
        return Ok((vec![part(None, Kind::Journals, Vec::new())], Vec::new()));
    }
    let wanted = known_headers();
    let mut book = match source.open(&wanted, Size::OF_FILES)? {
        Content::Text(opened) => {
            let (opened, layout) = find_header(*opened, &wanted)?;
            let (kind, questions) = questions(opened, &layout);
            return Ok((vec![part(None, kind, questions)], Vec::new()));
        }
        Content::Book(book) => book,
    };
    let (mut parts, mut faulty, mut others, mut first) = (Vec::new(), Vec::new(), Vec::new(), None);
    for sheet in book.sheets.clone() {
        let opened = book.table(&sheet).and_then(|table| find_header(table.into(), &wanted));
        match opened {
            Ok((opened, layout)) => {
                let (kind, questions) = questions(opened, &layout);
                parts.push(part(Some(sheet), kind, questions));
            }
            Err(FileFault::Empty) => {}
            Err(fault @ FileFault::Unrecognised { .. }) => {
                others.push(sheet);
                first.get_or_insert(fault);
            }
            Err(fault) => {
                faulty.push(FileOutcome::faulty(format!("{} [{sheet}]", source.name()), fault));
            }
        }
    }
    if parts.len() > 1 {
        for part in &mut parts {
            let sheet = part.sheet.as_deref().unwrap_or_default();
            part.name = format!("{} [{sheet}]", part.name);
        }
    }
    let mut unread = Vec::new();
    if !others.is_empty() {
        unread.push(Unread::Sheets(others));
    }
    if !book.hidden.is_empty() {
        unread.push(Unread::Hidden(std::mem::take(&mut book.hidden)));
    }
    match parts.first_mut() {
        Some(part) => part.unread = unread,
        None if faulty.is_empty() => {
            let fault = first.unwrap_or(FileFault::Empty);
            unread.retain(|why| matches!(why, Unread::Hidden(_)));
            faulty.push(FileOutcome { unread, ..FileOutcome::faulty(source.name(), fault) });
        }
        None => faulty[0].unread = unread,
    }
    Ok((parts, faulty))
}

/// What has to be asked about the rest of a table. A fault in it is told when it is stored.
fn questions(mut opened: Opened<'_>, layout: &TableLayout) -> (Kind, Vec<Question>) {
    let kind = layout.kind.unwrap_or(Kind::Petitions);
    let mut survey = Survey::of(kind, layout);
    let mut row = TableRow::default();
    while let Ok(step) = opened.table.next(&mut row) {
        match step {
            ReadStep::End => break,
            ReadStep::Row => survey.look(&row, layout),
            ReadStep::Unreadable(..) => {}
        }
    }
    (kind, survey.questions())
}

/// Opens the table of a part and reads up to its header. `book` holds the workbook whose rows are read.
fn reopen<'b, 'a: 'b>(
    source: &Source<'a>,
    part: &RecognisedTable,
    book: &'b mut Option<Box<Book>>,
) -> Result<(Opened<'b>, TableLayout), FileFault> {
    let wanted = known_headers();
    match source.open(&wanted, Size::OF_FILES)? {
        Content::Text(opened) => find_header(*opened, &wanted),
        Content::Book(found) => {
            let sheet = part.sheet.as_deref().unwrap_or_default();
            find_header(book.insert(found).table(sheet)?.into(), &wanted)
        }
    }
}

/// Imports one table.
async fn one(
    store: &Store,
    source: &Source<'_>,
    part: &RecognisedTable,
    options: &Options,
    outcome: &mut FileOutcome,
    progress: &dyn Progress,
) -> Result<(), StoreError> {
    if part.kind == Kind::Journals {
        return carry(store, source, options, outcome, progress).await;
    }
    let mut book = None;
    let (opened, mut layout) = match reopen(source, part, &mut book) {
        Ok(both) => both,
        Err(fault) => {
            outcome.fault = Some(fault);
            return Ok(());
        }
    };
    outcome.notes = std::mem::take(&mut layout.notes);
    if let Some(noun) = part.kind.noun() {
        return take_in(store, noun, opened, &layout, options, outcome, progress).await;
    }
    let directory = store.directory().await?;
    match part.kind {
        Kind::Ratings => {
            let questionnaires = store.questionnaires().await?;
            let rows = Ratings::new(&directory, options, &questionnaires);
            store_rows(opened, &layout, rows, store, outcome, progress).await
        }
        Kind::Dossiers => {
            let rows = Dossiers::new(&directory, options);
            store_rows(opened, &layout, rows, store, outcome, progress).await
        }
        Kind::Tickets => {
            let rows = Tickets::new(&directory, options);
            store_rows(opened, &layout, rows, store, outcome, progress).await
        }
        _ => Ok(()),
    }
}
