//! Checks of the database, of its backups and of what waits for a person.

use super::finding::{Finding, bytes};
use crate::storage::backup::LAST_BACKUP;
use crate::storage::{FILE, Store, StoreError};
use std::path::Path;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A backup is made each night; one that failed is reported the next morning.
const BACKUP_HOURS: i64 = 36;
/// A receiver that is unreachable for so long gets nothing any more.
const DELIVERY_HOURS: i64 = 1;
/// Two machines' clocks may differ by a little.
const AHEAD_MS: i64 = 2 * MINUTE_MS;

/// Which database it is, and how large.
pub(super) async fn database(store: &Store, dir: &Path) -> Result<Vec<Finding>, StoreError> {
    let about = store.about().await?;
    let (version, size) = (("version", about.version), ("size", bytes(about.bytes)));
    let Some(encoding) = about.encoding else {
        let place = ("place", dir.join(FILE).display().to_string());
        return Ok(vec![Finding::good("database", "sqlite", [version, size, place])]);
    };
    let mut found = vec![Finding::good("database", "postgres", [version, size])];
    if encoding != "UTF8" {
        found.push(Finding::warning("database", "encoding", [("encoding", encoding)]));
    }
    Ok(found)
}

/// Whether the server's clock went back: then something was stored later than now.
pub(super) async fn clock(store: &Store, now: i64) -> Result<Option<Finding>, StoreError> {
    let last = store.last_contact().await?.unwrap_or(now);
    let ahead = last - now;
    if ahead <= AHEAD_MS {
        return Ok(None);
    }
    let minutes = (ahead / MINUTE_MS).to_string();
    Ok(Some(Finding::fault("clock", "back", [("minutes", minutes)])))
}

/// How old the last backup is.
pub(super) async fn backup(store: &Store, now: i64) -> Result<Finding, StoreError> {
    if matches!(store, Store::Postgres(_)) {
        return Ok(Finding::good("backup", "postgres", []));
    }
    let last: Option<i64> = store.setting(LAST_BACKUP).await?.and_then(|at| at.parse().ok());
    let Some(last) = last else { return Ok(Finding::warning("backup", "never", [])) };
    let hours = (now - last) / HOUR_MS;
    let places = [("hours", hours.to_string())];
    Ok(if hours > BACKUP_HOURS {
        Finding::warning("backup", "old", places)
    } else {
        Finding::good("backup", "good", places)
    })
}

/// What waits for a person.
pub(super) async fn events(store: &Store) -> Result<Finding, StoreError> {
    let waiting = store.quarantined().await?;
    Ok(if waiting > 0 {
        Finding::warning("events", "waiting", [("count", waiting.to_string())])
    } else {
        Finding::good("events", "good", [])
    })
}

/// Whether mail and webhooks reach their receivers.
pub(super) async fn deliveries(store: &Store, now: i64) -> Result<Finding, StoreError> {
    let queues = store.delivery_queues().await?;
    let oldest = queues.iter().filter_map(|queue| queue.oldest).min();
    let hours = oldest.map_or(0, |oldest| (now - oldest) / HOUR_MS);
    let waiting: i64 = queues.iter().map(|queue| queue.waiting).sum();
    let places = [("count", waiting.to_string()), ("hours", hours.to_string())];
    Ok(if hours >= DELIVERY_HOURS {
        Finding::warning("deliveries", "late", places)
    } else {
        Finding::good("deliveries", "good", places)
    })
}
