//! Rows as the rest of the server sees them: plain fields, ids of the database, moments in
//! milliseconds since 1970-01-01 UTC. No sqlx type leaves `storage`.

use protocol::{Level, Scale, Stage};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A department and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// Id in this database; 0 in a row that is still to be stored.
    pub id: i64,
    /// Code, unique.
    pub code: String,
    /// Name.
    pub name: String,
    /// Letter before its queue numbers.
    pub ticket_prefix: Option<String>,
}

/// A counter and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// Id in this database; 0 in a row that is still to be stored.
    pub id: i64,
    /// Code, unique.
    pub code: String,
    /// Name.
    pub name: String,
    /// Id of its department.
    pub department: i64,
}

/// An officer and their id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// Id in this database; 0 in a row that is still to be stored.
    pub id: i64,
    /// Code, unique.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Title, such as `Chuyên viên`.
    pub title: String,
    /// Id of their department.
    pub department: i64,
    /// Id of the counter where they usually sit.
    pub counter: Option<i64>,
}

/// A procedure and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedure {
    /// Id in this database; 0 in a row that is still to be stored.
    pub id: i64,
    /// Code, unique.
    pub code: String,
    /// Name.
    pub name: String,
    /// Field (lĩnh vực).
    pub field: String,
    /// Id of its department.
    pub department: i64,
    /// Working days the law gives for it.
    pub working_days: i64,
}

/// Who serves whom, where: small enough to be read whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// By id.
    pub departments: Vec<Department>,
    /// By id.
    pub counters: Vec<Counter>,
    /// By id.
    pub officers: Vec<Officer>,
    /// By id.
    pub procedures: Vec<Procedure>,
    /// Which of them are retired: they stay in figures of their time and are offered nowhere.
    pub retired: RetiredIds,
}

/// Ids of what is retired.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetiredIds {
    /// Departments.
    pub departments: BTreeSet<i64>,
    /// Counters.
    pub counters: BTreeSet<i64>,
    /// Officers.
    pub officers: BTreeSet<i64>,
    /// Procedures.
    pub procedures: BTreeSet<i64>,
}

/// What became of a row that was to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutOutcome {
    /// It is new.
    Stored,
    /// It took the place of an older wording of the same code, or added to it.
    Changed,
    /// It was there, word for word.
    AlreadyThere,
    /// It says less than is known, as an older export does; nothing was changed.
    Older,
    /// Another row stands under the same identity; nothing was changed.
    Conflict,
}

/// A rating from a file of an earlier system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedRating {
    /// Made from what identifies the row in its file, so that a second import finds the first.
    pub id: Uuid,
    /// When it was given.
    pub at: i64,
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer.
    pub officer: i64,
    /// Step of the service, where the file says it.
    pub stage: Option<Stage>,
    /// The levels that were on offer.
    pub scale: Scale,
    /// The level.
    pub level: Level,
    /// Code of the dossier, where the file says it.
    pub dossier: Option<String>,
    /// Ids of the reasons that a questionnaire knows.
    pub reasons: Vec<String>,
    /// Other words of the file.
    pub comment: Option<String>,
    /// The row was made up for a demonstration and has to be marked as such.
    pub simulated: bool,
    /// What the file tells at all.
    pub told: FileColumns,
}

/// What a file of ratings tells of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileColumns {
    /// The moment without its seconds.
    pub to_minute: bool,
    /// It has a column of dossiers.
    pub has_dossier: bool,
    /// It has a column of stages.
    pub has_stage: bool,
}

impl Default for FileColumns {
    /// All of it.
    fn default() -> Self {
        Self { to_minute: false, has_dossier: true, has_stage: true }
    }
}

/// What an enrolment code admits a tablet to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TabletAssignment {
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer; none: the counter's officer with the lowest code.
    pub officer: Option<i64>,
    /// Step of the service, where this tablet is asked about only one.
    pub stage: Option<Stage>,
    /// Ratings of this tablet are simulated.
    pub simulated: bool,
}

/// A tablet the server knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tablet {
    /// Its id.
    pub id: Uuid,
    /// Where it stands.
    pub post: TabletAssignment,
    /// Ed25519 public key.
    pub public_key: [u8; 32],
    /// BLAKE3 of its bearer token.
    pub token_hash: [u8; 32],
    /// When it was last heard of, to the minute; milliseconds since 1970.
    pub last_contact_at: Option<i64>,
    /// Whether it was retired: its token holds no more.
    pub retired: bool,
}

/// A rating, or a visit that was asked and not answered, as the statistics read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
pub struct RatingRow {
    /// Number of the row; the same for all versions of it.
    pub num: i64,
    /// Place in the order of changes.
    pub position: i64,
    /// Whether it came from a file.
    pub imported: bool,
    /// Whether it was simulated.
    pub simulated: bool,
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer.
    pub officer: i64,
    /// Id of the department.
    pub department: i64,
    /// 1 receive, 2 return, 0 not known.
    pub stage: u8,
    /// 1 five levels, 2 three.
    pub scale: u8,
    /// 1 to 5; 0: not answered.
    pub level: u8,
    /// Whether the visit ended without an answer.
    pub abandoned: bool,
    /// Whether a ruling took it out of the figures. It keeps its level, reasons and flags.
    pub ruled_out: bool,
    /// The moment that decides the day it counts for.
    pub asked_at: i64,
    /// Id of the dossier's procedure; 0: not known.
    pub procedure: i64,
    /// Code of the dossier's channel; 0: not known.
    pub channel: u8,
    /// Ids of the reasons named, or an earlier system's words.
    pub reasons: Vec<String>,
    /// Level by aspect.
    pub aspects: Vec<(String, u8)>,
    /// Rules that found it odd.
    pub flags: Vec<String>,
}
