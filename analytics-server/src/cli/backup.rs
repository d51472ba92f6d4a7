//! `backup` and `restore`: one file that holds everything, made while the server works.

use super::{Place, moment, say};
use analytics_server::storage::backup::{BackupError, LAST_BACKUP, look_into, restore as put_back};
use analytics_server::storage::{Store, without_password};
use anyhow::{Result, bail};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    /// File to write, or a directory in which it is named by the moment.
    #[arg(long, value_name = "FILE|DIR")]
    out: PathBuf,
}

#[derive(clap::Args)]
pub struct RestoreArguments {
    #[command(flatten)]
    place: Place,
    /// The backup.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let config = arguments.place.configured_alone()?;
    if let Some(address) = config.database.value {
        return Err(BackupError::Postgres(without_password(&address)).into());
    }
    let (store, now) = arguments.place.existing_store_now().await?;
    let to = if arguments.out.is_dir() {
        let at = jiff::Timestamp::from_millisecond(now)?;
        arguments.out.join(at.strftime("hai-long-%Y%m%dT%H%M%SZ.db").to_string())
    } else {
        arguments.out
    };
    store.back_up(&to).await?;
    let copy = look_into(&to).await?;
    let told = told(&copy).await?;
    copy.close().await;
    // Only now: a copy that can not be read is none.
    store.put_setting(LAST_BACKUP, &now.to_string(), "command line", now).await?;
    store.close().await;
    say(format!("{}: {told}", to.display()))
}

pub async fn restore(arguments: RestoreArguments) -> Result<()> {
    let config = arguments.place.configured_alone()?;
    if config.database.value.is_some() {
        bail!(
            "a PostgreSQL database is restored by its own tools: pg_restore --dbname=ADDRESS \
             hai-long.dump"
        );
    }
    let dir = config.data_dir.value;
    put_back(&arguments.from, &dir).await?;
    let store = arguments.place.store().await?;
    let told = told(&store).await?;
    store.close().await;
    say(format!("{}: {told}", dir.display()))?;
    say(
        "everybody signs in anew; people and tokens that were taken back since hold again: take them \
         back anew",
    )?;
    say("tablets send by themselves what they recorded since; start the server")
}

async fn told(store: &Store) -> Result<String> {
    let totals = store.totals(0).await?;
    Ok(format!(
        "{} tablets, {} events, {} ratings, the last of {}",
        totals.tablets,
        totals.events,
        totals.ratings,
        moment(totals.last)
    ))
}
