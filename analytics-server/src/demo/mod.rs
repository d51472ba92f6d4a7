//! The demonstration: the Tây Ninh case, built into the program and marked as simulated, and a few
//! simulated tablets that speak the real protocol to the real address.

mod case;
mod counters;
mod dice;
mod guide;
mod history;
mod invitation;
mod people;
mod run;
mod tablet;
mod visit;
mod wire;

pub use case::{load, load_more, name_centre};
pub use guide::guide;
pub use run::{run, tablets};

use crate::http::ServeError;
use crate::import::ImportError;
use crate::pin::PinError;
use crate::storage::StoreError;
use std::path::PathBuf;

/// Why there is no demonstration.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Real and simulated data must never lie in one place.
    #[error(
        "{0} holds data that is not a demonstration's; choose another directory with --data-dir, nothing was changed"
    )]
    NotEmpty(PathBuf),
    /// A part of the case was refused.
    #[error(
        "the case could not be loaded whole; this is a fault of the program, please report it:\n{0}"
    )]
    Case(String),
    /// The case could not be stored.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server could not go on.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes ({0}); no code can be made without")]
    Random(#[from] getrandom::Error),
    /// A PIN could not be made.
    #[error(transparent)]
    Pin(#[from] PinError),
    /// The way to the server could not be prepared.
    #[error("the simulated tablets can not be set up: {0}")]
    Client(#[from] reqwest::Error),
    /// A tablet's state can not be kept.
    #[error("{path} can not be written: {cause}; free space or mend the rights")]
    State {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
}

#[cfg(test)]
mod tests;
