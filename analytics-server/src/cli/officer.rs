//! `officer photo`: sets or removes an officer's portrait.

use super::{Place, officer_of, say};
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
        place: Place,
        /// Code of the officer, such as CC001.
        #[arg(long, value_name = "CODE")]
        officer: String,
        /// The picture; it is cut square and made small. Without it the portrait is removed.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let Command::Photo { place, officer, file } = arguments.command;
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
    let app = place.existing_app().await?;
    let directory = app.store.directory().await?;
    let found = officer_of(&directory, &officer)?;
    app.store.put_photo(found.id, picture.as_deref(), app.clock.now()).await?;
    say(format!("{}: portrait {}", found.name, if file.is_some() { "set" } else { "removed" }))?;
    Ok(())
}
