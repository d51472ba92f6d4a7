//! The steps after the level. Each can be passed over and ends by itself; what was given is kept.

use super::{Kiosk, SHORT_THANKS_MS, State};
use crate::clock::Now;
use crate::typing::Key;
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

    /// What comes when the level is written: the first step, or the thanks.
    pub(super) fn follow(&mut self, now: Now) {
        let changed = self.visit.as_ref().is_some_and(|visit| visit.changed);
        let undo = if changed { 0 } else { self.timeouts().undo_ms };
        if self.steps().is_empty() {
            let lasts = if changed { SHORT_THANKS_MS } else { undo };
            self.thank(lasts, !changed, now);
        } else {
            let again_until = if changed { 0 } else { now.uptime_ms.saturating_add(undo) };
            self.state = State::Step { place: 0, until: 0, again_until };
            self.prolong(now);
            self.calm(now);
        }
    }

    /// A touch on a step: there is time for another one.
    pub(super) fn prolong(&mut self, now: Now) {
        let timeouts = self.timeouts();
        let comment = self.asked().is_some_and(|step| matches!(step.ask, Ask::Comment { .. }));
        let lasts = if comment { timeouts.comment_ms } else { timeouts.step_ms };
        if let State::Step { until, .. } = &mut self.state {
            *until = now.uptime_ms.saturating_add(lasts);
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
        self.settle(now);
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
        self.settle(now);
    }

    pub(super) fn key(&mut self, key: Key, now: Now) {
        let typing = matches!(self.asked().map(|step| &step.ask), Some(Ask::Comment { .. }));
        let Some(visit) = self.visit.as_mut().filter(|_| typing) else { return };
        visit.draft.press(key);
        visit.take_draft();
        self.settle(now);
    }

    /// Something was given: the level is settled, and there is time for more.
    fn settle(&mut self, now: Now) {
        if let State::Step { again_until, .. } = &mut self.state {
            *again_until = 0;
        }
        self.prolong(now);
    }

    /// On to the next step; after the last one to the thanks.
    pub(super) fn next_step(&mut self, now: Now) {
        let State::Step { place, .. } = self.state else { return };
        let news = self.keep(now);
        if place + 1 < self.steps().len() {
            self.state = State::Step { place: place + 1, until: 0, again_until: 0 };
            self.prolong(now);
            self.calm(now);
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
        self.calm(now);
    }
}
