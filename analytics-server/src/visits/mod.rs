//! Single visits apart from the pages that show them: how many a list holds, search in comments, notes,
//! redaction, and what rules and levels are called. Filters come narrowed to the scope of who asks.

pub mod notes;
pub mod redaction;
pub mod search;
pub mod total;
pub mod wording;

/// Days of visits that are looked at where no days are asked for, up to the last one that has a visit: so
/// lists and what counts for them stay quick however many visits there ever were.
pub const USUAL_DAYS: i64 = 30;
