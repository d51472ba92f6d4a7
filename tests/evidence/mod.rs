//! The database that is altered, and the alterations that need more than a statement.

pub mod code;
pub mod house;
pub mod list;
