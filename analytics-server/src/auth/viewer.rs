//! The person behind a request, and what they may do.

use super::permission::Permission;
use crate::scope::Scope;
use crate::storage::users::User;

/// How long a password that was given in a session is enough for dangerous acts, in milliseconds.
const CONFIRMED_MS: i64 = 10 * 60 * 1000;

/// The person behind a request.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Who it is.
    pub user: User,
    /// What every form of theirs has to send along, so that no other site can send it.
    pub csrf: String,
    /// When they last gave their password in this session.
    pub confirmed_at: Option<i64>,
    /// Their role asks for a second factor that they have not set up: they can do nothing else.
    pub must_set_up_factor: bool,
    /// How many alerts of theirs are open, for the navigation.
    pub open_alerts: u64,
}

impl Viewer {
    /// Whether their role has a permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.user.role.has(permission)
    }

    /// The part of the centre they may see.
    pub fn scope(&self) -> Scope {
        Scope::of(&self.user)
    }

    /// Whether a dangerous act asks for the password again: after a while in one session. Who came
    /// into a demonstration by one click has none.
    pub fn must_confirm(&self, now: i64) -> bool {
        let recent = |at: i64| (0..=CONFIRMED_MS).contains(&(now - at));
        self.user.has_password && !self.confirmed_at.is_some_and(recent)
    }

    /// How the audit log names them.
    pub fn actor(&self) -> String {
        format!("user {}", self.user.name)
    }
}
