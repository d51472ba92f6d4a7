//! `technician pin`: sets, makes or takes away the PIN that opens the technician's side of every
//! tablet.

use super::data::DataArguments;
use super::officer::chosen;
use super::output::say;
use analytics_server::pin::{TECHNICIAN_DIGITS, hash};
use anyhow::Result;
use clap::Subcommand;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Set the technician's PIN; without --pin a random one is made and printed once.
    Pin {
        #[command(flatten)]
        data: DataArguments,
        /// Six to eight digits.
        #[arg(long, value_name = "DIGITS")]
        pin: Option<String>,
        /// Take the PIN away: nobody can leave a tablet's kiosk then.
        #[arg(long, conflicts_with = "pin")]
        remove: bool,
    },
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let Command::Pin { data, pin, remove } = arguments.command;
    let pin = chosen(pin, remove, TECHNICIAN_DIGITS)?;
    let (store, now) = data.existing_store_now().await?;
    let hash = pin.as_ref().map(|pin| hash(&pin.digits)).transpose()?;
    store.put_technician_pin(hash.as_deref(), "command line", now).await?;
    match pin {
        None => say("the technician's PIN is taken away")?,
        Some(pin) => say(pin.sentence("the technician"))?,
    }
    Ok(())
}
