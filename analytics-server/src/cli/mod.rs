//! The commands of the program.

mod backup;
mod centre;
mod check;
mod comments;
mod config;
mod data;
mod demo;
mod figures;
mod import;
mod invite;
mod log;
mod lookup;
mod mail;
mod move_data;
mod officer;
mod output;
mod period;
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

use analytics_server::config::{Config, Flags};
use anyhow::Result;
use clap::{Parser, Subcommand};
use data::{DataArguments, variable};
use std::path::PathBuf;

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
    Move(DataArguments),
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
            Command::Move(data) => move_data::run(data).await,
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
