//! `questionnaire show`, `publish` and `list`: what tablets ask, version by version.

use super::data::DataArguments;
use super::output::{moment, say};
use anyhow::{Context, Result, anyhow};
use clap::Subcommand;
use protocol::questionnaire::{FIRST_LANGUAGE, Questionnaire};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print a version as JSON: a good beginning for the next one.
    Show {
        #[command(flatten)]
        data: DataArguments,
        /// The version; without it the newest, which tablets have.
        #[arg(long, value_name = "N")]
        version: Option<u32>,
    },
    /// Publish a questionnaire under the next version. Tablets have it within half a minute.
    Publish {
        #[command(flatten)]
        data: DataArguments,
        /// JSON file, as `questionnaire show` prints it.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// List all versions.
    List {
        #[command(flatten)]
        data: DataArguments,
    },
}

pub async fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Show { data, version } => {
            let app = data.existing_app().await?;
            let found = app.store.questionnaire(version).await?;
            let found = found.with_context(|| match version {
                Some(version) => format!(
                    "there is no version {version}; see them with “analytics-server questionnaire \
                     list”"
                ),
                None => "there is no questionnaire; publish one".to_owned(),
            })?;
            say(serde_json::to_string_pretty(&found.questionnaire)?)?;
        }
        Command::Publish { data, file } => {
            let said = |error: String| anyhow!("{}: {error}", file.display());
            let json = std::fs::read_to_string(&file)
                .map_err(|error| anyhow!("{} can not be read: {error}", file.display()))?;
            let new: Questionnaire =
                serde_json::from_str(&json).map_err(|error| said(error.to_string()))?;
            new.check()
                .map_err(|error| said(format!("{error}; mend it there, nothing was published")))?;
            let app = data.existing_app().await?;
            let now = app.clock.now();
            say(app.store.publish_questionnaire(&new, "command line", now).await?)?;
        }
        Command::List { data } => {
            for one in data.existing_app().await?.store.questionnaires().await? {
                let version = one.questionnaire.version;
                let question = one.questionnaire.question.get(FIRST_LANGUAGE);
                let question = question.map(String::as_str).unwrap_or_default();
                say(format!("{version}\t{}\t{}\t{question}", moment(Some(one.at)), one.actor))?;
            }
        }
    }
    Ok(())
}
