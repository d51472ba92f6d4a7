//! The columns on disk: a Parquet file for each month, and a list that names them. They spare the
//! next start a walk through the database. Anything odd about them (another database, another
//! format, a damaged file) only means that they are rebuilt.

use super::columns::{Columns, Month, MonthColumns, Row, Witness};
use super::words::Dictionary;
use polars::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// Format of the columns; another number on disk means they are rebuilt.
const FORMAT: u32 = 4;
const LIST: &str = "columns.json";
const LOCK: &str = "columns.lock";

/// Whose columns these are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Owner {
    /// Identity of the database.
    pub(super) database: Uuid,
    /// Days were cut in this time zone.
    pub(super) time_zone: String,
}

#[derive(Serialize, Deserialize)]
struct List {
    format: u32,
    owner: Owner,
    position: i64,
    witnesses: Vec<Witness>,
    highest: i64,
    words: Dictionary,
    months: Vec<MonthFile>,
}

#[derive(Serialize, Deserialize)]
struct MonthFile {
    month: Month,
    file: String,
    position: i64,
    rows: usize,
}

/// Why columns were not saved or read.
#[derive(Debug, thiserror::Error)]
pub(super) enum FilesError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Polars(#[from] PolarsError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error("the saved columns belong to another database, time zone or version")]
    Foreign,
    #[error("{0} has not the number of rows it was saved with")]
    Short(String),
}

/// The saved columns of this owner; empty ones when there are none that can be trusted.
pub(super) fn load(dir: &Path, owner: &Owner) -> Columns {
    match read(dir, owner) {
        Ok(columns) => columns,
        Err(error) => {
            if dir.join(LIST).exists() {
                tracing::info!(%error, "the saved columns are rebuilt from the database");
            }
            discard(dir);
            Columns::empty(owner.clone())
        }
    }
}

fn read(dir: &Path, owner: &Owner) -> Result<Columns, FilesError> {
    let list: List = serde_json::from_slice(&fs::read(dir.join(LIST))?)?;
    if list.format != FORMAT || list.owner != *owner {
        return Err(FilesError::Foreign);
    }
    let mut months = BTreeMap::new();
    for month in list.months {
        let frame = ParquetReader::new(File::open(dir.join(&month.file))?).finish()?;
        if frame.height() != month.rows {
            return Err(FilesError::Short(month.file));
        }
        let rows = Arc::new(rows(&frame)?);
        months.insert(month.month, MonthColumns { rows, position: month.position });
    }
    Ok(Columns {
        position: list.position,
        witnesses: list.witnesses,
        highest: list.highest,
        words: Arc::new(list.words),
        months,
        ..Columns::empty(list.owner)
    })
}

/// Deletes the saved columns: they belong to another history, and none of it may be mixed with this
/// one.
pub(super) fn discard(dir: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name == LIST || name.to_string_lossy().ends_with(".parquet") {
            // What can not be deleted is not believed either: its list does not fit.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Saves the months that changed under new names, then the list that names all, then removes the
/// old files: at no moment is the list wrong.
pub(super) fn save(dir: &Path, columns: &Columns) -> Result<(), FilesError> {
    fs::create_dir_all(dir)?;
    // Two processes on one directory: the second leaves it to the first.
    let lock = File::create(dir.join(LOCK))?;
    if lock.try_lock().is_err() {
        return Ok(());
    }
    // Two databases on one directory never take each other's files for their own.
    let mark = &blake3::hash(&serde_json::to_vec(&columns.owner)?).to_hex()[..8];
    let mut months = Vec::new();
    for (month, columns) in &columns.months {
        let (year, number) = month;
        let (position, rows) = (columns.position, columns.rows.len());
        let file = format!("{year:04}-{number:02}.{position}.{mark}.parquet");
        if !dir.join(&file).exists() {
            let draft = dir.join("month.draft");
            ParquetWriter::new(File::create(&draft)?).finish(&mut frame(&columns.rows)?)?;
            fs::rename(&draft, dir.join(&file))?;
        }
        months.push(MonthFile { month: *month, file, position, rows });
    }
    let list = List {
        format: FORMAT,
        owner: columns.owner.clone(),
        position: columns.position,
        witnesses: columns.witnesses.clone(),
        highest: columns.highest,
        words: Dictionary::clone(&columns.words),
        months,
    };
    let draft = dir.join("columns.json.draft");
    fs::write(&draft, serde_json::to_vec_pretty(&list)?)?;
    fs::rename(&draft, dir.join(LIST))?;
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".parquet") && !list.months.iter().any(|month| month.file == name) {
            fs::remove_file(dir.join(name))?;
        }
    }
    Ok(())
}

/// One column a field, in narrow types.
macro_rules! fields {
    ($frame_of:ident, $rows_of:ident, $($field:ident: $stored:ident),+ $(,)?) => {
        fn $frame_of(rows: &[Row]) -> PolarsResult<DataFrame> {
            DataFrame::new(
                rows.len(),
                vec![$(Column::new(
                    stringify!($field).into(),
                    rows.iter().map(|row| $stored::from(row.$field)).collect::<Vec<$stored>>(),
                )),+],
            )
        }

        fn $rows_of(frame: &DataFrame) -> PolarsResult<Vec<Row>> {
            let mut rows = vec![Row::default(); frame.height()];
            $(
                let column = frame.column(stringify!($field))?.$stored()?;
                for (row, value) in rows.iter_mut().zip(column.into_no_null_iter()) {
                    row.$field = Stored::restore(value);
                }
            )+
            Ok(rows)
        }
    };
}
fields!(
    frame, rows,
    num: i64,
    reasons: u32,
    aspects: u32,
    day: i32,
    department: u32,
    officer: u32,
    counter: u32,
    procedure: u32,
    flags: u32,
    hour: u8,
    channel: u8,
    stage: u8,
    scale: u8,
    level: u8,
    imported: u8,
    simulated: u8,
    abandoned: u8,
    ruled_out: u8,
);

/// What a field is stored as.
trait Stored<S> {
    fn restore(value: S) -> Self;
}

impl<T> Stored<T> for T {
    fn restore(value: T) -> T {
        value
    }
}

impl Stored<u8> for bool {
    fn restore(value: u8) -> Self {
        value == 1
    }
}
