//! `import`: takes in files and folders, says what became of every row, and fails when some of it
//! was refused, so that a script notices.

use super::data::DataArguments;
use super::output::say;
use analytics_server::import::{Bars, FileOutcome, Options, import, summary};
use analytics_server::scope::Scope;
use anyhow::{Result, bail};
use protocol::Scale;
use std::path::PathBuf;

/// The command line speaks English.
const LANGUAGE: &str = "en";

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    data: DataArguments,
    /// Files or folders: CSV, CSV.GZ or XLSX as one-stop and queue systems export them, and
    /// journals of tablets (HLJOURNAL). Each is recognised by its header.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The levels that were on offer when the ratings were given: five or three.
    #[arg(long, value_name = "SCALE", default_value = "five")]
    scale: Scale,
    /// The rows were made up for a demonstration; they are marked as such wherever they are shown.
    #[arg(long)]
    simulated: bool,
    /// Store also what would be asked about, such as dates whose day and month may have changed
    /// places.
    #[arg(long)]
    yes: bool,
    /// Take a tablet's journal (HLJOURNAL) that tells other events than the server has under the same
    /// numbers, or begins after them, as the continuation of that tablet. Each visit is counted once.
    #[arg(long)]
    continues: bool,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let app = arguments.data.app().await?;
    let options = Options {
        scale: arguments.scale,
        simulated: arguments.simulated,
        confirmed: arguments.yes,
        continues: arguments.continues,
        ..Options::new(app.zone.clone(), app.clock.now())
    };
    let outcomes = import(&app.store, &arguments.paths, &options, &Bars::default()).await?;
    say(summary(&outcomes, locales::texts(LANGUAGE)).trim_end())?;
    // Who imports will look at figures next: the columns are brought up to date while they wait.
    app.latest_day(&Scope::All).await?;
    let asked = outcomes.iter().filter(|outcome| !outcome.questions.is_empty()).count();
    if asked > 0 {
        bail!(
            "nothing was stored, because {asked} files have to be asked about; if what they say is \
             right, import again with --yes"
        );
    }
    let broken = outcomes.iter().filter(|outcome| !outcome.is_whole()).count();
    if broken > 0 {
        let refused: u64 = outcomes.iter().map(|outcome: &FileOutcome| outcome.refused).sum();
        bail!(
            "{refused} rows were refused and {broken} files not taken whole; everything else is \
             stored, mend what is named above and import again"
        );
    }
    Ok(())
}
