//! Invitations: each opens the question once. One that comes while somebody is answering waits
//! until they have left, and one that comes while nobody can be rated until somebody signs in, as long
//! as it holds; a later one takes the place of an earlier one that nobody touched. One whose time is
//! over from the start says that the one before was taken back.

use super::visit::{Service, Visit};
use super::{Kiosk, State};
use crate::clock::Now;
use protocol::What;
use protocol::invitation::Invitation;
use std::collections::VecDeque;
use std::sync::Arc;
use uuid::Uuid;

/// How many ids are remembered: an invitation that was fetched twice comes right behind itself.
const REMEMBERED: usize = 16;

#[derive(Clone, Debug, Default)]
pub(super) struct Invitations {
    waiting: Option<Waiting>,
    seen: VecDeque<Uuid>,
}

#[derive(Clone, Debug)]
struct Waiting {
    invitation: Arc<Invitation>,
    fresh: Uuid,
    until: u64,
}

impl Invitations {
    /// Takes an invitation in, once. The latest one is the one that waits.
    fn take(&mut self, invitation: Arc<Invitation>, fresh: Uuid, until: u64) {
        if self.seen.contains(&invitation.id) {
            return;
        }
        self.seen.push_back(invitation.id);
        if self.seen.len() > REMEMBERED {
            self.seen.pop_front();
        }
        self.waiting = Some(Waiting { invitation, fresh, until });
    }

    /// The one that waits, if its time is not over.
    fn due(&mut self, uptime_ms: u64) -> Option<Waiting> {
        self.waiting.take_if(|waiting| uptime_ms >= waiting.until);
        self.waiting.clone()
    }
}

impl Kiosk {
    pub(super) fn invited(&mut self, invitation: Arc<Invitation>, fresh: Uuid, now: Now) {
        if invitation.valid_ms == 0 {
            self.withdraw(now);
        }
        let until = now.uptime_ms.saturating_add(invitation.valid_ms);
        self.invitations.take(invitation, fresh, until);
    }

    /// Ends the question of an invitation that nobody touched.
    fn withdraw(&mut self, now: Now) {
        let untouched = matches!(self.state, State::Asking { touched: false, .. });
        if !untouched || !self.visit.as_ref().is_some_and(Visit::is_invited) {
            return;
        }
        if let Some(before) = self.visit.take() {
            self.record(before.session, What::Superseded, now);
        }
        self.rest(now);
    }

    /// Opens the question of the invitation that waits, where nobody is in the way.
    pub(super) fn open_invitation(&mut self, now: Now) {
        let free = match self.state {
            State::Resting | State::Woken { .. } => true,
            State::Asking { touched, .. } => !touched,
            _ => false,
        };
        if !free || self.aside {
            return;
        }
        let Some(waiting) = self.invitations.due(now.uptime_ms) else { return };
        // The settings that will hold then: they do not wait for the end of invitations that nobody
        // touches.
        let Some(settings) = self.coming.clone().or(self.settings.clone()) else { return };
        // Who signed in did so at the counter where the tablet stood.
        let here = self.settings.as_ref().map(|settings| &settings.counter.code);
        let duty = self.duty.as_ref().filter(|_| here == Some(&settings.counter.code));
        let on_duty = super::duty::officer(&settings, duty, self.moment);
        // Nobody is on duty and it names nobody: it waits.
        let Some(service) = Service::invited(&waiting.invitation, on_duty, &settings) else {
            return;
        };
        self.invitations.waiting = None;
        if let Some(before) = self.visit.take() {
            self.record(before.session, What::Superseded, now);
        }
        self.take_settings(now);
        self.begin(Visit::new(waiting.fresh, service, &self.language), now);
        self.state = State::Asking { until: waiting.until, touched: false };
        self.debounce(now);
    }
}
