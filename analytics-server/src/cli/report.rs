//! `report`: writes the satisfaction report of a period.

use super::data::DataArguments;
use super::output::say;
use super::period::PeriodArgument;
use analytics_server::period::Span;
use analytics_server::reporting::{Format, ReportKind, make_published, make_report, save_files};
use anyhow::Result;
use clap::builder::PossibleValuesParser;
use locales::{languages_of, texts};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    data: DataArguments,
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
    /// For readers outside: what is told of a whole period that is over, by department alone, without
    /// groups of fewer than ten ratings and without officers.
    #[arg(long)]
    for_publication: bool,
}

/// A command waits for nobody.
const ALONE: i64 = 0;

pub async fn run(arguments: Arguments) -> Result<()> {
    let app = arguments.data.existing_app().await?;
    let period = arguments.period.read(&app)?;
    let language = texts(&arguments.language).language();
    // Before anything is written: a report that is taken here stands in the audit log like any other.
    let what = serde_json::json!({
        "period": period.name,
        "format": arguments.format.iter().map(|one| one.name()).collect::<Vec<_>>(),
        "for": arguments.for_publication.then_some("publication"),
        "language": language,
    });
    let (now, what) = (app.clock.now(), what.to_string());
    app.store.add_audit_line("command line", "download", "report", Some(&what), now).await?;
    let files = if arguments.for_publication {
        make_published(&app, period.name.parse::<Span>()?, language, &arguments.format, ALONE)
            .await?
    } else {
        let (formats, kind) = (&arguments.format, ReportKind::Whole);
        make_report(&app, &(&period).into(), None, kind, language, formats, ALONE).await?
    };
    for path in save_files(&arguments.out, &files)? {
        say(path.display())?;
    }
    Ok(())
}
