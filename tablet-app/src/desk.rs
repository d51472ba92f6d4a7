//! The desk joins the kiosk to its journal: it carries out what the kiosk asks for and brings the
//! answers back. The window, the simulation and the whole-system tests all sit at this desk.

use crate::appearance::Appearance;
use crate::clock::{self, Clock};
use crate::journal::{Journal, JournalError, SignedIn};
use crate::kiosk::{Kiosk, KioskEffect, KioskInput, OnDuty, RecordingFault, View};
use crate::time_estimate::TimeEstimate;
use protocol::invitation::Invitation;
use protocol::settings::Settings;
use protocol::{Head, Level};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The journal's answers that may wait to be taken: the kiosk has one record out at a time.
const QUEUE: usize = 4;

/// What came from other threads and was not taken yet. Of each kind the latest counts.
#[derive(Default)]
struct Latest {
    settings: Option<Arc<Settings>>,
    invitation: Option<Arc<Invitation>>,
    time: Option<TimeEstimate>,
}

/// Called, from any thread, when the window has something new to attend to.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Brings settings and invitations to a desk from another thread. Nothing is lost when nobody
/// attends for a long time: they wait, the latest of each.
#[derive(Clone)]
pub struct Inbox {
    latest: Arc<Mutex<Latest>>,
    wake: Wake,
}

impl Inbox {
    /// Hands settings over; they take force when no visit is going on.
    pub fn settings(&self, settings: Arc<Settings>) {
        self.put(|latest| latest.settings = Some(settings));
    }

    /// Hands an invitation over.
    pub fn invitation(&self, invitation: Arc<Invitation>) {
        self.put(|latest| latest.invitation = Some(invitation));
    }

    /// Hands over what is known of the time.
    pub fn time(&self, time: TimeEstimate) {
        self.put(|latest| latest.time = Some(time));
    }

    fn put(&self, change: impl FnOnce(&mut Latest)) {
        // A thread that died while it held this plain data left it whole.
        change(&mut self.latest.lock().unwrap_or_else(PoisonError::into_inner));
        (self.wake)();
    }

    fn take(&self) -> Latest {
        std::mem::take(&mut self.latest.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The journal's answer to a record.
type Recorded = (u64, Result<Head, JournalError>);

/// A kiosk with its journal and its clock.
pub struct Desk {
    kiosk: Kiosk,
    journal: Journal,
    clock: Clock,
    answers: Receiver<Recorded>,
    answer: SyncSender<Recorded>,
    inbox: Inbox,
    head: Option<Head>,
    thanked: u64,
}

impl Desk {
    /// A desk that begins with the settings kept in the journal. `debounce_ms` as in [`Kiosk::new`].
    pub fn new(
        journal: Journal,
        clock: Clock,
        debounce_ms: u64,
        wake: Wake,
    ) -> Result<Self, JournalError> {
        let (answer, answers) = sync_channel(QUEUE);
        let inbox = Inbox { latest: Arc::default(), wake };
        let kept = journal.settings()?;
        let kiosk = Kiosk::new(debounce_ms);
        let (head, thanked) = (None, 0);
        let mut desk = Self { kiosk, journal, clock, answers, answer, inbox, head, thanked };
        let time = desk.journal.time_estimate();
        desk.put(KioskInput::Time(time));
        if let Some((settings, _)) = kept {
            desk.put(KioskInput::Settings(Arc::new(settings)));
        }
        if let Some(SignedIn { officer, since, counter }) = desk.journal.signed_in()? {
            desk.put(KioskInput::Resume(OnDuty::resumed(officer, since, counter)));
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
        self.put(KioskInput::Tap { level, fresh: clock::fresh_session() });
    }

    /// The screen was touched beside faces and buttons.
    pub fn touch(&mut self) {
        self.put(KioskInput::Touch { fresh: clock::fresh_session() });
    }

    /// A language was chosen.
    pub fn language(&mut self, code: String) {
        self.put(KioskInput::Language { code, fresh: clock::fresh_session() });
    }

    /// Another look was chosen.
    pub fn look(&mut self, look: Appearance) {
        self.put(KioskInput::Appearance { look, fresh: clock::fresh_session() });
    }

    /// “Chọn lại”.
    pub fn choose_again(&mut self) {
        self.put(KioskInput::ChooseAgain);
    }

    /// “Không đánh giá”.
    pub fn decline(&mut self) {
        self.put(KioskInput::Decline { fresh: clock::fresh_session() });
    }

    /// “Không phải người này”.
    pub fn dispute_officer(&mut self) {
        self.put(KioskInput::DisputeOfficer { fresh: clock::fresh_session() });
    }

    /// An officer signed in.
    pub fn sign_in(&mut self, officer: String) {
        self.put(KioskInput::SignIn { officer, fresh: clock::fresh_session() });
    }

    /// The officer signed out.
    pub fn sign_out(&mut self) {
        self.put(KioskInput::SignOut { fresh: clock::fresh_session() });
    }

    /// Takes what has arrived and lets the time pass.
    pub fn attend(&mut self) {
        while let Ok(answer) = self.answers.try_recv() {
            self.answered(answer);
        }
        let Latest { settings, invitation, time } = self.inbox.take();
        if let Some(time) = time {
            self.put(KioskInput::Time(time));
        }
        if let Some(settings) = settings {
            self.put(KioskInput::Settings(settings));
        }
        if let Some(invitation) = invitation {
            self.put(KioskInput::Invitation { invitation, fresh: clock::fresh_session() });
        }
        self.put(KioskInput::Tick);
    }

    /// As [`Desk::attend`], after waiting at most `limit` for an answer of the journal.
    pub fn attend_within(&mut self, limit: Duration) {
        if let Ok(answer) = self.answers.recv_timeout(limit) {
            self.answered(answer);
        }
        self.attend();
    }

    /// Time until [`Desk::attend`] is due for the clock's sake; `None` while nothing waits.
    pub fn due_in(&self) -> Option<Duration> {
        let now = self.clock.now().uptime_ms;
        self.kiosk.wakes_at().map(|at| Duration::from_millis(at.saturating_sub(now)))
    }

    fn answered(&mut self, (id, result): Recorded) {
        match result {
            Ok(head) => {
                self.head = Some(head);
                self.put(KioskInput::Recorded(id));
            }
            Err(error @ JournalError::TooLong { .. }) => {
                tracing::error!(%error, "an event can never be written and is given up");
                self.put(KioskInput::RecordRefused(id));
            }
            Err(error) => {
                tracing::error!(%error, "a rating is not written; the tablet tries again");
                self.put(KioskInput::RecordFailed(id, recording_fault(&error)));
            }
        }
    }

    /// Gives the kiosk an input and carries out what it asks for.
    pub fn put(&mut self, input: KioskInput) {
        let (kiosk, effects) = self.kiosk.clone().step(input, self.clock.now());
        // The steps begin with thanks for the level.
        let thanks = |kiosk: &Kiosk| {
            matches!(kiosk.view(), View::Noted | View::Thanks { .. } | View::Step { .. })
        };
        if thanks(&kiosk) && !thanks(&self.kiosk) {
            self.thanked += 1;
        }
        self.kiosk = kiosk;
        for effect in effects {
            match effect {
                KioskEffect::Alarm(fault) => {
                    tracing::error!(trouble = ?fault, "the tablet is out of service");
                }
                KioskEffect::Record(id, entries) => {
                    let (answer, wake) = (self.answer.clone(), Arc::clone(&self.inbox.wake));
                    self.journal.append_then(entries, move |result| {
                        // There is room: one record is out at a time. Nobody listens at the end.
                        let _ = answer.try_send((id, result));
                        wake();
                    });
                }
            }
        }
    }
}

fn recording_fault(error: &JournalError) -> RecordingFault {
    match error {
        JournalError::Full { .. } => RecordingFault::Full,
        JournalError::ReadOnly { .. } => RecordingFault::ReadOnly,
        JournalError::Damaged { .. } => RecordingFault::Damaged,
        _ => RecordingFault::Other,
    }
}
