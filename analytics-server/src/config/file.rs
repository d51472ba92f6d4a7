//! The configuration file: every key, what it means and what holds without it. A key that is not
//! here is a mistake and is told with its line.

use super::error::ConfigError;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The file as it is written. Every key may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct FileValues {
    /// Directory of the data.
    pub data_dir: Option<PathBuf>,
    /// `postgres://user:password@host/name`.
    pub database: Option<String>,
    /// Where the keys for secrets lie.
    pub secrets_key_file: Option<PathBuf>,
    /// Address and port to listen at.
    pub listen: Option<String>,
    /// Believe `X-Forwarded-For` and `X-Forwarded-Proto`.
    pub trust_proxy: Option<bool>,
    /// Cookies for TLS alone, behind a proxy that terminates it.
    pub secure_cookies: Option<bool>,
    /// Whether `/metrics` answers.
    pub metrics: Option<bool>,
    /// TLS of our own.
    pub tls: Tls,
    /// The log.
    pub log: Log,
    /// Mail.
    pub mail: Option<MailSettings>,
}

/// `[tls]`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Tls {
    /// Chain of certificates, PEM.
    pub certificate: Option<PathBuf>,
    /// Private key, PEM.
    pub key: Option<PathBuf>,
}

/// `[log]`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Log {
    /// `text` or `json`.
    pub format: Option<LogFormat>,
    /// Such as `warn,analytics_server=info`.
    pub filter: Option<String>,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for programs.
    Json,
}

impl LogFormat {
    /// As it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }
}

impl FromStr for LogFormat {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Text, Self::Json].into_iter().find(|one| one.word() == text).ok_or(())
    }
}

/// `[mail]`: how mail leaves the centre.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// Name of the mail server (SMTP).
    pub server: String,
    /// Its port: 587 begins in plain and turns to TLS, 465 is TLS from the start.
    #[serde(default = "submission")]
    pub port: u16,
    /// `tls`, `starttls` or `none`; without it 465 is TLS from the start and every other port
    /// turns to TLS after the greeting.
    pub security: Option<Security>,
    /// Certificates that the mail server's is signed by, PEM, beside those of the system.
    pub ca_file: Option<PathBuf>,
    /// Whom mail comes from: `Hài Lòng <bao-cao@example.gov.vn>`.
    pub sender: String,
    /// Name to sign in with; none: without signing in.
    #[serde(default)]
    pub user: Option<String>,
    /// File with the password, read at the start; it is never printed.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// Address of the pages as people open them, such as `https://hai-long.example.gov.vn`: mail and
    /// webhooks lead there.
    #[serde(default)]
    pub pages: Option<String>,
}

/// How the way to the mail server is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte, port 465.
    Tls,
    /// TLS after a greeting, port 587.
    Starttls,
    /// None, port 25: only for a mail server on this machine or in a network that can be trusted.
    None,
}

impl Security {
    /// As it is written in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::Starttls => "starttls",
            Self::None => "none",
        }
    }
}

/// The port of mail that is TLS from the start (RFC 8314).
const TLS_FROM_THE_START: u16 = 465;

impl MailSettings {
    /// How the way to the mail server is kept secret.
    pub fn security(&self) -> Security {
        let of_port = self.port == TLS_FROM_THE_START;
        self.security.unwrap_or(if of_port { Security::Tls } else { Security::Starttls })
    }
}

/// The port of mail submission (RFC 6409).
fn submission() -> u16 {
    587
}

/// What a file said, and which file.
#[derive(Debug, Default)]
pub(super) struct ReadFile {
    /// What it said.
    pub written: FileValues,
    /// Where; none: there is none.
    pub path: Option<PathBuf>,
}

/// Reads a file.
pub(super) fn read(path: &Path) -> Result<ReadFile, ConfigError> {
    let text = fs::read_to_string(path)
        .map_err(|cause| ConfigError::Unreadable { path: path.into(), cause })?;
    let written = toml::from_str(&text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
        // A cause of several lines would tear the sentence apart.
        let said = error.message().lines().collect::<Vec<_>>().join(" ");
        ConfigError::Wrong { path: path.into(), line, said }
    })?;
    Ok(ReadFile { written, path: Some(path.to_owned()) })
}
