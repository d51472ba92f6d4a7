//! How the server is set up: one file (TOML), the environment and the command line, each stronger
//! than the one before. Every value remembers where it came from, so that `analytics-server config`
//! can say why it is what it is; secrets are never printed.

mod error;
mod file;
mod print;
mod settle;
#[cfg(test)]
mod tests;
mod values;

pub use error::ConfigError;
pub use file::{LogFormat, MailSettings, Security};
pub use values::{Config, Flags, Origin, Sourced, TlsFiles};

use std::path::{Path, PathBuf};

/// Read where no other file is named, if it is there.
pub const USUAL_FILE: &str = "/etc/hai-long/server.toml";

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
            None => file::ReadFile::default(),
        };
        settle::settle(from, environment, flags)
    }
}

/// The file that is read where no other is named. If permissions hide whether it exists, that is an
/// error: with the defaults the command would work on other data.
fn usual(file: &Path) -> Result<Option<PathBuf>, ConfigError> {
    match file.try_exists() {
        Ok(true) => Ok(Some(file.into())),
        Ok(false) => Ok(None),
        Err(cause) => Err(ConfigError::Unreadable { path: file.into(), cause }),
    }
}
