//! `roster set`, `list` and `cancel`: who sits at which counter when it is not the usual officer.

use super::data::DataArguments;
use super::lookup::{counter_of, officer_of};
use super::output::{say, say_none};
use analytics_server::centre_time;
use analytics_server::state::App;
use analytics_server::storage::roster::Duty;
use anyhow::{Context, Result, bail};
use clap::Subcommand;
use jiff::civil::DateTime;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Put an officer at a counter for a time. Where entries overlap, the one made last wins.
    Set(Set),
    /// List the entries that are not over.
    List {
        #[command(flatten)]
        data: DataArguments,
    },
    /// Cancel an entry.
    Cancel {
        #[command(flatten)]
        data: DataArguments,
        /// Number of the entry, as `roster list` shows it.
        #[arg(value_name = "NUM")]
        num: i64,
    },
}

#[derive(clap::Args)]
struct Set {
    #[command(flatten)]
    data: DataArguments,
    /// Code of the counter, such as Q01.
    #[arg(long, value_name = "CODE")]
    counter: String,
    /// Code of the officer, such as CC001.
    #[arg(long, value_name = "CODE")]
    officer: String,
    /// From this moment, in the centre's time: 2026-11-24T07:00.
    #[arg(long, value_name = "MOMENT")]
    from: String,
    /// Until this moment: 2026-11-24T17:00.
    #[arg(long, value_name = "MOMENT")]
    until: String,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Set(set) => add(set).await,
        Command::List { data } => {
            let app = data.existing_app().await?;
            let directory = app.store.directory().await?;
            let duties = app.store.roster(app.clock.now()).await?;
            if duties.is_empty() {
                say_none("Nobody but the usual officers: the roster has no entry from now on.");
            }
            for duty in duties {
                let counter = directory.counter_of(duty.counter).map(|one| one.code.as_str());
                let officer = directory.officer_of(duty.officer);
                say(format!(
                    "{}\t{}\t{}\t{}\t{} to {}",
                    duty.num,
                    counter.unwrap_or_default(),
                    officer.map(|one| one.code.as_str()).unwrap_or_default(),
                    officer.map(|one| one.name.as_str()).unwrap_or_default(),
                    local(&app, duty.from),
                    local(&app, duty.until)
                ))?;
            }
            Ok(())
        }
        Command::Cancel { data, num } => {
            let app = data.existing_app().await?;
            if !app.store.cancel_duty(num, "command line", app.clock.now()).await? {
                bail!("no entry {num} holds; see them with “analytics-server roster list”");
            }
            say(format!("entry {num} is cancelled"))
        }
    }
}

async fn add(set: Set) -> Result<()> {
    let app = set.data.existing_app().await?;
    let directory = app.store.directory().await?;
    let counter = counter_of(&directory, &set.counter)?;
    let officer = officer_of(&directory, &set.officer)?;
    let (from, until) = (read(&app, &set.from)?, read(&app, &set.until)?);
    if from >= until {
        bail!("{} is not before {}; write when it begins, then when it ends", set.from, set.until);
    }
    let duty = Duty { num: 0, counter: counter.id, officer: officer.id, from, until };
    let num = app.store.add_duty(&duty, "command line", app.clock.now()).await?;
    say(format!(
        "entry {num}: {} sits at {} from {} to {}",
        officer.name,
        counter.code,
        local(&app, from),
        local(&app, until)
    ))
}

/// A moment as it was typed, in the centre's time zone.
fn read(app: &App, text: &str) -> Result<i64> {
    let moment: DateTime = text
        .parse()
        .ok()
        .with_context(|| format!("“{text}” is no moment; write it as 2026-11-24T07:00"))?;
    let moment = moment
        .to_zoned(app.zone.clone())
        .with_context(|| format!("“{text}” does not exist in {}", app.centre().time_zone))?;
    Ok(moment.timestamp().as_millisecond())
}

/// A moment in the centre's time zone.
fn local(app: &App, at: i64) -> String {
    centre_time::local(at, &app.zone).strftime("%Y-%m-%dT%H:%M").to_string()
}
