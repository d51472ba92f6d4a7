//! `config`: what the server is told, and by whom.

use super::{Place, say};
use anyhow::Result;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub network: super::serve::Network,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let config = arguments.place.configured(arguments.network.flags())?;
    say(config.to_string().trim_end())
}
