//! The report of a period as files, for readers inside and outside of the centre.

mod files;
mod kind;
mod published;

pub use files::{
    Format, Material, NamedFile, ReportFault, ReportPart, code_in_name, headings, make_report,
    period_in_name, save_files, typeset,
};
pub use kind::ReportKind;
pub use published::make_published;
