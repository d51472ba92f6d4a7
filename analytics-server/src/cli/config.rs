//! `config`: the values of the configuration, and where each comes from.

use super::data::DataArguments;
use super::output::say;
use anyhow::Result;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub data: DataArguments,
    #[command(flatten)]
    pub network: super::serve::Network,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let config = arguments.data.configured(arguments.network.flags())?;
    say(config.to_string().trim_end())
}
