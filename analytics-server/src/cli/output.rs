//! What commands print.

use anyhow::Result;
use std::fmt::Display;
use std::io::{self, Write};

/// Prints a line. That nobody reads any more (`… | head`) changes neither the work nor its outcome.
pub(super) fn say(line: impl Display) -> Result<()> {
    match writeln!(io::stdout().lock(), "{}", for_terminal(&line.to_string())) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        told => Ok(told?),
    }
}

/// Says on stderr that a list is empty, so that a program that reads stdout finds no line.
pub(super) fn say_none(line: &str) {
    eprintln!("{line}");
}

/// Without signs that give a terminal orders: names and codes come from tablets and files.
fn for_terminal(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control() || "\n\t".contains(*sign)).collect()
}

/// A moment as a list shows it.
pub(super) fn moment(at: Option<i64>) -> String {
    at.and_then(|at| jiff::Timestamp::from_millisecond(at).ok())
        .map_or_else(|| "never".to_owned(), |at| at.to_string())
}
