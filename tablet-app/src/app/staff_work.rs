//! The staff's side at work: joins the staff machine to what it asks for. Slow work (a PIN, an
//! enrolment, a stick) is done on threads of its own; its answers come back by a queue, so the
//! window never waits.

use crate::clock::Clock;
use crate::courier::{self, EnrolError, Failure};
use crate::desk::Wake;
use crate::device;
use crate::journal::{ExportError, Journal, JournalError, Memo, Status};
use crate::pin;
use crate::staff::{self, Done, Facts, MenuPage, Staff, StaffEffect, StaffInput, Who};
use crate::sticks::{StickChoice, choose, in_folder, sticks};
use protocol::enrol_link::Admission;
use protocol::settings::Settings;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Outcomes that may wait: one piece of work is under way at a time, and one PIN.
const QUEUE: usize = 8;

/// How old facts may become while somebody looks at them, milliseconds.
const FACTS_MS: u64 = 1_000;

/// What the staff's side asks of the window.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum StaffTask {
    /// Put this officer on duty.
    SignIn(String),
    /// Take the officer off duty.
    SignOut,
    /// The tablet has moved: these are its new settings.
    Moved(Arc<Settings>),
    /// End the program.
    Leave,
}

enum Outcome {
    Staff(StaffInput),
    Moved(Arc<Settings>),
}

pub(super) struct StaffWork {
    staff: Staff,
    journal: Journal,
    clock: Clock,
    /// Where journals are written to instead of the sticks that are plugged in.
    export_dir: Option<PathBuf>,
    answers: Receiver<Outcome>,
    answer: SyncSender<Outcome>,
    wake: Wake,
    facts: Facts,
    facts_at: Option<u64>,
    /// What the journal said last: it is asked aside, and shown with the next facts.
    status: Arc<Mutex<Option<Status>>>,
}

impl StaffWork {
    pub(super) fn new(
        journal: Journal,
        clock: Clock,
        export_dir: Option<PathBuf>,
        wake: Wake,
    ) -> Result<Self, JournalError> {
        let locks = journal.recall(Memo::Lock)?;
        // What can not be read is forgotten, and with it a few wrong guesses.
        let locks = locks.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        let (answer, answers) = sync_channel(QUEUE);
        let (staff, facts) = (Staff::new(locks), Facts::default());
        let (facts_at, status) = (None, Arc::new(Mutex::new(journal.status().ok())));
        Ok(Self {
            staff,
            journal,
            clock,
            export_dir,
            answers,
            answer,
            wake,
            facts,
            facts_at,
            status,
        })
    }

    /// The staff screen.
    pub(super) fn staff(&self) -> &Staff {
        &self.staff
    }

    /// How the tablet is; at most a second old while the menu is up.
    pub(super) fn facts(&mut self, fill: impl FnOnce(&mut Facts)) -> &Facts {
        let now = self.clock.now().uptime_ms;
        if self.facts_at.is_none_or(|at| now >= at.saturating_add(FACTS_MS)) {
            self.facts_at = Some(now);
            let mut facts = self.measure();
            fill(&mut facts);
            self.facts = facts;
        }
        &self.facts
    }

    fn measure(&self) -> Facts {
        let battery = device::battery();
        // A thread that died while it held this plain data left it whole.
        let status = self.status.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.ask_status();
        let contact = status.as_ref().and_then(|status| status.last_contact.as_ref());
        let contact = contact.and_then(|text| text.parse::<jiff::Timestamp>().ok());
        let known = |pick: fn(&Status) -> u64| status.as_ref().map_or(0, pick);
        Facts {
            last_contact: contact.map(jiff::Timestamp::as_millisecond),
            recorded: known(|status| status.recorded),
            pending: known(|status| status.pending),
            boots: known(|status| status.boots),
            battery: battery.percent,
            charging: battery.charging,
            storage_free: device::free_space(self.journal.dir()),
            version: env!("CARGO_PKG_VERSION"),
            tablet: status.as_ref().and_then(|status| status.tablet),
            counter: status.as_ref().and_then(|status| status.counter.clone()).unwrap_or_default(),
            server: status.and_then(|status| status.server).unwrap_or_default(),
            ..Facts::default()
        }
    }

    /// Asks the journal how far it has come, for the facts of the next second. Also where it is busy
    /// with a slow disk the window goes on.
    fn ask_status(&self) {
        let kept = Arc::clone(&self.status);
        self.journal.status_then(move |status| match status {
            Ok(status) => *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(status),
            Err(error) => tracing::debug!(%error, "no newer facts"),
        });
    }

    /// Takes answers and lets the time pass; what the window has to do.
    pub(super) fn attend(&mut self, settings: Option<&Arc<Settings>>) -> Vec<StaffTask> {
        let mut tasks = Vec::new();
        while let Ok(answer) = self.answers.try_recv() {
            match answer {
                Outcome::Staff(input) => tasks.extend(self.put(input, settings)),
                Outcome::Moved(settings) => tasks.push(StaffTask::Moved(settings)),
            }
        }
        tasks.extend(self.put(StaffInput::Tick, settings));
        tasks
    }

    /// Gives the machine an input and begins what it asks for; what the window has to do.
    pub(super) fn put(
        &mut self,
        input: StaffInput,
        settings: Option<&Arc<Settings>>,
    ) -> Vec<StaffTask> {
        let now = self.clock.now();
        let (staff, effects) = self.staff.clone().step(input, settings, now);
        if self.staff.page().is_none() != staff.page().is_none() {
            self.facts_at = None;
            self.ask_status();
        }
        self.staff = staff;
        let mut tasks = Vec::new();
        for effect in effects {
            match effect {
                StaffEffect::SignIn(officer) => tasks.push(StaffTask::SignIn(officer)),
                StaffEffect::SignOut => tasks.push(StaffTask::SignOut),
                StaffEffect::Leave => tasks.push(StaffTask::Leave),
                StaffEffect::Remember(locks) => {
                    self.journal.remember(Memo::Lock, serde_json::to_string(&locks).ok());
                }
                StaffEffect::Check { who, pin } => self.check(who, pin, settings),
                StaffEffect::Enrol(admission) => self.enrol(admission),
                StaffEffect::Export(folder) => self.export(folder),
            }
        }
        tasks
    }

    fn check(&self, who: Who, pin: String, settings: Option<&Arc<Settings>>) {
        let hash = settings.and_then(|all| staff::pin_hash(all, &who)).map(str::to_owned);
        let unchecked = StaffInput::Checked { who: who.clone(), right: false };
        self.apart(unchecked, move || {
            let right = hash.is_some_and(|hash| pin::is_right(&pin, &hash));
            vec![Outcome::Staff(StaffInput::Checked { who, right })]
        });
    }

    fn enrol(&self, admission: Admission) {
        let journal = self.journal.clone();
        let ended = |result| StaffInput::Ended(MenuPage::Enrol, result);
        self.apart(ended(Err("other")), move || match courier::transfer(&journal, &admission) {
            Ok(enrolled) => {
                let moved = match journal.settings() {
                    Ok(settings) => {
                        settings.map(|(settings, _)| Outcome::Moved(Arc::new(settings)))
                    }
                    Err(error) => {
                        tracing::warn!(%error, "the new settings come later");
                        None
                    }
                };
                let ended = Outcome::Staff(ended(Ok(enrolled.counter.into())));
                moved.into_iter().chain([ended]).collect()
            }
            Err(error) => {
                tracing::warn!(%error, "the tablet was not moved");
                vec![Outcome::Staff(ended(Err(reason(&error))))]
            }
        });
    }

    fn export(&self, folder: Option<PathBuf>) {
        let (journal, clock) = (self.journal.clone(), self.clock.clone());
        let folder = folder.or_else(|| self.export_dir.clone());
        let ended = |result| StaffInput::Ended(MenuPage::Export, result);
        self.apart(ended(Err("other")), move || {
            let folder = match folder.map_or_else(|| choose(sticks()), in_folder) {
                StickChoice::None => return vec![Outcome::Staff(ended(Err("stick")))],
                StickChoice::Several(sticks) => {
                    return vec![Outcome::Staff(StaffInput::Sticks(sticks))];
                }
                StickChoice::One(stick) => stick.folder,
            };
            let result = journal.export(&folder, &clock).map_err(|error| {
                tracing::warn!(%error, "the journal was not exported");
                match error {
                    ExportError::Write { .. } => "write",
                    ExportError::Journal(_) | ExportError::Random(_) => "other",
                }
            });
            let done = result.map(|exported| Done {
                what: exported.path.display().to_string(),
                readable: !exported.sealed,
            });
            vec![Outcome::Staff(ended(done))]
        });
    }

    /// Does slow work on a thread of its own; `otherwise` is the answer where there is none.
    fn apart(&self, otherwise: StaffInput, work: impl FnOnce() -> Vec<Outcome> + Send + 'static) {
        let (answer, wake) = (self.answer.clone(), Arc::clone(&self.wake));
        let begun = thread::Builder::new().name("staff work".to_owned()).spawn(move || {
            for one in work() {
                // Nobody listens when the window is closed.
                let _ = answer.send(one);
            }
            wake();
        });
        if let Err(error) = begun {
            tracing::error!(%error, "the system gives no thread");
            let _ = self.answer.try_send(Outcome::Staff(otherwise));
        }
    }
}

/// Why a tablet was not moved, in one word for the key of a sentence.
fn reason(error: &EnrolError) -> &'static str {
    match error {
        EnrolError::Failure(Failure::Refused { .. }) => "code",
        EnrolError::Failure(_) => "network",
        EnrolError::Another { .. } => "another",
        _ => "other",
    }
}
