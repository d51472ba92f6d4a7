//! `figures`: the figures of a period as JSON.

use super::{PeriodArgument, Place, say};
use anyhow::Result;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    period: PeriodArgument,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let app = arguments.place.existing_app().await?;
    let figures = app.figures(&arguments.period.read(&app)?).await?;
    say(serde_json::to_string_pretty(&figures)?)?;
    Ok(())
}
