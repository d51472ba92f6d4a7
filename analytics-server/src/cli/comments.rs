//! `comments keep` says for how many months comments are kept; `comments expire` takes the older
//! ones away for good. A timer runs it once a day.

use super::{Place, say};
use analytics_server::clock::Clock;
use anyhow::{Context, Result};
use clap::Subcommand;
use jiff::{Timestamp, ToSpan};

/// Name of the setting in the store.
const SETTING: &str = "comment_months";

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
            store.put_setting(SETTING, &months.to_string(), "command line", now).await?;
            say(format!("comments are kept for {months} months"))?;
        }
        Command::Expire { place } => {
            let app = place.existing_app().await?;
            let setting = app.store.setting(SETTING).await?;
            let setting = setting
                .context("no retention time is set; run “analytics-server comments keep” first")?;
            let months: i32 = setting.parse().context("the retention time can not be read")?;
            let now = Clock::system().now();
            let local = Timestamp::from_millisecond(now)?.to_zoned(app.zone.clone());
            let before = local.checked_sub(months.months())?.timestamp().as_millisecond();
            let gone = app.store.expire_comments(before, "command line", now).await?;
            say(format!("{gone} comments are taken away; their ratings stay"))?;
        }
    }
    Ok(())
}
