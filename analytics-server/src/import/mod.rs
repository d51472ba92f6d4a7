//! Files of earlier systems, and journals that were carried here from a tablet without a network:
//! recognised by their header, read as a stream with bounded memory,
//! stored so that a second import changes nothing. What can not be stored is told with its line
//! and reason; nothing is dropped in silence. Lists are read in by the same code from pages and from
//! the command line.

pub(crate) mod carried_rows;
mod cells;
pub(crate) mod codes;
mod csv_table;
pub(crate) mod days_off;
mod dossiers;
mod faults;
pub(crate) mod fields;
mod find_files;
mod find_header;
mod foreign;
mod free_text;
pub(crate) mod header;
mod journal;
mod kind;
pub(crate) mod kinds;
pub(crate) mod lines;
mod lists;
mod moments;
mod number_format;
mod options;
mod other_names;
mod outcome;
pub(crate) mod plan;
mod progress;
mod question;
mod questions;
mod ratings;
mod reasons;
pub(crate) mod roster;
mod row;
mod run;
mod sentences;
mod source;
mod store_rows;
mod table;
mod tickets;
mod unpacked;
mod utf16;
mod words;
mod workbook;

pub use free_text::move_free_text;
pub use kind::Kind;
pub use options::Options;
pub use outcome::{
    Doubt, FileFault, FileOutcome, Foreign, ImportError, Note, Reason, Refusal, Unread,
};
pub use progress::{Bars, Progress, Silent};
pub use question::Question;
pub use reasons::KnownReasons;
pub use run::{import, import_bytes};
pub use sentences::summary;
pub use words::is_dossier;

#[cfg(test)]
mod tests;
