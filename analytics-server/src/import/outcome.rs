//! What became of each file and of each row that could not be stored, in sentences that say what
//! was wrong, where, and what to do.

use super::Kind;
use crate::storage::StoreError;
use std::fmt::{self, Write as _};
use std::path::PathBuf;
use uuid::Uuid;

/// How many refused rows of a file are kept with their reason; the rest is counted. Who has more
/// has one fault a thousand times.
const REFUSALS_KEPT: usize = 1_000;

/// How many refused rows a summary shows for a file.
const REFUSALS_SHOWN: usize = 20;

/// What became of one file.
#[derive(Debug)]
pub struct FileOutcome {
    /// The file, as it was named.
    pub file: String,
    /// What it is, where that was recognised.
    pub kind: Option<Kind>,
    /// Rows read, without header and empty lines: stored, already there and refused.
    pub rows: u64,
    /// Rows that are new, or took the place of an older wording of the same code.
    pub stored: u64,
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
    pub notes: Vec<String>,
    /// Why the file could not be read, or not to its end. What was stored before stays.
    pub fault: Option<FileFault>,
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

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.last > self.line {
            write!(f, "lines {} to {}: {}", self.line, self.last, self.reason)
        } else {
            write!(f, "line {}: {}", self.line, self.reason)
        }
    }
}

/// Why a row is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Bytes that are not UTF-8.
    #[error("the line is not UTF-8; save the file as “CSV UTF-8”")]
    NotUtf8,
    /// A letter that no database is sure to keep.
    #[error("the line holds a control character; delete it there, or export the file again")]
    Control,
    /// More or fewer fields than the header.
    #[error(
        "the line has {found} fields and the header {expected}; look for a missing quotation mark or comma"
    )]
    Fields {
        /// In this line.
        found: usize,
        /// In the header.
        expected: usize,
    },
    /// A field that may not be empty is.
    #[error("“{column}” is empty")]
    Empty {
        /// Name of the column.
        column: &'static str,
    },
    /// More letters than make sense.
    #[error("“{column}” has more than {limit} letters")]
    TooLong {
        /// Name of the column.
        column: &'static str,
        /// How many are allowed.
        limit: usize,
    },
    /// A field goes on in the next line: mostly a quotation mark that is not closed.
    #[error("“{column}” holds a line break; close the quotation mark or put the text in one line")]
    LineBreak {
        /// Name of the column.
        column: &'static str,
    },
    /// The row is longer than a row can be.
    #[error("the line is longer than 64 KiB; close the quotation mark or shorten the text")]
    TooManyBytes,
    /// Not `dd/mm/yyyy HH:MM:SS`, or not on the calendar.
    #[error(
        "“{word}” is not a moment; write day/month/year hours:minutes:seconds, such as 03/01/2023 07:08:00"
    )]
    Moment {
        /// As written.
        word: String,
    },
    /// Before one-stop desks, or after today.
    #[error("“{word}” lies in the future or before 1996; check the year")]
    MomentRange {
        /// As written.
        word: String,
    },
    /// None of the scale's levels.
    #[error("“{word}” is not a level of satisfaction; there are {known}")]
    Level {
        /// As written.
        word: String,
        /// The levels there are.
        known: String,
    },
    /// No stage.
    #[error("“{word}” is not a stage; write Tiếp nhận or Trả kết quả, or leave it empty")]
    Stage {
        /// As written.
        word: String,
    },
    /// No channel.
    #[error(
        "“{word}” is not a way in which dossiers come; write Trực tiếp, Bưu chính công ích, Trực tuyến toàn trình or Trực tuyến một phần"
    )]
    Channel {
        /// As written.
        word: String,
    },
    /// Not a dossier's code: it could be a name or the number of an identity card.
    #[error("“Mã hồ sơ” is not the code of a dossier, such as H53.02-230914-0027")]
    Dossier,
    /// A code that nothing has.
    #[error("there is no {what} with the code “{code}”; import the {what}s first")]
    Unknown {
        /// Department, counter or officer.
        what: &'static str,
        /// As written.
        code: String,
    },
    /// No number of days.
    #[error("“{word}” is not a number of working days from 0 to 3650")]
    Days {
        /// As written.
        word: String,
    },
    /// The code stands above with other words.
    #[error("the code “{code}” stands above with other words; keep one of the two")]
    Twice {
        /// The code.
        code: String,
    },
    /// The same visit is stored with another content.
    #[error(
        "a rating of the same counter, officer, dossier, stage and second is stored with another level, scale or mark of simulation; the stored one was kept"
    )]
    Conflict,
    /// The same queue number is stored with other moments.
    #[error(
        "the same number of the same counter and second is stored with other moments of call or end; the stored one was kept"
    )]
    OtherTicket,
}

/// Why a file can not be imported, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    /// The system does not give it.
    #[error("can not be read: {0}; check its name and rights")]
    Read(std::io::Error),
    /// A packed file that can not be unpacked.
    #[error("can not be unpacked: {0}; it is damaged or cut short, fetch it again")]
    Unpack(std::io::Error),
    /// Nothing is in it.
    #[error("is empty; export it again")]
    Empty,
    /// UTF-16, or an older Vietnamese encoding.
    #[error("is not UTF-8; save it as “CSV UTF-8”")]
    NotUtf8,
    /// The format of Excel before 2007.
    #[error("is an Excel file of the old format; save it as XLSX or “CSV UTF-8”")]
    OldExcel,
    /// A workbook that can not be read.
    #[error("is not a readable XLSX file: {0}; open it in a spreadsheet program and save it again")]
    Workbook(String),
    /// A workbook larger than is read whole.
    #[error("has more than {limit_mib} MiB; save it as “CSV UTF-8”, which has no limit")]
    WorkbookTooLarge {
        /// How many MiB are allowed.
        limit_mib: u64,
    },
    /// No row looks like a header.
    #[error(
        "has no header that is known; its first line begins “{first}”; the header must name the columns, such as Thời điểm, Quầy, Mã công chức, Mức độ"
    )]
    Unrecognised {
        /// The first line.
        first: String,
    },
    /// A column that can not be done without.
    #[error(
        "has no column “{column}”, which a file of {kind} needs; add it or export the file again"
    )]
    MissingColumn {
        /// What the file looks like.
        kind: Kind,
        /// The column.
        column: &'static str,
    },
    /// A name that two columns have.
    #[error("has two columns “{column}”; a file of {kind} has one, rename the other")]
    ColumnTwice {
        /// What the file looks like.
        kind: Kind,
        /// The column.
        column: &'static str,
    },
    /// A line without end.
    #[error(
        "stops making sense at line {line}: the line is longer than 64 KiB; close the quotation mark there and import again, nothing after that line was read"
    )]
    HugeLine {
        /// The line, counted from 1.
        line: u64,
    },
    /// A journal by its name alone.
    #[error(
        "is no tablet's journal, or its first line was changed; write it anew at the tablet, nothing of it was stored"
    )]
    NoJournal,
    /// The journal of a tablet of another server.
    #[error(
        "is the journal of a tablet that is not known here ({tablet}, of counter {counter}); import it at the server where that tablet was enrolled"
    )]
    UnknownTablet {
        /// Its id.
        tablet: Uuid,
        /// Code of its counter.
        counter: String,
    },
    /// Fewer events than the first line says.
    #[error(
        "is cut: it tells of {said} events and holds {found}, which are stored; write it anew at the tablet and import it again"
    )]
    CutJournal {
        /// Events by its first line.
        said: u64,
        /// Events that were there.
        found: u64,
    },
    /// A line that the tablet did not write.
    #[error(
        "was changed at line {line} ({cause}); what stands before it is stored, nothing after it; write it anew at the tablet"
    )]
    ChangedLine {
        /// The line, counted from 1.
        line: u64,
        /// What does not fit.
        cause: String,
    },
    /// A line of a journal without end.
    #[error(
        "has an endless line {line}; what stands before it is stored, nothing after it; write it anew at the tablet"
    )]
    EndlessLine {
        /// The line, counted from 1.
        line: u64,
    },
    /// Events between the server's and the journal's are missing.
    #[error(
        "begins with event {first}, but the server has only those up to {after}; import an older journal of this tablet first"
    )]
    JournalGap {
        /// The last event here.
        after: u64,
        /// The first one in the file.
        first: u64,
    },
    /// The server has other events under these numbers.
    #[error(
        "tells other events at line {line} than the server has under the same numbers: a copy of this tablet's data was used elsewhere; nothing of that line was stored, an alarm was raised"
    )]
    JournalFork {
        /// The line, counted from 1.
        line: u64,
    },
}

/// Why nothing more could be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// No such file or folder.
    #[error("{path} can not be opened: {cause}; check the path")]
    Path {
        /// As it was given.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A folder without files.
    #[error(
        "{0} holds no CSV, CSV.GZ, XLSX or HLJOURNAL file; name the folder that holds the exported files"
    )]
    NoFiles(PathBuf),
    /// The store refused; files before this one are stored.
    #[error("{file} could not be stored: {cause}")]
    Store {
        /// The file.
        file: String,
        /// Why.
        cause: StoreError,
    },
}

impl FileOutcome {
    /// A file of which nothing is known yet.
    pub(super) fn new(file: String) -> Self {
        Self {
            file,
            kind: None,
            rows: 0,
            stored: 0,
            already_there: 0,
            refused: 0,
            taken_along: 0,
            refusals: Vec::new(),
            notes: Vec::new(),
            fault: None,
        }
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

    /// Whether all of the file was taken, or it is of a kind that is not imported.
    pub fn is_whole(&self) -> bool {
        self.fault.is_none() && self.refused == 0
    }
}

impl fmt::Display for FileOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(kind) = self.kind {
            write!(f, ": {kind}")?;
            if kind.is_imported() {
                write!(
                    f,
                    ", {} {} read, {} stored, {} already there, {} refused",
                    self.rows,
                    kind.lines(),
                    self.stored,
                    self.already_there,
                    self.refused
                )?;
                if self.taken_along > 0 {
                    write!(f, ", with further lines: {}", self.taken_along)?;
                }
            } else {
                write!(f, ", recognised, not imported by this version")?;
            }
        }
        if let Some(fault) = &self.fault {
            let subject = if self.kind.is_some() { "\n  the file" } else { "" };
            write!(f, "{subject} {fault}")?;
        }
        for note in &self.notes {
            write!(f, "\n  note: {note}")?;
        }
        for refusal in self.refusals.iter().take(REFUSALS_SHOWN) {
            write!(f, "\n  {refusal}")?;
        }
        if self.refused > REFUSALS_SHOWN as u64 {
            write!(f, "\n  … and {} more refused rows", self.refused - REFUSALS_SHOWN as u64)?;
        }
        Ok(())
    }
}

/// All files, one after the other, for the command line.
pub fn summary(outcomes: &[FileOutcome]) -> String {
    outcomes.iter().fold(String::new(), |mut text, outcome| {
        // Writing to a string can not fail.
        let _ = writeln!(text, "{outcome}");
        text
    })
}
