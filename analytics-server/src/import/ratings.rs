//! Ratings of an earlier system. Each gets an identity from its own words, so that a second import
//! finds the first; two visits that differ in the second they were given stay two.

use super::Options;
use super::directory::CODE;
use super::outcome::Reason;
use super::pour::Reader;
use super::table::Cells;
use super::words::{Moment, Moments, Words, is_dossier, plain, short};
use crate::storage::questionnaires::Published;
use crate::storage::rows::{Directory, ImportedRating, Put};
use crate::storage::{Store, StoreError};
use protocol::questionnaire::Ask;
use protocol::{Level, Scale, Stage, limits};
use std::collections::HashMap;

/// What the hash of an identity begins with, so that it can be no other hash.
const CONTEXT: &[u8] = b"hai-long imported rating v1\0";

/// Reads rows of ratings.
pub(super) struct Ratings {
    counters: HashMap<String, i64>,
    officers: HashMap<String, i64>,
    moments: Moments,
    levels: Words<Level>,
    stages: Words<Stage>,
    scale: Scale,
    simulated: bool,
    /// Now, for flags.
    now: i64,
    /// Ids of the questionnaires' reasons by their words: a file and a tablet that mean the same
    /// are counted as the same.
    reasons: HashMap<String, String>,
    /// How often a row without a dossier stood above, by its identity and what it says: nothing
    /// else tells two such visits of one second apart.
    repeated: HashMap<[u8; 16], u32>,
}

impl Ratings {
    /// Rows that refer to `directory`.
    pub fn new(directory: &Directory, options: &Options, questionnaires: &[Published]) -> Self {
        let counters = directory.counters.iter().map(|one| (one.code.clone(), one.id));
        let officers = directory.officers.iter().map(|one| (one.code.clone(), one.id));
        Self {
            counters: counters.collect(),
            officers: officers.collect(),
            moments: Moments::new(options.zone.clone(), options.now),
            levels: Words::levels(),
            stages: Words::stages(),
            scale: options.scale,
            simulated: options.simulated,
            now: options.now,
            reasons: reasons(questionnaires),
            repeated: HashMap::new(),
        }
    }
}

/// The ids of all reasons by their words in any language; the newest questionnaire's come first.
fn reasons(questionnaires: &[Published]) -> HashMap<String, String> {
    let mut known = HashMap::new();
    for step in questionnaires.iter().rev().flat_map(|one| &one.questionnaire.steps) {
        let Ask::Reasons { items, .. } = &step.ask else { continue };
        for item in items {
            for text in item.text.values() {
                known.entry(plain(text)).or_insert_with(|| item.id.clone());
            }
        }
    }
    known
}

/// The words that identify a rating.
struct Identity<'a> {
    counter: &'a str,
    officer: &'a str,
    dossier: &'a str,
    stage: Option<Stage>,
    moment: Moment,
}

impl Identity<'_> {
    fn hash(&self, more: &[&[u8]]) -> [u8; 16] {
        let stage = self.stage.map_or(0, Stage::code);
        let mut bytes = Vec::with_capacity(192);
        bytes.extend_from_slice(CONTEXT);
        for text in [self.counter, self.officer, self.dossier] {
            bytes.extend_from_slice(text.as_bytes());
            // No code holds a zero byte, so the texts can not run into one another.
            bytes.push(0);
        }
        bytes.push(stage);
        bytes.extend_from_slice(&self.moment.written.to_be_bytes());
        for part in more {
            bytes.extend_from_slice(part);
        }
        let mut first = [0; 16];
        first.copy_from_slice(&blake3::hash(&bytes).as_bytes()[..16]);
        first
    }
}

impl Reader for Ratings {
    type Row = ImportedRating;

    fn read(&mut self, cells: &Cells<'_>) -> Result<Option<ImportedRating>, Reason> {
        let moment = self.moments.read(cells.required(0, CODE)?)?;
        let counter_code = cells.required(1, CODE)?;
        let officer_code = cells.required(2, CODE)?;
        let dossier = cells.optional(3, CODE)?;
        let stage = self.stages.stage(cells.optional(4, CODE)?)?;
        let level = self.levels.level(cells.required(5, CODE)?, self.scale)?;
        let reason = cells.optional(6, limits::COMMENT_CHARS)?;

        let unknown = |what, code| Reason::Unknown { what, code: short(code) };
        let counter =
            *self.counters.get(counter_code).ok_or_else(|| unknown("counter", counter_code))?;
        let officer =
            *self.officers.get(officer_code).ok_or_else(|| unknown("officer", officer_code))?;
        if !dossier.is_empty() && !is_dossier(dossier) {
            return Err(Reason::Dossier);
        }

        let identity =
            Identity { counter: counter_code, officer: officer_code, dossier, stage, moment };
        let occurrence = if dossier.is_empty() {
            let said = identity.hash(&[&[level.code()], reason.as_bytes()]);
            let count = self.repeated.entry(said).or_default();
            *count += 1;
            *count - 1
        } else {
            0
        };
        let id = identity.hash(&[&occurrence.to_be_bytes()]);
        Ok(Some(ImportedRating {
            id: uuid::Builder::from_custom_bytes(id).into_uuid(),
            at: moment.at,
            counter,
            officer,
            stage,
            scale: self.scale,
            level,
            dossier: (!dossier.is_empty()).then(|| dossier.to_owned()),
            reason: (!reason.is_empty()).then(|| {
                self.reasons.get(&plain(reason)).cloned().unwrap_or_else(|| reason.to_owned())
            }),
            simulated: self.simulated,
        }))
    }

    async fn put(&self, store: &Store, rows: &[ImportedRating]) -> Result<Vec<Put>, StoreError> {
        store.import_ratings(rows, self.now).await
    }
}
