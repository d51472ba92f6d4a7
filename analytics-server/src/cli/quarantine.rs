//! `quarantine list` shows the events that can not be counted and why; `quarantine release` counts
//! those that can be by now.

use super::{Place, say};
use anyhow::Result;
use clap::Subcommand;
use std::collections::BTreeSet;

/// Events shown at once: more than anybody reads.
const SHOWN: u32 = 1_000;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the events that wait, oldest first, with the reason of each.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Fold the visits of waiting events again, after what they name was imported.
    Release {
        #[command(flatten)]
        place: Place,
    },
}

pub async fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::List { place } => {
            for event in place.existing_app().await?.store.waiting(SHOWN).await? {
                let (tablet, number, reason) = (event.tablet, event.number, event.reason);
                say(format!("{tablet} event {number}: {reason}: {}", event.detail))?;
            }
        }
        Command::Release { place } => {
            let app = place.existing_app().await?;
            let waiting = app.store.waiting(u32::MAX).await?;
            let tablets: BTreeSet<_> = waiting.iter().map(|event| event.tablet).collect();
            let repeat_ms = app.centre().repeat_ms();
            let mut released = 0;
            for tablet in tablets {
                released += app.store.release(tablet, repeat_ms, app.clock.now()).await?;
            }
            say(format!(
                "{released} events released, {} still wait",
                waiting.len() as u64 - released
            ))?;
        }
    }
    Ok(())
}
