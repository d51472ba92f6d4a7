//! Who may see and do what: roles and their rights, the part of the house a person answers for,
//! sessions, passwords. Every page asks here; nothing else decides.

pub mod factor_keys;
pub mod link;
pub mod password;
pub mod person;
mod right;
mod scope;
pub mod second;
pub mod session;
pub mod throttle;

pub use crate::storage::users::Role;
pub use right::Right;
pub use scope::{Rated, Scope};

use crate::storage::users::User;

/// The person behind a request.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Who it is.
    pub user: User,
    /// What every form of theirs has to send along, so that no other site can send it.
    pub csrf: String,
    /// How many alerts of theirs are open, for the navigation.
    pub open_alerts: u64,
}

impl Viewer {
    /// Whether their role has a right.
    pub fn may(&self, right: Right) -> bool {
        self.user.role.has(right)
    }

    /// The part of the house they may see.
    pub fn scope(&self) -> Scope {
        Scope::of(&self.user)
    }

    /// How the audit log names them.
    pub fn actor(&self) -> String {
        format!("user {}", self.user.name)
    }
}
