//! The two loops of alerts: one evaluates the rules, one delivers what they found.

use super::deliver::deliver_due;
use super::evaluate::{look_around, look_at_ratings};
use crate::state::App;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How often new ratings are looked at and due deliveries sent: a receiver waits a few seconds longer.
const LOOK: Duration = Duration::from_secs(2);

/// How often tablets, shares and what waits are looked at.
const LOOK_AROUND: Duration = Duration::from_mins(1);

/// Evaluates the rules and delivers alerts until it is dropped.
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
