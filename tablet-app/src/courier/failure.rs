//! How an attempt to reach the server can fail, in words for the technician.

use crate::link::Link;
use protocol::exchange::{Problem, ProblemCode};

/// Why an attempt did not succeed. `server` is the address that was tried.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The address can not be one of a server.
    #[error("“{server}” is no server address; write it as http://HOST:PORT or https://HOST")]
    Address {
        /// What was given.
        server: String,
    },
    /// Nobody answers there.
    #[error("the server {server} can not be reached ({detail}); check the address and the network")]
    Unreachable {
        /// The address.
        server: String,
        /// What the system said.
        detail: String,
    },
    /// Somebody answers there, and by this tablet's clock their certificate does not hold.
    #[error(
        "the server {server} can not be trusted ({detail}); is the tablet's clock right? Set it, or \
         renew the server's certificate"
    )]
    Clock {
        /// The address.
        server: String,
        /// What TLS said.
        detail: String,
    },
    /// No authority that this machine knows has signed the server's certificate.
    #[error(
        "the server {server} can not be trusted ({detail}); install the package ca-certificates, and \
         the certificate of the centre's own authority where it has one"
    )]
    Authority {
        /// The address.
        server: String,
        /// What TLS said.
        detail: String,
    },
    /// The certificate shown there is one of another server.
    #[error("{server} shows the certificate of another server ({detail}); check the address")]
    OtherName {
        /// The address.
        server: String,
        /// What TLS said.
        detail: String,
    },
    /// No answer in time.
    #[error("the server {server} did not answer within {seconds} seconds; try again later")]
    TimedOut {
        /// The address.
        server: String,
        /// How long was waited.
        seconds: u64,
    },
    /// The connection ended in the middle.
    #[error("the connection to the server {server} broke off ({detail}); try again later")]
    Lost {
        /// The address.
        server: String,
        /// What the system said.
        detail: String,
    },
    /// The server, or a proxy before it, can not serve just now.
    #[error("the server {server} is not available just now (status {status}); try again later")]
    Unavailable {
        /// The address.
        server: String,
        /// The HTTP status.
        status: u16,
        /// In how many seconds it asks to be asked again (`Retry-After`), if it said so.
        retry_after: Option<u16>,
    },
    /// Something else answers there.
    #[error(
        "{server} is not a Hài Lòng server: it answered with {detail} (status {status}); check the address"
    )]
    WrongServer {
        /// The address.
        server: String,
        /// The HTTP status.
        status: u16,
        /// What came.
        detail: String,
    },
    /// The server understood and said no.
    #[error("the server {server} refused: {} (status {status})", problem.message)]
    Refused {
        /// The address.
        server: String,
        /// The HTTP status.
        status: u16,
        /// Its reason.
        problem: Problem,
        /// In how many seconds it asks to be asked again (`Retry-After`), if it said so.
        retry_after: Option<u16>,
    },
}

impl Failure {
    /// How the tablet stands to its server after a request that says nothing of its own; none where
    /// the server is there and has only no answer for it.
    pub fn link(&self) -> Option<Link> {
        match self {
            Self::Refused { problem, status, .. } => {
                let unknown = problem.code == ProblemCode::Unauthorised;
                (unknown || matches!(status, 401 | 403)).then_some(Link::Refused)
            }
            Self::Clock { .. } => Some(Link::Clock),
            Self::Authority { .. } => Some(Link::Authority),
            Self::WrongServer { .. } | Self::OtherName { .. } => Some(Link::Foreign),
            Self::Address { .. }
            | Self::Unreachable { .. }
            | Self::TimedOut { .. }
            | Self::Lost { .. }
            | Self::Unavailable { .. } => Some(Link::Offline),
        }
    }

    /// Whether no connection came about, so that it can not be because of what was sent.
    pub fn is_before_sending(&self) -> bool {
        matches!(
            self,
            Self::Address { .. }
                | Self::Unreachable { .. }
                | Self::Clock { .. }
                | Self::Authority { .. }
                | Self::OtherName { .. }
        )
    }

    /// In how many seconds the server asks to be asked again, if it said so.
    pub fn retry_after(&self) -> Option<u16> {
        match self {
            Self::Unavailable { retry_after, .. } | Self::Refused { retry_after, .. } => {
                *retry_after
            }
            _ => None,
        }
    }

    /// The HTTP status of the answer, where there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Unavailable { status, .. }
            | Self::WrongServer { status, .. }
            | Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }
}
