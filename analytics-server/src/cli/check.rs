//! `check`: everything that an operator has to know, in one page of words with what to do.

use super::config::Arguments;
use super::output::say;
use analytics_server::checks::{self, CheckInputs, Finding, Level};
use analytics_server::clock::Clock;
use analytics_server::storage::FILE;
use analytics_server::storage::snapshot::Snapshot;
use anyhow::{Result, bail};

/// Looks, prints a line for each finding, and ends with 1 where something does not work.
pub async fn run(arguments: Arguments) -> Result<()> {
    let config = arguments.data.configured(arguments.network.flags())?;
    let dir = config.data_dir.value.clone();
    let tls = config.tls();
    let mail = config.mail.as_ref().map(|mail| mail.value.clone());
    let around = CheckInputs {
        data_dir: &dir,
        listen: &config.listen.value,
        tls: tls.as_ref(),
        trust_proxy: config.trust_proxy.value,
        mail: mail.as_ref(),
        demo: false,
        now: Clock::system().now(),
    };
    let mut found = vec![checks::configuration(config.file.as_deref())];
    found.push(checks::answers_at(&config.listen.value, tls.is_some()).await);
    let address = config.database.value.as_deref();
    let mut size = None;
    match Snapshot::open(&dir, address).await {
        Err(_) if address.is_none() && !dir.join(FILE).exists() => {
            found.push(checks::missing(&dir));
        }
        Ok(database) => {
            size = database.store().about().await.ok().and_then(|about| about.bytes_here());
            match checks::inside(database.store(), &around).await {
                Ok(inside) => found.extend(inside),
                Err(error) => found.push(checks::unopened(&error, address.is_some())),
            }
            database.store().close().await;
        }
        Err(error) => found.push(checks::unopened(&error, address.is_some())),
    }
    found.extend(checks::outside(&around, size).await);
    for finding in &found {
        print(finding)?;
    }
    let faults = found.iter().filter(|one| one.level == Level::Fault).count();
    if faults > 0 {
        bail!("faults: {faults} of {} findings", found.len());
    }
    Ok(())
}

fn print(finding: &Finding) -> Result<()> {
    let texts = locales::texts("en");
    let level = match finding.level {
        Level::Good => "ok",
        Level::Hint => "note",
        Level::Warning => "WARNING",
        Level::Fault => "FAULT",
    };
    say(format!("{level:<8} {:<20} {}", finding.title(texts), finding.sentence(texts)))
}
