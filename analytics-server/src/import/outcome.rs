//! What became of each file and of each row that could not be stored. The sentences stand in
//! `sentences.rs` and `locales`: they say what was wrong, where, and what to do.

pub use super::faults::{FileFault, Foreign, ImportError};
use super::kind::Kind;
use super::question::Question;

/// How many refused rows of a file are kept with their reason; the rest is counted. Who has more
/// has one fault a thousand times.
const REFUSALS_KEPT: usize = 1_000;

/// What became of one file, or of one sheet of a workbook.
#[derive(Debug)]
pub struct FileOutcome {
    /// The file, as it was named.
    pub file: String,
    /// What it is, where that was recognised.
    pub kind: Option<Kind>,
    /// Rows read, without header and empty lines: new, changed, already there and refused.
    pub rows: u64,
    /// Rows that are new.
    pub new: u64,
    /// Rows that took the place of an older wording of the same code.
    pub changed: u64,
    /// Rows that were there already, word for word.
    pub already_there: u64,
    /// Rows refused.
    pub refused: u64,
    /// Further lines that refused rows took with them, mostly behind a quotation mark that is not
    /// closed. They may have been rows of their own, but nobody can tell.
    pub taken_along: u64,
    /// The first thousand of them.
    pub refusals: Vec<Refusal>,
    /// What a reader should know about the file.
    pub notes: Vec<Note>,
    /// What has to be answered before anything of it is stored.
    pub questions: Vec<Question>,
    /// Why the file could not be read, or not to its end. What was stored before stays.
    pub fault: Option<FileFault>,
    /// That it was not read, or not all of it.
    pub unread: Vec<Unread>,
}

/// Something that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// A folder within the folder that was named.
    Folder,
    /// A file that seems to hold data and has no ending of those that are read.
    Export,
    /// A file that has nothing to do with exports; nobody has to worry.
    Other,
    /// Sheets without a known header.
    Sheets(Vec<String>),
    /// Sheets that are hidden; they are passed over on purpose.
    Hidden(Vec<String>),
}

impl Unread {
    /// Whether somebody may have meant it to be read.
    const fn matters(&self) -> bool {
        matches!(self, Self::Folder | Self::Export | Self::Sheets(_))
    }
}

/// A row that was refused.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Line of the file, or row of the sheet, counted from 1.
    pub line: u64,
    /// The last line that belongs to it; mostly the same.
    pub last: u64,
    /// Why.
    pub reason: Reason,
}

/// What a spreadsheet program made of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Doubt {
    /// A number whose zeros and digits may be gone.
    Number,
    /// A date.
    Date,
    /// TRUE or FALSE.
    YesNo,
}

/// Why a row is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// A letter that no database is sure to keep.
    Control,
    /// More or fewer fields than the header.
    Fields {
        /// In this line.
        found: usize,
        /// In the header.
        expected: usize,
    },
    /// A field that may not be empty is.
    Empty {
        /// Name of the column.
        column: String,
    },
    /// More letters than make sense.
    TooLong {
        /// Name of the column.
        column: String,
        /// How many are allowed.
        limit: usize,
    },
    /// A code or a moment goes on in the next line.
    LineBreak {
        /// Name of the column.
        column: String,
    },
    /// A field took the rows below with it: its quotation mark is not closed.
    OpenQuote {
        /// Name of the column, where one that is used.
        column: String,
    },
    /// A spreadsheet's own error stands in the place of a value.
    CellError {
        /// Name of the column.
        column: String,
        /// As it stands there.
        word: String,
    },
    /// The row is longer than a row can be.
    TooManyBytes,
    /// The row has more fields than any export has.
    TooManyFields,
    /// No moment of the calendar in a format that is read.
    Moment {
        /// As written.
        word: String,
    },
    /// Before one-stop desks, or after today.
    MomentRange {
        /// As written.
        word: String,
    },
    /// None of the scale's levels.
    Level {
        /// As written.
        word: String,
        /// The levels there are.
        known: String,
    },
    /// No stage.
    Stage {
        /// As written.
        word: String,
    },
    /// No channel.
    Channel(String),
    /// A dossier's code with letters that can not be printed.
    Dossier,
    /// A code that nothing has.
    Unknown {
        /// The list it should be in.
        what: Kind,
        /// As written.
        code: String,
    },
    /// A code that differs from a known one only by zeros, spaces or case.
    Near {
        /// As written.
        code: String,
        /// The one that is known.
        known: String,
    },
    /// A new code that a spreadsheet program may have changed.
    Doubtful {
        /// As it stands there.
        code: String,
        /// What was made of it.
        doubt: Doubt,
    },
    /// The same visit is stored with another content.
    Conflict,
    /// The same queue number is stored with other moments.
    OtherTicket,
    /// A sentence of the list that the row belongs to.
    Sentence(String),
}

/// What a reader should know about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The file has no such column: what is stored stays.
    ColumnMissing(String),
    /// Nobody looks at this column.
    ColumnUnused(String),
    /// Lines that became part of the row above them, in columns that are not used.
    Spread(u64),
    /// Rows without seconds that stand here with seconds, or the other way round.
    OtherPrecision(u64),
    /// Reasons that no questionnaire knows were kept as comments.
    Comments(u64),
    /// Codes of dossiers in a form that is not known were kept as they are.
    UnknownDossiers(u64),
    /// Rows that say less of a dossier than is known: an older export.
    OlderDossiers(u64),
    /// Events of a journal that wait in quarantine.
    Quarantined(u64),
}

impl FileOutcome {
    /// A file of which nothing is known yet.
    pub(super) fn new(file: String) -> Self {
        Self {
            file,
            kind: None,
            rows: 0,
            new: 0,
            changed: 0,
            already_there: 0,
            refused: 0,
            taken_along: 0,
            refusals: Vec::new(),
            notes: Vec::new(),
            questions: Vec::new(),
            fault: None,
            unread: Vec::new(),
        }
    }

    /// A file or folder that was not read.
    pub(super) fn unread(file: String, why: Unread) -> Self {
        Self { unread: vec![why], ..Self::new(file) }
    }

    /// A file that can not be read.
    pub(super) fn faulty(file: String, fault: FileFault) -> Self {
        Self { fault: Some(fault), ..Self::new(file) }
    }

    /// Counts a refused row.
    pub(super) fn refuse(&mut self, (line, last): (u64, u64), reason: Reason) {
        self.rows += 1;
        self.refused += 1;
        self.taken_along += last.saturating_sub(line);
        if self.refusals.len() < REFUSALS_KEPT {
            self.refusals.push(Refusal { line, last, reason });
        }
    }

    /// Rows that changed what is stored.
    pub fn stored(&self) -> u64 {
        self.new + self.changed
    }

    /// Whether all of the file was taken, or it is of a kind that is not imported.
    pub fn is_whole(&self) -> bool {
        self.fault.is_none()
            && self.refused == 0
            && self.questions.is_empty()
            && !self.unread.iter().any(Unread::matters)
    }
}
