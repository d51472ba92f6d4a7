//! Pages that look at a part of the house: the filters that every address of figures may carry,
//! and the hours of a day. Whatever an address asks for, only what the reader may see is counted,
//! offered or named.

pub(super) mod before;
pub(super) mod cleaned;
pub(super) mod day;
pub(super) mod drawn;
pub(super) mod filter;
pub(super) mod week;
