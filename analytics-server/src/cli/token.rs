//! `token add`, `list` and `revoke`: what other software of the centre shows at the API.

use super::data::DataArguments;
use super::output::{moment, say, say_none};
use analytics_server::api::machine::SCOPES;
use analytics_server::enrolment::{fresh_machine_token, machine_hash};
use anyhow::{Context, Result, bail};
use clap::Subcommand;
use clap::builder::PossibleValuesParser;

/// Letters of a name: enough for a product and its version.
const NAME_CHARS: usize = 100;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print a new token, once: only its hash is kept.
    Add {
        #[command(flatten)]
        data: DataArguments,
        /// What you call the software that gets it.
        #[arg(long, value_name = "NAME")]
        name: String,
        /// What it may do.
        #[arg(long, value_name = "SCOPE", required = true,
              value_parser = PossibleValuesParser::new(SCOPES))]
        scope: Vec<String>,
    },
    /// List all tokens, without themselves.
    List {
        #[command(flatten)]
        data: DataArguments,
    },
    /// Revoke a token: from now on it is not known.
    Revoke {
        #[command(flatten)]
        data: DataArguments,
        /// Number of the token, as `token list` shows it.
        #[arg(value_name = "NUM")]
        num: String,
    },
}

pub async fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Add { data, name, mut scope } => {
            let name = name.trim();
            if name.is_empty()
                || name.chars().count() > NAME_CHARS
                || name.chars().any(char::is_control)
            {
                bail!("the name has 1 to {NAME_CHARS} letters; write what you call the software");
            }
            scope.sort();
            scope.dedup();
            let token = fresh_machine_token()?;
            let hash = machine_hash(&token).context("the new token is none")?;
            let (store, now) = data.existing_store_now().await?;
            let scopes = scope.join(" ");
            let num = store.add_machine_token(name, hash, &scopes, "command line", now).await?;
            say(token)?;
            eprintln!(
                "Token {num} is shown this once. “analytics-server token revoke {num}” takes it back."
            );
            Ok(())
        }
        Command::List { data } => {
            let (store, _) = data.existing_store_now().await?;
            let tokens = store.machine_tokens().await?;
            if tokens.is_empty() {
                say_none("There are no tokens.");
            }
            for token in tokens {
                let state = match token.revoked_at {
                    Some(at) => format!("revoked {}", moment(Some(at))),
                    None => format!("last used {}", moment(token.last_used_at)),
                };
                say(format!("{}\t{}\t{}\t{state}", token.num, token.name, token.scopes))?;
            }
            Ok(())
        }
        Command::Revoke { data, num } => {
            let (store, now) = data.existing_store_now().await?;
            let revoked = match num.parse() {
                Ok(num) => store.revoke_machine_token(num, "command line", now).await?,
                Err(_) => false,
            };
            if !revoked {
                bail!("no token {num} holds; see them with “analytics-server token list”");
            }
            say(format!("token {num} is revoked"))
        }
    }
}
