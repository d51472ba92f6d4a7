//! `invite`: asks a person at a counter for a rating, as the one-stop software does by the API.

use super::data::DataArguments;
use super::output::say;
use analytics_server::clock::fresh_id;
use analytics_server::invite::{Asker, invite};
use anyhow::Result;
use protocol::Stage;
use protocol::invitation::InviteRequest;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    data: DataArguments,
    /// Code of the counter, such as Q01.
    #[arg(long, value_name = "CODE")]
    counter: String,
    /// Step of the service: receive or return.
    #[arg(long, value_name = "STAGE")]
    stage: Option<Stage>,
    /// Code of the dossier, such as H53.02-230914-0027.
    #[arg(long, value_name = "CODE")]
    dossier: Option<String>,
    /// Queue number, such as B012.
    #[arg(long, value_name = "NUMBER")]
    ticket: Option<String>,
    /// Code of the officer; without it, whoever is on duty at the tablet.
    #[arg(long, value_name = "CODE")]
    officer: Option<String>,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let Arguments { data, counter, stage, dossier, ticket, officer } = arguments;
    let (store, now) = data.existing_store_now().await?;
    let request = InviteRequest { id: None, counter, stage, dossier, ticket, officer };
    let made = invite(&store, &request, Asker::seeing("command line"), fresh_id(), now).await?;
    say(format!("invitation {} for counter {}", made.invited.id, made.invited.counter))?;
    Ok(())
}
