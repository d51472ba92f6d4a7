//! Visits that end without a level: somebody declines, says that another officer served them, or
//! walks off.

use super::Kiosk;
use super::view::{Farewell, State};
use crate::clock::Now;
use protocol::What;
use uuid::Uuid;

impl Kiosk {
    /// The person does not want to rate.
    pub(super) fn decline(&mut self, fresh: Uuid, now: Now) {
        if self.is_asked(fresh, now) {
            self.end(Farewell::Declined, now);
        }
    }

    /// Somebody else served the person. It is written when it can no longer be taken back, or when the
    /// person has left: an event that was written can not be withdrawn.
    pub(super) fn dispute_officer(&mut self, fresh: Uuid, now: Now) {
        if !self.is_asked(fresh, now) {
            return;
        }
        if let Some(visit) = &mut self.visit {
            visit.disputes = true;
        }
        let until = now.uptime_ms.saturating_add(self.timeouts().undo_ms);
        self.state = State::Disputing { until };
        self.debounce(now);
    }

    /// It was a slip: the same question, about the same officer.
    pub(super) fn take_back(&mut self, now: Now) {
        let Some(visit) = &mut self.visit else { return };
        if matches!(self.state, State::Disputing { .. }) {
            visit.disputes = false;
            let until = now.uptime_ms.saturating_add(self.timeouts().answer_ms);
            self.state = State::Asking { until, touched: true };
            self.debounce(now);
        }
    }

    /// Whether the question stands, and no level. Who was not asked yet is asked by this: the answer
    /// counts.
    fn is_asked(&mut self, fresh: Uuid, now: Now) -> bool {
        match self.state {
            State::Resting if self.is_open() => self.ask_walk_up(fresh, now),
            State::Woken { .. } => self.ask_walk_up(fresh, now),
            State::Asking { .. } => true,
            _ => false,
        }
    }

    /// The visit ends without a level.
    pub(super) fn end(&mut self, farewell: Farewell, now: Now) {
        let Some(visit) = &mut self.visit else { return };
        visit.ended = true;
        let what = match farewell {
            Farewell::Declined => What::Declined,
            Farewell::OfficerDisputed => What::OfficerDisputed,
        };
        let session = visit.session;
        self.record(session, what, now);
        self.state = State::Ending { farewell, since: now.uptime_ms };
    }

    pub(super) fn abandon(&mut self, now: Now) {
        if let Some(visit) = self.visit.take_if(|visit| visit.level.is_none() && !visit.ended) {
            // What could still be taken back was not.
            let what = if visit.disputes { What::OfficerDisputed } else { What::Abandoned };
            self.record(visit.session, what, now);
        }
    }

    pub(super) fn bid_farewell(&mut self, farewell: Farewell, now: Now) {
        let until = now.uptime_ms.saturating_add(farewell.lasts_ms());
        self.state = State::Farewell { farewell, until };
        self.debounce(now);
    }
}
