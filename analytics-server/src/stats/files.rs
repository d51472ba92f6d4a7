//! The columns on disk: for each month a Parquet file of its ratings and one of its counts, and a list that names
//! them with their digests. They spare the next start a walk through the database, and memory the months that
//! nobody asks for. Anything odd about them (another database, another format, one bit that changed) only
//! means that they are rebuilt. One process at a time may change them; others read.

use super::columns::{ColumnsOwner, IN_MEMORY, RatingColumns};
use super::counts_frame::counts_frame;
use super::frames::frame;
use super::month::Month;
use super::month_entry::{MonthEntry, SavedMonth};
use super::part::MonthCounts;
use super::saved_list::{ColumnsList, CountsFile, FilesError, LIST, MonthFile, RETRIES, digest};
use polars::prelude::{DataFrame, ParquetWriter};
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

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
    dir: Arc<Path>,
    /// The lock of the directory, once this process has it. It is held until the end, so that no
    /// command beside a running server takes the server's files away.
    lock: Mutex<Option<File>>,
}

impl SavedColumns {
    /// The columns in `dir`, whose lock is taken if nobody has it.
    pub(super) fn at(dir: &Path) -> Self {
        let saved = Self { dir: dir.into(), lock: Mutex::default() };
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
                self.discard();
                RatingColumns::empty(owner.clone())
            }
        }
    }

    /// Reads the list. Another process may save meanwhile and remove what it named; then there is another
    /// list, and that one is read.
    fn read(&self, owner: &ColumnsOwner) -> Result<RatingColumns, FilesError> {
        let path = self.dir.join(LIST);
        let mut tries = 0;
        loop {
            let bytes = fs::read(&path)?;
            let list = ColumnsList::read(&bytes)?.of_owner(owner)?;
            let missing = list.months.iter().find(|month| !self.dir.join(&month.file).exists());
            let missing = missing.map(|month| month.file.clone());
            tries += 1;
            match missing {
                None => return Ok(list.columns(&self.dir)),
                Some(file) if tries > RETRIES || fs::read(&path)? == bytes => {
                    return Err(FilesError::Unreadable(file));
                }
                Some(_) => {}
            }
        }
    }

    /// The columns as they lie on disk after a file of those in `failed` could not be read: another process may
    /// have saved meanwhile. Where all of its files are still named, they are damaged and discarded.
    pub(super) fn reload(&self, failed: &RatingColumns, error: &FilesError) -> RatingColumns {
        let columns = self.load(&failed.owner);
        let there = columns.files();
        if failed.files().iter().any(|file| !there.contains(file)) {
            return columns;
        }
        tracing::warn!(%error, "the saved columns are rebuilt from the database");
        self.discard();
        RatingColumns::empty(failed.owner.clone())
    }

    /// Deletes the saved columns: they are damaged or belong to another history, and none of it may
    /// be mixed with this one. Those of another process stay: they are not believed either, and the
    /// process that keeps them writes them anew.
    pub(super) fn discard(&self) {
        if !self.may_write() {
            return;
        }
        for entry in fs::read_dir(&*self.dir).into_iter().flatten().flatten() {
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
        // Two databases on one directory never take each other's files for their own.
        let mark = &blake3::hash(&serde_json::to_vec(&columns.owner)?).to_hex()[..8];
        let mut months = Vec::new();
        for (month, entry) in &columns.months {
            let saved = match entry.file() {
                // What is known of it is right until somebody takes it away.
                Some(saved) if saved.is_there() => saved,
                _ => self.save_month(columns, (*month, entry), mark)?,
            };
            months.push(saved.file.clone());
            columns.evict(IN_MEMORY);
        }
        let list = ColumnsList::of(columns, months);
        let draft = dir.join("columns.json.draft");
        fs::write(&draft, list.sealed()?)?;
        fs::rename(&draft, dir.join(LIST))?;
        for entry in fs::read_dir(&**dir)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let is_named = |month: &MonthFile| {
                month.file == name || month.counts.as_ref().is_some_and(|one| one.file == name)
            };
            if name.ends_with(".parquet") && !list.months.iter().any(is_named) {
                fs::remove_file(dir.join(name))?;
            }
        }
        Ok(SaveOutcome::Done)
    }

    /// Writes a month's ratings and its counts.
    fn save_month(
        &self,
        columns: &RatingColumns,
        (month, entry): (Month, &MonthEntry),
        mark: &str,
    ) -> Result<Arc<SavedMonth>, FilesError> {
        let (dir, (year, number), position) = (&self.dir, month, entry.position);
        let content = entry.columns(&columns.words, columns.highest)?;
        let counts = MonthCounts::of_whole(&content);
        let file = format!("{year:04}-{number:02}.{position}.{mark}.parquet");
        let counts_file = format!("{year:04}-{number:02}.{position}.{mark}.counts.parquet");
        let rows = content.rows();
        let file = MonthFile {
            month,
            position,
            rows: rows.len(),
            blake3: write_frame(dir, &file, frame(&rows)?)?,
            file,
            counts: Some(CountsFile {
                blake3: write_frame(dir, &counts_file, counts_frame(&counts)?)?,
                file: counts_file,
            }),
        };
        let saved = Arc::new(SavedMonth { dir: Arc::clone(dir), file });
        // From now on it can leave memory.
        entry.set_file(Arc::clone(&saved));
        Ok(saved)
    }
}

/// The lock of a directory; none: another process has it.
fn lock_of(dir: &Path) -> io::Result<Option<File>> {
    fs::create_dir_all(dir)?;
    let file = File::create(dir.join(LOCK))?;
    Ok(file.try_lock().is_ok().then_some(file))
}

/// Writes a file; its digest.
fn write_frame(dir: &Path, file: &str, mut frame: DataFrame) -> Result<String, FilesError> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame)?;
    let draft = dir.join("month.draft");
    fs::write(&draft, &bytes)?;
    fs::rename(&draft, dir.join(file))?;
    Ok(digest(&bytes))
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
