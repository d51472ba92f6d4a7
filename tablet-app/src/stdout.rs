//! What the commands print. That nobody reads any more (`… | head`) changes neither the work nor its
//! outcome.

use std::io::{self, Write};
use tablet_app::journal::{Exported, Salvaged};

/// Prints a line.
pub fn say(line: &str) -> io::Result<()> {
    match writeln!(io::stdout().lock(), "{line}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        said => said,
    }
}

/// Where an exported file lies.
pub fn say_exported(exported: &Exported) -> io::Result<()> {
    say(&format!("{} ({} events)", exported.path.display(), exported.events))?;
    if !exported.sealed {
        eprintln!(
            "tablet-app: the file is not sealed, because the server has not sent its key yet: whoever \
             holds it can read it"
        );
    }
    Ok(())
}

/// What was salvaged, and what to do now.
pub fn say_salvaged(salvaged: &Salvaged) -> io::Result<()> {
    match &salvaged.file {
        Some(file) => say_exported(file)?,
        None if salvaged.has_key => {
            say("no event of the journal could be proven; nothing was written")?;
        }
        None => say(
            "the tablet's key can not be read, so nothing could be signed and nothing was written",
        )?,
    }
    for (from, to) in &salvaged.missing {
        say(&format!("events {from} to {to} could not be read"))?;
    }
    say(&format!(
        "the damaged journal lies in {}; keep it, and enrol the tablet with a new code",
        salvaged.aside.display()
    ))
}
