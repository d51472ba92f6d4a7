//! From figures to documents: plain numbers with their names become charts (SVG), and charts and
//! numbers become the official report (PDF, PNG). The pages of the server draw the same figures
//! with the same charts, so a page and a document can not disagree.

mod annexes;
pub mod charts;
mod content;
pub mod document;
mod drawable_text;
pub mod export;
pub mod figures;
pub mod letterhead;
pub mod measures;
mod narrative;
pub mod numbers;
pub mod periods;
pub mod picture;
mod tables;
mod world;

pub use document::{Document, Earlier, Report, ReportError};
pub use letterhead::Letterhead;
