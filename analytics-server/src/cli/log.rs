//! The log: on standard error, for people or for programs.

use analytics_server::config::{Config, LogFormat};
use anyhow::{Context, Result};
use tracing_subscriber::EnvFilter;

/// What a command logs that is no server: what needs a person, and what it does.
const QUIET: &str = "warn,analytics_server=info";

/// Begins the log. `RUST_LOG` is stronger than everything, for whoever looks for a fault.
pub fn begin(config: Option<&Config>) -> Result<()> {
    let said = config.map_or(QUIET, |config| config.log_filter.value.as_str());
    let filter = match EnvFilter::try_from_default_env() {
        Ok(filter) => filter,
        Err(_) => EnvFilter::try_new(said)
            .with_context(|| format!("“{said}” is no filter of the log; write warn,access=info"))?,
    };
    // Logs go to standard error; standard output belongs to what a command prints.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.map_or(LogFormat::Text, |config| config.log_format.value) {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    Ok(())
}
