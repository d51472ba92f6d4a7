//! The glass: everything a tablet shows and does, without the window around it. It draws the kiosk's
//! view or the staff's, and hands touches to desk and staff_work. The window and the tests of the whole
//! flow look through the same one.

use super::photo::Photo;
use super::reading::Reading;
use super::staff_work::{StaffTask, StaffWork};
use super::{AppError, Options, idle};
use crate::clock::Clock;
use crate::courier::policy::Pace;
use crate::courier::{Condition, Courier, KioskFacts, News};
use crate::desk::{Desk, Inbox};
use crate::journal::Journal;
use crate::kiosk::{DEBOUNCE_MS, KioskInput, View};
use crate::link::Link;
use crate::screens::{self, Scene, Touched};
use crate::sound::{self, Speaker};
use crate::speech::Speech;
use crate::staff;
use crate::texts::Words;
use crate::theme::{self, Theme};
use crate::typing::Draft;
use eframe::egui;
use egui::{Color32, Context, Ui};
use protocol::event::Detailed;
use protocol::heartbeat::Blocked;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Between two prunings of the journal, milliseconds: a day.
const PRUNE_MS: u64 = 24 * 3_600_000;
/// No old events are deleted so soon after a start: a tablet that was just put up, or put back, has other
/// things to do, and what its clock and its server say has to stand for a while.
const SETTLED_MS: u64 = 3_600_000;

const MINUTE_MS: i64 = 60_000;

/// Language of the staff's side: that of the officers.
const STAFF_LANGUAGE: &str = "vi";

/// What the courier last said of the way to the server.
#[derive(Clone, Copy, Default)]
struct LinkState {
    link: Link,
    /// The event that does not get through.
    blocked: Option<Blocked>,
    /// The journal has to be salvaged.
    is_damaged: bool,
}

/// A tablet's screen at work.
pub struct Glass {
    desk: Desk,
    staff_work: StaffWork,
    journal: Journal,
    clock: Clock,
    link_state: Arc<Mutex<LinkState>>,
    inbox: Inbox,
    condition: Condition,
    server: String,
    photo: Photo,
    prune_at: u64,
    speech: Speech,
    reading: Reading,
    speaker: Speaker,
    /// How often people were thanked when the last tone sounded.
    sounded: u64,
    /// Whether anything was drawn yet.
    drawn: bool,
    /// The staff said so: the window may close.
    leaving: bool,
    /// Stops the upload when the window closes.
    _courier: Courier,
}

impl Glass {
    /// Starts the tablet of an enrolled journal, courier and all. `ctx` is asked to repaint when
    /// there is something new to see.
    pub fn new(
        ctx: &Context,
        journal: Journal,
        clock: Clock,
        options: &Options,
    ) -> Result<Self, AppError> {
        let repaint = ctx.clone();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(move || repaint.request_repaint());
        let desk = Desk::new(journal.clone(), clock.clone(), DEBOUNCE_MS, Arc::clone(&wake))?;
        let staff_work = StaffWork::new(
            journal.clone(),
            clock.clone(),
            options.export_dir.clone(),
            Arc::clone(&wake),
        )?;
        let (inbox, condition) = (desk.inbox(), Condition::default());
        let link_state = Arc::new(Mutex::new(LinkState::default()));
        let (for_courier, told) = (inbox.clone(), Arc::clone(&link_state));
        let courier = Courier::start(
            journal.clone(),
            clock.clone(),
            Pace::default(),
            condition.clone(),
            move |news| {
                let mut way = told.lock().unwrap_or_else(PoisonError::into_inner);
                match news {
                    News::Settings(settings) => for_courier.settings(settings),
                    News::Invitation(invitation) => for_courier.invitation(invitation),
                    News::Time(time) => for_courier.time(time),
                    News::Blocked(blocked) => way.blocked = blocked,
                    News::Forked(_) => way.link = Link::Forked,
                    News::Damaged => way.is_damaged = true,
                    News::Link(link) => way.link = link,
                }
                drop(way);
                wake();
            },
        )?;
        let server = journal.identity()?.map_or_else(String::new, |identity| identity.server);
        let prune_at = clock.now().uptime_ms.saturating_add(SETTLED_MS);
        Ok(Self {
            desk,
            staff_work,
            journal,
            clock,
            link_state,
            inbox,
            condition,
            server,
            photo: Photo::default(),
            prune_at,
            speech: Speech::open(&options.speech),
            reading: Reading::default(),
            speaker: Speaker::new(sound::PLAYER),
            sounded: 0,
            drawn: false,
            leaving: false,
            _courier: courier,
        })
    }

    /// Takes what has arrived, draws what there is to see, does what was touched, and says when it
    /// wants to be drawn again.
    pub fn show(&mut self, ui: &Ui) {
        let settings = self.desk.kiosk().settings().cloned();
        let local = idle::local(settings.as_deref(), self.moment());
        let open = idle::is_open(settings.as_deref(), local.as_ref());
        self.desk.put(KioskInput::Open(open));
        self.desk.attend();
        self.sound();
        let tasks = self.staff_work.attend(settings.as_ref());
        self.run_staff_tasks(tasks);
        if self.staff_work.staff().page().is_some() {
            self.show_staff(ui);
        } else {
            self.show_kiosk(ui, local.as_ref().map_or("", |local| &local.date));
        }
        self.report_condition();
        self.prune();
        self.sleep(ui.ctx());
        if !std::mem::replace(&mut self.drawn, true) {
            tracing::info!(after_ms = self.clock.now().uptime_ms, "the first frame is laid out");
        }
    }

    /// What lies behind the screen, as far as the screen does not reach.
    pub fn ground(&self) -> Color32 {
        let kiosk = self.desk.kiosk();
        let dark = self.staff_work.staff().page().is_none() && kiosk.view() == View::Closed;
        if dark { theme::DIM.ground } else { Theme::new(kiosk.look()).palette.ground }
    }

    /// Whether the journal is damaged and nobody is using the glass: it is to be salvaged before more is
    /// recorded that could not be delivered.
    pub fn is_over(&self) -> bool {
        self.link_state().is_damaged
            && self.staff_work.staff().page().is_none()
            && self.desk.kiosk().is_idle()
    }

    /// Whether the staff said that the window may close.
    pub fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// A tone for each level that was written, where the centre wishes it.
    fn sound(&mut self) {
        let thanked = self.desk.thanked();
        let new = std::mem::replace(&mut self.sounded, thanked) < thanked;
        if new && self.desk.kiosk().settings().is_some_and(|settings| settings.tap_sound) {
            self.speaker.tone();
        }
    }

    /// The time by the server; none where nobody knows it.
    fn moment(&self) -> Option<i64> {
        self.desk.kiosk().time().moment(self.clock.now())
    }

    fn link_state(&self) -> LinkState {
        *self.link_state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Deletes old events once a day on a thread of its own, so that the window does not wait for
    /// it.
    fn prune(&mut self) {
        let now = self.clock.now();
        if now.uptime_ms < self.prune_at {
            return;
        }
        self.prune_at = now.uptime_ms.saturating_add(PRUNE_MS);
        let journal = self.journal.clone();
        let pruning = move || match journal.prune() {
            Ok(0) => {}
            Ok(pruned) => tracing::info!(pruned, "old acknowledged events were let go"),
            Err(error) => tracing::warn!(%error, "old events could not be let go"),
        };
        if let Err(error) = std::thread::Builder::new().name("prune".to_owned()).spawn(pruning) {
            tracing::warn!(%error, "the system gives no thread; old events are let go tomorrow");
        }
    }

    fn touched(&mut self, touched: Touched) {
        // A tap means that the person does not need the rest read aloud.
        self.speaker.stop();
        match touched {
            Touched::Level(level) => self.desk.tap(level),
            Touched::Language(language) => self.desk.language(language),
            Touched::Appearance(look) => self.desk.look(look),
            Touched::ChooseAgain => self.desk.choose_again(),
            Touched::Aspect(id, level) => self.desk.put(KioskInput::Aspect(id, level)),
            Touched::Reason(id) => self.desk.put(KioskInput::Reason(id)),
            Touched::Keys(keys) => {
                for key in keys {
                    self.desk.put(KioskInput::Key(key));
                }
            }
            Touched::Next => self.desk.put(KioskInput::Next),
            Touched::Decline => self.desk.decline(),
            Touched::DisputeOfficer => self.desk.dispute_officer(),
            Touched::TakeBack => self.desk.put(KioskInput::TakeBack),
            Touched::NextPerson => self.desk.put(KioskInput::NextPerson),
            Touched::Corner => {
                self.desk.put(KioskInput::Aside(true));
                self.staff(staff::StaffInput::Open);
            }
            Touched::ReadAloud | Touched::Elsewhere => self.desk.touch(),
        }
    }

    /// Gives the staff's side an input and does what it asks for.
    fn staff(&mut self, input: staff::StaffInput) {
        let settings = self.desk.kiosk().settings().cloned();
        let tasks = self.staff_work.put(input, settings.as_ref());
        self.run_staff_tasks(tasks);
    }

    fn run_staff_tasks(&mut self, tasks: Vec<StaffTask>) {
        for task in tasks {
            match task {
                StaffTask::SignIn(officer) => self.desk.sign_in(officer),
                StaffTask::SignOut => self.desk.sign_out(),
                StaffTask::Leave => self.leaving = true,
                StaffTask::Moved(settings) => self.inbox.settings(settings),
            }
        }
        if self.staff_work.staff().page().is_none() && self.desk.kiosk().is_aside() {
            self.desk.put(KioskInput::Aside(false));
        }
    }

    /// Tells the courier what only the window knows.
    fn report_condition(&self) {
        let kiosk = self.desk.kiosk();
        let trouble = match kiosk.view() {
            View::OutOfService(fault) => Some(fault.name()),
            _ => None,
        };
        self.condition.tell(KioskFacts {
            officer: kiosk.on_duty().map(|officer| officer.code.clone()),
            questionnaire: kiosk.settings().map(|settings| settings.questionnaire.version),
            trouble,
        });
    }

    /// Asks to be painted again at the next deadline or at the next minute.
    fn sleep(&self, ctx: &Context) {
        let now = self.clock.now();
        let into = self.moment().unwrap_or(now.wall_ms).rem_euclid(MINUTE_MS);
        let minute = Duration::from_millis(u64::try_from(MINUTE_MS - into).unwrap_or_default());
        let staff = self.staff_work.staff().wakes_at();
        let staff = staff.map(|at| Duration::from_millis(at.saturating_sub(now.uptime_ms)));
        // Facts and counted-down waits are shown to the second.
        let second = staff.map(|_| Duration::from_secs(1));
        let next = [self.desk.due_in(), staff, second].into_iter().flatten().min();
        ctx.request_repaint_after(next.map_or(minute, |next| next.min(minute)));
    }

    fn show_staff(&mut self, ui: &Ui) {
        let settings = self.desk.kiosk().settings().cloned();
        let version = settings.as_ref().map(|settings| settings.questionnaire.version);
        let on_duty = self.desk.kiosk().on_duty();
        let (LinkState { link, blocked, .. }, uptime) =
            (self.link_state(), self.clock.now().uptime_ms);
        let skew = self.desk.kiosk().time().skew();
        let facts = self.staff_work.facts(|facts| {
            facts.link = link;
            facts.blocked = blocked;
            facts.skew_ms = skew;
            facts.questionnaire = version;
        });
        let facts = facts.clone();
        let scene = screens::staff::StaffScene {
            staff: self.staff_work.staff(),
            settings: settings.as_deref(),
            on_duty: on_duty.as_ref().map(|officer| officer.code.as_str()),
            signed_in: self.desk.kiosk().signed_in().map(|duty| duty.officer.as_str()),
            facts: &facts,
            uptime,
            language: STAFF_LANGUAGE,
        };
        if let Some(input) = screens::staff::show(ui, &scene) {
            self.staff(input);
            ui.ctx().request_repaint();
        }
    }

    fn show_kiosk(&mut self, ui: &Ui, date: &str) {
        let kiosk = self.desk.kiosk();
        let (settings, about, view) = (kiosk.settings(), kiosk.about(), kiosk.view());
        self.photo.keep(ui.ctx(), about.and_then(|about| about.officer.photo.as_deref()));
        let (language, look) = (kiosk.language(), kiosk.look());
        let zone = settings.map_or("", |settings| settings.time_zone.as_str());
        let words = Words::new(language);
        let moment = self.moment();
        let clock = moment
            .map_or_else(|| words.get("tablet-clock-unknown"), |moment| words.clock(moment, zone));
        let reference = about.and_then(|about| about.reference);
        let nothing = (Detailed::default(), Draft::default());
        let mut scene = Scene {
            view,
            settings: settings.map(Arc::as_ref),
            languages: kiosk.languages(),
            officer: about.map(|about| about.officer),
            stage: about.and_then(|about| about.stage),
            reference,
            language,
            look,
            added: kiosk.added().unwrap_or(&nothing.0),
            draft: kiosk.draft().unwrap_or(&nothing.1),
            clock: &clock,
            date,
            photo: self.photo.texture(),
            server: &self.server,
            link: self.link_state().link,
            can_read: false,
            pixel_shift: idle::pixel_shift(moment.unwrap_or_default()),
        };
        let speech = &self.speech;
        let said = self.reading.of(&scene.subject(), settings, |said| speech.files(language, said));
        scene.can_read = said.is_some();
        let touched = screens::show(ui, &scene);
        if let Some(touched) = touched {
            let read = said.filter(|_| touched == Touched::ReadAloud).map(<[_]>::to_vec);
            self.touched(touched);
            if let Some(files) = read {
                self.speaker.read(&files);
            }
            // What the touch led to is drawn at once.
            ui.ctx().request_repaint();
        }
    }
}
