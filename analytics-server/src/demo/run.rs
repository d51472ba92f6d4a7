//! The demonstration runs: the case is loaded, the server serves, tablets rate until it is stopped.

use super::DemoError;
use super::case::load;
use super::dice::Dice;
use super::tablet::{Run, State, code, place};
use super::visit::visit;
use super::wire::{Failure, Wire, reachable};
use crate::clock::{fresh_id, random};
use crate::import::Progress;
use crate::serve::{Listening, serve};
use crate::state::App;
use crate::storage::rows::{Counter, Directory, Post};
use ed25519_dalek::SigningKey;
use protocol::Stage;
use protocol::exchange::{EnrolRequest, Sent};
use protocol::settings::Settings;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// How many tablets are simulated.
const TABLETS: usize = 4;

/// Milliseconds between two visits at one tablet: four tablets give a rating every few seconds.
const BETWEEN_MS: std::ops::Range<u64> = 6_000..18_000;

/// First and longest wait after a failure, in milliseconds; doubled each time, by full jitter.
const WAIT_MS: std::ops::Range<u64> = 500..30_000;

/// The period of the case.
const CASE: &str = "2023-9M";

/// Loads the case, says on `tell` what can be done, and serves with simulated tablets until
/// `stop` is ready.
pub async fn run(
    app: App,
    listening: Listening,
    progress: &dyn Progress,
    tell: impl FnOnce(&str),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), DemoError> {
    load(&app, progress).await?;
    let address = listening.address();
    tell(&guide(&app, address).await?);
    let rating = tokio::spawn(tablets(app.clone(), address));
    let served = serve(listening, app, stop).await;
    rating.abort();
    Ok(served?)
}

/// What can be done with a running demonstration, with a fresh code for a tablet window.
pub async fn guide(app: &App, address: SocketAddr) -> Result<String, DemoError> {
    let directory = app.store.directory().await?;
    let here = reachable(address);
    let mut text = format!(
        "Overview, with new ratings every few seconds:\n  http://{here}/\n\
         The nine months of the case:\n  http://{here}/?period={CASE}\n"
    );
    let counters = counters(&directory);
    let free = directory.counters.iter().find(|one| {
        directory.usual_officer(one.id).is_some() && !counters.iter().any(|used| used.id == one.id)
    });
    if let Some(counter) = free {
        let post = Post { counter: counter.id, officer: None, stage: None, simulated: true };
        let code = code(app, &post).await?;
        // Writing to a string can not fail.
        let _ = write!(
            text,
            "A tablet's window, at counter {} (the code admits one tablet, within two days):\n  \
             cargo run -p tablet-app -- --server http://{here} --enrol {code} --windowed 1280x800\n",
            counter.code
        );
    }
    let _ = write!(
        text,
        "The report, as PDF and pictures:\n  cargo run -p analytics-server -- report --period {CASE} \
         --data-dir {} --out bao-cao --format pdf,png\n\
         All of this data is simulated. Stop with Ctrl-C.\n",
        app.data_dir.display()
    );
    Ok(text)
}

/// Where the simulated tablets stand: counters with an officer, spread over the centre.
fn counters(directory: &Directory) -> Vec<&Counter> {
    let staffed: Vec<_> = directory
        .counters
        .iter()
        .filter(|counter| directory.usual_officer(counter.id).is_some())
        .collect();
    let step = (staffed.len() / TABLETS).max(1);
    staffed.into_iter().step_by(step).take(TABLETS).collect()
}

/// Simulated tablets that rate at the server which listens at `address`, until this is dropped.
/// A tablet that can not go on says so in the log; the others do.
pub async fn tablets(app: App, address: SocketAddr) {
    let directory = match app.store.directory().await {
        Ok(directory) => directory,
        Err(error) => {
            tracing::error!(%error, "no simulated tablets");
            return;
        }
    };
    let mut running = JoinSet::new();
    for (counter, stage) in counters(&directory).into_iter().zip(Stage::ALL.into_iter().cycle()) {
        let post = Post { counter: counter.id, officer: None, stage: Some(stage), simulated: true };
        let (app, code) = (app.clone(), counter.code.clone());
        running.spawn(async move {
            if let Err(error) = Tablet::live(app, address, post, &code).await {
                tracing::error!(%error, counter = code, "a simulated tablet ended");
            }
        });
    }
    while running.join_next().await.is_some() {}
}

/// One simulated tablet at work.
struct Tablet {
    app: App,
    wire: Wire,
    post: Post,
    file: std::path::PathBuf,
    dice: Dice,
    run: Run,
    /// Failures in a row.
    failures: u32,
}

impl Tablet {
    async fn live(
        app: App,
        address: SocketAddr,
        post: Post,
        counter: &str,
    ) -> Result<(), DemoError> {
        let file = place(&app.data_dir, counter);
        let dice = Dice::new(u64::from_le_bytes(random()?));
        let wire = Wire::new(address)?;
        let run = Run::new(fresh_id(), app.clock.now());
        let mut tablet = Self { app, wire, post, file, dice, run, failures: 0 };
        loop {
            let (mut state, settings) = tablet.begin().await?;
            while tablet.bring(&mut state).await? {
                tablet.pause(BETWEEN_MS).await;
                if !state.is_full() {
                    tablet.be_visited(&mut state, &settings).await?;
                }
            }
        }
    }

    /// The identity of last time if the server still knows it, or a new one; and its settings.
    async fn begin(&mut self) -> Result<(State, Settings), DemoError> {
        let mut known = State::load(&self.file);
        loop {
            let state = if let Some(state) = known.clone() {
                state
            } else {
                let key: [u8; 32] = random()?;
                let request = EnrolRequest {
                    code: code(&self.app, &self.post).await?,
                    public_key: SigningKey::from_bytes(&key).verifying_key().to_bytes(),
                    token: random()?,
                    app_version: concat!("demo ", env!("CARGO_PKG_VERSION")).to_owned(),
                    tablet: None,
                };
                match self.wire.enrol(&request).await {
                    Ok(enrolled) => {
                        let state = State::new(enrolled.tablet, key, request.token);
                        state.save(&self.file)?;
                        state
                    }
                    Err(failure) => {
                        self.wait(&failure).await;
                        continue;
                    }
                }
            };
            match self.wire.settings(state.tablet, &state.token).await {
                Ok(settings) => {
                    self.failures = 0;
                    return Ok((state, settings));
                }
                Err(failure) => {
                    known = match failure {
                        Failure::Later(_) => Some(state),
                        Failure::Never(_) => None,
                    };
                    self.wait(&failure).await;
                }
            }
        }
    }

    /// One visit, at the pace of people; every event is on disk before the next thing happens.
    async fn be_visited(
        &mut self,
        state: &mut State,
        settings: &Settings,
    ) -> Result<(), DemoError> {
        let Some(steps) = visit(settings, &mut self.dice) else { return Ok(()) };
        let session = fresh_id();
        for (after, what) in steps {
            sleep(Duration::from_millis(after)).await;
            state.record(session, &self.now(), what);
            state.save(&self.file)?;
        }
        Ok(())
    }

    /// Tries once to bring what is pending. Whether this identity can go on.
    async fn bring(&mut self, state: &mut State) -> Result<bool, DemoError> {
        let Some(batch) = state.batch(self.now()) else { return Ok(true) };
        match self.wire.send(state.tablet, &state.token, &batch).await {
            Ok(answer) => {
                self.failures = 0;
                if !state.acknowledge(&answer) {
                    tracing::warn!(tablet = %state.tablet, "the server has another chain");
                    return self.forget();
                }
                state.save(&self.file)?;
                Ok(true)
            }
            Err(failure) => {
                self.wait(&failure).await;
                match failure {
                    Failure::Later(_) => Ok(true),
                    Failure::Never(_) => self.forget(),
                }
            }
        }
    }

    fn now(&self) -> Sent {
        self.run.at(self.app.clock.now())
    }

    /// Gives the identity up; the next one enrols.
    fn forget(&self) -> Result<bool, DemoError> {
        match std::fs::remove_file(&self.file) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(DemoError::State { path: self.file.clone(), cause })
            }
            _ => Ok(false),
        }
    }

    /// Waits after a failure, longer each time.
    async fn wait(&mut self, failure: &Failure) {
        let (Failure::Later(why) | Failure::Never(why)) = failure;
        tracing::warn!(why, counter = self.post.counter, "a simulated tablet waits");
        let doubled = WAIT_MS.start.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        self.pause(0..doubled.min(WAIT_MS.end)).await;
    }

    async fn pause(&mut self, range: std::ops::Range<u64>) {
        sleep(Duration::from_millis(self.dice.within(range))).await;
    }
}
