//! Who may see and do what: roles and their permissions, the part of the centre a person answers for,
//! sessions, passwords. Every page asks here; nothing else decides.

pub mod credentials;
pub mod factor_keys;
pub mod link;
pub mod password;
mod permission;
pub mod person;
pub(crate) mod person_rows;
pub mod second;
pub mod session;
pub mod throttle;
mod viewer;

pub use crate::storage::users::Role;
pub use permission::Permission;
pub use viewer::Viewer;
