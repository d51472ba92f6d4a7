//! A questionnaire while it is written: the draft of the next version, its fields in a form, and how
//! it looks on a tablet.

mod draft;
pub mod fields;
mod ids;
pub mod languages;
pub mod order;
pub mod screens;

pub use draft::Draft;
