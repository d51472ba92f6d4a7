//! The report of a period as files, for readers inside and outside of the centre.

mod files;
mod published;

pub use files::{
    Format, Material, NamedFile, ReportFault, ReportPart, make_report, save_files, typeset,
};
pub use published::make_published;
