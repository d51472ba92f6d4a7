//! Why nothing can be served.

use std::io;
use std::path::PathBuf;

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is not one, or belongs to another machine.
    #[error(
        "“{address}” can not be listened at: {cause}; write an address of this machine such as 127.0.0.1:8080"
    )]
    Address {
        /// What was asked for.
        address: String,
        /// What the system said.
        cause: io::Error,
    },
    /// Another program listens there.
    #[error("{0} is in use by another program; stop that one or choose another port with --listen")]
    InUse(String),
    /// TLS can not begin.
    #[error(
        "TLS can not begin with {certificate} and {key}: {cause}; both are PEM files of one pair"
    )]
    Certificate {
        /// The chain of certificates.
        certificate: PathBuf,
        /// Its key.
        key: PathBuf,
        /// What is wrong.
        cause: io::Error,
    },
    /// The listener broke.
    #[error("the listener broke: {0}")]
    Broken(io::Error),
    /// A background task panicked.
    #[error(
        "the background task “{0}” panicked, so the server ended; its log says why, and a service \
         manager starts it again"
    )]
    Background(&'static str),
}
