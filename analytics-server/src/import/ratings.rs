//! Ratings of an earlier system. Each gets an identity from its own words, so that a second import
//! finds the first; two visits that differ in the second they were given stay two. A moment without
//! seconds is any second of its minute: it is the same visit as one that stands there with seconds.

use super::cells::Cells;
use super::codes::Codes;
use super::dossiers::{codes_of, dossier_code};
use super::kind::Kind;
use super::moments::{MINUTE_MS, Moment, Moments};
use super::options::Options;
use super::outcome::{Note, Reason};
use super::reasons::KnownReasons;
use super::store_rows::RowReader;
use super::words::WordReader;
use crate::storage::imported::{Imported, ImportedWindow};
use crate::storage::questionnaires::Published;
use crate::storage::rows::{Directory, FileColumns, ImportedRating, PutOutcome};
use crate::storage::{Store, StoreError};
use protocol::{Level, Scale, Stage, limits};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What the hash of an identity begins with, so that it can be no other hash.
const CONTEXT: &[u8] = b"hai-long imported rating v1\0";
/// The same where the second is not known: then the level belongs to the identity.
const MINUTE_CONTEXT: &[u8] = b"hai-long imported rating of a minute v1\0";

/// Reads rows of ratings.
pub(super) struct Ratings {
    counters: Codes<i64>,
    /// Ids of the officers.
    officers: Codes<i64>,
    moments: Moments,
    levels: WordReader<Level>,
    stages: WordReader<Stage>,
    scale: Scale,
    simulated: bool,
    /// Now, for flags.
    now: i64,
    reasons: KnownReasons,
    /// How often a row without a dossier stood above, by its identity and what it says: nothing
    /// else tells two such visits of one second apart.
    repeated: HashMap<[u8; 16], u32>,
    /// Ratings that rows above were, so that two rows are never the same one.
    claimed: HashSet<Uuid>,
    recognised: u64,
    comments: u64,
    unknown_dossiers: u64,
}

impl Ratings {
    /// Rows that refer to `directory`.
    pub fn new(directory: &Directory, options: &Options, questionnaires: &[Published]) -> Self {
        let Directory { officers, counters, .. } = directory;
        Self {
            counters: codes_of(counters.iter().map(|one| (&one.code, one.id))),
            officers: codes_of(officers.iter().map(|one| (&one.code, one.id))),
            moments: Moments::new(options.zone.clone(), options.now),
            levels: WordReader::levels(),
            stages: WordReader::stages(),
            scale: options.scale,
            simulated: options.simulated,
            now: options.now,
            reasons: KnownReasons::of(questionnaires),
            repeated: HashMap::new(),
            claimed: HashSet::new(),
            recognised: 0,
            comments: 0,
            unknown_dossiers: 0,
        }
    }

    /// The identity of a row.
    fn identity(&mut self, words: &Identity<'_>, level: Level, said: &str) -> Uuid {
        let level = level.code();
        // A dossier is rated once at a stage; without one nothing tells two visits apart but that
        // both stand in the file.
        let counted = words.dossier.is_empty();
        let mut occurrence = 0;
        if counted {
            // Ids to the second do not tell levels apart, so what was said counts there.
            let said = if words.moment.to_minute { "" } else { said };
            let seen = words.hash(&[&[level], said.as_bytes()]);
            let count = self.repeated.entry(seen).or_default();
            occurrence = *count;
            *count += 1;
        }
        let occurrence = u32::to_be_bytes(occurrence);
        let id = if words.moment.to_minute {
            words.hash(&[&[level], &occurrence])
        } else {
            words.hash(&[&occurrence])
        };
        uuid::Builder::from_custom_bytes(id).into_uuid()
    }

    /// Which rows stand here already, told to another precision or with more columns.
    async fn recognise(
        &mut self,
        store: &Store,
        rows: &[ImportedRating],
    ) -> Result<Vec<bool>, StoreError> {
        let whole = |row: &ImportedRating| row.told.has_dossier && row.told.has_stage;
        let sought = |row: &ImportedRating| {
            let minute = row.at - row.at.rem_euclid(MINUTE_MS);
            let any_second = row.told.to_minute || !whole(row);
            ImportedWindow { from: minute, until: minute + MINUTE_MS, any_second }
        };
        let sought: Vec<ImportedWindow> = rows.iter().map(sought).collect();
        let mut there: HashMap<(i64, i64, i64), Vec<Imported>> = HashMap::new();
        for one in store.imported_near(&sought).await? {
            let minute = one.at.div_euclid(MINUTE_MS);
            there.entry((minute, one.counter, one.officer)).or_default().push(one);
        }
        let none = Vec::new();
        let near = |row: &ImportedRating| {
            let key = (row.at.div_euclid(MINUTE_MS), row.counter, row.officer);
            there.get(&key).unwrap_or(&none)
        };
        // What stands here under a row's own identity is that row, and no other.
        let ids = rows.iter().filter(|row| !near(row).is_empty()).map(|row| row.id);
        let own = store.known_ratings(&ids.collect::<Vec<_>>()).await?;
        self.claimed.extend(&own);
        let mut recognised = Vec::with_capacity(rows.len());
        for row in rows {
            let free = |one: &&Imported| one.is(row) && !self.claimed.contains(&one.id);
            let found = near(row).iter().find(free).filter(|_| !own.contains(&row.id));
            let found = found.map(|one| one.id);
            self.claimed.insert(found.unwrap_or(row.id));
            self.recognised += u64::from(found.is_some());
            recognised.push(found.is_some());
        }
        Ok(recognised)
    }
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
        let to_minute = self.moment.to_minute;
        bytes.extend_from_slice(if to_minute { MINUTE_CONTEXT } else { CONTEXT });
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

impl RowReader for Ratings {
    type StoredRow = ImportedRating;

    fn read(&mut self, cells: &Cells<'_>) -> Result<Option<ImportedRating>, Reason> {
        let moment = self.moments.read(cells.required_word(0)?)?;
        let (counter_code, counter_doubt) = cells.required_code(1)?;
        let (officer_code, officer_doubt) = cells.required_code(2)?;
        let (dossier, dossier_doubt) = cells.code(3)?;
        let stage = self.stages.stage(cells.word(4)?)?;
        let level = self.levels.level(cells.required_word(5)?, self.scale)?;
        let said = cells.text(6, limits::COMMENT_CHARS)?;

        let counter = *self.counters.find(Kind::Counters, counter_code, counter_doubt)?;
        let officer = *self.officers.find(Kind::Officers, officer_code, officer_doubt)?;
        if !dossier.is_empty() {
            let is_known = dossier_code(dossier, dossier_doubt)?;
            self.unknown_dossiers += u64::from(!is_known);
        }
        let words =
            Identity { counter: counter_code, officer: officer_code, dossier, stage, moment };
        let id = self.identity(&words, level, &said);
        let (reasons, comment) = self.reasons.read(cells.raw(6));
        self.comments += u64::from(comment.is_some());
        Ok(Some(ImportedRating {
            id,
            at: moment.at,
            counter,
            officer,
            stage,
            scale: self.scale,
            level,
            dossier: (!dossier.is_empty()).then(|| dossier.to_owned()),
            reasons,
            comment,
            simulated: self.simulated,
            told: FileColumns {
                to_minute: moment.to_minute,
                has_dossier: cells.has(3),
                has_stage: cells.has(4),
            },
        }))
    }

    async fn put(
        &mut self,
        store: &Store,
        rows: &[ImportedRating],
    ) -> Result<Vec<PutOutcome>, StoreError> {
        let recognised = self.recognise(store, rows).await?;
        let fresh = rows.iter().zip(&recognised).filter(|(_, known)| !**known);
        let fresh: Vec<ImportedRating> = fresh.map(|(row, _)| row.clone()).collect();
        let mut puts = store.import_ratings(&fresh, self.now).await?.into_iter();
        let all = recognised.into_iter().map(|known| {
            if known {
                PutOutcome::AlreadyThere
            } else {
                puts.next().unwrap_or(PutOutcome::AlreadyThere)
            }
        });
        Ok(all.collect())
    }

    fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        for (count, note) in [
            (self.recognised, Note::OtherPrecision(self.recognised)),
            (self.comments, Note::Comments(self.comments)),
            (self.unknown_dossiers, Note::UnknownDossiers(self.unknown_dossiers)),
        ] {
            if count > 0 {
                notes.push(note);
            }
        }
        notes
    }
}
