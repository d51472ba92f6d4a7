//! Who is rated: an officer who signed in, else the one that the roster names. Signing in and out
//! are events of the chain, so that anybody can check later whose service a rating was about.

use super::Kiosk;
use crate::clock::Now;
use protocol::What;
use protocol::event::Post;
use protocol::settings::{Duty, Officer, Settings};
use uuid::Uuid;

/// How long somebody who forgot to sign out stays on duty: longer than any working day, so nobody
/// is signed out at work, and shorter than until the next morning.
pub const DUTY_MS: u64 = 12 * 3_600_000;

/// An officer who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDuty {
    /// Code of the officer.
    pub officer: String,
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
    pub fn resumed(officer: String, since: i64) -> Self {
        Self { officer, since, until: u64::MAX, resumed: true }
    }

    /// Whether it has ended by itself. A wall clock that stands before the sign-in proves nothing,
    /// and nobody is rated on a guess.
    fn is_over(&self, now: Now) -> bool {
        let age = u64::try_from(now.wall_ms.saturating_sub(self.since));
        let aged = self.resumed && !age.is_ok_and(|age| age < DUTY_MS);
        aged || now.uptime_ms >= self.until
    }
}

/// The officer who is rated.
pub(super) fn officer<'a>(
    settings: &'a Settings,
    signed_in: Option<&OnDuty>,
) -> Option<&'a Officer> {
    match signed_in {
        Some(duty) => find(settings, &duty.officer),
        None if settings.duty == Duty::Roster => settings.officer.as_ref(),
        None => None,
    }
}

/// The officer of a code, as the settings know them: with their portrait.
pub(super) fn find<'a>(settings: &'a Settings, code: &str) -> Option<&'a Officer> {
    let staff = settings.staff.iter().map(|staff| &staff.officer);
    staff.chain(&settings.officer).find(|officer| officer.code == code)
}

impl Kiosk {
    pub(super) fn sign_in(&mut self, officer: String, fresh: Uuid, now: Now) {
        let known = self.settings.as_ref().is_some_and(|all| find(all, &officer).is_some());
        let already = self.duty.as_ref().is_some_and(|duty| duty.officer == officer);
        if !known || already {
            return;
        }
        self.sign_out(Some(fresh), now);
        self.put_on_record(&officer, What::SignedIn, fresh, now);
        let until = now.uptime_ms.saturating_add(DUTY_MS);
        self.duty = Some(OnDuty { officer, since: now.wall_ms, until, resumed: false });
    }

    /// Ends a duty, if there is one. Its event needs a session; one that ends by itself makes it of
    /// its two moments, since the machine has no randomness of its own.
    pub(super) fn sign_out(&mut self, fresh: Option<Uuid>, now: Now) {
        let Some(duty) = self.duty.take() else { return };
        let session = fresh.unwrap_or_else(|| own_session(&duty, now));
        self.put_on_record(&duty.officer, What::SignedOut, session, now);
    }

    /// A duty that is over by time, or whose officer the settings no longer know.
    pub(super) fn pass_duty(&mut self, now: Now) {
        let Some(duty) = &self.duty else { return };
        let gone = self.settings.as_ref().is_some_and(|all| find(all, &duty.officer).is_none());
        if self.settings.is_some() && (duty.is_over(now) || gone) {
            self.sign_out(None, now);
        }
    }

    fn put_on_record(&mut self, officer: &str, what: fn(Post) -> What, session: Uuid, now: Now) {
        let counter = self.settings.as_ref().map(|all| all.counter.code.clone());
        let post = Post { counter: counter.unwrap_or_default(), officer: officer.to_owned() };
        self.record(session, what(post), now);
    }
}

/// When somebody signed in and out: an id that is this duty's alone.
fn own_session(duty: &OnDuty, now: Now) -> Uuid {
    Uuid::from_u64_pair(duty.since.unsigned_abs(), now.wall_ms.unsigned_abs())
}
