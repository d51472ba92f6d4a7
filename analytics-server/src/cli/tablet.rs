//! `tablet add` makes an enrolment code, `tablet list` shows the tablets that are known.

use super::{Place, officer_of, say};
use analytics_server::demo::is_demo;
use analytics_server::enrolment::{VALID_MS, code_hash, fresh_code};
use analytics_server::storage::rows::Post;
use anyhow::{Result, bail};
use clap::Subcommand;
use protocol::Stage;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print a code that enrols one tablet, once, within two days.
    Add(Add),
    /// List the tablets that are known.
    List {
        #[command(flatten)]
        place: Place,
    },
}

#[derive(clap::Args)]
struct Add {
    #[command(flatten)]
    place: Place,
    /// Code of the counter, such as Q01.
    #[arg(long, value_name = "CODE")]
    counter: String,
    /// Code of the officer the tablet asks about; without it, the counter's first.
    #[arg(long, value_name = "CODE")]
    officer: Option<String>,
    /// Step of the service, when this tablet is asked about only one: receive or return.
    #[arg(long, value_name = "STAGE")]
    stage: Option<Stage>,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Add(add) => add_tablet(add).await,
        Command::List { place } => list(place).await,
    }
}

async fn add_tablet(add: Add) -> Result<()> {
    let app = add.place.existing_app().await?;
    let directory = app.store.directory().await?;
    let Some(counter) = directory.counter(&add.counter) else {
        bail!(
            "no counter has the code {}; known are: {}",
            add.counter,
            known(directory.counters.iter().map(|one| one.code.as_str()))
        );
    };
    let officer = match &add.officer {
        None => None,
        Some(code) => Some(officer_of(&directory, code)?.id),
    };
    // Real ratings have no place among made-up ones: in a demonstration every tablet is marked.
    let simulated = is_demo(&app.store).await?;
    let post = Post { counter: counter.id, officer, stage: add.stage, simulated };
    let code = fresh_code()?;
    let now = app.clock.now();
    app.store.add_enrolment_code(&post, code_hash(&code), now, now + VALID_MS).await?;
    say(code)?;
    Ok(())
}

async fn list(place: Place) -> Result<()> {
    let app = place.existing_app().await?;
    for tablet in app.store.tablets().await? {
        let contact = tablet
            .last_contact_at
            .and_then(|at| jiff::Timestamp::from_millisecond(at).ok())
            .map_or_else(|| "never".to_owned(), |at| at.to_string());
        say(format!(
            "{}\t{}\t{} events\tlast contact {contact}",
            tablet.counter, tablet.id, tablet.head
        ))?;
    }
    Ok(())
}

fn known<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    let codes: Vec<_> = codes.collect();
    if codes.is_empty() { "none yet, import counters first".to_owned() } else { codes.join(", ") }
}
