//! Why the configuration can not be used.

use std::path::PathBuf;

/// Why the configuration can not be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is not there, or not for us.
    #[error("the configuration {path} can not be read: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The file has a key or value that is none.
    #[error("{path}, line {line}: {said}; see docs/operations.md for every key")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Where in it, from 1.
        line: usize,
        /// What is wrong.
        said: String,
    },
    /// A value that can not be used.
    #[error("“{value}” in {origin} is no {wanted}")]
    Value {
        /// As written.
        value: String,
        /// Where it stands.
        origin: String,
        /// What should stand there.
        wanted: &'static str,
    },
    /// Half of a pair.
    #[error("TLS needs both tls.certificate and tls.key; {0} is missing")]
    HalfTls(&'static str),
    /// A cookie that no browser would send back.
    #[error(
        "secure_cookies is for a proxy that speaks TLS: set trust_proxy as well, or give TLS a certificate here"
    )]
    NoProxy,
}
