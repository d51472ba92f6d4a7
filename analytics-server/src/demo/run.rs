//! The demonstration runs: the case is loaded, the server serves, tablets rate until it is stopped.

use super::DemoError;
use super::case::{load, load_more};
use super::counters::counters;
use super::dice::Dice;
use super::guide::{give_pins, guide};
use super::history;
use super::invitation::invited;
use super::people::give_people;
use super::tablet::{Run, State, code, state_file};
use super::visit::{Mood, VisitStep, pressed_again, visit};
use super::wire::{Failure, Wire};
use crate::clock::{fresh_id, random};
use crate::enrolment::{code_hash, token_hash};
use crate::http::{Listening, serve};
use crate::import::Progress;
use crate::state::App;
use crate::storage::enrolments::{Admission, Applicant};
use crate::storage::rows::{Counter, Directory, TabletAssignment};
use ed25519_dalek::SigningKey;
use protocol::Stage;
use protocol::exchange::{EnrolRequest, Sent};
use protocol::heartbeat::Heartbeat;
use protocol::settings::Settings;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;
use uuid::Uuid;

/// Milliseconds between two visits at one tablet: four tablets give a rating every few seconds.
const BETWEEN_MS: std::ops::Range<u64> = 6_000..18_000;

/// No request for an invitation waits longer at the server, in milliseconds.
const INVITED_MS: u64 = 10_000;

/// First and longest wait after a failure, in milliseconds; doubled each time, by full jitter.
const WAIT_MS: std::ops::Range<u64> = 500..30_000;

/// What the tablets call their program.
const VERSION: &str = concat!("demo ", env!("CARGO_PKG_VERSION"));

/// Milliseconds between two heartbeats of a tablet.
const BEAT_MS: i64 = 60_000;

/// Loads the case, says on `tell` what can be done, and serves with simulated tablets until
/// `stop` is ready.
pub async fn run(
    mut app: App,
    listening: Listening,
    progress: &dyn Progress,
    tell: impl FnOnce(&str),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), DemoError> {
    app.demo = true;
    load(&app, progress).await?;
    give_pins(&app).await?;
    set_up(&app).await?;
    give_people(&app).await?;
    let address = listening.address();
    tell(&guide(&app, address).await?);
    let rating = tokio::spawn(tablets(app.clone(), address));
    let more = app.clone();
    let loading = tokio::spawn(async move {
        if let Err(error) = load_more(&more).await {
            tracing::error!(%error, "no dossiers and queue numbers; the next start tries again");
        }
    });
    let served = serve(listening, app, stop).await;
    rating.abort();
    loading.abort();
    Ok(served?)
}

/// Sets tablets up where none has stood: as if it had been done weeks ago, and they brought nothing
/// since. Each was heard of just now, or the silence before this start would raise an alert.
pub(super) async fn set_up(app: &App) -> Result<(), DemoError> {
    let directory = app.store.directory().await?;
    for (counter, post) in posts(&directory) {
        let file = state_file(&app.data_dir, &counter.code);
        set_up_one(app, &post, &file).await?;
        let known = State::load(&file).map(|state| state.tablet);
        if let Some(id) = known
            && let Some(tablet) = app.store.tablet(id).await?
        {
            app.store.touch(&tablet, app.clock.now()).await?;
        }
    }
    Ok(())
}

async fn set_up_one(app: &App, post: &TabletAssignment, file: &Path) -> Result<(), DemoError> {
    if !file.exists() {
        let (key, token): ([u8; 32], [u8; 32]) = (random()?, random()?);
        let code = code(app, post).await?;
        let applicant = Applicant {
            code_hash: code_hash(&code),
            id: fresh_id(),
            public_key: SigningKey::from_bytes(&key).verifying_key().to_bytes(),
            token_hash: token_hash(&token),
            app_version: VERSION,
        };
        let since = history::begin(app.clock.now(), &app.zone);
        if let Admission::Admitted { tablet, .. } = app.store.enrol(&applicant, since).await? {
            State { past: true, ..State::new(tablet, key, token) }.save(file)?;
        }
    }
    Ok(())
}

/// The simulated tablets' counters and what each is asked about.
fn posts(directory: &Directory) -> impl Iterator<Item = (&Counter, TabletAssignment)> {
    counters(directory).into_iter().zip(Stage::ALL.into_iter().cycle()).map(|(counter, stage)| {
        let post = TabletAssignment {
            counter: counter.id,
            officer: None,
            stage: Some(stage),
            simulated: true,
        };
        (counter, post)
    })
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
    for (counter, post) in posts(&directory) {
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
    post: TabletAssignment,
    file: std::path::PathBuf,
    dice: Dice,
    run: Run,
    /// Failures in a row.
    failures: u32,
    /// When the next heartbeat is due.
    beat_at: i64,
    /// The last invitation it got.
    invitation: Option<Uuid>,
}

impl Tablet {
    async fn live(
        app: App,
        address: SocketAddr,
        post: TabletAssignment,
        counter: &str,
    ) -> Result<(), DemoError> {
        let file = state_file(&app.data_dir, counter);
        let dice = Dice::new(u64::from_le_bytes(random()?));
        let wire = Wire::new(address)?;
        let run = Run::new(fresh_id(), app.clock.now());
        let (failures, beat_at, invitation) = (0, 0, None);
        let mut tablet = Self { app, wire, post, file, dice, run, failures, beat_at, invitation };
        loop {
            let (mut state, settings) = tablet.begin().await?;
            tablet.catch_up(&mut state, &settings).await?;
            while tablet.bring(&mut state).await? {
                tablet.tell(&state, &settings).await;
                let next = tablet.next_visit(&state, &settings).await;
                if !state.is_full() {
                    let again = pressed_again(&next, &settings, Mood::USUAL, &mut tablet.dice);
                    tablet.be_visited(&mut state, next).await?;
                    if let Some((gap, steps)) = again.filter(|_| !state.is_full()) {
                        sleep(Duration::from_millis(gap)).await;
                        tablet.be_visited(&mut state, steps).await?;
                    }
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
                    app_version: VERSION.to_owned(),
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

    /// What happened before its first start.
    async fn catch_up(&mut self, state: &mut State, settings: &Settings) -> Result<(), DemoError> {
        if !state.past {
            return Ok(());
        }
        let (now, zone) = (self.app.clock.now(), self.app.zone.clone());
        // Its clock ran all the time: the server dates what it brings by that.
        self.run = Run::new(fresh_id(), history::begin(now, &zone));
        for (begun, steps) in history::past(settings, now, &zone, &mut self.dice) {
            while state.is_full() {
                // On disk it is still at its beginning: ended half way it begins again, and the
                // server's other chain makes it enrol anew.
                if !self.bring(state).await? {
                    return Ok(());
                }
            }
            let (session, mut at) = (fresh_id(), begun);
            for (after, what) in steps {
                at += i64::try_from(after).unwrap_or(0);
                state.record(session, &self.run.at(at), what);
            }
        }
        state.past = false;
        state.save(&self.file)
    }

    /// What the next person does: one who is invited while nobody is there, or somebody who comes by
    /// themselves after a while. Nothing where there is nobody to be asked about.
    async fn next_visit(&mut self, state: &State, settings: &Settings) -> Vec<VisitStep> {
        let mut left = self.dice.within(BETWEEN_MS);
        while left > 0 {
            let wait = left.min(INVITED_MS);
            left -= wait;
            let seen = self.invitation;
            match self.wire.invitation(state.tablet, &state.token, seen, wait).await {
                Ok(None) => {}
                Ok(Some(invitation)) => {
                    self.invitation = Some(invitation.id);
                    // One that is over from the start says that the one before was taken back.
                    if invitation.valid_ms > 0 {
                        let steps = invited(&invitation, settings, &mut self.dice);
                        return steps.unwrap_or_default();
                    }
                }
                Err(failure) => {
                    tracing::debug!(?failure, "no invitations");
                    sleep(Duration::from_millis(wait)).await;
                }
            }
        }
        visit(settings, Mood::USUAL, &mut self.dice).unwrap_or_default()
    }

    /// One visit, at the pace of people; every event is on disk before the next thing happens.
    async fn be_visited(
        &mut self,
        state: &mut State,
        steps: Vec<VisitStep>,
    ) -> Result<(), DemoError> {
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

    /// Tells how it is, once a minute. A lost heartbeat is replaced by the next.
    async fn tell(&mut self, state: &State, settings: &Settings) {
        let now = self.now();
        if now.at < self.beat_at {
            return;
        }
        self.beat_at = now.at + BEAT_MS;
        let pending = state.pending.len() as u64;
        let heartbeat = Heartbeat {
            at: now.at,
            app_version: VERSION.to_owned(),
            uptime: now.uptime,
            boots: 1,
            recorded: state.head.number + pending,
            pending,
            skew_ms: Some(0),
            battery: u8::try_from(self.dice.within(40..101)).ok(),
            charging: Some(true),
            storage_free: Some(self.dice.within(8 << 30..24 << 30)),
            officer: settings.officer.as_ref().map(|officer| officer.code.clone()),
            questionnaire: Some(settings.questionnaire.version),
            trouble: None,
            blocked: None,
        };
        if let Err(failure) = self.wire.beat(state.tablet, &state.token, &heartbeat).await {
            tracing::debug!(?failure, "a heartbeat was lost");
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
