//! Dossiers of the one-stop software. A dossier is told again with every export, as far as it has
//! come; the last word stands, and nothing that is known is taken back by a file that says less.

use super::cells::Cells;
use super::codes::Codes;
use super::kind::Kind;
use super::moments::Moments;
use super::options::Options;
use super::outcome::{Doubt, Note, Reason};
use super::store_rows::RowReader;
use super::words::{WordReader, is_dossier, is_printable};
use crate::storage::dossiers::{Dossier, ImportedDossier};
use crate::storage::rows::{Directory, PutOutcome};
use crate::storage::{Store, StoreError};
use protocol::Channel;

/// Letters of a status; the longest known one has under 40.
const STATUS: usize = 200;
/// The latest day on which a dossier may be due: a procedure may take ten years.
const DUE_MS: i64 = 10 * 366 * 24 * 60 * 60 * 1000;

/// Reads rows of dossiers.
pub(super) struct Dossiers {
    procedures: Codes<i64>,
    officers: Codes<i64>,
    counters: Codes<i64>,
    moments: Moments,
    due: Moments,
    channels: WordReader<Channel>,
    unknown: u64,
}

impl Dossiers {
    /// Rows that refer to `directory`.
    pub fn new(directory: &Directory, options: &Options) -> Self {
        let Directory { procedures, officers, counters, .. } = directory;
        Self {
            procedures: codes_of(procedures.iter().map(|one| (&one.code, one.id))),
            officers: codes_of(officers.iter().map(|one| (&one.code, one.id))),
            counters: codes_of(counters.iter().map(|one| (&one.code, one.id))),
            moments: Moments::new(options.zone.clone(), options.now),
            due: Moments::new(options.zone.clone(), options.now.saturating_add(DUE_MS)),
            channels: WordReader::channels(),
            unknown: 0,
        }
    }
}

/// Codes with what stands under them.
pub(super) fn codes_of<'a, T>(all: impl Iterator<Item = (&'a String, T)>) -> Codes<T> {
    all.map(|(code, value)| (code.clone(), value)).collect()
}

/// The id of a code; none where the file leaves it empty.
fn find(
    known: &Codes<i64>,
    what: Kind,
    (code, doubt): (&str, Option<Doubt>),
) -> Result<Option<i64>, Reason> {
    if code.is_empty() { Ok(None) } else { Ok(Some(*known.find(what, code, doubt)?)) }
}

/// Checks the code of a dossier, in any form; true if its form is known.
pub(super) fn dossier_code(code: &str, doubt: Option<Doubt>) -> Result<bool, Reason> {
    if is_dossier(code) {
        return Ok(true);
    }
    if !is_printable(code) {
        return Err(Reason::Dossier);
    }
    match doubt {
        Some(doubt) => Err(Reason::Doubtful { code: super::words::short(code), doubt }),
        None => Ok(false),
    }
}

impl RowReader for Dossiers {
    type StoredRow = ImportedDossier;

    fn read(&mut self, cells: &Cells<'_>) -> Result<Option<ImportedDossier>, Reason> {
        let (code, doubt) = cells.required_code(0)?;
        let is_known = dossier_code(code, doubt)?;
        let (procedure, doubt) = cells.required_code(1)?;
        let returned_at = match cells.word(5)? {
            "" => None,
            moment => Some(self.moments.read(moment)?.at),
        };
        let row = ImportedDossier {
            dossier: Dossier {
                code: code.to_owned(),
                procedure: *self.procedures.find(Kind::Procedures, procedure, doubt)?,
                channel: self.channels.channel(cells.required_word(2)?)?.code().into(),
                received_at: self.moments.read(cells.required_word(3)?)?.at,
                due_at: self.due.read(cells.required_word(4)?)?.at,
                returned_at,
                status: cells.required_text(6, STATUS)?.into_owned(),
                officer: find(&self.officers, Kind::Officers, cells.code(7)?)?,
                counter: find(&self.counters, Kind::Counters, cells.code(8)?)?,
            },
            has_officer: cells.has(7),
            has_counter: cells.has(8),
        };
        self.unknown += u64::from(!is_known);
        Ok(Some(row))
    }

    async fn put(
        &mut self,
        store: &Store,
        rows: &[ImportedDossier],
    ) -> Result<Vec<PutOutcome>, StoreError> {
        store.put_dossiers(rows).await
    }

    fn notes(&self) -> Vec<Note> {
        let unknown = (self.unknown > 0).then_some(Note::UnknownDossiers(self.unknown));
        unknown.into_iter().collect()
    }
}
