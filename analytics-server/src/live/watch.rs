//! The watcher: the only task of a process that looks at the change clock, for all open dashboards
//! together.

use super::Live;
use std::time::Duration;
use tokio::time::sleep;

/// How often it looks for what other processes stored, while somebody listens.
const LOOK: Duration = Duration::from_secs(1);

/// Between two words: ratings that come faster are told together, so that a crowd costs no more
/// than one count a second.
const PAUSE: Duration = Duration::from_millis(900);

/// Sends every open stream what is new, until the server closes.
pub async fn watch(live: Live) {
    let live_hub = &live.live_hub;
    let (mut spoke, mut failing) = (false, false);
    loop {
        if spoke {
            tokio::select! {
                () = live_hub.closed() => return,
                () = sleep(PAUSE) => {}
            }
        } else {
            tokio::select! {
                () = live_hub.closed() => return,
                () = live_hub.woken.notified() => {}
                () = sleep(LOOK) => {}
            }
        }
        spoke = false;
        if live_hub.listening() == 0 {
            continue;
        }
        match live.counts().await {
            Ok(counts) => {
                spoke = live_hub.say(&counts);
                failing = false;
            }
            Err(error) if failing => tracing::debug!(%error, "dashboards still hear nothing"),
            Err(error) => {
                tracing::warn!(%error, "open dashboards can not be told what happens");
                failing = true;
            }
        }
    }
}
