//! Alerts: rules that find what somebody should look at, and the ways on which people and other
//! software are told. The rules are pure; one task a process evaluates them and another delivers,
//! and however many processes do so on one database, each alert is raised once.

mod address;
mod deliver;
mod evaluate;
mod mail;
mod rules;
mod settings;
mod targets;
mod webhook;
mod wording;

pub use deliver::{deliver_due, retry_at};
pub(crate) use evaluate::open_for;
pub use evaluate::{AlertError, look_around, look_at_ratings};
pub use rules::{Found, Place, Rule, What, is_silent};
pub use settings::{Bound, SETTING, Thresholds, Wrong};
pub use webhook::{SECRET_PREFIX, first_signature, signature};
pub use wording::{Told, Words, answer_words};

use crate::scope::Scope;
use crate::state::App;
use crate::storage::StoreError;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How often new ratings are looked at and due deliveries sent: whoever is told waits a few seconds.
const LOOK: Duration = Duration::from_secs(2);

/// How often tablets, shares and what waits are looked at.
const LOOK_AROUND: Duration = Duration::from_mins(1);

/// Looks and tells until it is dropped.
pub async fn watch(app: App) {
    tokio::join!(evaluate_always(&app), deliver_always(&app));
}

async fn evaluate_always(app: &App) {
    let mut around_at = Instant::now();
    loop {
        if let Err(error) = look_at_ratings(app).await {
            tracing::warn!(%error, "new ratings could not be looked at for alerts");
        }
        if around_at <= Instant::now() {
            around_at = Instant::now() + LOOK_AROUND;
            if let Err(error) = look_around(app).await {
                tracing::warn!(%error, "tablets could not be looked at for alerts");
            }
        }
        sleep(LOOK).await;
    }
}

async fn deliver_always(app: &App) {
    loop {
        match deliver_due(app).await {
            // There may be more.
            Ok(sent) if sent > 0 => {}
            Ok(_) => sleep(LOOK).await,
            Err(error) => {
                tracing::warn!(%error, "alerts could not be delivered");
                sleep(LOOK).await;
            }
        }
    }
}

/// The departments by which lists of alerts are narrowed; none: everything is seen.
pub fn departments_of(scope: &Scope) -> Option<Vec<i64>> {
    match scope {
        Scope::All => None,
        Scope::Departments(own) => Some(own.iter().copied().collect()),
        Scope::Officer(_) => Some(Vec::new()),
    }
}

/// Whether webhooks can be sent to an address, by its form.
pub fn is_web_address(address: &str) -> bool {
    address::read(address).is_ok()
}

/// How many alerts of a scope are not closed.
pub async fn open_alerts(app: &App, scope: &Scope) -> Result<u64, StoreError> {
    app.store.open_alerts(departments_of(scope).as_deref()).await
}

#[cfg(test)]
mod tests;
