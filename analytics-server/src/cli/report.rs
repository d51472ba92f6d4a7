//! `report`: writes the satisfaction report of a period.

use super::{PeriodArgument, Place, say};
use analytics_server::report::{Format, make, write};
use anyhow::Result;
use clap::builder::PossibleValuesParser;
use locales::{languages_of, texts};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    period: PeriodArgument,
    /// Directory the files are written to; made when it is missing.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What to write.
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "pdf,png")]
    format: Vec<Format>,
    /// Language of the report.
    #[arg(long, value_name = "LANGUAGE", default_value = "vi",
          value_parser = PossibleValuesParser::new(languages_of("report")))]
    language: String,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let app = arguments.place.existing_app().await?;
    let period = arguments.period.read(&app)?;
    let files = make(
        &app,
        &(&period).into(),
        None,
        texts(&arguments.language).language(),
        &arguments.format,
    )
    .await?;
    for path in write(&arguments.out, &files)? {
        say(path.display())?;
    }
    Ok(())
}
