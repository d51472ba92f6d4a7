//! The watcher: the only one of a process that looks at the change clock, however many dashboards
//! are open.

use super::Live;
use std::time::Duration;
use tokio::time::sleep;

/// How often it looks for what other processes stored, while somebody listens.
const LOOK: Duration = Duration::from_secs(1);

/// Between two words: ratings that come faster are told together, so that a crowd costs no more
/// than one count a second.
const PAUSE: Duration = Duration::from_millis(900);

/// Tells every open stream what happened, until the pulse is closed.
pub async fn watch(live: Live) {
    let pulse = &live.pulse;
    let (mut spoke, mut failing) = (false, false);
    loop {
        if spoke {
            tokio::select! {
                () = pulse.closed() => return,
                () = sleep(PAUSE) => {}
            }
        } else {
            tokio::select! {
                () = pulse.closed() => return,
                () = pulse.woken.notified() => {}
                () = sleep(LOOK) => {}
            }
        }
        spoke = false;
        if pulse.listening() == 0 {
            continue;
        }
        match live.counts().await {
            Ok(counts) => {
                spoke = pulse.say(&counts);
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
