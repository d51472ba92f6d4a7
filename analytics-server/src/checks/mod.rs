//! What an operator has to know: the database, the disk, the clock, certificates, mail, backups,
//! tablets, accounts. Each finding is one sentence that says what is and what to do. The command
//! `check` prints them and the page of the status shows them.

mod accounts;
pub mod certificate;
mod data;
mod finding;
mod machine;
mod server;
pub mod tablets;
#[cfg(test)]
mod tests;

pub use finding::{Finding, Level, first_names};
pub use server::answers_at;

use crate::config::{MailSettings, TlsFiles, USUAL_FILE};
use crate::state::App;
use crate::storage::{Store, StoreError};
use std::path::Path;

/// What is looked at, beside the database.
pub struct CheckInputs<'a> {
    /// Directory of the data.
    pub data_dir: &'a Path,
    /// Address that the server listens at, as configured.
    pub listen: &'a str,
    /// Certificate and key, where TLS is ours.
    pub tls: Option<&'a TlsFiles>,
    /// A proxy stands before the server.
    pub trust_proxy: bool,
    /// How mail is sent; none: it is not.
    pub mail: Option<&'a MailSettings>,
    /// A demonstration: one click signs in, and nobody has a password.
    pub demo: bool,
    /// Milliseconds since 1970.
    pub now: i64,
}

impl<'a> CheckInputs<'a> {
    /// Of a running server.
    fn of(app: &'a App) -> Self {
        Self {
            data_dir: &app.data_dir,
            listen: &app.listen,
            tls: app.tls.as_deref(),
            trust_proxy: app.trust_proxy,
            mail: app.mail.as_deref(),
            demo: app.demo,
            now: app.clock.now(),
        }
    }
}

/// How many things need somebody, of what the database, the disk and the certificate tell: neither
/// another program nor another machine is asked, so that a page can tell it each time.
pub async fn waiting(app: &App) -> Result<u64, StoreError> {
    let around = CheckInputs::of(app);
    let mut found = inside(&app.store, &around).await?;
    let size = app.store.about().await?.bytes_here();
    found.extend(machine::disk(around.data_dir, size));
    found.push(certificate::finding(around.tls, around.listen, around.trust_proxy, around.now));
    Ok(found.iter().filter(|one| one.level >= Level::Warning).count() as u64)
}

/// Looks at all of it as the running server sees it.
pub async fn all(app: &App) -> Result<Vec<Finding>, StoreError> {
    let around = CheckInputs::of(app);
    let mut found = inside(&app.store, &around).await?;
    found.push(writing(app.write_check.outcome(&app.store, &app.data_dir).await));
    let size = app.store.about().await?.bytes_here();
    found.extend(outside(&around, size).await);
    Ok(found)
}

/// Looks at everything that lies outside of the database.
pub async fn outside(around: &CheckInputs<'_>, database_bytes: Option<i64>) -> Vec<Finding> {
    let mut found = machine::disk(around.data_dir, database_bytes);
    found.push(machine::clock().await);
    found.push(certificate::finding(around.tls, around.listen, around.trust_proxy, around.now));
    found.push(machine::mail(around.mail).await);
    found
}

/// Looks at what the database says. It is only read.
pub async fn inside(store: &Store, around: &CheckInputs<'_>) -> Result<Vec<Finding>, StoreError> {
    let now = around.now;
    let mut found = data::database(store, around.data_dir).await?;
    found.extend(data::clock(store, now).await?);
    found.push(data::backup(store, now).await?);
    found.push(data::events(store).await?);
    found.push(data::deliveries(store, now).await?);
    found.extend(tablets::findings(store, now).await?);
    if !around.demo {
        found.extend(accounts::findings(store).await?);
    }
    Ok(found)
}

/// Which file the configuration was read from.
pub fn configuration(file: Option<&Path>) -> Finding {
    let shown = |file: &Path| [("file", file.display().to_string())];
    match file {
        Some(file) => Finding::good("configuration", "good", shown(file)),
        None => Finding::warning("configuration", "none", shown(Path::new(USUAL_FILE))),
    }
}

/// There is no database where the configuration says that the data lies.
pub fn missing(data_dir: &Path) -> Finding {
    Finding::fault("database", "missing", [("place", data_dir.display().to_string())])
}

/// Why the database can not be opened.
pub fn unopened(error: &StoreError, is_postgres: bool) -> Finding {
    let why = [("why", error.to_string())];
    match error {
        StoreError::Older { .. } if is_postgres => {
            Finding::warning("database", "older-postgres", why)
        }
        StoreError::Older { .. } => Finding::warning("database", "older", why),
        _ => Finding::fault("database", "fault", why),
    }
}

/// Whether the database can be written, as a running server knows it.
fn writing(outcome: Result<(), String>) -> Finding {
    match outcome {
        Ok(()) => Finding::good("writing", "good", []),
        Err(why) => Finding::fault("writing", "fault", [("why", why)]),
    }
}
