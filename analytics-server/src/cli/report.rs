//! `report`: writes the satisfaction report of a period.

use super::{PeriodArgument, Place, say};
use analytics_server::report::{Format, make, write};
use anyhow::Result;
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
    #[arg(long, value_name = "LANGUAGE", default_value = "vi")]
    language: Language,
}

/// The languages a report can be written in.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl Language {
    const fn name(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let app = arguments.place.existing_app().await?;
    let period = arguments.period.read(&app)?;
    let files = make(&app, &period, arguments.language.name(), &arguments.format).await?;
    for path in write(&arguments.out, &files)? {
        say(path.display())?;
    }
    Ok(())
}
