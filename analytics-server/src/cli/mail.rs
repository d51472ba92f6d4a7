//! `mail`: sends a test mail by the configured mail server, so that a fault is seen at once.

use super::data::DataArguments;
use super::output::say;
use anyhow::{Result, bail};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    data: DataArguments,
    /// Whom to send it to.
    #[arg(long, value_name = "ADDRESS")]
    to: String,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let Some(mail) = arguments.data.configured_alone()?.mail else {
        bail!("[mail] is not set in the configuration; see docs/operations.md");
    };
    let settings = mail.value;
    if let Err(why) = settings.send_test(&arguments.to, locales::texts("vi")).await {
        bail!("the test mail could not be sent by {}:{}: {why}", settings.server, settings.port);
    }
    say(format!("{} took the test mail to {}", settings.server, arguments.to))
}
