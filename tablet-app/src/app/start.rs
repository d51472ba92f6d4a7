//! The start at work: opens the journal, enrols, salvages, each on a thread of its own, and gives the
//! journal of an enrolled tablet to the window. Why the tablet does not start is shown on the
//! glass and written to the log.

use crate::clock::Clock;
use crate::courier::{self, EnrolError, Failure};
use crate::desk::Wake;
use crate::journal::{self, ExportError, FILE, Journal, Options, SalvageError, Salvaged};
use crate::screens;
use crate::startup::{Saved, Startup, StartupEffect, StartupFault, StartupInput};
use crate::sticks::{StickChoice, choose, in_folder, sticks};
use eframe::egui;
use egui::Ui;
use protocol::enrol_link::Admission;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// Outcomes that may wait: one piece of work is under way at a time.
const QUEUE: usize = 4;

/// What a tablet is started with.
#[derive(Clone, Debug, Default)]
pub struct StartOptions {
    /// Its data directory.
    pub dir: PathBuf,
    /// Address of the server, where it was given.
    pub server: Option<String>,
    /// A code or the text beside the QR picture, where it was given.
    pub enrol: Option<Admission>,
    /// Where a damaged journal is salvaged to instead of the stick that is plugged in.
    pub export_dir: Option<PathBuf>,
}

impl StartOptions {
    fn address(&self) -> Option<&String> {
        // What was typed by hand knows better than the picture how the tablet gets there.
        self.server.as_ref().or(self.enrol.as_ref().and_then(|admission| admission.server.as_ref()))
    }
}

enum Opened {
    Input(StartupInput),
    /// The tablet is enrolled: on to the question.
    Ready(Journal),
}

/// The start of a tablet, until it has a journal of an enrolled one.
pub struct Starter {
    startup: Startup,
    start: Arc<StartOptions>,
    clock: Clock,
    answers: Receiver<Opened>,
    answer: SyncSender<Opened>,
    wake: Wake,
    leaving: bool,
}

impl Starter {
    /// Begins to open the journal.
    pub fn new(start: StartOptions, clock: Clock, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (answer, answers) = sync_channel(QUEUE);
        let code = start.enrol.as_ref().map(|admission| admission.code.clone());
        let startup = Startup::new(start.address().cloned(), code);
        let (start, wake) = (Arc::new(start), Arc::new(wake));
        let starter = Self { startup, start, clock, answers, answer, wake, leaving: false };
        starter.begin(StartupEffect::Open);
        starter
    }

    /// The machine.
    pub fn startup(&self) -> &Startup {
        &self.startup
    }

    /// Whether somebody wants to leave the program.
    pub fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// Takes an input and begins what it asks for.
    pub fn put(&mut self, input: StartupInput) {
        if let StartupInput::Failed(fault, detail) = &input {
            tracing::error!(trouble = fault.name(), detail, "the tablet does not start");
        }
        let (startup, effects) = self.startup.clone().step(input, self.clock.now().uptime_ms);
        self.startup = startup;
        for effect in effects {
            match effect {
                StartupEffect::Leave => self.leaving = true,
                effect => self.begin(effect),
            }
        }
    }

    /// Takes what has come and lets the time pass; the journal, once there is one to go on with.
    pub fn attend(&mut self) -> Option<Journal> {
        while let Ok(answer) = self.answers.try_recv() {
            match answer {
                Opened::Input(input) => self.put(input),
                Opened::Ready(journal) => return Some(journal),
            }
        }
        self.put(StartupInput::Tick);
        None
    }

    /// Attends, draws what there is to see and takes what was touched.
    pub(super) fn show(&mut self, ui: &Ui) -> Option<Journal> {
        let ready = self.attend();
        if ready.is_some() {
            ui.ctx().request_repaint();
            return ready;
        }
        let uptime = self.clock.now().uptime_ms;
        let scene = screens::start::StartScreen { startup: &self.startup, uptime };
        if let Some(input) = screens::start::show(ui, &scene) {
            self.put(input);
            ui.ctx().request_repaint();
        }
        if self.startup.wakes_at().is_some() {
            // Waits are counted down.
            ui.ctx().request_repaint_after(Duration::from_secs(1));
        }
        None
    }

    /// Does slow work on a thread of its own.
    fn begin(&self, effect: StartupEffect) {
        let (start, clock) = (Arc::clone(&self.start), self.clock.clone());
        let (answer, wake) = (self.answer.clone(), Arc::clone(&self.wake));
        let begun = thread::Builder::new().name("start".to_owned()).spawn(move || {
            let done = match effect {
                StartupEffect::Open => open(&start, &clock),
                StartupEffect::Enrol { server, code } => enrol_anew(&start, &clock, &server, &code),
                StartupEffect::Salvage(folder) => salvage(&start, &clock, folder),
                StartupEffect::Leave => return,
            };
            // Nobody listens when the window is closed.
            let _ = answer.send(done);
            wake();
        });
        if let Err(error) = begun {
            let failed = StartupInput::Failed(StartupFault::Other, error.to_string());
            let _ = self.answer.try_send(Opened::Input(failed));
        }
    }
}

/// Opens the journal, and enrols the tablet where that was asked for and is not done yet.
fn open(start: &StartOptions, clock: &Clock) -> Opened {
    if start.enrol.is_none() && !start.dir.join(FILE).exists() {
        // Nothing is made before somebody has a code.
        return Opened::Input(StartupInput::NotEnrolled);
    }
    let opened = Journal::open(&start.dir, clock, Options::default());
    let known = opened.and_then(|journal| Ok((journal.identity()?, journal)));
    match known {
        Err(error) => failed(&error),
        Ok((Some(identity), journal)) if identity.enrolled.is_some() => {
            renew(&journal, identity, start);
            Opened::Ready(journal)
        }
        Ok((_, journal)) => match (&start.enrol, start.address()) {
            (Some(admission), Some(server)) => enrol(journal, server, &admission.code),
            (Some(_), None) => Opened::Input(StartupInput::NotTaken("server")),
            (None, _) => Opened::Input(StartupInput::NotEnrolled),
        },
    }
}

fn failed(error: &journal::JournalError) -> Opened {
    Opened::Input(StartupInput::Failed(StartupFault::of(error), error.to_string()))
}

/// What the command line says of an enrolled tablet. It never keeps the tablet from working with what it
/// has: a code that was used long ago may still stand in a unit.
fn renew(journal: &Journal, mut identity: journal::Identity, start: &StartOptions) {
    let outcome = match (&start.enrol, start.address()) {
        (Some(admission), Some(server)) => {
            courier::enrol(journal, server, &admission.code).map(|_| ())
        }
        (None, Some(server)) => {
            courier::Http::new(server).map_err(EnrolError::from).and_then(|http| {
                http.server().clone_into(&mut identity.server);
                Ok(journal.put_identity(identity)?)
            })
        }
        (_, None) => Ok(()),
    };
    if let Err(error) = outcome {
        tracing::warn!(%error, "the tablet works on as it is enrolled");
    }
}

fn enrol_anew(start: &StartOptions, clock: &Clock, server: &str, code: &str) -> Opened {
    match Journal::open(&start.dir, clock, Options::default()) {
        Ok(journal) => enrol(journal, server, code),
        Err(error) => failed(&error),
    }
}

fn enrol(journal: Journal, server: &str, code: &str) -> Opened {
    match courier::enrol(&journal, server, code) {
        Ok(enrolled) => {
            tracing::info!(tablet = %enrolled.tablet, counter = enrolled.counter, "enrolled");
            Opened::Ready(journal)
        }
        Err(EnrolError::Journal(error)) => failed(&error),
        Err(error) => {
            tracing::warn!(%error, "the tablet was not enrolled");
            Opened::Input(StartupInput::NotTaken(match error {
                EnrolError::Failure(Failure::Refused { .. }) => "code",
                EnrolError::Failure(Failure::Address { .. } | Failure::WrongServer { .. }) => {
                    "address"
                }
                EnrolError::Failure(_) => "network",
                _ => "other",
            }))
        }
    }
}

fn salvage(start: &StartOptions, clock: &Clock, folder: Option<PathBuf>) -> Opened {
    let folder = folder.or_else(|| start.export_dir.clone());
    let folder = match folder.map_or_else(|| choose(sticks()), in_folder) {
        StickChoice::None => return Opened::Input(StartupInput::Salvaged(Err("stick"))),
        StickChoice::Several(sticks) => return Opened::Input(StartupInput::Sticks(sticks)),
        StickChoice::One(stick) => stick.folder,
    };
    let error = match salvage_to(&start.dir, &folder, clock) {
        Ok(saved) => return Opened::Input(StartupInput::Salvaged(Ok(saved))),
        // It was a fault that has passed.
        Err(SalvageError::Whole { .. }) => return open(start, clock),
        Err(error) => error,
    };
    tracing::warn!(%error, "the journal was not salvaged");
    Opened::Input(StartupInput::Salvaged(Err(match error {
        SalvageError::NoKey => "key",
        SalvageError::Export(ExportError::Write { .. }) => "write",
        SalvageError::Export(_) | SalvageError::Whole { .. } => "other",
    })))
}

/// Only into a sealed file: no PIN can be asked here, so anybody may be standing there.
fn salvage_to(dir: &Path, folder: &Path, clock: &Clock) -> Result<Saved, SalvageError> {
    let Salvaged { file, missing, aside, .. } = journal::salvage(dir, folder, clock, true)?;
    tracing::warn!(?missing, aside = %aside.display(), "a damaged journal was salvaged");
    let missing = missing.iter().map(|(from, to)| to - from + 1).sum();
    Ok(Saved { file: file.map(|file| file.path.display().to_string()), missing })
}
