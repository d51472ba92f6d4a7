//! What the whole-system tests share: databases, a running server, a tablet that speaks the real
//! protocol, and a network that can be broken.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a test's support may panic")]

pub mod browser;
pub mod chain;
pub mod databases;
pub mod display;
pub mod finder;
pub mod million;
pub mod process;
pub mod programs;
pub mod proxy;
pub mod random_centre;
pub mod replay;
pub mod secrets;
pub mod server;
pub mod tablet;
pub mod visitor;
