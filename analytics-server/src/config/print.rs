//! The configuration as `analytics-server config` prints it: a file that could be used, with a
//! comment at each line that says where the value came from. A password is never in it.

use super::values::{Config, Origin, Sourced};
use crate::storage::without_password;
use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;

/// Column at which the comments stand.
const COMMENT: usize = 48;

impl Display for Origin {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usual => write!(out, "default"),
            Self::File(path) => write!(out, "{}", path.display()),
            Self::Environment(name) => write!(out, "environment: {name}"),
            Self::Flag(name) => write!(out, "command line: {name}"),
        }
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

struct Page<'a, 'b>(&'a mut Formatter<'b>);

impl Page<'_, '_> {
    fn line(&mut self, key: &str, value: Option<String>, origin: &Origin) -> fmt::Result {
        let line = match value {
            Some(value) => format!("{key} = {value}"),
            None => format!("# {key} is not set"),
        };
        writeln!(self.0, "{line:<COMMENT$} # {origin}")
    }

    fn path(&mut self, key: &str, path: &Sourced<Option<PathBuf>>) -> fmt::Result {
        let text = path.value.as_ref().map(|path| quoted(&path.display().to_string()));
        self.line(key, text, &path.origin)
    }

    fn switch(&mut self, key: &str, switch: &Sourced<bool>) -> fmt::Result {
        self.line(key, Some(switch.value.to_string()), &switch.origin)
    }
}

impl Display for Config {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let mut page = Page(out);
        let dir = quoted(&self.data_dir.value.display().to_string());
        page.line("data_dir", Some(dir), &self.data_dir.origin)?;
        let database =
            self.database.value.as_deref().map(|address| quoted(&without_password(address)));
        page.line("database", database, &self.database.origin)?;
        page.path("secrets_key_file", &self.secrets_key_file)?;
        page.line("listen", Some(quoted(&self.listen.value)), &self.listen.origin)?;
        page.switch("trust_proxy", &self.trust_proxy)?;
        page.switch("secure_cookies", &self.secure_cookies)?;
        page.switch("metrics", &self.metrics)?;
        writeln!(page.0, "\n[tls]")?;
        page.path("certificate", &self.tls_certificate)?;
        page.path("key", &self.tls_key)?;
        writeln!(page.0, "\n[log]")?;
        let format = quoted(self.log_format.value.word());
        page.line("format", Some(format), &self.log_format.origin)?;
        page.line("filter", Some(quoted(&self.log_filter.value)), &self.log_filter.origin)?;
        let Some(Sourced { value: mail, origin }) = &self.mail else {
            return write!(page.0, "\n# [mail] is not set: no mail is sent");
        };
        writeln!(page.0, "\n[mail]")?;
        page.line("server", Some(quoted(&mail.server)), origin)?;
        page.line("port", Some(mail.port.to_string()), origin)?;
        let security = mail.security.map(|one| quoted(one.name()));
        page.line("security", security, origin)?;
        let file = mail.ca_file.as_ref().map(|path| quoted(&path.display().to_string()));
        page.line("ca_file", file, origin)?;
        page.line("sender", Some(quoted(&mail.sender)), origin)?;
        page.line("user", mail.user.as_deref().map(quoted), origin)?;
        let file = mail.password_file.as_ref().map(|path| quoted(&path.display().to_string()));
        page.line("password_file", file, origin)?;
        page.line("pages", mail.pages.as_deref().map(quoted), origin)
    }
}
