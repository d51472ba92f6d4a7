//! The tablet's command line. Each refusal is one clear sentence and a non-zero exit.

mod stdout;

use anyhow::{Context, bail};
use clap::{Args, Parser, Subcommand};
use protocol::Level;
use protocol::enrol_link::Admission;
use protocol::exchange::Enrolled;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use stdout::{say, say_exported, say_salvaged};
use tablet_app::app::AppError;
use tablet_app::clock::Clock;
use tablet_app::courier::EnrolError;
use tablet_app::journal::{self, Journal, JournalError, Options};
use tablet_app::simulate::{self, Plan};
use tablet_app::{app, courier, panics, speech};

/// The counter tablet: asks citizens how satisfied they are, keeps every answer, and carries it
/// to the server.
#[derive(Parser)]
#[command(version, about, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    tablet: Tablet,
    /// Show a window of this size instead of the whole screen, such as 1280x800.
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    windowed: Option<[f32; 2]>,
    /// Where the staff screen writes the journal to, instead of the USB stick that is plugged in.
    #[arg(long, value_name = "DIR")]
    export_dir: Option<PathBuf>,
    /// Folder of the sentences that are read aloud, as packaging/speech makes it.
    #[arg(long, value_name = "DIR", default_value = SPEECH)]
    speech: PathBuf,
}

/// Where the package puts the sentences that are read aloud.
const SPEECH: &str = "/usr/share/hai-long-tablet/speech";

#[derive(Args)]
struct Tablet {
    /// Address of the server, such as http://192.168.1.10:8080. Needed once, with a code; later it
    /// moves an enrolled tablet to the server's new address.
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// One-time code from `analytics-server tablet add` or the administration, or the whole text
    /// beside its QR picture, which names the server, too. Once the tablet is enrolled it is used
    /// only if the server no longer knows the tablet, such as after a restore, or has another chain
    /// of it: then the tablet becomes another one that continues it.
    #[arg(long, value_name = "CODE")]
    enrol: Option<Admission>,
    #[command(flatten)]
    data: Data,
}

#[derive(Args)]
struct Data {
    /// Where the tablet keeps its journal [default: ~/.local/share/hai-long-tablet].
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Enrol this tablet without opening a window, such as on a machine whose screen the kiosk has.
    Enrol {
        /// One-time code, or the whole text beside its QR picture, which names the server, too.
        #[arg(value_name = "CODE")]
        code: Admission,
        /// Address of the server, such as https://hai-long.example.gov.vn.
        #[arg(long, value_name = "URL")]
        server: Option<String>,
        #[command(flatten)]
        data: Data,
    },
    /// Move an enrolled tablet to the server's new address, without opening a window. The tablet
    /// itself must not be running.
    SetServer {
        /// The new address.
        #[arg(value_name = "URL")]
        server: String,
        #[command(flatten)]
        data: Data,
    },
    /// Print how far recording and carrying have come, as JSON; also while the tablet runs.
    Status(Data),
    /// Write everything the journal keeps into a file, for a tablet that will never be online
    /// again; `analytics-server import` takes it. The tablet itself must not be running.
    Export {
        #[command(flatten)]
        data: Data,
        /// Folder of the file, such as that of a USB stick.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Print every sentence of the glass that can be read aloud, for packaging/speech: the name of
    /// its file, a tab, and the words.
    Sentences {
        /// Language (BCP 47), such as vi.
        #[arg(long)]
        language: String,
        /// A questionnaire in JSON, as the administration exports it, whose words are to be read,
        /// too.
        #[arg(long, value_name = "FILE")]
        questionnaire: Option<PathBuf>,
    },
    /// Write what can be read of a damaged journal into a file that `analytics-server import` takes, and
    /// move the damaged one aside, so that the tablet can be enrolled anew. Nothing is deleted.
    Salvage {
        #[command(flatten)]
        data: Data,
        /// Folder of the file, such as that of a USB stick.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// For technicians and tests: enrol if asked to, then tap a level without a window, by the
    /// real kiosk and journal. Prints `thanked N` after each commit, N being the event's number.
    Simulate {
        #[command(flatten)]
        tablet: Tablet,
        /// The level to tap, such as very_satisfied.
        #[arg(long)]
        level: Level,
        /// How many ratings.
        #[arg(long, default_value_t = 1)]
        count: u64,
        /// Milliseconds between two ratings.
        #[arg(long, default_value_t = 0)]
        interval_ms: u64,
        /// At the end, wait up to this many seconds until the server has everything.
        #[arg(long, default_value_t = 0)]
        deliver_s: u64,
        /// Leave the network alone.
        #[arg(long)]
        offline: bool,
    },
}

/// How the program ends when its staff left it: a service manager starts it again after every other
/// end, and not after this one.
const LEFT: u8 = 10;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let quiet = matches!(cli.command, Some(Command::Status(_)));
    log(quiet);
    match run(cli) {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::from(LEFT),
        Err(error) => {
            eprintln!("tablet-app: {error}");
            ExitCode::FAILURE
        }
    }
}

fn log(quiet: bool) {
    panics::end_the_program();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        tracing_subscriber::EnvFilter::new(if quiet { "off" } else { "warn,tablet_app=info" })
    });
    // Colours are for eyes: in a file or a journal they would be signs among the words.
    let colours = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours);
    log.with_writer(std::io::stderr).init();
}

/// Does what was asked; whether the staff left the kiosk.
fn run(cli: Cli) -> anyhow::Result<bool> {
    match cli.command {
        Some(Command::Enrol { code, server, data }) => {
            let tablet = Tablet { server, enrol: Some(code), data };
            let (_, refused) = tablet.open_or_enrol(&Clock::start())?;
            match refused {
                Some(error) => Err(error.into()),
                None => tablet.say_server(),
            }
        }
        Some(Command::SetServer { server, data }) => {
            let tablet = Tablet { server: Some(server), enrol: None, data };
            tablet.open(&Clock::start())?;
            tablet.say_server()
        }
        Some(Command::Status(data)) => {
            let status = data.status()?;
            say(&serde_json::to_string_pretty(&status)?)?;
            Ok(false)
        }
        Some(Command::Export { data, out }) => {
            // Reading comes first: it makes nothing where there is no journal.
            data.status()?;
            let clock = Clock::start();
            let journal = Journal::open(&data.dir()?, &clock, Options::default())?;
            let exported = journal.export(&out, &clock)?;
            say_exported(&exported)?;
            Ok(false)
        }
        Some(Command::Salvage { data, out }) => {
            let salvaged = journal::salvage(&data.dir()?, &out, &Clock::start(), false)?;
            say_salvaged(&salvaged)?;
            Ok(false)
        }
        Some(Command::Sentences { language, questionnaire }) => {
            let asked = match &questionnaire {
                Some(file) => {
                    let json = std::fs::read(file);
                    let json = json.with_context(|| format!("reading {}", file.display()))?;
                    let asked = serde_json::from_slice(&json);
                    Some(asked.with_context(|| format!("{} is no questionnaire", file.display()))?)
                }
                None => None,
            };
            for (name, text) in speech::sentences(&language, asked.as_ref()) {
                say(&format!("{name}\t{text}"))?;
            }
            Ok(false)
        }
        Some(Command::Simulate { tablet, level, count, interval_ms, deliver_s, offline }) => {
            let clock = Clock::start();
            let journal = tablet.open(&clock)?;
            let plan = Plan {
                level,
                count,
                interval: Duration::from_millis(interval_ms),
                deliver: Duration::from_secs(deliver_s),
                offline,
            };
            simulate::run(&journal, &clock, plan, &mut std::io::stdout().lock())?;
            Ok(false)
        }
        None => {
            let (windowed, export_dir, speech) = (cli.windowed, cli.export_dir, cli.speech);
            let Tablet { server, enrol, data } = cli.tablet;
            let dir = data.dir()?;
            let start = app::StartOptions {
                dir: dir.clone(),
                server,
                enrol,
                export_dir: export_dir.clone(),
            };
            match app::run(start, Clock::start(), app::Options { windowed, export_dir, speech }) {
                // Root or a technician may have typed it by mistake, on a console.
                Err(AppError::Window) if !is_enrolled(&dir) => bail!("{NO_WINDOW}{}", data.hint()),
                ended => Ok(ended?),
            }
        }
    }
}

/// What a tablet needs before anything else.
const NOT_ENROLLED: &str = "this tablet is not enrolled; start it once with --server URL --enrol \
    CODE (the code comes from `analytics-server tablet add` or the administration)";

/// Whether there is a journal of an enrolled tablet, or one of which that can not be told.
fn is_enrolled(dir: &Path) -> bool {
    match journal::read_status(dir) {
        Ok(status) => status.tablet.is_some(),
        Err(error) => !matches!(error, JournalError::Missing { .. }),
    }
}

/// A tablet without a screen is enrolled on the command line.
const NO_WINDOW: &str = "no window could be opened, and this tablet is not enrolled; on a machine whose \
    screen the kiosk has: `tablet-app enrol --server URL CODE` (the code comes from `analytics-server tablet \
    add` or the administration)";

impl Data {
    /// How far recording and carrying have come. Whose data that is stands on standard error where
    /// nobody named it: the console of a technician is often root's, and the kiosk's data lies with
    /// the user `kiosk`.
    fn status(&self) -> anyhow::Result<journal::Status> {
        let dir = self.dir()?;
        if self.data_dir.is_none() {
            eprintln!("tablet-app: data of this user, in {}", dir.display());
        }
        match journal::read_status(&dir) {
            Err(error @ JournalError::Missing { .. }) => bail!("{error}{}", self.hint()),
            told => Ok(told?),
        }
    }

    /// Whose data was meant, where the directory was not said and nothing was found in it.
    fn hint(&self) -> &'static str {
        if self.data_dir.is_some() {
            return "";
        }
        ". This looked at the data of the user who typed it; that of the kiosk: `runuser -u kiosk -- \
         tablet-app …`"
    }

    fn dir(&self) -> anyhow::Result<PathBuf> {
        if let Some(dir) = &self.data_dir {
            return Ok(dir.clone());
        }
        let home = std::env::var_os("HOME").context("give --data-dir: this user has no home")?;
        Ok(PathBuf::from(home).join(".local/share/hai-long-tablet"))
    }
}

impl Tablet {
    /// Opens the journal and sees to it that the tablet is enrolled. One whose chain can not go on at
    /// the server goes on recording without a good code, as it did before.
    fn open(&self, clock: &Clock) -> anyhow::Result<Journal> {
        let (journal, refused) = self.open_or_enrol(clock)?;
        if let Some(error) = refused {
            tracing::error!(%error, "recording goes on, and nothing is sent before a good code");
        }
        Ok(journal)
    }

    /// The same; and why a tablet that has to become another one did not.
    fn open_or_enrol(&self, clock: &Clock) -> anyhow::Result<(Journal, Option<EnrolError>)> {
        if self.enrol.is_none() && !self.data.dir()?.join(journal::FILE).exists() {
            // Before anything is made: root or a technician may have typed it by mistake.
            bail!("{NOT_ENROLLED}{}", self.data.hint());
        }
        let journal = Journal::open(&self.data.dir()?, clock, Options::default())?;
        if let Some(Admission { server, code }) = &self.enrol {
            // What was typed by hand knows better than the picture how the tablet gets there.
            let server = self.server.as_ref().or(server.as_ref());
            let server = server.context(
                "a code alone does not say where the server is; give --server URL as well, or the \
                 whole text beside the QR picture",
            )?;
            return match courier::enrol(&journal, server, code) {
                Ok(Enrolled { tablet, counter }) => {
                    tracing::info!(%tablet, counter, "enrolled");
                    Ok((journal, None))
                }
                Err(error) if journal.status()?.forked.is_some() => Ok((journal, Some(error))),
                Err(error) => Err(error.into()),
            };
        }
        let Some(mut identity) = journal.identity()?.filter(|known| known.enrolled.is_some())
        else {
            bail!("{NOT_ENROLLED}{}", self.data.hint());
        };
        if let Some(server) = &self.server {
            courier::Http::new(server)?.server().clone_into(&mut identity.server);
            journal.put_identity(identity)?;
        }
        Ok((journal, None))
    }
}

impl Tablet {
    /// Says which server this tablet has now.
    fn say_server(&self) -> anyhow::Result<bool> {
        let status = journal::read_status(&self.data.dir()?)?;
        let known = (status.counter.as_deref(), status.server.as_deref());
        if let (Some(counter), Some(server)) = known {
            say(&format!("the tablet of counter {counter} is enrolled at {server}"))?;
        }
        Ok(false)
    }
}

fn size(text: &str) -> Result<[f32; 2], String> {
    let sides = text.split_once('x').and_then(|(width, height)| {
        Some([width.parse::<u16>().ok()?, height.parse::<u16>().ok()?])
    });
    match sides {
        Some(sides) if sides.iter().all(|side| (200..=10_000).contains(side)) => {
            Ok(sides.map(f32::from))
        }
        _ => Err("write it as WIDTHxHEIGHT, each from 200 to 10000, such as 1280x800".to_owned()),
    }
}
