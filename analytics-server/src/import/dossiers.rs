//! Dossiers of the one-stop software. A dossier is told again with every export, as far as it has
//! come; the last word stands.

use super::Options;
use super::directory::CODE;
use super::outcome::Reason;
use super::pour::Reader;
use super::table::Cells;
use super::words::{Moments, Words, is_dossier, short};
use crate::storage::dossiers::Dossier;
use crate::storage::rows::{Directory, Put};
use crate::storage::{Store, StoreError};
use protocol::Channel;
use std::collections::HashMap;

/// Letters of a status; the longest known one has under 40.
const STATUS: usize = 200;
/// The latest day on which a dossier may be due: a procedure may take ten years.
const DUE_MS: i64 = 10 * 366 * 24 * 60 * 60 * 1000;

/// Reads rows of dossiers.
pub(super) struct Dossiers {
    procedures: HashMap<String, i64>,
    officers: HashMap<String, i64>,
    counters: HashMap<String, i64>,
    moments: Moments,
    due: Moments,
    channels: Words<Channel>,
}

impl Dossiers {
    /// Rows that refer to `directory`.
    pub fn new(directory: &Directory, options: &Options) -> Self {
        let Directory { procedures, officers, counters, .. } = directory;
        Self {
            procedures: procedures.iter().map(|one| (one.code.clone(), one.id)).collect(),
            officers: officers.iter().map(|one| (one.code.clone(), one.id)).collect(),
            counters: counters.iter().map(|one| (one.code.clone(), one.id)).collect(),
            moments: Moments::new(options.zone.clone(), options.now),
            due: Moments::new(options.zone.clone(), options.now.saturating_add(DUE_MS)),
            channels: Words::channels(),
        }
    }
}

/// The id of a code; none where the file leaves it empty.
pub(super) fn find(
    known: &HashMap<String, i64>,
    what: &'static str,
    code: &str,
) -> Result<Option<i64>, Reason> {
    if code.is_empty() {
        return Ok(None);
    }
    let found = known.get(code).copied().map(Some);
    found.ok_or_else(|| Reason::Unknown { what, code: short(code) })
}

impl Reader for Dossiers {
    type Row = Dossier;

    fn read(&mut self, cells: &Cells<'_>) -> Result<Option<Dossier>, Reason> {
        let code = cells.required(0, CODE)?;
        if !is_dossier(code) {
            return Err(Reason::Dossier);
        }
        let procedure = cells.required(1, CODE)?;
        let unknown = || Reason::Unknown { what: "procedure", code: short(procedure) };
        let returned_at = match cells.optional(5, CODE)? {
            "" => None,
            moment => Some(self.moments.read(moment)?.at),
        };
        Ok(Some(Dossier {
            code: code.to_owned(),
            procedure: *self.procedures.get(procedure).ok_or_else(unknown)?,
            channel: self.channels.channel(cells.required(2, CODE)?)?.code().into(),
            received_at: self.moments.read(cells.required(3, CODE)?)?.at,
            due_at: self.due.read(cells.required(4, CODE)?)?.at,
            returned_at,
            status: cells.required(6, STATUS)?.to_owned(),
            officer: find(&self.officers, "officer", cells.optional(7, CODE)?)?,
            counter: find(&self.counters, "counter", cells.optional(8, CODE)?)?,
        }))
    }

    async fn put(&self, store: &Store, rows: &[Dossier]) -> Result<Vec<Put>, StoreError> {
        store.put_dossiers(rows).await
    }
}
