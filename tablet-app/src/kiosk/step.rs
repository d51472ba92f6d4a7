//! The transitions of the kiosk machine. Each function takes one kind of input, or the passing of
//! time, through all states; what can not happen in a state is ignored there.

use super::view::{Cover, Farewell, State};
use super::visit::{Service, Visit};
use super::{
    AGAIN_MS, FRESH_MS, Kiosk, KioskEffect, KioskInput, RecordingFault, SAVING_MS, SHORT_THANKS_MS,
};
use crate::appearance::Appearance;
use crate::clock::Now;
use crate::entry::Entry;
use crate::texts::offered;
use protocol::questionnaire::Timeouts;
use protocol::{Level, What};
use uuid::Uuid;

impl Kiosk {
    pub(super) fn take(&mut self, input: KioskInput, now: Now, effects: &mut Vec<KioskEffect>) {
        match input {
            KioskInput::Recorded(id) => {
                if self.outbox.recorded(id) && self.outbox.is_empty() {
                    self.all_recorded(now);
                }
            }
            KioskInput::RecordFailed(id, fault) => {
                if self.outbox.failed(id, now.uptime_ms) {
                    effects.push(KioskEffect::Alarm(fault));
                    self.out_of_service(fault);
                }
            }
            // Trying again would hold up everything behind it for ever; the log has the words.
            KioskInput::RecordRefused(id) => {
                if self.outbox.recorded(id) {
                    effects.push(KioskEffect::Alarm(RecordingFault::Other));
                    // Nothing more is said of a visit whose beginning may be what was refused.
                    self.rest(now);
                }
            }
            KioskInput::Settings(settings) => self.coming = Some(settings),
            KioskInput::Invitation { invitation, fresh } => self.invited(invitation, fresh, now),
            KioskInput::Open(open) => self.open = open,
            KioskInput::Aside(aside) => self.stand_aside(aside, now),
            KioskInput::SignIn { officer, fresh } => self.sign_in(officer, fresh, now),
            KioskInput::SignOut { fresh } => self.sign_out(Some(fresh), now),
            KioskInput::Resume(duty) => self.resume(duty, now),
            // The time was taken before everything else.
            KioskInput::Time(_) | KioskInput::Tick => {}
            touch => {
                // A touch right after the screen changed was meant for the one before.
                if now.uptime_ms >= self.debounce_until && !self.aside {
                    self.touched(touch, now);
                }
            }
        }
    }

    /// What a person did on the glass.
    fn touched(&mut self, touch: KioskInput, now: Now) {
        if self.uncover(now) && !matches!(touch, KioskInput::NextPerson | KioskInput::Key(_)) {
            // The touch only uncovers the answers: the person should first see what is there.
            return;
        }
        match touch {
            KioskInput::Tap { level, fresh } => self.tap(level, fresh, now),
            KioskInput::Touch { fresh } => self.touch(fresh, now),
            KioskInput::Language { code, fresh } => self.choose_language(code, fresh, now),
            KioskInput::Appearance { look, fresh } => {
                self.look = look;
                self.touch(fresh, now);
            }
            KioskInput::ChooseAgain => self.choose_again(now),
            KioskInput::Aspect(id, level) => self.aspect(id, level, now),
            KioskInput::Reason(id) => self.reason(&id, now),
            KioskInput::Key(key) => self.key(key, now),
            KioskInput::Next => self.next_step(now),
            KioskInput::Decline { fresh } => self.decline(fresh, now),
            KioskInput::DisputeOfficer { fresh } => self.dispute_officer(fresh, now),
            KioskInput::TakeBack => self.take_back(now),
            KioskInput::NextPerson if matches!(self.state, State::Step { .. }) => self.leave(now),
            _ => {}
        }
    }

    /// Deadlines that have passed by now.
    pub(super) fn pass_time(&mut self, now: Now, effects: &mut Vec<KioskEffect>) {
        self.pass_duty(now);
        let over = |until: u64| now.uptime_ms >= until;
        match &mut self.state {
            State::Asking { until, .. } if over(*until) => self.leave(now),
            State::Woken { until } if over(*until) => self.rest(now),
            State::Step { until, .. } if over(*until) => self.leave(now),
            State::Step { again_until, cover, .. } => {
                if over(*again_until) {
                    *again_until = 0;
                }
                if matches!(cover, Cover::At(at) if over(*at)) && self.has_answers() {
                    self.cover(now);
                }
            }
            State::Noted { until } if over(*until) => self.first_step(now),
            State::Disputing { until } if over(*until) => {
                self.end(Farewell::OfficerDisputed, now);
            }
            // The second choice is free: without one the first tap stands.
            State::Thanks { until, .. }
            | State::Farewell { until, .. }
            | State::Again { until }
                if over(*until) =>
            {
                self.leave(now);
            }
            State::Saving { tapped: since }
            | State::Ending { since, .. }
            | State::Keeping { since, .. }
                if over(since.saturating_add(SAVING_MS)) =>
            {
                effects.push(KioskEffect::Alarm(RecordingFault::Slow));
                self.out_of_service(RecordingFault::Slow);
            }
            State::OutOfService { resume, .. } => {
                if let State::Asking { until, .. } = **resume
                    && over(until)
                {
                    **resume = State::Resting;
                    self.abandon(now);
                }
            }
            _ => {}
        }
    }

    /// The person is gone: what they said is kept, a question that nobody answered is abandoned.
    fn leave(&mut self, now: Now) {
        self.keep(now);
        self.abandon(now);
        self.rest(now);
    }

    fn tap(&mut self, level: Level, fresh: Uuid, now: Now) {
        let Some(settings) = self.settings.clone() else { return };
        if !settings.questionnaire.scale.levels().contains(&level) {
            return;
        }
        match self.state {
            State::Resting if !self.is_open() => {}
            State::Resting | State::Woken { .. } => {
                self.ask_walk_up(fresh, now);
                self.choose(level, now);
            }
            State::Asking { .. } => self.choose(level, now),
            State::Again { .. } => {
                let same = self.visit.as_ref().is_some_and(|visit| visit.level == Some(level));
                if same {
                    // The first choice stands, and with it the steps that follow it.
                    self.settled_again(now);
                } else {
                    self.choose(level, now);
                }
            }
            _ => {}
        }
    }

    /// A level for this visit: the first one, or the one that takes its place.
    fn choose(&mut self, level: Level, now: Now) {
        let Some(visit) = &mut self.visit else { return };
        visit.changed = visit.level.replace(level).is_some();
        self.keep_what_is_asked();
        let Some(visit) = &self.visit else { return };
        let what = if visit.changed { What::Changed { level } } else { What::Rated { level } };
        let session = visit.session;
        self.record(session, what, now);
        self.state = State::Saving { tapped: now.uptime_ms };
    }

    /// Puts the question to somebody who came by themselves, where anybody can be rated; whether
    /// it was put.
    pub(super) fn ask_walk_up(&mut self, fresh: Uuid, now: Now) -> bool {
        let (Some(settings), Some(officer)) = (&self.settings, self.on_duty()) else {
            return false;
        };
        let visit = Visit::new(fresh, Service::walk_up(officer, settings), &self.language);
        self.begin(visit, now);
        true
    }

    /// The same face was chosen again: that was the second choice.
    fn settled_again(&mut self, now: Now) {
        if let Some(visit) = &mut self.visit {
            visit.changed = true;
        }
        self.follow(now);
    }

    fn touch(&mut self, fresh: Uuid, now: Now) {
        let answer_by = now.uptime_ms.saturating_add(self.timeouts().answer_ms);
        let (ready, open) = (self.is_ready(), self.is_open());
        match &mut self.state {
            // The dark screen is woken; whether anybody is asked shows with the next touch.
            State::Resting if !open && ready => {
                self.state = State::Woken { until: answer_by };
                self.debounce(now);
            }
            State::Woken { until } => *until = answer_by,
            State::Resting if open => {
                let asked = self.ask_walk_up(fresh, now);
                if asked {
                    self.state = State::Asking { until: answer_by, touched: true };
                }
            }
            State::Asking { until, touched } => {
                *touched = true;
                // An invitation stands open for its own time at least.
                *until = answer_by.max(*until);
            }
            State::Step { .. } => self.prolong(now),
            // `Again` is not prolonged either: the touch may be that of the next person already.
            _ => {}
        }
    }

    fn choose_language(&mut self, code: String, fresh: Uuid, now: Now) {
        if self.languages.iter().any(|one| one.code == code) {
            // Before the touch: *shown* names the language that was chosen.
            self.language = code;
            self.touch(fresh, now);
        }
    }

    fn choose_again(&mut self, now: Now) {
        let may = match self.state {
            State::Thanks { again, .. } => again,
            State::Step { again_until, .. } => again_until > 0,
            _ => false,
        };
        if may {
            self.state = State::Again { until: now.uptime_ms.saturating_add(AGAIN_MS) };
            self.debounce(now);
        }
    }

    fn all_recorded(&mut self, now: Now) {
        let (state, late) = match &self.state {
            State::OutOfService { resume, .. } => ((**resume).clone(), true),
            state => (state.clone(), false),
        };
        let fresh = |since: u64| !late || now.uptime_ms < since.saturating_add(FRESH_MS);
        match state {
            State::Saving { tapped } if fresh(tapped) => self.follow(now),
            State::Keeping { since, .. } if fresh(since) => {
                self.thank(SHORT_THANKS_MS, false, now);
            }
            State::Ending { farewell, since } if fresh(since) => self.bid_farewell(farewell, now),
            State::Asking { touched, .. } if late => {
                let until = now.uptime_ms.saturating_add(self.timeouts().answer_ms);
                self.state = State::Asking { until, touched };
            }
            _ if late => self.leave(now),
            _ => {}
        }
    }

    fn out_of_service(&mut self, fault: RecordingFault) {
        let resume = match &self.state {
            State::OutOfService { resume, .. } => resume.clone(),
            state => Box::new(state.clone()),
        };
        self.state = State::OutOfService { fault, resume };
    }

    /// The staff screen opens: the person who was rating has left.
    fn stand_aside(&mut self, aside: bool, now: Now) {
        self.aside = aside;
        let writing = matches!(
            self.state,
            State::Saving { .. }
                | State::Ending { .. }
                | State::Keeping { .. }
                | State::OutOfService { .. }
        );
        if aside && !writing {
            self.leave(now);
        }
    }

    /// Puts a question: from here on there is a visit.
    pub(super) fn begin(&mut self, visit: Visit, now: Now) {
        let Some(settings) = &self.settings else { return };
        let shown = visit.shown(settings, &self.language);
        self.record(visit.session, What::Shown(shown), now);
        self.visit = Some(visit);
    }

    /// Back to where nobody is there, in the first language and the first look.
    pub(super) fn rest(&mut self, now: Now) {
        if !matches!(self.state, State::Resting | State::OutOfService { .. }) {
            self.debounce(now);
        }
        self.visit = None;
        self.state = State::Resting;
        self.look = Appearance::default();
        self.first_language();
    }

    fn first_language(&mut self) {
        let first = self.settings.as_ref().and_then(|settings| settings.languages.first());
        self.language = first.map_or_else(|| "vi".to_owned(), |language| language.code.clone());
    }

    /// Settings that came in, and then an invitation, take force as soon as no visit is going on.
    pub(super) fn take_what_waited(&mut self, now: Now) {
        if matches!(self.state, State::Resting | State::Woken { .. }) {
            self.take_settings(now);
        }
        if matches!(self.state, State::Woken { .. }) && self.on_duty().is_none() {
            self.rest(now);
        }
        self.open_invitation(now);
    }

    /// Puts settings that came in into force.
    pub(super) fn take_settings(&mut self, now: Now) {
        let Some(settings) = self.coming.take() else { return };
        self.languages = offered(&settings);
        self.settings = Some(settings);
        self.first_language();
        self.pass_duty(now);
    }

    pub(super) fn debounce(&mut self, now: Now) {
        self.debounce_until = now.uptime_ms.saturating_add(self.debounce_ms);
    }

    pub(super) fn timeouts(&self) -> Timeouts {
        self.settings.as_ref().map(|all| all.questionnaire.timeouts).unwrap_or_default()
    }

    pub(super) fn record(&mut self, session: Uuid, what: What, at: Now) {
        self.outbox.push(Entry { session, what, at });
    }
}
