//! `comments keep` says for how many months comments are kept; a running server takes the older ones
//! away once a day, and `comments expire` does so now.

use super::data::DataArguments;
use super::output::say;
use analytics_server::centre::Centre;
use analytics_server::retention;
use analytics_server::state::App;
use analytics_server::storage::Store;
use anyhow::{Context, Result, bail};
use clap::Subcommand;

/// How often the settings are read again because somebody else changed them meanwhile.
const TRIES: u32 = 5;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Set how long comments are kept.
    Keep {
        #[command(flatten)]
        data: DataArguments,
        /// Months, 1 to 120.
        #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(i32).range(1..=120))]
        months: i32,
    },
    /// Take away the comments that are older, and the originals of redactions whose thirty days are
    /// over; the ratings stay and count as before.
    Expire {
        #[command(flatten)]
        data: DataArguments,
    },
}

pub async fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Keep { data, months } => {
            let (store, now) = data.existing_store_now().await?;
            keep(&store, months, now).await?;
            say(format!("comments are kept for {months} months"))?;
        }
        Command::Expire { data } => {
            let app = data.existing_app().await?;
            let originals = retention::expire_originals(&app, "command line").await?;
            if originals > 0 {
                say(format!("{originals} originals of redacted comments are deleted"))?;
            }
            let gone = retention::expire_comments(&app, "command line")
                .await?
                .context("no retention time is set; run “analytics-server comments keep” first")?;
            say(format!("{gone} comments are taken away; their ratings stay"))?;
        }
    }
    Ok(())
}

/// Sets the months and nothing else: what a page saved meanwhile is read again, never overwritten.
async fn keep(store: &Store, months: i32, now: i64) -> Result<()> {
    for _ in 0..TRIES {
        let (centre, was) = Centre::stored(store).await?;
        let centre = Centre { comment_months: Some(months), ..centre };
        if App::change_centre_in(store, was.as_deref(), &centre, "command line", now).await? {
            return Ok(());
        }
    }
    bail!("somebody else is changing the centre's settings; try again")
}
