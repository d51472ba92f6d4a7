//! `verify` checks the chain of every tablet's events.

use super::{Place, moment, say};
use analytics_server::verify::check;
use anyhow::{Result, bail};
use protocol::Head;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
}

/// Prints a line for each tablet, retired ones included; fails where a chain breaks.
pub async fn run(arguments: Arguments) -> Result<()> {
    let (store, _) = arguments.place.existing_store_now().await?;
    let mut broken = 0;
    for tablet in store.chains().await? {
        let Some(one) = check(&store, tablet).await? else { continue };
        let span = one.span.map_or_else(
            || "no events yet".to_owned(),
            |(first, last)| format!("{} to {}", moment(Some(first)), moment(Some(last))),
        );
        let found = match one.breaks_at {
            None => "holds".to_owned(),
            Some(number) => format!("BREAKS at event {number}"),
        };
        broken += u32::from(one.breaks_at.is_some());
        let (counter, Head { number, digest }) = (one.counter, one.head);
        say(format!("{counter}\t{tablet}\t{number} events\t{span}\thead {digest}\t{found}"))?;
    }
    if broken > 0 {
        bail!(
            "the chains of {broken} tablets break: what is stored from the named event on is not \
             what the tablet sent; keep the database as it is, and compare it with a backup"
        );
    }
    Ok(())
}
