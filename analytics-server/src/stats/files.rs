//! The columns on disk: a Parquet file for each month, and a list that names them with their
//! digests. They spare the next start a walk through the database. Anything odd about them (another
//! database, another format, one bit that changed) only means that they are rebuilt. One process at
//! a time may change them; others read.

use super::columns::{ColumnsOwner, RatingColumns};
use super::frames::frame;
use super::rating::CompactRating;
use super::saved_list::{ColumnsList, FilesError, LIST, MonthFile, RETRIES, digest};
use polars::prelude::ParquetWriter;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Locked by the process that may change the files.
const LOCK: &str = "columns.lock";

/// What became of columns that were to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SaveOutcome {
    /// They lie on disk.
    Done,
    /// Another process keeps the files; nothing was written.
    Elsewhere,
}

/// A directory of saved columns.
#[derive(Debug)]
pub(super) struct SavedColumns {
    dir: PathBuf,
    /// The lock of the directory, once this process has it. It is held until the end, so that no
    /// command beside a running server takes the server's files away.
    lock: Mutex<Option<File>>,
    /// Digests of the files that this process read or wrote: those need not be written again.
    known: Mutex<HashMap<String, String>>,
}

impl SavedColumns {
    /// The columns in `dir`, whose lock is taken if nobody has it.
    pub(super) fn at(dir: &Path) -> Self {
        let saved = Self { dir: dir.to_owned(), lock: Mutex::default(), known: Mutex::default() };
        saved.may_write();
        saved
    }

    /// Whether this process may change the files.
    fn may_write(&self) -> bool {
        let mut lock = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        if lock.is_none() {
            *lock = lock_of(&self.dir).ok().flatten();
        }
        lock.is_some()
    }

    /// The saved columns of this owner; empty ones when there are none that can be trusted.
    pub(super) fn load(&self, owner: &ColumnsOwner) -> RatingColumns {
        match self.read(owner) {
            Ok(columns) => columns,
            Err(error) => {
                if self.dir.join(LIST).exists() {
                    tracing::info!(%error, "the saved columns are rebuilt from the database");
                }
                // Files that could not be read are written again, over a file of the same name.
                self.known.lock().unwrap_or_else(PoisonError::into_inner).clear();
                self.discard();
                RatingColumns::empty(owner.clone())
            }
        }
    }

    /// Reads list and files. Another process may save meanwhile and remove what the list named;
    /// then there is another list, and that one is read.
    fn read(&self, owner: &ColumnsOwner) -> Result<RatingColumns, FilesError> {
        let path = self.dir.join(LIST);
        let mut tries = 0;
        loop {
            let bytes = fs::read(&path)?;
            let read =
                ColumnsList::read(&bytes).and_then(|list| list.of_owner(owner)).and_then(|list| {
                    let known = list.months.iter().map(named).collect();
                    let columns = list.columns(&self.dir)?;
                    *self.known.lock().unwrap_or_else(PoisonError::into_inner) = known;
                    Ok(columns)
                });
            tries += 1;
            let settled = || fs::read(&path).is_ok_and(|now| now == bytes);
            if read.is_ok() || tries > RETRIES || settled() {
                return read;
            }
        }
    }

    /// Deletes the saved columns: they are damaged or belong to another history, and none of it may
    /// be mixed with this one. Those of another process stay: they are not believed either, and the
    /// process that keeps them writes them anew.
    pub(super) fn discard(&self) {
        if !self.may_write() {
            return;
        }
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if name == LIST || name.to_string_lossy().ends_with(".parquet") {
                // What can not be deleted is not believed either: its list does not fit.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Saves the months that changed under new names, then the list that names all, then removes
    /// the old files: at no moment is the list wrong.
    pub(super) fn save(&self, columns: &RatingColumns) -> Result<SaveOutcome, FilesError> {
        let dir = &self.dir;
        fs::create_dir_all(dir)?;
        if !self.may_write() {
            return Ok(SaveOutcome::Elsewhere);
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        // Two databases on one directory never take each other's files for their own.
        let mark = &blake3::hash(&serde_json::to_vec(&columns.owner)?).to_hex()[..8];
        let mut months = Vec::new();
        for (month, columns) in &columns.months {
            let (year, number) = month;
            let (position, rows) = (columns.position, columns.len());
            let file = format!("{year:04}-{number:02}.{position}.{mark}.parquet");
            let blake3 = match known.get(&file) {
                Some(digest) if dir.join(&file).exists() => digest.clone(),
                _ => write_month(dir, &file, &columns.rows())?,
            };
            months.push(MonthFile { month: *month, file, position, rows, blake3 });
        }
        *known = months.iter().map(named).collect();
        let list = ColumnsList::of(columns, months);
        let draft = dir.join("columns.json.draft");
        fs::write(&draft, list.sealed()?)?;
        fs::rename(&draft, dir.join(LIST))?;
        for entry in fs::read_dir(dir)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".parquet") && !list.months.iter().any(|month| month.file == name) {
                fs::remove_file(dir.join(name))?;
            }
        }
        Ok(SaveOutcome::Done)
    }
}

/// The lock of a directory; none: another process has it.
fn lock_of(dir: &Path) -> io::Result<Option<File>> {
    fs::create_dir_all(dir)?;
    let file = File::create(dir.join(LOCK))?;
    Ok(file.try_lock().is_ok().then_some(file))
}

/// A file's name and digest.
fn named(month: &MonthFile) -> (String, String) {
    (month.file.clone(), month.blake3.clone())
}

/// Writes a month's file; its digest.
fn write_month(dir: &Path, file: &str, rows: &[CompactRating]) -> Result<String, FilesError> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame(rows)?)?;
    let draft = dir.join("month.draft");
    fs::write(&draft, &bytes)?;
    fs::rename(&draft, dir.join(file))?;
    Ok(digest(&bytes))
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
