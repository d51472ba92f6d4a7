//! Files of earlier systems, and journals that were carried here from a tablet without a network:
//! recognised by their header, read as a stream with bounded memory,
//! stored so that a second import changes nothing. What can not be stored is told with its line
//! and reason; nothing is dropped in silence.

mod directory;
mod dossiers;
mod journal;
mod kinds;
mod outcome;
mod pour;
mod progress;
mod ratings;
mod run;
mod source;
mod table;
mod tickets;
mod words;
mod workbook;

pub use kinds::Kind;
pub use outcome::{FileFault, FileOutcome, ImportError, Reason, Refusal, summary};
pub use progress::{Bars, Progress, Silent};
pub use run::{Options, import, import_bytes};

#[cfg(test)]
mod tests;
