//! How far an import is, for a progress bar.

use super::FileOutcome;
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::{Mutex, PoisonError};

/// Told about every file and every few thousand rows.
pub trait Progress: Sync {
    /// A file of so many bytes is begun.
    fn begin(&self, file: &str, bytes: u64);
    /// So many of its bytes and rows are read.
    fn advance(&self, bytes: u64, rows: u64);
    /// It is done.
    fn end(&self, outcome: &FileOutcome);
}

/// Shows no progress.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &str, _: u64) {}
    fn advance(&self, _: u64, _: u64) {}
    fn end(&self, _: &FileOutcome) {}
}

/// A bar on the terminal for the file being read; nothing where standard error is no terminal.
#[derive(Default)]
pub struct Bars(Mutex<Option<ProgressBar>>);

/// Name, bar, per cent, rows.
const BAR: &str = "{prefix:24!} {bar:30} {percent:>3} % {msg}";

impl Progress for Bars {
    fn begin(&self, file: &str, bytes: u64) {
        // The template is ours; were it wrong, the plain bar would do.
        let style =
            ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::new(bytes).with_style(style).with_prefix(file.to_owned());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar);
    }

    fn advance(&self, bytes: u64, rows: u64) {
        if let Some(bar) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            bar.set_position(bytes);
            bar.set_message(format!("{rows} rows"));
        }
    }

    fn end(&self, _: &FileOutcome) {
        if let Some(bar) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }
}
