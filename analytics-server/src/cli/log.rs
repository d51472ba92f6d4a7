//! The log: on standard error, for people or for programs, and for systemd's journal with the priority
//! of each line.

use analytics_server::clock::Clock;
use analytics_server::config::{Config, LogFormat};
use anyhow::{Context, Result};
use serde_json::json;
use std::fmt;
use std::io::IsTerminal;
use std::os::unix::fs::MetadataExt;
use std::sync::OnceLock;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

/// What a command logs that is no server: what needs a person, and what it does.
const QUIET: &str = "warn,analytics_server=info";

/// How this process writes, once the log has begun.
static FORMAT: OnceLock<LogFormat> = OnceLock::new();

/// Begins the log. `RUST_LOG` overrides every other setting, so that a fault can be searched for.
pub fn begin(config: Option<&Config>) -> Result<()> {
    let said = config.map_or(QUIET, |config| config.log_filter.value.as_str());
    let filter = match EnvFilter::try_from_default_env() {
        Ok(filter) => filter,
        Err(_) => EnvFilter::try_new(said)
            .with_context(|| format!("“{said}” is no filter of the log; write warn,access=info"))?,
    };
    let format = config.map_or(LogFormat::Text, |config| config.log_format.value);
    let format = *FORMAT.get_or_init(|| format);
    let journal = is_journal();
    // Logs go to standard error; standard output belongs to what a command prints. Colours are for
    // eyes: in a file or a journal they would be signs among the words.
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    match format {
        LogFormat::Text => log.map_event_format(|inner| WithPriority { inner, journal }).init(),
        LogFormat::Json => {
            // A panic is logged like every other line, so that a program that reads the log finds it.
            std::panic::set_hook(Box::new(|fell| {
                tracing::error!(at = fell.location().map(ToString::to_string), "{fell}");
            }));
            let log = log.json().flatten_event(true).with_span_list(false);
            log.map_event_format(|inner| WithPriority { inner, journal }).init();
        }
    }
    Ok(())
}

/// Tells why the program ends, as the log is written.
pub fn fatal(error: &anyhow::Error) {
    match FORMAT.get() {
        Some(LogFormat::Json) => eprintln!("{}{}", prefix_of(Level::ERROR), line("ERROR", error)),
        _ => eprintln!("{}analytics-server: {error}", prefix_of(Level::ERROR)),
    }
}

/// What `serve` says on standard output once it can be reached: its address alone, or an object for
/// programs.
pub fn address_line(address: &str) -> String {
    match FORMAT.get() {
        Some(LogFormat::Json) => {
            let mut object = line("INFO", &"the server can be reached");
            object["address"] = address.into();
            object.to_string()
        }
        _ => address.to_owned(),
    }
}

/// A line as the log writes it, for what is told beside it.
fn line(level: &str, message: &dyn fmt::Display) -> serde_json::Value {
    let at = jiff::Timestamp::from_millisecond(Clock::system().now()).unwrap_or_default();
    json!({
        "timestamp": at.to_string(),
        "level": level,
        "message": message.to_string(),
        "target": "analytics_server",
    })
}

/// Whether standard error is the journal's own stream: systemd names it by device and number
/// (`man 5 systemd.exec`, `JOURNAL_STREAM`), and a program may have put another in its place.
fn is_journal() -> bool {
    let Ok(told) = std::env::var("JOURNAL_STREAM") else { return false };
    let stream = std::fs::metadata("/proc/self/fd/2");
    stream.is_ok_and(|stream| told == format!("{}:{}", stream.dev(), stream.ino()))
}

fn prefix_of(level: Level) -> &'static str {
    if is_journal() { prefix(level) } else { "" }
}

/// The journal's priority of a line (`man 3 sd-daemon`); without it every line has the same.
fn prefix(level: Level) -> &'static str {
    match level {
        Level::ERROR => "<3>",
        Level::WARN => "<4>",
        Level::INFO => "<6>",
        _ => "<7>",
    }
}

/// Lines with their priority in front, where the journal reads them.
struct WithPriority<F> {
    inner: F,
    journal: bool,
}

impl<S, N, F> FormatEvent<S, N> for WithPriority<F>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    N: for<'writer> FormatFields<'writer> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        if self.journal {
            writer.write_str(prefix(*event.metadata().level()))?;
        }
        self.inner.format_event(context, writer, event)
    }
}
