//! Why there is no file.

use crate::stats::StatsError;
use crate::storage::StoreError;
use std::io;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store did not give its rows.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file for the time being could not be written.
    #[error("the file can not be written: {0}; is the disk of the temporary directory full?")]
    File(#[from] io::Error),
    /// The workbook could not be written.
    #[error("the workbook can not be written: {0}; is the disk of the temporary directory full?")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The columns could not be written.
    #[error(transparent)]
    ExportColumns(#[from] StatsError),
    /// The work was given up because the program ends.
    #[error("the export was interrupted because the program ends")]
    Interrupted,
}
