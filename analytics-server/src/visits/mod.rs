//! Single visits apart from the pages that show them: how many a list holds, search in comments, notes,
//! redaction, and what rules and levels are called. Filters come narrowed to the scope of who asks.

pub mod notes;
pub mod redaction;
pub mod search;
pub mod total;
pub mod wording;
