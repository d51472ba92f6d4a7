//! What a tablet and the server say to each other.
//!
//! The crate holds the words (levels, stages, events), the chain that makes a loss or a forgery
//! visible, and the requests and answers of the exchange. It does no I/O and reads no clock, so
//! that the same code can run on a counter's tablet, on the server and in a browser.

pub mod chain;
pub mod enrol_link;
pub mod event;
pub mod exchange;
pub mod heartbeat;
pub mod hours;
pub mod invitation;
pub mod journal_file;
pub mod limits;
pub mod questionnaire;
pub mod sealed_file;
pub mod settings;
pub mod words;

pub use chain::{Digest, Head};
pub use event::{Event, What};
pub use words::{Channel, Level, Scale, Stage};
