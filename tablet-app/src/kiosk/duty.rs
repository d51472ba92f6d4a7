//! Who is rated: an officer who signed in, else the one that the roster names. Signing in and out
//! are events of the chain, so that anybody can check later whose service a rating was about.

use super::Kiosk;
use crate::clock::Now;
use protocol::What;
use protocol::event::Post;
use protocol::settings::{Duty, Officer, Settings};
use uuid::{Builder, Uuid};

/// How long somebody who forgot to sign out stays on duty: longer than any working day, so nobody
/// is signed out at work, and shorter than until the next morning.
pub const DUTY_MS: u64 = 12 * 3_600_000;

/// An officer who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDuty {
    /// Code of the officer.
    pub officer: String,
    /// Code of the counter where they signed in; none where it is not known.
    pub counter: Option<String>,
    /// When they signed in, by the wall clock, milliseconds since 1970.
    pub since: i64,
    /// Until when it holds (uptime in milliseconds of this run of the program).
    pub until: u64,
    /// They signed in before the program was started again: only the wall clock knows how long ago,
    /// and it is asked all the time, because a clock that starts wrong is set right later.
    pub resumed: bool,
}

impl OnDuty {
    /// Somebody who signed in before this run of the program.
    pub fn resumed(officer: String, since: i64, counter: Option<String>) -> Self {
        Self { officer, counter, since, until: u64::MAX, resumed: true }
    }

    /// Whether it has ended by itself. A wall clock that stands before the sign-in proves nothing,
    /// and nobody is rated on a guess.
    fn is_over(&self, now: Now) -> bool {
        let age = u64::try_from(now.wall_ms.saturating_sub(self.since));
        let aged = self.resumed && !age.is_ok_and(|age| age < DUTY_MS);
        aged || now.uptime_ms >= self.until
    }
}

/// The officer who is rated at this moment of the server's time.
pub(super) fn officer<'a>(
    settings: &'a Settings,
    signed_in: Option<&OnDuty>,
    moment: Option<i64>,
) -> Option<&'a Officer> {
    match signed_in {
        Some(duty) => settings.officer_of(&duty.officer),
        None if settings.duty == Duty::Roster => settings.rostered(moment),
        None => None,
    }
}

impl Kiosk {
    /// Whether somebody sits at the counter by the roster, and only the time would say who.
    pub(super) fn is_officer_unknown(&self) -> bool {
        let by_roster = self.settings.as_ref().is_some_and(|settings| {
            settings.duty == Duty::Roster && settings.rostered_officers().next().is_some()
        });
        by_roster && self.duty.is_none() && self.moment.is_none()
    }

    pub(super) fn sign_in(&mut self, officer: String, fresh: Uuid, now: Now) {
        let known = self.settings.as_ref().is_some_and(|all| all.officer_of(&officer).is_some());
        let already = self.duty.as_ref().is_some_and(|duty| duty.officer == officer);
        if !known || already {
            return;
        }
        self.sign_out(Some(fresh), now);
        self.record_duty(officer.clone(), None, What::SignedIn, fresh, now);
        let until = now.uptime_ms.saturating_add(DUTY_MS);
        let (counter, since) = (self.counter(), now.wall_ms);
        self.duty = Some(OnDuty { officer, counter, since, until, resumed: false });
    }

    /// Somebody was on duty before the program was started again. Meanwhile the tablet may have been
    /// carried to another counter.
    pub(super) fn resume(&mut self, duty: OnDuty, now: Now) {
        let counter = duty.counter.clone().or_else(|| self.counter());
        self.duty = Some(OnDuty { counter, ..duty });
        self.pass_duty(now);
    }

    fn counter(&self) -> Option<String> {
        self.settings.as_ref().map(|all| all.counter.code.clone())
    }

    /// Ends a duty, if there is one. Its event needs a session; one that ends by itself makes it of
    /// its two moments, since the machine has no randomness of its own.
    pub(super) fn sign_out(&mut self, fresh: Option<Uuid>, now: Now) {
        let Some(duty) = self.duty.take() else { return };
        let session = fresh.unwrap_or_else(|| own_session(&duty, now));
        self.record_duty(duty.officer, duty.counter, What::SignedOut, session, now);
    }

    /// A duty that is over by time, whose officer the settings no longer know, or that was begun at
    /// another counter: the officer on duty there is not rated here.
    pub(super) fn pass_duty(&mut self, now: Now) {
        let (Some(duty), Some(settings)) = (&self.duty, &self.settings) else { return };
        let gone = settings.officer_of(&duty.officer).is_none();
        let elsewhere = duty.counter.as_ref().is_some_and(|one| *one != settings.counter.code);
        if duty.is_over(now) || gone || elsewhere {
            self.sign_out(None, now);
        }
    }

    /// Writes down who came or went, and where.
    fn record_duty(
        &mut self,
        officer: String,
        counter: Option<String>,
        what: fn(Post) -> What,
        session: Uuid,
        now: Now,
    ) {
        let counter = counter.or_else(|| self.counter()).unwrap_or_default();
        self.record(session, what(Post { counter, officer }), now);
    }
}

/// When somebody signed in and out: an id that is this duty's alone, in the form that every session has
/// (UUIDv7).
fn own_session(duty: &OnDuty, now: Now) -> Uuid {
    let mut rest = [0; 10];
    rest[..8].copy_from_slice(&duty.since.to_be_bytes());
    rest[8..].copy_from_slice(&now.uptime_ms.to_be_bytes()[6..]);
    Builder::from_unix_timestamp_millis(now.wall_ms.unsigned_abs(), &rest).into_uuid()
}
