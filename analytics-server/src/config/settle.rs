//! Precedence: of the file, the environment and the command line the strongest one that names a value
//! decides.

use super::error::ConfigError;
use super::file::{FileValues, LogFormat, ReadFile};
use super::values::{Config, Flags, Origin, Sourced};
use std::path::PathBuf;

/// What is logged when nobody says otherwise: what needs a person, what the server does, and who
/// asked for what.
const FILTER: &str = "warn,analytics_server=info,access=info";

/// Finds the strongest word about each value.
struct Finder<'a> {
    environment: &'a dyn Fn(&str) -> Option<String>,
    path: Option<PathBuf>,
}

impl Finder<'_> {
    fn find<T>(
        &self,
        usual: T,
        file: Option<T>,
        variable: &'static str,
        read: impl Fn(&str) -> Result<T, &'static str>,
        flag: Option<(T, &'static str)>,
    ) -> Result<Sourced<T>, ConfigError> {
        if let Some((value, name)) = flag {
            return Ok(Sourced { value, origin: Origin::Flag(name) });
        }
        // A variable that is set to nothing says nothing: service files often do that.
        if let Some(text) = (self.environment)(variable).filter(|text| !text.is_empty()) {
            let value = read(&text).map_err(|wanted| ConfigError::Value {
                value: text,
                origin: variable.into(),
                wanted,
            })?;
            return Ok(Sourced { value, origin: Origin::Environment(variable) });
        }
        Ok(match (file, &self.path) {
            (Some(value), Some(path)) => Sourced { value, origin: Origin::File(path.clone()) },
            _ => Sourced { value: usual, origin: Origin::Usual },
        })
    }

    fn text(
        &self,
        usual: &str,
        file: Option<String>,
        variable: &'static str,
        flag: Option<(String, &'static str)>,
    ) -> Result<Sourced<String>, ConfigError> {
        self.find(usual.into(), file, variable, |text| Ok(text.into()), flag)
    }

    fn path(
        &self,
        file: Option<PathBuf>,
        variable: &'static str,
        flag: Option<(PathBuf, &'static str)>,
    ) -> Result<Sourced<Option<PathBuf>>, ConfigError> {
        let flag = flag.map(|(path, name)| (Some(path), name));
        self.find(None, file.map(Some), variable, |text| Ok(Some(text.into())), flag)
    }

    fn switch(
        &self,
        usual: bool,
        file: Option<bool>,
        variable: &'static str,
    ) -> Result<Sourced<bool>, ConfigError> {
        let read = |text: &str| text.parse().map_err(|_| "switch; write true or false");
        self.find(usual, file, variable, read, None)
    }
}

/// The strongest word about everything, checked as a whole.
pub(super) fn settle(
    from: ReadFile,
    environment: &dyn Fn(&str) -> Option<String>,
    flags: Flags,
) -> Result<Config, ConfigError> {
    let ReadFile { written, path } = from;
    let FileValues {
        data_dir,
        database,
        secrets_key_file,
        listen,
        trust_proxy,
        secure_cookies,
        metrics,
        tls,
        log,
        mail,
    } = written;
    let origin = path.clone().map_or(Origin::Usual, Origin::File);
    let file = path.clone();
    let finder = Finder { environment, path };
    let usual_dir = PathBuf::from("hai-long-data");
    let config = Config {
        file,
        data_dir: finder.find(
            usual_dir,
            data_dir,
            "HAI_LONG_DATA_DIR",
            |text| Ok(text.into()),
            flags.data_dir.map(|dir| (dir, "--data-dir")),
        )?,
        database: finder.find(
            None,
            database.map(Some),
            "HAI_LONG_DATABASE",
            |text| Ok(Some(text.into())),
            flags.database.map(|address| (Some(address), "--database")),
        )?,
        secrets_key_file: finder.path(secrets_key_file, "HAI_LONG_SECRETS_KEY_FILE", None)?,
        listen: finder.text(
            "127.0.0.1:8080",
            listen,
            "HAI_LONG_LISTEN",
            flags.listen.map(|address| (address, "--listen")),
        )?,
        tls_certificate: finder.path(
            tls.certificate,
            "HAI_LONG_TLS_CERTIFICATE",
            flags.tls_certificate.map(|path| (path, "--tls-certificate")),
        )?,
        tls_key: finder.path(
            tls.key,
            "HAI_LONG_TLS_KEY",
            flags.tls_key.map(|path| (path, "--tls-key")),
        )?,
        trust_proxy: finder.switch(false, trust_proxy, "HAI_LONG_TRUST_PROXY")?,
        secure_cookies: finder.switch(false, secure_cookies, "HAI_LONG_SECURE_COOKIES")?,
        log_format: finder.find(
            LogFormat::Text,
            log.format,
            "HAI_LONG_LOG_FORMAT",
            |text| text.parse().map_err(|()| "form of a log; write text or json"),
            None,
        )?,
        log_filter: finder.text(FILTER, log.filter, "HAI_LONG_LOG_FILTER", None)?,
        metrics: finder.switch(true, metrics, "HAI_LONG_METRICS")?,
        mail: mail.map(|value| Sourced { value, origin }),
    };
    check(config)
}

fn check(config: Config) -> Result<Config, ConfigError> {
    match (&config.tls_certificate.value, &config.tls_key.value) {
        (Some(_), None) => return Err(ConfigError::HalfTls("tls.key")),
        (None, Some(_)) => return Err(ConfigError::HalfTls("tls.certificate")),
        _ => {}
    }
    if config.secure_cookies.value && !config.trust_proxy.value && config.tls().is_none() {
        return Err(ConfigError::NoProxy);
    }
    Ok(config)
}
