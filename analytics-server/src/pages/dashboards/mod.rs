//! Pages that look at a part of the house: the filters that every address of figures may carry,
//! the hours of a day, the lists of departments, officers, counters and procedures. Whatever an
//! address asks for, only what the reader may see is counted, offered or named.

mod aspects;
pub(super) mod bar;
pub(super) mod before;
mod chooser;
pub(super) mod cleaned;
pub(super) mod day;
pub(super) mod drawn;
pub(super) mod filter;
pub(super) mod group;
pub(super) mod groups;
pub(super) mod week;
