//! Notifications to the service manager (sd_notify(3)): that the server is ready, which a start waits for,
//! and at intervals that it still answers, or it is restarted. Without a service manager nothing is sent.

use sd_notify::{NotifyState, notify, watchdog_enabled};
use std::time::Duration;

/// Requests are answered from now on.
pub(super) fn ready() {
    tell(NotifyState::Ready);
}

/// No new request is taken.
pub(super) fn stopping() {
    tell(NotifyState::Stopping);
}

/// Says again and again that it goes on, where a service manager wants to know. The threads that answer
/// people carry this task, too: where they hang, it is not heard any more. A database that went away is
/// no reason to begin anew, since the server goes on by itself once it is back.
pub(super) async fn keep_watched() {
    let Some(limit) = watchdog_enabled() else { return };
    loop {
        tell(NotifyState::Watchdog);
        tokio::time::sleep(pause(limit)).await;
    }
}

/// Three times in each term: one that is late does no harm.
fn pause(limit: Duration) -> Duration {
    limit / 3
}

fn tell(state: NotifyState<'_>) {
    if let Err(error) = notify(&[state]) {
        tracing::warn!(%error, "the service manager can not be told how the server is");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_kept_even_where_one_sign_of_life_is_lost() {
        let limit = Duration::from_mins(2);
        assert!(2 * pause(limit) < limit);
    }
}
