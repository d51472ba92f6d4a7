//! Finding what a code that was typed names.

use analytics_server::storage::rows::{Counter, Directory, Officer};
use anyhow::{Context, Result};

/// Codes that a refusal tells: more are no help on a terminal.
const KNOWN: usize = 40;

/// The officer of a code that was typed.
pub(super) fn officer_of<'a>(directory: &'a Directory, code: &str) -> Result<&'a Officer> {
    let found = directory.officer(code);
    found.with_context(|| {
        let known = known_codes(directory.officers.iter().map(|one| one.code.as_str()));
        format!("no officer has the code {code}; known are: {known}")
    })
}

/// The counter of a code that was typed.
pub(super) fn counter_of<'a>(directory: &'a Directory, code: &str) -> Result<&'a Counter> {
    let found = directory.counter(code);
    found.with_context(|| {
        let known = known_codes(directory.counters.iter().map(|one| one.code.as_str()));
        format!("no counter has the code {code}; known are: {known}")
    })
}

/// Codes that a person may have meant.
pub(super) fn known_codes<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    let codes: Vec<_> = codes.collect();
    match codes.len() {
        0 => "none yet, import them first".to_owned(),
        1..=KNOWN => codes.join(", "),
        all => format!("{} and {} more", codes[..KNOWN].join(", "), all - KNOWN),
    }
}
