//! Ends the streams of sessions that are over: signed out, ended from elsewhere, expired, or of a
//! person who is retired or has another role now, also where another process of this database did it.
//! One query serves all streams of a process, and it runs only while there are any.

use super::{Live, LiveHub};
use crate::storage::StoreError;
use crate::storage::sessions::{IDLE_MS, LONGEST_MS};
use crate::storage::users::Role;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::sleep;

/// How often it looks. A stream ends within a second of its session.
const LOOK: Duration = Duration::from_millis(500);

/// Ends streams of ended sessions until the server closes.
pub async fn watch(live: Live) {
    let live_hub = &live.live_hub;
    loop {
        tokio::select! {
            () = live_hub.closed() => return,
            () = sleep(LOOK) => {}
        }
        if let Err(error) = look(&live).await {
            // Without the store nothing is told on the streams either; they look by themselves, too.
            tracing::debug!(%error, "the sessions of open dashboards can not be looked at");
        }
    }
}

async fn look(live: &Live) -> Result<(), StoreError> {
    let open = live.live_hub.sessions();
    if open.is_empty() {
        return Ok(());
    }
    let hashes: Vec<[u8; 32]> = open.iter().copied().collect();
    let now = live.clock.now();
    let alive = live.store.live_sessions(&hashes, now - IDLE_MS, now - LONGEST_MS).await?;
    live.live_hub
        .end_all_but(&open, |session, role| alive.get(session).is_some_and(|alive| *alive == role));
    Ok(())
}

impl LiveHub {
    /// Hashes of the tokens of the sessions whose streams are open.
    fn sessions(&self) -> BTreeSet<[u8; 32]> {
        self.streams().sessions.values().map(|one| one.token_hash).collect()
    }

    /// Ends the streams of those of `looked_at` that may not go on.
    fn end_all_but(
        &self,
        looked_at: &BTreeSet<[u8; 32]>,
        may_go_on: impl Fn(&[u8; 32], Role) -> bool,
    ) {
        for one in self.streams().sessions.values() {
            if looked_at.contains(&one.token_hash) && !may_go_on(&one.token_hash, one.role) {
                one.ended.send_replace(true);
            }
        }
    }
}
