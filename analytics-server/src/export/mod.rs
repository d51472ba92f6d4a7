//! Ratings as files to take away: CSV, XLSX and Parquet, row by row, from pages of the store, so
//! that any amount passes through a small memory. What each column is stands here once.

mod csv;
mod error;
pub mod figure_tables;
mod names;
mod sheet;
mod table;
pub mod wording;

pub use error::ExportError;
pub use names::{NamedRating, RatingNames, RatingWords, word_name};
pub use table::local_time;

use crate::state::App;
use crate::stats::RatingsFile;
use crate::storage::StoreError;
use crate::storage::export::{ExportFilter, OutBy, OutCursor, RatingOut};
use crate::table_files::Cell;
use axum::body::Bytes;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use locales::Texts;
use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::str::FromStr;
use std::sync::Arc;
use table::{ExportColumns, ExportReader};
use tokio::sync::mpsc;

/// Rows read at once: some hundred kilobytes.
const PAGE: u32 = 2_000;
/// Pages that may wait for a writer: it is hardly ever idle, and little lies around.
const WAITING: usize = 2;
/// Bytes of a file sent at once.
const PIECE: usize = 64 * 1024;
/// Rows that a sheet of a workbook can hold below its headings.
pub const SHEET_ROWS: u64 = 1_048_575;

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Text with commas, UTF-8 with a byte order mark.
    Csv,
    /// A workbook.
    Xlsx,
    /// Columns for programs.
    Parquet,
}

impl ExportFormat {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Parquet];

    /// The end of a file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => crate::table_files::CSV,
            Self::Xlsx => crate::table_files::XLSX,
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}

impl FromStr for ExportFormat {
    type Err = ();

    fn from_str(ending: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|form| form.ending() == ending).ok_or(())
    }
}

/// What to take away.
#[derive(Clone)]
pub struct ExportRequest {
    /// For whom, by id.
    pub person: i64,
    /// Which ratings.
    pub cut: ExportFilter,
    /// With comments.
    pub comments: bool,
    /// The language of headings and words.
    pub texts: &'static Texts,
    /// What the file is about, label by label: a workbook tells it on a sheet of its own.
    pub about: Vec<(String, Cell)>,
}

/// The bytes of a file, as they are made.
pub type Pieces = stream::BoxStream<'static, Result<Bytes, ExportError>>;

/// Pages of ratings, one after the other.
fn pages(
    app: &App,
    order: &ExportRequest,
) -> impl Stream<Item = Result<Vec<RatingOut>, StoreError>> + Send + 'static {
    let (store, cut, comments) = (app.store.clone(), order.cut.clone(), order.comments);
    stream::try_unfold(Some(OutCursor::START), move |after| {
        let (store, cut) = (store.clone(), cut.clone());
        async move {
            let Some(after) = after else { return Ok(None) };
            let rows = store.ratings_out(&cut, comments, (OutBy::Asked, after), PAGE).await?;
            let next = rows.last().filter(|_| rows.len() == PAGE as usize).map(|row| row.place);
            Ok((!rows.is_empty()).then_some((rows, next)))
        }
    })
}

/// The file. CSV is sent while it is read; the others are written whole first, because they end
/// with what is known last.
pub async fn file(
    app: &App,
    order: &ExportRequest,
    form: ExportFormat,
) -> Result<Pieces, ExportError> {
    let directory = app.store.directory().await?;
    let names = RatingNames::new(&directory, &app.store.questionnaires().await?, order.texts);
    let reader =
        if form == ExportFormat::Parquet { ExportReader::Programs } else { ExportReader::People };
    let columns = Arc::new(ExportColumns::new(names, app.zone.clone(), order.comments, reader));
    let pages = pages(app, order);
    match form {
        ExportFormat::Csv => {
            let head = csv::head(&columns);
            let (limit, person) = (Arc::clone(&app.export_limit), order.person);
            let lines = stream::try_unfold(pages.boxed(), move |mut pages| {
                let (limit, columns) = (Arc::clone(&limit), Arc::clone(&columns));
                async move {
                    let _turn = limit.acquire(person).await;
                    let page = pages.try_next().await?;
                    Ok(page.map(|page| (csv::lines(&columns, &page), pages)))
                }
            });
            Ok(stream::once(async { Ok(head) }).chain(lines).boxed())
        }
        ExportFormat::Xlsx => {
            let _turn = app.export_limit.acquire(order.person).await;
            let title = order.texts.get("export-sheet");
            let about = order.about.clone();
            let write = move |pages| sheet::write(&columns, &title, about, pages);
            Ok(pieces(written(pages, write).await?))
        }
        ExportFormat::Parquet => {
            let _turn = app.export_limit.acquire(order.person).await;
            let write = move |mut pages: mpsc::Receiver<Vec<RatingOut>>| {
                let file = tempfile::tempfile()?;
                let (headers, numbers) = (columns.headers(), columns.numbers());
                let mut out = RatingsFile::begin(file.try_clone()?, &headers, &numbers)?;
                while let Some(page) = pages.blocking_recv() {
                    out.add(page.iter().map(|row| columns.row(row)))?;
                }
                out.end()?;
                Ok(file)
            };
            Ok(pieces(written(pages, write).await?))
        }
    }
}

/// Runs a writer beside the reading of pages; the file it wrote.
async fn written(
    pages: impl Stream<Item = Result<Vec<RatingOut>, StoreError>> + Send + 'static,
    write: impl FnOnce(mpsc::Receiver<Vec<RatingOut>>) -> Result<File, ExportError> + Send + 'static,
) -> Result<File, ExportError> {
    let (sender, receiver) = mpsc::channel(WAITING);
    let writer = tokio::task::spawn_blocking(move || write(receiver));
    let mut pages = std::pin::pin!(pages);
    while let Some(page) = pages.try_next().await? {
        // A writer that gave up says why below.
        if sender.send(page).await.is_err() {
            break;
        }
    }
    drop(sender);
    writer.await.map_err(|_| ExportError::Interrupted)?
}

/// A file from its begin to its end, in pieces.
fn pieces(file: File) -> Pieces {
    let begin = async move {
        let mut file = file;
        file.rewind()?;
        Ok::<_, ExportError>(file)
    };
    let read = |file: File| {
        stream::try_unfold(file, |mut file| async move {
            let read = tokio::task::spawn_blocking(move || {
                let mut piece = vec![0; PIECE];
                let length = file.read(&mut piece)?;
                piece.truncate(length);
                Ok::<_, io::Error>((piece, file))
            });
            let (piece, file) = read.await.map_err(|_| ExportError::Interrupted)??;
            Ok((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
        })
    };
    stream::once(begin).map_ok(read).try_flatten().boxed()
}

#[cfg(test)]
mod case_tests;
#[cfg(test)]
mod redacted_tests;
#[cfg(test)]
mod tests;
