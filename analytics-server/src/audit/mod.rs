//! The audit log in the reader's words: its lines with what was and what is, and the search for what
//! people read there. The log itself is `storage::audit`.

mod differences;
mod log;
mod search;
mod wording;

pub use log::{AuditLine, AuditLog};
pub use wording::{browser_name, scope_words, subject_words};
