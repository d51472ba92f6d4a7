//! The steps after the level. Each can be passed over and ends by itself; what was given is kept.

use super::view::{Cover, State};
use super::{COVER_MS, Kiosk, NOTED_MS, SHORT_THANKS_MS};
use crate::clock::Now;
use crate::typing::{Draft, Key};
use protocol::limits::CHOICES;
use protocol::questionnaire::{Ask, Step};
use protocol::{Level, What};

impl Kiosk {
    /// Places, in the questionnaire, of the steps that follow the level of this visit.
    pub(super) fn steps(&self) -> Vec<usize> {
        match (&self.settings, self.visit.as_ref().and_then(|visit| visit.level)) {
            (Some(settings), Some(level)) => settings.questionnaire.steps_after(level).collect(),
            _ => Vec::new(),
        }
    }

    /// The step that stands on the screen.
    fn asked(&self) -> Option<&Step> {
        let State::Step { place, .. } = self.state else { return None };
        let at = *self.steps().get(place)?;
        self.settings.as_ref()?.questionnaire.steps.get(at)
    }

    /// What comes when the level is written: thanks, and behind them the first step, if there is
    /// one. Nothing that can be touched stands there so soon.
    pub(super) fn follow(&mut self, now: Now) {
        let changed = self.is_changed();
        if self.steps().is_empty() {
            let lasts = if changed { SHORT_THANKS_MS } else { self.timeouts().undo_ms };
            self.thank(lasts, !changed, now);
            self.debounce_until = self.debounce_until.max(self.noted_until(now));
        } else {
            self.state = State::Noted { until: self.noted_until(now) };
            if self.debounce_ms == 0 {
                self.first_step(now);
            }
        }
    }

    fn noted_until(&self, now: Now) -> u64 {
        now.uptime_ms.saturating_add(if self.debounce_ms == 0 { 0 } else { NOTED_MS })
    }

    pub(super) fn first_step(&mut self, now: Now) {
        let changed = self.is_changed();
        let undo = now.uptime_ms.saturating_add(self.timeouts().undo_ms);
        self.stand_at(0, if changed { 0 } else { undo }, now);
    }

    fn stand_at(&mut self, place: usize, again_until: u64, now: Now) {
        self.state = State::Step { place, until: 0, again_until, cover: Cover::Down };
        self.prolong(now);
        self.debounce(now);
    }

    /// A touch on a step: there is time for another one.
    pub(super) fn prolong(&mut self, now: Now) {
        let timeouts = self.timeouts();
        let comment = self.asked().is_some_and(|step| matches!(step.ask, Ask::Comment { .. }));
        let lasts = if comment { timeouts.comment_ms } else { timeouts.step_ms };
        if let State::Step { until, cover, .. } = &mut self.state {
            *until = now.uptime_ms.saturating_add(lasts);
            *cover = Cover::At(now.uptime_ms.saturating_add(COVER_MS));
        }
    }

    /// Whether there is an answer on a step that somebody else should not read.
    pub(super) fn has_answers(&self) -> bool {
        let typed = self.visit.as_ref().is_some_and(|visit| !visit.draft.text().is_empty());
        typed || self.added().is_some_and(|added| !added.is_empty())
    }

    /// Hides the answers and keeps them in the visit: the person who gave them may have left.
    pub(super) fn cover(&mut self, now: Now) {
        self.keep(now);
        if let State::Step { cover, .. } = &mut self.state {
            *cover = Cover::Down;
        }
    }

    /// Shows the answers again where they were covered; whether they were.
    pub(super) fn uncover(&mut self, now: Now) -> bool {
        let covered = matches!(self.state, State::Step { cover: Cover::Down, .. });
        if covered {
            self.prolong(now);
        }
        covered
    }

    /// A level that took another one's place is followed by other steps: an answer to one that is
    /// not asked any more does not stand beside it.
    pub(super) fn keep_what_is_asked(&mut self) {
        let Some(settings) = self.settings.clone() else { return };
        let steps = self.steps();
        let asked = || steps.iter().filter_map(|at| settings.questionnaire.steps.get(*at));
        let offers = |id: &str| {
            asked().any(|step| match &step.ask {
                Ask::Aspects { items, .. } | Ask::Reasons { items, .. } => {
                    items.iter().any(|item| item.id == id)
                }
                Ask::Comment { .. } | Ask::Unknown => false,
            })
        };
        let words = asked().any(|step| matches!(step.ask, Ask::Comment { .. }));
        let Some(visit) = &mut self.visit else { return };
        visit.added.aspects.retain(|id, _| offers(id));
        visit.added.reasons.retain(|id| offers(id));
        if !words {
            visit.added.comment = None;
            visit.draft = Draft::new(visit.draft.method());
        }
    }

    pub(super) fn aspect(&mut self, id: String, level: Level, now: Now) {
        let Some(settings) = self.settings.clone() else { return };
        let offered = matches!(self.asked().map(|step| &step.ask),
            Some(Ask::Aspects { items, .. }) if items.iter().any(|item| item.id == id));
        let on_scale = settings.questionnaire.scale.levels().contains(&level);
        let Some(visit) = self.visit.as_mut().filter(|_| offered && on_scale) else { return };
        let aspects = &mut visit.added.aspects;
        if aspects.get(&id) == Some(&level) {
            aspects.remove(&id);
        } else if aspects.len() < CHOICES || aspects.contains_key(&id) {
            aspects.insert(id, level);
        }
        self.prolong(now);
    }

    pub(super) fn reason(&mut self, id: &str, now: Now) {
        let offered = match self.asked().map(|step| &step.ask) {
            Some(Ask::Reasons { items, .. }) => items.iter().any(|item| item.id == id),
            _ => false,
        };
        let Some(visit) = self.visit.as_mut().filter(|_| offered) else { return };
        let reasons = &mut visit.added.reasons;
        match reasons.iter().position(|reason| reason == id) {
            Some(at) => drop(reasons.remove(at)),
            None if reasons.len() < CHOICES => reasons.push(id.to_owned()),
            None => {}
        }
        self.prolong(now);
    }

    pub(super) fn key(&mut self, key: Key, now: Now) {
        let typing = matches!(self.asked().map(|step| &step.ask), Some(Ask::Comment { .. }));
        let Some(visit) = self.visit.as_mut().filter(|_| typing) else { return };
        visit.draft.press(key);
        visit.take_draft();
        self.prolong(now);
    }

    /// On to the next step; after the last one to the thanks.
    pub(super) fn next_step(&mut self, now: Now) {
        let State::Step { place, again_until, .. } = self.state else { return };
        let news = self.keep(now);
        if place + 1 < self.steps().len() {
            self.stand_at(place + 1, again_until, now);
        } else if news || !self.outbox.is_empty() {
            self.state = State::Keeping { place, since: now.uptime_ms };
        } else {
            self.thank(SHORT_THANKS_MS, false, now);
        }
    }

    /// Records what was added since the last time; whether there was anything.
    pub(super) fn keep(&mut self, now: Now) -> bool {
        let Some(visit) = &mut self.visit else { return false };
        if visit.added == visit.kept {
            return false;
        }
        visit.kept = visit.added.clone();
        let (session, what) = (visit.session, What::Detailed(visit.added.clone()));
        self.record(session, what, now);
        true
    }

    pub(super) fn thank(&mut self, lasts: u64, again: bool, now: Now) {
        let until = now.uptime_ms.saturating_add(lasts);
        self.state = State::Thanks { again, until };
        self.debounce(now);
    }
}
