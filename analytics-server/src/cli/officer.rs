//! `officer photo` and `officer pin`: set or remove an officer's portrait and PIN.

use super::data::DataArguments;
use super::lookup::officer_of;
use super::output::say;
use analytics_server::pin::{OFFICER_DIGITS, check, fresh, hash};
use analytics_server::portrait::portrait;
use anyhow::Result;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Set an officer's portrait from a JPEG or PNG, or remove it.
    Photo {
        #[command(flatten)]
        data: DataArguments,
        /// Code of the officer, such as CC001.
        #[arg(long, value_name = "CODE")]
        officer: String,
        /// The picture; it is cut square and made small. Without it the portrait is removed.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Set the PIN with which an officer signs in at their counter's tablet; without --pin a random
    /// one is made and printed once.
    Pin {
        #[command(flatten)]
        data: DataArguments,
        /// Code of the officer, such as CC001.
        #[arg(long, value_name = "CODE")]
        officer: String,
        /// Four to eight digits.
        #[arg(long, value_name = "DIGITS")]
        pin: Option<String>,
        /// Take the PIN away: they can not sign in then.
        #[arg(long, conflicts_with = "pin")]
        remove: bool,
    },
}

/// A PIN that is to be set.
pub struct Pin {
    /// Its digits.
    pub digits: String,
    /// Whether it was made here, so that nobody knows it yet.
    made: bool,
}

impl Pin {
    /// What is printed once it is set.
    pub fn sentence(&self, whose: &str) -> String {
        if self.made {
            format!("{whose}: PIN {}; it is shown this once", self.digits)
        } else {
            format!("{whose}: PIN set")
        }
    }
}

/// The PIN that was typed, or a fresh one of so many digits; none when it is to be taken away.
pub fn chosen(typed: Option<String>, remove: bool, digits: usize) -> Result<Option<Pin>> {
    if remove {
        return Ok(None);
    }
    Ok(Some(match typed {
        Some(typed) => {
            check(&typed, digits)?;
            Pin { digits: typed, made: false }
        }
        None => Pin { digits: fresh(digits)?, made: true },
    }))
}

pub async fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Photo { data, officer, file } => photo(data, &officer, file).await,
        Command::Pin { data, officer, pin, remove } => {
            let pin = chosen(pin, remove, OFFICER_DIGITS)?;
            let (store, now) = data.existing_store_now().await?;
            let directory = store.directory().await?;
            let found = officer_of(&directory, &officer)?;
            let hash = pin.as_ref().map(|pin| hash(&pin.digits)).transpose()?;
            store.put_pin(found.id, hash.as_deref(), "command line", now).await?;
            match pin {
                None => say(format!("{}: PIN taken away", found.name)),
                Some(pin) => say(pin.sentence(&found.name)),
            }
        }
    }
}

async fn photo(data: DataArguments, officer: &str, file: Option<PathBuf>) -> Result<()> {
    let picture = match &file {
        None => None,
        Some(path) => {
            let bytes = std::fs::read(path)
                .map_err(|error| anyhow::anyhow!("{} can not be read: {error}", path.display()))?;
            let picture =
                portrait(&bytes).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
            Some(picture)
        }
    };
    let app = data.existing_app().await?;
    let directory = app.store.directory().await?;
    let found = officer_of(&directory, officer)?;
    let now = app.clock.now();
    app.store.put_photo(found.id, picture.as_deref(), "command line", now).await?;
    say(format!("{}: portrait {}", found.name, if file.is_some() { "set" } else { "removed" }))?;
    Ok(())
}
