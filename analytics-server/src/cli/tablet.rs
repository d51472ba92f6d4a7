//! `tablet add` makes an enrolment code, `list` shows the tablets that are known, `retire` refuses one.

use super::data::DataArguments;
use super::lookup::{counter_of, officer_of};
use super::output::{moment, say, say_none};
use analytics_server::demonstration::is_demo;
use analytics_server::enrolment::{VALID_MS, code_hash, fresh_code};
use analytics_server::fleet::FleetState;
use analytics_server::storage::forks::Fork;
use analytics_server::storage::heartbeats::Health;
use analytics_server::storage::rows::TabletAssignment;
use anyhow::{Result, bail};
use clap::Subcommand;
use protocol::Stage;
use std::fmt::Write as _;
use uuid::Uuid;

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
        data: DataArguments,
    },
    /// Retire a tablet that was lost, stolen or taken away: what it sends is refused from now on.
    Retire {
        #[command(flatten)]
        data: DataArguments,
        /// Its id, as `tablet list` shows it.
        #[arg(value_name = "ID")]
        id: String,
    },
}

#[derive(clap::Args)]
struct Add {
    #[command(flatten)]
    data: DataArguments,
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
        Command::List { data } => list(data).await,
        Command::Retire { data, id } => retire(&data, &id).await,
    }
}

async fn add_tablet(add: Add) -> Result<()> {
    let app = add.data.existing_app().await?;
    let directory = app.store.directory().await?;
    let counter = counter_of(&directory, &add.counter)?;
    let officer = match &add.officer {
        None => None,
        Some(code) => Some(officer_of(&directory, code)?.id),
    };
    // Real ratings have no place among made-up ones: in a demonstration every tablet is marked.
    let simulated = is_demo(&app.store).await?;
    let post = TabletAssignment { counter: counter.id, officer, stage: add.stage, simulated };
    let code = fresh_code()?;
    let now = app.clock.now();
    app.store.add_enrolment_code(&post, code_hash(&code), now, now + VALID_MS).await?;
    say(code)?;
    Ok(())
}

async fn retire(data: &DataArguments, id: &str) -> Result<()> {
    let (store, now) = data.existing_store_now().await?;
    let tablet = match id.parse::<Uuid>() {
        Ok(id) => store.tablet(id).await?.map(|tablet| (id, tablet)),
        Err(_) => None,
    };
    let Some((id, tablet)) = tablet else {
        bail!("no tablet has the id {id}; see them with “analytics-server tablet list”");
    };
    if tablet.retired || !store.retire_tablet(id, "command line", now).await? {
        return say(format!("tablet {id} is retired already"));
    }
    say(format!(
        "tablet {id} is retired: it is refused from now on, its ratings stay. If it was stolen, set \
         another technician's PIN (“analytics-server technician pin”). If it comes back, what it had \
         not sent can be brought in as a file (“tablet-app export”, then “analytics-server import”)"
    ))
}

async fn list(data: DataArguments) -> Result<()> {
    let (store, _) = data.existing_store_now().await?;
    let tablets = store.tablets().await?;
    if tablets.is_empty() {
        say_none("There are no tablets; “analytics-server tablet add” makes a code for one.");
    }
    let known = FleetState::of(&store).await?;
    for tablet in tablets {
        let fork = known.fork(tablet.id).map(forked);
        let carried_on = tablet.continued_by.map(|by| {
            format!("\tcontinued by {by}, not heard of since: retire it if it is no longer in use")
        });
        let refused = known.blocked(tablet.id).map(|blocked| {
            let status = blocked.status.map_or("none".to_owned(), |status| status.to_string());
            let since = moment(Some(blocked.since));
            format!(
                "\tREFUSED ON THE WAY event {} since {since}, HTTP status {status}",
                blocked.number
            )
        });
        say(format!(
            "{}\t{}\t{} events\tlast contact {}\tversion {}{}{}{}{}{}",
            tablet.counter,
            tablet.id,
            tablet.head,
            moment(tablet.last_contact_at),
            tablet.app_version,
            known.continues(tablet.id).map(|id| format!("\tcontinues {id}")).unwrap_or_default(),
            carried_on.unwrap_or_default(),
            tablet.health.as_ref().map(health_line).unwrap_or_default(),
            refused.unwrap_or_default(),
            fork.unwrap_or_default()
        ))?;
    }
    Ok(())
}

/// That two chains carry a tablet's identity, and what to do.
fn forked(fork: &Fork) -> String {
    let other = fork.other.map_or(String::new(), |other| {
        let heard = moment(Some(other.received_at));
        format!("; the other machine, last heard of {heard}, has {} events pending", other.pending)
    });
    format!(
        "\tTWO CHAINS since {}{other}: its data was copied or set back; make a code (“analytics-server \
         tablet add”) for the counter of the tablet that says it needs a technician, and enrol it anew \
         on that tablet; do not retire the other one",
        moment(Some(fork.since))
    )
}

/// What a tablet told of itself, as far as it knew.
fn health_line(health: &Health) -> String {
    let mut text = format!("\tpending {}", health.pending);
    // Writing to a string can not fail.
    if let Some(skew) = health.skew_ms {
        let _ = write!(text, "\tclock {:+.1} s", skew as f64 / 1_000.0);
    }
    if let Some(battery) = health.battery {
        let charging = if health.charging == Some(true) { ", charging" } else { "" };
        let _ = write!(text, "\tbattery {battery} %{charging}");
    }
    if let Some(free) = health.storage_free {
        let _ = write!(text, "\tfree {} MiB", free / (1024 * 1024));
    }
    if let Some(version) = health.questionnaire {
        let _ = write!(text, "\tquestionnaire {version}");
    }
    if let Some(officer) = &health.officer {
        let _ = write!(text, "\tofficer {officer}");
    }
    if let Some(trouble) = &health.trouble {
        let _ = write!(text, "\tTROUBLE {trouble}");
    }
    text
}
