//! The list of the saved columns, and what has to be true of it and of the files that it names before
//! they are believed: every digest fits, and every row is one that could have been saved.

use super::columns::{ColumnsOwner, RatingColumns, Witness};
use super::counts_frame::counts_of;
use super::frames::rows_of;
use super::month::{Month, days_of};
use super::month_entry::{MonthEntry, SavedMonth};
use super::part::MonthCounts;
use super::rating::CompactRating;
use super::words::Dictionary;
use polars::prelude::{DataFrame, ParquetReader, PolarsError, SerReader};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// The file of the list.
pub(super) const LIST: &str = "columns.json";
/// How often the files are read again because another process saved meanwhile.
pub(super) const RETRIES: u32 = 5;

/// Format of the columns; another number on disk means they are rebuilt.
const FORMAT: u32 = 5;

/// The list as it lies on disk: what it says, and the digest of exactly that text.
#[derive(Serialize, Deserialize)]
struct SealedList {
    blake3: String,
    list: Box<RawValue>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ColumnsList {
    format: u32,
    pub(super) owner: ColumnsOwner,
    /// Every change up to here is in the files.
    pub(super) position: i64,
    witnesses: Vec<Witness>,
    highest: i64,
    pub(super) words: Dictionary,
    pub(super) months: Vec<MonthFile>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct MonthFile {
    pub(super) month: Month,
    pub(super) file: String,
    pub(super) position: i64,
    pub(super) rows: usize,
    /// Of the whole file.
    pub(super) blake3: String,
    /// The month's counts; none: saved by a version that saved none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) counts: Option<CountsFile>,
}

/// The counts of a month in a file of their own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CountsFile {
    pub(super) file: String,
    /// Of the whole file.
    pub(super) blake3: String,
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
    #[error("{0} is not as it was saved: its digest is another")]
    Altered(String),
    #[error("{0} can not be read")]
    Unreadable(String),
    #[error("{0} has values that no rating has")]
    Implausible(String),
}

/// How a digest is written.
pub(super) fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// A list with an open file for each of its months. They stay as they are while another process saves
/// others and removes these.
#[derive(Debug)]
pub(super) struct OpenedFiles {
    pub(super) list: ColumnsList,
    files: Vec<(File, Option<File>)>,
}

impl OpenedFiles {
    /// The files in `dir`; none where there are no saved columns.
    pub(super) fn at(dir: &Path) -> Result<Option<Self>, FilesError> {
        let mut tries = 0;
        loop {
            let bytes = match fs::read(dir.join(LIST)) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(error.into()),
            };
            let list = match ColumnsList::read(&bytes) {
                Err(FilesError::Foreign) => return Ok(None),
                read => read?,
            };
            let opened = |month: &MonthFile| {
                let counts = month.counts.as_ref().map(|counts| File::open(dir.join(&counts.file)));
                Ok((File::open(dir.join(&month.file))?, counts.transpose()?))
            };
            let files: io::Result<Vec<_>> = list.months.iter().map(opened).collect();
            tries += 1;
            match files {
                Ok(files) => return Ok(Some(Self { list, files })),
                Err(error) if tries > RETRIES => return Err(error.into()),
                Err(_) => {}
            }
        }
    }

    /// The rows of a month as they were saved; none where none were.
    pub(super) fn rows(&mut self, month: Month) -> Option<Result<Vec<CompactRating>, FilesError>> {
        let place = self.list.months.iter().position(|one| one.month == month)?;
        let (list, mut bytes) = (&self.list, Vec::new());
        let read = self.files[place].0.read_to_end(&mut bytes).map_err(FilesError::from);
        Some(read.and_then(|_| list.months[place].rows(&bytes, &list.words, list.highest)))
    }

    /// The counts of a month as they were saved; none where none were.
    pub(super) fn counts(&mut self, month: Month) -> Option<Result<MonthCounts, FilesError>> {
        let place = self.list.months.iter().position(|one| one.month == month)?;
        let (file, saved) =
            (self.files[place].1.as_mut()?, self.list.months[place].counts.as_ref()?);
        let mut bytes = Vec::new();
        let read = file.read_to_end(&mut bytes).map_err(FilesError::from);
        Some(read.and_then(|_| saved.counts(&bytes, &self.list.words)))
    }
}

impl ColumnsList {
    /// The list whose file has these bytes, if it is of this format.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, FilesError> {
        let sealed: SealedList = match serde_json::from_slice(bytes) {
            Ok(sealed) => sealed,
            // Of a version before the seal, or no list at all.
            Err(error) if serde_json::from_slice::<serde_json::Value>(bytes).is_err() => {
                return Err(error.into());
            }
            Err(_) => return Err(FilesError::Foreign),
        };
        if digest(sealed.list.get().as_bytes()) != sealed.blake3 {
            return Err(FilesError::Altered(LIST.to_owned()));
        }
        let head: Format = serde_json::from_str(sealed.list.get())?;
        if head.format != FORMAT {
            return Err(FilesError::Foreign);
        }
        Ok(serde_json::from_str(sealed.list.get())?)
    }

    /// This list, if its columns are this owner's.
    pub(super) fn of_owner(self, owner: &ColumnsOwner) -> Result<Self, FilesError> {
        if self.owner == *owner { Ok(self) } else { Err(FilesError::Foreign) }
    }

    /// The list of some columns, whose months lie in these files.
    pub(super) fn of(columns: &RatingColumns, months: Vec<MonthFile>) -> Self {
        Self {
            format: FORMAT,
            owner: columns.owner.clone(),
            position: columns.position,
            witnesses: columns.witnesses.clone(),
            highest: columns.highest,
            words: Dictionary::clone(&columns.words),
            months,
        }
    }

    /// What is written to disk.
    pub(super) fn sealed(&self) -> Result<Vec<u8>, FilesError> {
        let text = serde_json::to_string_pretty(self)?;
        let blake3 = digest(text.as_bytes());
        let sealed = SealedList { blake3, list: RawValue::from_string(text)? };
        Ok(serde_json::to_vec(&sealed)?)
    }

    /// The columns of the files in `dir`, which are read when they are asked for.
    pub(super) fn columns(self, dir: &Arc<Path>) -> RatingColumns {
        let entry = |file: MonthFile| {
            (file.month, MonthEntry::saved(SavedMonth { dir: Arc::clone(dir), file }))
        };
        let months: BTreeMap<_, _> = self.months.into_iter().map(entry).collect();
        RatingColumns {
            position: self.position,
            witnesses: self.witnesses,
            highest: self.highest,
            words: Arc::new(self.words),
            months,
            ..RatingColumns::empty(self.owner)
        }
    }
}

/// What of a list is read first: the rest may be another version's.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// What a saved frame holds, whose file has these bytes and this digest.
fn read_frame<T>(
    bytes: &[u8],
    (file, blake3): (&str, &str),
    read: fn(&DataFrame) -> Result<T, PolarsError>,
) -> Result<T, FilesError> {
    if digest(bytes) != blake3 {
        return Err(FilesError::Altered(file.to_owned()));
    }
    // A file that somebody made by hand, digest and all, can make the reader panic.
    let read =
        catch_unwind(AssertUnwindSafe(|| read(&ParquetReader::new(Cursor::new(bytes)).finish()?)));
    Ok(read.map_err(|_| FilesError::Unreadable(file.to_owned()))??)
}

impl MonthFile {
    /// The rows of the month's file in `dir`.
    pub(super) fn read(
        &self,
        dir: &Path,
        words: &Dictionary,
        highest: i64,
    ) -> Result<Vec<CompactRating>, FilesError> {
        self.rows(&fs::read(dir.join(&self.file))?, words, highest)
    }

    /// The rows of the month's file, whose content is `bytes`.
    fn rows(
        &self,
        bytes: &[u8],
        words: &Dictionary,
        highest: i64,
    ) -> Result<Vec<CompactRating>, FilesError> {
        let rows = read_frame(bytes, (&self.file, &self.blake3), rows_of)?;
        let is_whole = rows.len() == self.rows
            && rows.is_sorted_by(|one, next| one.num < next.num)
            && rows.iter().all(|row| is_plausible(row, self.month, words, highest));
        if is_whole { Ok(rows) } else { Err(FilesError::Implausible(self.file.clone())) }
    }

    /// The counts of the month, if they were saved.
    pub(super) fn read_counts(
        &self,
        dir: &Path,
        words: &Dictionary,
    ) -> Option<Result<MonthCounts, FilesError>> {
        let saved = self.counts.as_ref()?;
        let bytes = fs::read(dir.join(&saved.file)).map_err(FilesError::from);
        Some(bytes.and_then(|bytes| saved.counts(&bytes, words)))
    }
}

impl CountsFile {
    /// The counts of the file, whose content is `bytes`.
    fn counts(&self, bytes: &[u8], words: &Dictionary) -> Result<MonthCounts, FilesError> {
        let counts = read_frame(bytes, (&self.file, &self.blake3), counts_of)?;
        let is_known = counts.reasons.iter().all(|(set, _)| words.has_reasons(*set))
            && counts.aspects.iter().all(|(set, _)| words.has_aspects(*set))
            && counts.rules.iter().all(|(set, _)| words.has_rules(*set));
        if is_known { Ok(counts) } else { Err(FilesError::Implausible(self.file.clone())) }
    }
}

/// Whether a row is one that could have been saved in this month. A row outside it would be in no
/// figure at all.
fn is_plausible(row: &CompactRating, month: Month, words: &Dictionary, highest: i64) -> bool {
    let (first, last) = days_of(month);
    (1..=highest).contains(&row.num)
        && (first..=last).contains(&row.day)
        && row.hour < 24
        && row.level <= 5
        && row.stage <= 2
        && row.scale <= 2
        && row.channel <= 7
        && (row.reasons == 0 || words.has_reasons(row.reasons))
        && (row.aspects == 0 || words.has_aspects(row.aspects))
        && (row.flags == 0 || words.has_rules(row.flags))
}
