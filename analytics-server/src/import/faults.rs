//! Why a file can not be imported, or not to its end.

use super::kind::Kind;
use crate::storage::StoreError;
use std::path::PathBuf;
use uuid::Uuid;

/// What a file is, when it is none that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Excel before 2007.
    OldExcel,
    /// Encrypted.
    Password,
    /// Excel's binary workbook.
    Binary,
    /// `LibreOffice`.
    OpenDocument,
    /// A text document.
    Document,
    /// A portable document.
    Pdf,
    /// A picture.
    Picture,
    /// A page for browsers, which some systems call `.xls`.
    Html,
    /// XML.
    Xml,
    /// Several files in one.
    Archive,
}

impl Foreign {
    /// The word in the key of its sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::OldExcel => "old-excel",
            Self::Password => "password",
            Self::Binary => "binary",
            Self::OpenDocument => "opendocument",
            Self::Document => "document",
            Self::Pdf => "pdf",
            Self::Picture => "picture",
            Self::Html => "html",
            Self::Xml => "xml",
            Self::Archive => "archive",
        }
    }
}

/// Why a file can not be imported, or not to its end.
#[derive(Debug)]
pub enum FileFault {
    /// The system does not give it.
    Read(std::io::Error),
    /// A packed file that is damaged or cut short, or has something behind its end.
    Unpack(std::io::Error),
    /// Nothing is in it.
    Empty,
    /// An older Vietnamese encoding, or a damaged text.
    NotUtf8,
    /// UTF-16 that ends within a letter, or has half a letter.
    BrokenUtf16,
    /// Another kind of file.
    Foreign(Foreign),
    /// A workbook that is damaged or cut short.
    DamagedWorkbook,
    /// A workbook that can not be read.
    Workbook(String),
    /// A workbook larger than is read whole.
    WorkbookTooLarge {
        /// How many MiB are allowed.
        limit_mib: u64,
    },
    /// A workbook that unpacks to more than is read.
    UnpacksTooLarge,
    /// More cells than are read.
    TooManyCells(usize),
    /// No row looks like a header.
    Unrecognised {
        /// The first line.
        first: String,
    },
    /// Columns that can not be done without.
    MissingColumns {
        /// What the file looks like; none: the list that was looked for.
        kind: Option<Kind>,
        /// The columns.
        columns: Vec<String>,
    },
    /// A name that two columns have.
    ColumnTwice {
        /// What the file looks like.
        kind: Option<Kind>,
        /// The column.
        column: String,
    },
    /// A line without end.
    HugeLine {
        /// The line, counted from 1.
        line: u64,
    },
    /// A line of more fields than any export has, among those in which a header is looked for.
    WideLine {
        /// The line, counted from 1.
        line: u64,
    },
    /// A journal by its name alone.
    NoJournal,
    /// The journal of a tablet of another server.
    UnknownTablet {
        /// Its id.
        tablet: Uuid,
        /// Code of its counter.
        counter: String,
    },
    /// Fewer events than the first line says.
    CutJournal {
        /// Events by its first line.
        said: u64,
        /// Events that were there.
        found: u64,
    },
    /// A line that the tablet did not write.
    ChangedLine {
        /// The line, counted from 1.
        line: u64,
        /// What does not fit.
        cause: String,
    },
    /// A line of a journal without end.
    EndlessLine {
        /// The line, counted from 1.
        line: u64,
    },
    /// Events between the server's and the journal's are missing.
    JournalGap {
        /// The last event here.
        after: u64,
        /// The first one in the file.
        first: u64,
    },
    /// A journal that was salvaged from a damaged one lacks events in between.
    SalvagedGap {
        /// The last event here.
        after: u64,
        /// The first one in the file that does not follow.
        first: u64,
        /// How many events of the file are not stored.
        left: u64,
    },
    /// The journal is sealed to the key of another server.
    SealedForAnother,
    /// A sealed journal that ends too early.
    SealedCut,
    /// A sealed journal that was changed.
    SealedChanged,
    /// The server has other events under these numbers.
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
