//! The audit log in the reader's words: its lines with what was and what is, the things that they are
//! about, and the search for what people read there. The log itself is `storage::audit`.

mod asked;
mod differences;
mod kinds;
mod log;
mod names;
mod reasons;
mod search;
mod values;
mod wording;

pub use kinds::AuditKind;
pub use log::{AuditLine, AuditLog, AuditSearch};
pub use names::{AuditNames, AuditThing};
pub use wording::{browser_name, scope_words, subject_words};
