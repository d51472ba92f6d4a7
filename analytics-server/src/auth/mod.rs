//! Who may see and do what: roles and their rights, the part of the centre a person answers for,
//! sessions, passwords. Every page asks here; nothing else decides.

pub mod factor_keys;
pub mod link;
pub mod password;
pub mod person;
mod right;
pub mod second;
pub mod session;
pub mod throttle;
mod viewer;

pub use crate::storage::users::Role;
pub use right::Right;
pub use viewer::Viewer;
