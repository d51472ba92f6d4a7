//! `centre`: prints or sets what the centre calls itself, when it is open, what its tablets announce,
//! and how it counts its periods.

use super::data::DataArguments;
use super::output::say;
use analytics_server::centre::Centre;
use anyhow::Result;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    data: DataArguments,
    /// JSON file with the fields to set; the others stay as they are. Without it the present
    /// settings are printed.
    #[arg(long, value_name = "FILE")]
    set: Option<PathBuf>,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let app = arguments.data.existing_app().await?;
    let Some(file) = arguments.set else {
        say(serde_json::to_string_pretty(&*app.centre())?)?;
        return Ok(());
    };
    let json = std::fs::read_to_string(&file)
        .map_err(|error| anyhow::anyhow!("{} can not be read: {error}", file.display()))?;
    let (centre, was) = Centre::stored(&app.store).await?;
    let centre =
        centre.with(&json).map_err(|error| anyhow::anyhow!("{}: {error}", file.display()))?;
    if !app.change_centre(was.as_deref(), centre, "command line").await? {
        anyhow::bail!(
            "somebody changed the settings at the same moment; nothing is stored, try again"
        );
    }
    say("stored; tablets have hours, notice, languages and duty within half a minute, pages and \
         reports of a running server take the rest at its next start")?;
    Ok(())
}
