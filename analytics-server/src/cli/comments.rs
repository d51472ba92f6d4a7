//! `comments keep` says for how many months comments are kept; a running server takes the older ones
//! away once a day, and `comments expire` does so now.

use super::{Place, say};
use analytics_server::centre::Centre;
use analytics_server::retention;
use analytics_server::state::App;
use anyhow::{Context, Result};
use clap::Subcommand;

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
        place: Place,
        /// Months, 1 to 120.
        #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(i32).range(1..=120))]
        months: i32,
    },
    /// Take away the comments that are older; the ratings stay and count as before.
    Expire {
        #[command(flatten)]
        place: Place,
    },
}

pub async fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Keep { place, months } => {
            let (store, now) = place.existing_store_now().await?;
            let centre = Centre { comment_months: Some(months), ..Centre::of(&store).await? };
            App::put_centre(&store, &centre, "command line", now).await?;
            say(format!("comments are kept for {months} months"))?;
        }
        Command::Expire { place } => {
            let app = place.existing_app().await?;
            let gone = retention::expire_comments(&app, "command line")
                .await?
                .context("no retention time is set; run “analytics-server comments keep” first")?;
            say(format!("{gone} comments are taken away; their ratings stay"))?;
        }
    }
    Ok(())
}
