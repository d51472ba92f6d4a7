//! What can be typed, and what all sub-commands share: the data directory and the database.

mod centre;
mod comments;
mod demo;
mod figures;
mod import;
mod invite;
mod officer;
mod quarantine;
mod questionnaire;
mod report;
mod roster;
mod serve;
mod tablet;
mod technician;
mod token;

use analytics_server::clock::{Clock, birth};
use analytics_server::period;
use analytics_server::state::App;
use analytics_server::storage::rows::{Counter, Directory, Officer};
use analytics_server::storage::{FILE, Store};
use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand};
use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;

/// Satisfaction surveys of public service counters: the server and its tools.
#[derive(Parser)]
#[command(name = "analytics-server", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Load a demonstration, let simulated tablets rate, and serve it.
    Demo(demo::Arguments),
    /// Serve tablets and pages.
    Serve(serve::Arguments),
    /// Take in departments, counters, officers, procedures and ratings from files.
    Import(import::Arguments),
    /// Print the figures of a period as JSON.
    Figures(figures::Arguments),
    /// Write the report of a period.
    Report(report::Arguments),
    /// Make enrolment codes and list tablets.
    Tablet(tablet::Arguments),
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
    /// Say how long comments are kept, and take older ones away.
    Comments(comments::Arguments),
    /// Print or set the centre: name, time zone, hours, notice, languages, reporting policy,
    /// letterhead.
    Centre(centre::Arguments),
}

/// Where the data is.
#[derive(Args, Clone)]
struct Place {
    /// Directory of the data; made when it is missing.
    #[arg(long, value_name = "DIR", default_value = "hai-long-data")]
    data_dir: PathBuf,
    /// PostgreSQL instead of the embedded SQLite: postgres://user@host/name.
    #[arg(long, value_name = "ADDRESS", env = "HAI_LONG_DATABASE")]
    database: Option<String>,
}

impl Place {
    async fn store(&self) -> Result<Store> {
        let birth = birth(&Clock::system())?;
        Ok(Store::open(&self.data_dir, self.database.as_deref(), &birth).await?)
    }

    /// As [`Place::app`], where there must be data already: a mistyped directory would otherwise
    /// be made and give figures of nothing.
    async fn existing_app(&self) -> Result<App> {
        self.must_exist()?;
        self.app().await
    }

    fn must_exist(&self) -> Result<()> {
        if self.database.is_none() && !self.data_dir.join(FILE).exists() {
            bail!(
                "there is no data in {}; check --data-dir, or import first",
                self.data_dir.display()
            );
        }
        Ok(())
    }

    /// The store alone, for what counts nothing, and the moment.
    async fn store_now(&self) -> Result<(Store, i64)> {
        Ok((self.store().await?, Clock::system().now()))
    }

    /// As [`Place::store_now`], where there must be data already.
    async fn existing_store_now(&self) -> Result<(Store, i64)> {
        self.must_exist()?;
        self.store_now().await
    }

    async fn app(&self) -> Result<App> {
        self.app_of(self.store().await?).await
    }

    async fn app_of(&self, store: Store) -> Result<App> {
        Ok(App::open(store, &self.data_dir, Clock::system()).await?)
    }
}

/// The officer of a code that was typed.
fn officer_of<'a>(directory: &'a Directory, code: &str) -> Result<&'a Officer> {
    let officer = directory.officer(code);
    officer.with_context(|| format!("no officer has the code {code}; import them first"))
}

/// The counter of a code that was typed.
fn counter_of<'a>(directory: &'a Directory, code: &str) -> Result<&'a Counter> {
    directory.counter(code).with_context(|| {
        let codes: Vec<_> = directory.counters.iter().map(|one| one.code.as_str()).collect();
        let known = codes.join(", ");
        let known = if codes.is_empty() { "none yet, import counters first" } else { &known };
        format!("no counter has the code {code}; known are: {known}")
    })
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
        Ok(period::parse(&self.period, app.centre.policy)?)
    }
}

/// Prints a line. That nobody reads any more (`… | head`) changes neither the work nor its outcome.
fn say(line: impl Display) -> Result<()> {
    match writeln!(io::stdout().lock(), "{line}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        told => Ok(told?),
    }
}

/// Reads the command line and does what it says.
pub fn run() -> Result<()> {
    let cli = Cli::parse();
    // Logs go to standard error; standard output belongs to what a command prints.
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,analytics_server=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Demo(arguments) => demo::run(arguments).await,
            Command::Serve(arguments) => serve::run(arguments).await,
            Command::Import(arguments) => import::run(arguments).await,
            Command::Figures(arguments) => figures::run(arguments).await,
            Command::Report(arguments) => report::run(arguments).await,
            Command::Tablet(arguments) => tablet::run(arguments).await,
            Command::Quarantine(arguments) => quarantine::run(arguments).await,
            Command::Officer(arguments) => officer::run(arguments).await,
            Command::Technician(arguments) => technician::run(arguments).await,
            Command::Roster(arguments) => roster::run(arguments).await,
            Command::Questionnaire(arguments) => questionnaire::run(arguments).await,
            Command::Invite(arguments) => invite::run(arguments).await,
            Command::Token(arguments) => token::run(arguments).await,
            Command::Comments(arguments) => comments::run(arguments).await,
            Command::Centre(arguments) => centre::run(arguments).await,
        }
    })
}
