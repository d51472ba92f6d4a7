//! What can be typed, and what all sub-commands share: the data directory and the database.

mod backup;
mod centre;
mod check;
mod comments;
mod config;
mod demo;
mod figures;
mod import;
mod invite;
mod log;
mod mail;
mod move_data;
mod officer;
mod quarantine;
mod questionnaire;
mod report;
mod roster;
mod serve;
mod tablet;
mod technician;
mod token;
mod user;
mod verify;

pub use log::fatal;

use analytics_server::clock::Clock;
use analytics_server::config::{Config, Flags};
use analytics_server::import::move_free_text;
use analytics_server::period;
use analytics_server::sealing::Sealing;
use analytics_server::state::App;
use analytics_server::storage::Birth;
use analytics_server::storage::rows::{Counter, Directory, Officer};
use analytics_server::storage::{FILE, Store};
use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand};
use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Satisfaction surveys of public service counters: the server and its tools.
#[derive(Parser)]
#[command(name = "analytics-server", version)]
struct Cli {
    /// Configuration file [default: /etc/hai-long/server.toml, if there is one].
    #[arg(long, global = true, value_name = "FILE", env = "HAI_LONG_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Load a demonstration, let simulated tablets rate, and serve it.
    Demo(demo::Arguments),
    /// Serve tablets and pages.
    Serve(serve::Arguments),
    /// Print the configuration that holds, and where each value comes from.
    Config(config::Arguments),
    /// Say how everything is, in one page of words, with what to do.
    Check(config::Arguments),
    /// Send a test mail by the configured mail server.
    Mail(mail::Arguments),
    /// Copy everything into one file while the server works.
    Backup(backup::Arguments),
    /// Put a backup into an empty data directory.
    Restore(backup::RestoreArguments),
    /// Move everything from SQLite into the configured PostgreSQL, which must be empty; the server
    /// stands still meanwhile.
    Move(Place),
    /// Take in departments, counters, officers, procedures and ratings from files.
    Import(import::Arguments),
    /// Print the figures of a period as JSON.
    Figures(figures::Arguments),
    /// Write the report of a period.
    Report(report::Arguments),
    /// Make enrolment codes and list tablets.
    Tablet(tablet::Arguments),
    /// Check the chain of every tablet's events against what is stored.
    Verify(verify::Arguments),
    /// Show and release events that could not be counted.
    Quarantine(quarantine::Arguments),
    /// Set or remove an officer's portrait or PIN.
    Officer(officer::Arguments),
    /// Set or remove the PIN that opens the technician's side of every tablet.
    Technician(technician::Arguments),
    /// Say who sits at which counter when it is not the usual officer.
    Roster(roster::Arguments),
    /// Show, publish and list questionnaires.
    Questionnaire(questionnaire::Arguments),
    /// Ask a person at a counter for a rating.
    Invite(invite::Arguments),
    /// Make, list and revoke tokens of other software.
    Token(token::Arguments),
    /// Add, list and retire the people who may sign in, and make links for passwords.
    User(user::Arguments),
    /// Say how long comments are kept, and take older ones away.
    Comments(comments::Arguments),
    /// Print or set the centre: name, time zone, hours, notice, languages, reporting policy,
    /// letterhead.
    Centre(centre::Arguments),
}

/// Codes that a refusal tells: more are no help on a terminal.
const KNOWN: usize = 40;

/// Where the data is.
#[derive(Args, Clone)]
struct Place {
    #[arg(from_global)]
    config: Option<PathBuf>,
    /// Directory of the data; made when it is missing [default: hai-long-data].
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// PostgreSQL instead of the embedded SQLite: postgres://user@host/name.
    #[arg(long, value_name = "ADDRESS")]
    database: Option<String>,
}

impl Place {
    /// The configuration with what the command line says, here and in `flags`.
    fn configured(&self, flags: Flags) -> Result<Config> {
        let (data_dir, database) = (self.data_dir.clone(), self.database.clone());
        let flags = Flags { data_dir, database, ..flags };
        Ok(Config::read(self.config.as_deref(), &variable, flags)?)
    }

    /// The same, where nothing else is said.
    fn configured_alone(&self) -> Result<Config> {
        self.configured(Flags::default())
    }

    async fn store(&self) -> Result<Store> {
        let config = self.configured_alone()?;
        let birth = Birth::at(&Clock::system())?;
        let database = config.database.value.as_deref();
        Ok(Store::open(&config.data_dir.value, database, &birth).await?)
    }

    /// As [`Place::app`], where there must be data already: a mistyped directory would otherwise
    /// be made and give figures of nothing.
    async fn existing_app(&self) -> Result<App> {
        self.must_exist()?;
        self.app().await
    }

    fn must_exist(&self) -> Result<()> {
        let config = self.configured_alone()?;
        let dir = config.data_dir.value;
        if config.database.value.is_none() && !dir.join(FILE).exists() {
            bail!(
                "there is no data in {}; check --data-dir and --config, or start the server or \
                 import first",
                dir.display()
            );
        }
        Ok(())
    }

    /// The store alone, for what counts nothing, where there must be data already, and the moment.
    async fn existing_store_now(&self) -> Result<(Store, i64)> {
        self.must_exist()?;
        Ok((self.store().await?, Clock::system().now()))
    }

    async fn app(&self) -> Result<App> {
        let app = self.opened_app().await?;
        // A server does this beside its work; a command that counts has to wait for it.
        move_free_text(&app.store, app.clock.now()).await?;
        Ok(app)
    }

    /// The app as it lies there.
    async fn opened_app(&self) -> Result<App> {
        let dir = self.configured_alone()?.data_dir.value;
        Ok(App::open(self.store().await?, &dir, Clock::system()).await?)
    }
}

/// The keys for secrets at a place. Without them a server works on, but for second factors.
fn sealing(file: &Path) -> Arc<Sealing> {
    Arc::new(Sealing::read_or_create(file).unwrap_or_else(|error| {
        tracing::error!("{error}");
        Sealing::default()
    }))
}

/// A variable of the environment.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The officer of a code that was typed.
fn officer_of<'a>(directory: &'a Directory, code: &str) -> Result<&'a Officer> {
    let found = directory.officer(code);
    found.with_context(|| {
        let known = known_codes(directory.officers.iter().map(|one| one.code.as_str()));
        format!("no officer has the code {code}; known are: {known}")
    })
}

/// The counter of a code that was typed.
fn counter_of<'a>(directory: &'a Directory, code: &str) -> Result<&'a Counter> {
    let found = directory.counter(code);
    found.with_context(|| {
        let known = known_codes(directory.counters.iter().map(|one| one.code.as_str()));
        format!("no counter has the code {code}; known are: {known}")
    })
}

/// Codes that a person may have meant.
fn known_codes<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    let codes: Vec<_> = codes.collect();
    match codes.len() {
        0 => "none yet, import them first".to_owned(),
        1..=KNOWN => codes.join(", "),
        all => format!("{} and {} more", codes[..KNOWN].join(", "), all - KNOWN),
    }
}

/// A moment as a list shows it.
fn moment(at: Option<i64>) -> String {
    at.and_then(|at| jiff::Timestamp::from_millisecond(at).ok())
        .map_or_else(|| "never".to_owned(), |at| at.to_string())
}

/// The period a sub-command speaks of.
#[derive(Args)]
struct PeriodArgument {
    /// 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 or 2023-01-15..2023-02-14.
    #[arg(long, value_name = "PERIOD")]
    period: String,
}

impl PeriodArgument {
    fn read(&self, app: &App) -> Result<reports::figures::Period> {
        Ok(period::parse(&self.period, app.centre().policy)?)
    }
}

/// Prints a line. That nobody reads any more (`… | head`) changes neither the work nor its outcome.
fn say(line: impl Display) -> Result<()> {
    match writeln!(io::stdout().lock(), "{}", for_terminal(&line.to_string())) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        told => Ok(told?),
    }
}

/// Says on the other output that a list is empty: whoever reads the list by a program finds no line.
fn say_none(line: &str) {
    eprintln!("{line}");
}

/// Without signs that give a terminal orders: names and codes come from tablets and files.
fn for_terminal(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control() || "\n\t".contains(*sign)).collect()
}

/// Reads the command line and does what it says.
pub fn run() -> Result<()> {
    let cli = Cli::parse();
    // A server logs as it is configured; a command that ends soon says only what it does. A
    // configuration that can not be read is told once, by the command itself.
    let config = match &cli.command {
        Command::Serve(_) => Config::read(cli.config.as_deref(), &variable, Flags::default()).ok(),
        _ => None,
    };
    log::begin(config.as_ref())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Demo(arguments) => demo::run(arguments).await,
            Command::Serve(arguments) => serve::run(arguments).await,
            Command::Config(arguments) => config::run(&arguments),
            Command::Check(arguments) => check::run(arguments).await,
            Command::Mail(arguments) => mail::run(arguments).await,
            Command::Backup(arguments) => backup::run(arguments).await,
            Command::Restore(arguments) => backup::restore(arguments).await,
            Command::Move(place) => move_data::run(place).await,
            Command::Import(arguments) => import::run(arguments).await,
            Command::Figures(arguments) => figures::run(arguments).await,
            Command::Report(arguments) => report::run(arguments).await,
            Command::Tablet(arguments) => tablet::run(arguments).await,
            Command::Verify(arguments) => verify::run(arguments).await,
            Command::Quarantine(arguments) => quarantine::run(arguments).await,
            Command::Officer(arguments) => officer::run(arguments).await,
            Command::Technician(arguments) => technician::run(arguments).await,
            Command::Roster(arguments) => roster::run(arguments).await,
            Command::Questionnaire(arguments) => questionnaire::run(arguments).await,
            Command::Invite(arguments) => invite::run(arguments).await,
            Command::Token(arguments) => token::run(arguments).await,
            Command::User(arguments) => user::run(arguments).await,
            Command::Comments(arguments) => comments::run(arguments).await,
            Command::Centre(arguments) => centre::run(arguments).await,
        }
    })
}
