//! The transitions of the kiosk machine. Each function takes one kind of input, or the passing of
//! time, through all states; what can not happen in a state is ignored there.

use super::{AGAIN_MS, Effect, FRESH_MS, Input, Kiosk, SAVING_MS, SHORT_THANKS_MS, State, Trouble};
use crate::clock::Now;
use crate::entry::Entry;
use protocol::event::Shown;
use protocol::questionnaire::Timeouts;
use protocol::settings::Settings;
use protocol::{Level, What};
use uuid::Uuid;

impl Kiosk {
    pub(super) fn take(&mut self, input: Input, now: Now, effects: &mut Vec<Effect>) {
        let calm = now.uptime_ms < self.calm_until;
        match input {
            Input::Tap { level, fresh } if !calm => self.tap(level, fresh, now),
            Input::Touch { fresh } if !calm => self.touch(fresh, now),
            Input::Language { code, fresh } if !calm => self.choose_language(code, fresh, now),
            Input::ChooseAgain if !calm => self.choose_again(now),
            Input::Recorded(id) => {
                if self.outbox.recorded(id) && self.outbox.is_empty() {
                    self.all_recorded(now);
                }
            }
            Input::RecordFailed(id, trouble) => {
                if self.outbox.failed(id, now.uptime_ms) {
                    effects.push(Effect::Alarm(trouble));
                    self.out_of_service(trouble);
                }
            }
            Input::Settings(settings) => self.coming = Some(settings),
            Input::Tick
            | Input::Tap { .. }
            | Input::Touch { .. }
            | Input::Language { .. }
            | Input::ChooseAgain => {}
        }
    }

    /// Deadlines that have passed by now.
    pub(super) fn pass_time(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let over = |until: u64| now.uptime_ms >= until;
        match &self.state {
            State::Asking { session, until } if over(*until) => {
                self.record(*session, What::Abandoned, now);
                self.rest();
            }
            // The second choice is free: without one the first tap stands.
            State::Thanks { until, .. } | State::Again { until, .. } if over(*until) => {
                self.rest();
                self.calm(now);
            }
            State::Saving { tapped, .. } if over(tapped.saturating_add(SAVING_MS)) => {
                effects.push(Effect::Alarm(Trouble::Slow));
                self.out_of_service(Trouble::Slow);
            }
            State::OutOfService { trouble, resume } => {
                if let State::Asking { session, until } = **resume
                    && over(until)
                {
                    let trouble = *trouble;
                    self.record(session, What::Abandoned, now);
                    self.state = State::OutOfService { trouble, resume: Box::new(State::Ready) };
                }
            }
            _ => {}
        }
    }

    fn tap(&mut self, level: Level, fresh: Uuid, now: Now) {
        let Some(settings) = self.settings.clone() else { return };
        if !settings.questionnaire.scale.levels().contains(&level) {
            return;
        }
        let tapped = now.uptime_ms;
        match self.state {
            State::Ready => {
                if let Some(shown) = shown(&settings, &self.language) {
                    self.record(fresh, What::Shown(shown), now);
                    self.record(fresh, What::Rated { level }, now);
                    self.state = State::Saving { session: fresh, level, changed: false, tapped };
                }
            }
            State::Asking { session, .. } => {
                self.record(session, What::Rated { level }, now);
                self.state = State::Saving { session, level, changed: false, tapped };
            }
            State::Again { session, level: first, .. } if level == first => {
                self.thank(session, level, true, now);
            }
            State::Again { session, .. } => {
                self.record(session, What::Changed { level }, now);
                self.state = State::Saving { session, level, changed: true, tapped };
            }
            _ => {}
        }
    }

    fn touch(&mut self, fresh: Uuid, now: Now) {
        let answer_by = now.uptime_ms.saturating_add(self.timeouts().answer_ms);
        match &mut self.state {
            State::Ready => {
                let shown = self.settings.as_ref().and_then(|all| shown(all, &self.language));
                if let Some(shown) = shown {
                    self.record(fresh, What::Shown(shown), now);
                    self.state = State::Asking { session: fresh, until: answer_by };
                }
            }
            State::Asking { until, .. } => *until = answer_by,
            // `Again` too is left alone: whoever touches may be the next person already.
            _ => {}
        }
    }

    fn choose_language(&mut self, code: String, fresh: Uuid, now: Now) {
        let offered = self
            .settings
            .as_ref()
            .is_some_and(|settings| settings.languages.iter().any(|one| one.code == code));
        if offered {
            // Before the touch: *shown* names the language that was chosen.
            self.language = code;
            self.touch(fresh, now);
        }
    }

    fn choose_again(&mut self, now: Now) {
        if let State::Thanks { session, level, again: true, .. } = self.state {
            let until = now.uptime_ms.saturating_add(AGAIN_MS);
            self.state = State::Again { session, level, until };
            self.calm(now);
        }
    }

    fn all_recorded(&mut self, now: Now) {
        let (state, late) = match &self.state {
            State::OutOfService { resume, .. } => ((**resume).clone(), true),
            state => (state.clone(), false),
        };
        match state {
            State::Saving { session, level, changed, tapped }
                if !late || now.uptime_ms < tapped.saturating_add(FRESH_MS) =>
            {
                self.thank(session, level, changed, now);
            }
            State::Asking { session, .. } if late => {
                let until = now.uptime_ms.saturating_add(self.timeouts().answer_ms);
                self.state = State::Asking { session, until };
            }
            _ if late => self.rest(),
            _ => {}
        }
    }

    fn thank(&mut self, session: Uuid, level: Level, last: bool, now: Now) {
        let lasts = if last { SHORT_THANKS_MS } else { self.timeouts().undo_ms };
        let until = now.uptime_ms.saturating_add(lasts);
        self.state = State::Thanks { session, level, again: !last, until };
        self.calm(now);
    }

    fn out_of_service(&mut self, trouble: Trouble) {
        let resume = match &self.state {
            State::OutOfService { resume, .. } => resume.clone(),
            state => Box::new(state.clone()),
        };
        self.state = State::OutOfService { trouble, resume };
    }

    /// Back to where nobody is there, in the first language, under the newest settings.
    fn rest(&mut self) {
        if let Some(settings) = self.coming.take() {
            self.settings = Some(settings);
        }
        let first = self.settings.as_ref().and_then(|settings| settings.languages.first());
        self.language = first.map_or_else(|| "vi".to_owned(), |language| language.code.clone());
        self.state = match &self.settings {
            None => State::Starting,
            Some(settings) if settings.officer.is_none() => State::NotInService,
            Some(_) => State::Ready,
        };
    }

    /// Settings that came in take force as soon as no visit is going on.
    pub(super) fn take_settings(&mut self) {
        let resting = matches!(self.state, State::Starting | State::NotInService | State::Ready);
        if resting && self.coming.is_some() {
            self.rest();
        }
    }

    fn calm(&mut self, now: Now) {
        self.calm_until = now.uptime_ms.saturating_add(self.calm_ms);
    }

    fn timeouts(&self) -> Timeouts {
        self.settings.as_ref().map(|settings| settings.questionnaire.timeouts).unwrap_or_default()
    }

    fn record(&mut self, session: Uuid, what: What, at: Now) {
        self.outbox.push(Entry { session, what, at });
    }
}

/// What a visit that begins now is about; `None` without an officer.
fn shown(settings: &Settings, language: &str) -> Option<Shown> {
    Some(Shown {
        counter: settings.counter.code.clone(),
        officer: settings.officer.as_ref()?.code.clone(),
        stage: settings.stage,
        dossier: None,
        ticket: None,
        invitation: None,
        scale: settings.questionnaire.scale,
        questionnaire: settings.questionnaire.version,
        language: language.to_owned(),
    })
}
