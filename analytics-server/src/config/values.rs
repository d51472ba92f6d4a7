//! The values that the server works with, each with where it came from.

use super::file::{LogFormat, MailSettings};
use std::path::PathBuf;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Usual,
    /// The configuration file.
    File(PathBuf),
    /// A variable of the environment.
    Environment(&'static str),
    /// The command line.
    Flag(&'static str),
}

/// A value, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

/// Where certificate and key lie, both PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain, the server's own certificate first.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

/// What the command line says; what it leaves out is taken from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--data-dir`.
    pub data_dir: Option<PathBuf>,
    /// `--database`.
    pub database: Option<String>,
    /// `--listen`.
    pub listen: Option<String>,
    /// `--tls-certificate`.
    pub tls_certificate: Option<PathBuf>,
    /// `--tls-key`.
    pub tls_key: Option<PathBuf>,
}

/// The complete configuration of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The file that was read; none: there is none.
    pub file: Option<PathBuf>,
    /// Directory of the data.
    pub data_dir: Sourced<PathBuf>,
    /// Address of PostgreSQL; none: SQLite in the data directory.
    pub database: Sourced<Option<String>>,
    /// Where the keys for secrets lie; none: [`crate::sealing::FILE`] in the data directory.
    pub secrets_key_file: Sourced<Option<PathBuf>>,
    /// Address to listen at.
    pub listen: Sourced<String>,
    /// Chain of certificates for TLS of our own, PEM.
    pub tls_certificate: Sourced<Option<PathBuf>>,
    /// Its private key, PEM.
    pub tls_key: Sourced<Option<PathBuf>>,
    /// A proxy stands before the server and says who asks.
    pub trust_proxy: Sourced<bool>,
    /// The proxy in front uses TLS with browsers.
    pub secure_cookies: Sourced<bool>,
    /// How a line of the log looks.
    pub log_format: Sourced<LogFormat>,
    /// What is logged, as `tracing` writes it.
    pub log_filter: Sourced<String>,
    /// Whether `/metrics` answers.
    pub metrics: Sourced<bool>,
    /// How mail leaves the centre; none: no mail is sent.
    pub mail: Option<Sourced<MailSettings>>,
}

impl Config {
    /// Whether browsers come by TLS, here or at the proxy.
    pub fn secure(&self) -> bool {
        self.tls_certificate.value.is_some() || self.secure_cookies.value
    }

    /// Where the keys for secrets lie.
    pub fn secrets_key_file(&self) -> PathBuf {
        let usual = || self.data_dir.value.join(crate::sealing::FILE);
        self.secrets_key_file.value.clone().unwrap_or_else(usual)
    }

    /// Certificate and key, where TLS is ours.
    pub fn tls(&self) -> Option<TlsFiles> {
        let pair = self.tls_certificate.value.clone().zip(self.tls_key.value.clone());
        pair.map(|(certificate, key)| TlsFiles { certificate, key })
    }
}
