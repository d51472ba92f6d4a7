//! The desk joins the kiosk to its journal: it carries out what the kiosk asks for and brings the
//! answers back. The window, the simulation and the whole-system tests all sit at this desk.

use crate::clock::{self, Clock};
use crate::journal::{Journal, JournalError, Memo};
use crate::kiosk::{Effect, Input, Kiosk, OnDuty, Trouble, View};
use crate::look::Look;
use protocol::invitation::Invitation;
use protocol::settings::Settings;
use protocol::{Head, Level};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

/// Answers and settings that may wait to be taken. The kiosk has one record out at a time and
/// settings change by the minute.
const QUEUE: usize = 64;

enum Arrival {
    Journal(u64, Result<Head, JournalError>),
    Settings(Arc<Settings>),
    Invitation(Arc<Invitation>),
}

/// Called, from any thread, when [`Desk::attend`] has something to do.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Brings settings and invitations to a desk from another thread.
#[derive(Clone)]
pub struct Inbox {
    sender: SyncSender<Arrival>,
    wake: Wake,
}

impl Inbox {
    /// Hands settings over; they take force when no visit is going on.
    pub fn settings(&self, settings: Arc<Settings>) {
        // A full queue means that nobody attends; the journal has the settings anyway.
        let _ = self.sender.try_send(Arrival::Settings(settings));
        (self.wake)();
    }

    /// Hands an invitation over.
    pub fn invitation(&self, invitation: Arc<Invitation>) {
        let _ = self.sender.try_send(Arrival::Invitation(invitation));
        (self.wake)();
    }
}

/// A kiosk with its journal and its clock.
pub struct Desk {
    kiosk: Kiosk,
    journal: Journal,
    clock: Clock,
    arrivals: Receiver<Arrival>,
    inbox: Inbox,
    head: Option<Head>,
    thanked: u64,
}

impl Desk {
    /// A desk that begins with the settings kept in the journal. `calm_ms` as in [`Kiosk::new`].
    pub fn new(
        journal: Journal,
        clock: Clock,
        calm_ms: u64,
        wake: Wake,
    ) -> Result<Self, JournalError> {
        let (sender, arrivals) = sync_channel(QUEUE);
        let inbox = Inbox { sender, wake };
        let kept = journal.settings()?;
        let kiosk = Kiosk::new(calm_ms);
        let mut desk = Self { kiosk, journal, clock, arrivals, inbox, head: None, thanked: 0 };
        if let Some((settings, _)) = kept {
            desk.put(Input::Settings(Arc::new(settings)));
        }
        let duty = desk.journal.recall(Memo::Duty)?;
        let duty = duty.and_then(|json| serde_json::from_str::<OnDuty>(&json).ok());
        if let Some(duty) = duty.and_then(|duty| duty.resumed(desk.clock.now())) {
            desk.put(Input::Resume(duty));
        }
        Ok(desk)
    }

    /// The way to bring settings from another thread.
    pub fn inbox(&self) -> Inbox {
        self.inbox.clone()
    }

    /// The kiosk as it stands.
    pub fn kiosk(&self) -> &Kiosk {
        &self.kiosk
    }

    /// The journal's head after the last commit of this run.
    pub fn head(&self) -> Option<Head> {
        self.head
    }

    /// How often the screen began to say thank you.
    pub fn thanked(&self) -> u64 {
        self.thanked
    }

    /// A face was touched.
    pub fn tap(&mut self, level: Level) {
        self.put(Input::Tap { level, fresh: clock::fresh_session() });
    }

    /// The screen was touched beside faces and buttons.
    pub fn touch(&mut self) {
        self.put(Input::Touch { fresh: clock::fresh_session() });
    }

    /// A language was chosen.
    pub fn language(&mut self, code: String) {
        self.put(Input::Language { code, fresh: clock::fresh_session() });
    }

    /// Another look was chosen.
    pub fn look(&mut self, look: Look) {
        self.put(Input::Look { look, fresh: clock::fresh_session() });
    }

    /// “Chọn lại”.
    pub fn choose_again(&mut self) {
        self.put(Input::ChooseAgain);
    }

    /// An officer signed in.
    pub fn sign_in(&mut self, officer: String) {
        self.put(Input::SignIn { officer, fresh: clock::fresh_session() });
    }

    /// The officer signed out.
    pub fn sign_out(&mut self) {
        self.put(Input::SignOut { fresh: clock::fresh_session() });
    }

    /// Takes what has arrived and lets the time pass.
    pub fn attend(&mut self) {
        while let Ok(arrival) = self.arrivals.try_recv() {
            self.arrived(arrival);
        }
        self.put(Input::Tick);
    }

    /// As [`Desk::attend`], after waiting at most `limit` for something to arrive.
    pub fn attend_within(&mut self, limit: Duration) {
        if let Ok(arrival) = self.arrivals.recv_timeout(limit) {
            self.arrived(arrival);
        }
        self.attend();
    }

    /// Time until [`Desk::attend`] is due for the clock's sake; `None` while nothing waits.
    pub fn due_in(&self) -> Option<Duration> {
        let now = self.clock.now().uptime_ms;
        self.kiosk.wakes_at().map(|at| Duration::from_millis(at.saturating_sub(now)))
    }

    fn arrived(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Settings(settings) => self.put(Input::Settings(settings)),
            Arrival::Invitation(invitation) => {
                self.put(Input::Invitation { invitation, fresh: clock::fresh_session() });
            }
            Arrival::Journal(id, Ok(head)) => {
                self.head = Some(head);
                self.put(Input::Recorded(id));
            }
            Arrival::Journal(id, Err(error)) => {
                tracing::error!(%error, "a rating is not written; the tablet tries again");
                self.put(Input::RecordFailed(id, trouble(&error)));
            }
        }
    }

    /// Gives the kiosk an input and carries out what it asks for.
    pub fn put(&mut self, input: Input) {
        let (kiosk, effects) = self.kiosk.clone().step(input, self.clock.now());
        // The steps begin with thanks for the level.
        let thanks =
            |kiosk: &Kiosk| matches!(kiosk.view(), View::Thanks { .. } | View::Step { .. });
        if thanks(&kiosk) && !thanks(&self.kiosk) {
            self.thanked += 1;
        }
        self.kiosk = kiosk;
        for effect in effects {
            match effect {
                Effect::Alarm(trouble) => {
                    tracing::error!(?trouble, "the tablet is out of service");
                }
                Effect::Duty(duty) => {
                    let json = duty.and_then(|duty| serde_json::to_string(&duty).ok());
                    self.journal.remember(Memo::Duty, json);
                }
                Effect::Record(id, entries) => {
                    let Inbox { sender, wake } = self.inbox.clone();
                    self.journal.append_then(entries, move |result| {
                        // There is room: one record is out at a time. Nobody listens at the end.
                        let _ = sender.try_send(Arrival::Journal(id, result));
                        wake();
                    });
                }
            }
        }
    }
}

fn trouble(error: &JournalError) -> Trouble {
    match error {
        JournalError::Full { .. } => Trouble::Full,
        JournalError::ReadOnly { .. } => Trouble::ReadOnly,
        JournalError::Damaged { .. } => Trouble::Damaged,
        _ => Trouble::Other,
    }
}
