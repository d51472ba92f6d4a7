//! How an attempt to reach the server can fail, in words for whoever looks after the tablet.

use protocol::exchange::Problem;

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
    },
}
