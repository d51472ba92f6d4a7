//! `centre`: prints or sets what the centre calls itself and how it counts its periods.

use super::{Place, say};
use analytics_server::clock::Clock;
use analytics_server::state::{App, Centre};
use anyhow::{Context, Result};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    /// JSON file with the fields to set; the others keep their defaults. Without it the present
    /// settings are printed.
    #[arg(long, value_name = "FILE")]
    set: Option<PathBuf>,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let Some(file) = arguments.set else {
        let app = arguments.place.app().await?;
        say(serde_json::to_string_pretty(&*app.centre)?)?;
        return Ok(());
    };
    let json = std::fs::read_to_string(&file)
        .with_context(|| format!("{} can not be read", file.display()))?;
    let centre =
        Centre::read(&json).map_err(|error| anyhow::anyhow!("{}: {error}", file.display()))?;
    let store = arguments.place.store().await?;
    App::put_centre(&store, &centre, "command line", Clock::system().now()).await?;
    say("stored; a running server takes it at its next start")?;
    Ok(())
}
