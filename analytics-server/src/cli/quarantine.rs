//! `quarantine list` shows the events that can not be counted and why; `quarantine release` counts
//! those that can be by now.

use super::data::DataArguments;
use super::output::{say, say_none};
use analytics_server::normalization::one_line;
use anyhow::Result;
use clap::Subcommand;

/// Events that are held in memory at once.
const PAGE: u32 = 1_000;

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
        data: DataArguments,
    },
    /// Fold the visits of waiting events again, after what they name was imported.
    Release {
        #[command(flatten)]
        data: DataArguments,
    },
}

pub async fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::List { data } => {
            let (store, _) = data.existing_store_now().await?;
            let mut skipped = 0;
            loop {
                let page = store.waiting(skipped, PAGE).await?;
                for event in &page {
                    let (tablet, number, reason) = (event.tablet, event.number, &event.reason);
                    let detail = one_line(&event.detail);
                    say(format!("{tablet} event {number}: {reason}: {detail}"))?;
                }
                if page.is_empty() && skipped == 0 {
                    say_none("No event waits.");
                }
                if page.len() < PAGE as usize {
                    break;
                }
                skipped += PAGE;
            }
        }
        Command::Release { data } => {
            let app = data.existing_app().await?;
            let repeat_ms = app.centre().repeat_ms();
            let released = app.store.release_all(repeat_ms, app.clock.now()).await?;
            let left = app.store.quarantined().await?;
            say(format!("{released} events released, {left} still wait"))?;
        }
    }
    Ok(())
}
