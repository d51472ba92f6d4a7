//! How large one SQL statement may be.

/// Rows of one statement: with up to 24 values each they stay under the 32,766 that SQLite binds.
pub(super) const ROWS: usize = 1_000;
