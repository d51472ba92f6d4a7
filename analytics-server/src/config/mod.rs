//! How the server is set up: one file (TOML), the environment and the command line, each stronger
//! than the one before. Every value remembers where it came from, so that `analytics-server config`
//! can say why it is what it is; secrets are never printed.

mod file;
mod print;
mod settle;
#[cfg(test)]
mod tests;

pub use file::{LogFormat, MailSettings, Security};

use std::path::{Path, PathBuf};

/// Read where no other file is named, if it is there.
pub const USUAL_FILE: &str = "/etc/hai-long/server.toml";

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
pub struct Known<T> {
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

/// All that the server is told before it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The file that was read; none: there is none.
    pub file: Option<PathBuf>,
    /// Directory of the data.
    pub data_dir: Known<PathBuf>,
    /// Address of PostgreSQL; none: SQLite in the data directory.
    pub database: Known<Option<String>>,
    /// Where the keys for secrets lie; none: [`crate::sealing::FILE`] in the data directory.
    pub secrets_key_file: Known<Option<PathBuf>>,
    /// Address to listen at.
    pub listen: Known<String>,
    /// Chain of certificates for TLS of our own, PEM.
    pub tls_certificate: Known<Option<PathBuf>>,
    /// Its private key, PEM.
    pub tls_key: Known<Option<PathBuf>>,
    /// A proxy stands before the server and says who asks.
    pub trust_proxy: Known<bool>,
    /// That proxy speaks TLS with browsers.
    pub secure_cookies: Known<bool>,
    /// How a line of the log looks.
    pub log_format: Known<LogFormat>,
    /// What is logged, as `tracing` writes it.
    pub log_filter: Known<String>,
    /// Whether `/metrics` answers.
    pub metrics: Known<bool>,
    /// How mail leaves the house; none: no mail is sent.
    pub mail: Option<Known<MailSettings>>,
}

/// Why the server can not be set up as it is told.
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

impl Config {
    /// Reads `file` (or [`USUAL_FILE`] where there is one), then what `environment` says, then the
    /// flags.
    pub fn read(
        file: Option<&Path>,
        environment: &dyn Fn(&str) -> Option<String>,
        flags: Flags,
    ) -> Result<Self, ConfigError> {
        let path = match file {
            Some(path) => Some(path.to_owned()),
            None => usual(Path::new(USUAL_FILE))?,
        };
        let from = match path {
            Some(path) => file::read(&path)?,
            None => file::Read::default(),
        };
        settle::settle(from, environment, flags)
    }

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

/// The file that is read where no other is named. Whoever may not look whether it is there gets a
/// refusal: with the defaults they would work on other data.
fn usual(file: &Path) -> Result<Option<PathBuf>, ConfigError> {
    match file.try_exists() {
        Ok(true) => Ok(Some(file.into())),
        Ok(false) => Ok(None),
        Err(cause) => Err(ConfigError::Unreadable { path: file.into(), cause }),
    }
}
