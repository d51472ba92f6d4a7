//! Pure folds of the event log: what became of each visit.

pub mod visit;
