//! The tablets: whether they are heard of, whether they can write, whether another machine has their
//! identity, whether they are of this version.

use super::finding::{Finding, first_names};
use crate::alerts::{SETTING, Thresholds, open_for};
use crate::fleet::{FleetState, is_silent};
use crate::storage::tablets::TabletRow;
use crate::storage::{Store, StoreError};

const MINUTE_MS: i64 = 60_000;
/// A clock that is further off shows the wrong hours to people.
const SKEW_MS: i64 = 5 * MINUTE_MS;

/// What there is to say of all tablets in use.
pub(super) async fn findings(store: &Store, now: i64) -> Result<Vec<Finding>, StoreError> {
    let tablets = store.tablets().await?;
    if tablets.is_empty() {
        return Ok(vec![Finding::good("tablets", "none", [])]);
    }
    let silent_minutes = Thresholds::read(store.setting(SETTING).await?.as_deref())
        .unwrap_or_default()
        .silent_minutes;
    let open = open_for(store, now).await.unwrap_or(None);
    let named = |which: &dyn Fn(&TabletRow) -> bool| -> Vec<String> {
        tablets.iter().filter(|one| which(one)).map(|one| one.counter.clone()).collect()
    };
    let mut found = Vec::new();
    let mut tell = |names: Vec<String>, finding: &dyn Fn(String, String) -> Finding| {
        if !names.is_empty() {
            found.push(finding(names.len().to_string(), first_names(names)));
        }
    };
    tell(
        named(&|one| one.health.as_ref().is_some_and(|health| health.trouble.is_some())),
        &|count, names| Finding::fault("tablets", "trouble", [("count", count), ("names", names)]),
    );
    let known = FleetState::of(store).await?;
    tell(named(&|one| known.blocked(one.id).is_some()), &|count, names| {
        Finding::fault("tablets", "blocked", [("count", count), ("names", names)])
    });
    tell(known.forks().iter().map(|one| one.counter.clone()).collect(), &|count, names| {
        Finding::fault("tablets", "fork", [("count", count), ("names", names)])
    });
    let minutes = ("minutes", silent_minutes.to_string());
    tell(named(&|one| is_silent(one, open, silent_minutes, now)), &|count, names| {
        Finding::warning("tablets", "silent", [("count", count), ("names", names), minutes.clone()])
    });
    let skewed = |one: &TabletRow| {
        let skew = one.health.as_ref().and_then(|health| health.skew_ms);
        skew.is_some_and(|skew| skew.saturating_abs() > SKEW_MS)
    };
    tell(named(&skewed), &|count, names| {
        Finding::warning("tablets", "clock", [("count", count), ("names", names)])
    });
    let version = env!("CARGO_PKG_VERSION");
    // Simulated tablets of a demonstration say so before their version.
    let differs = |one: &TabletRow| one.app_version.trim_start_matches("demo ") != version;
    tell(named(&differs), &|count, names| {
        let places = [("count", count), ("names", names), ("version", version.to_owned())];
        Finding::warning("tablets", "version", places)
    });
    if store.technician_pin().await?.is_none() {
        found.push(Finding::warning("tablets", "pin", []));
    }
    if found.is_empty() {
        found.push(Finding::good("tablets", "good", [("count", tablets.len().to_string())]));
    }
    let continued = named(&|one| one.continued_by.is_some());
    if !continued.is_empty() {
        let places = [("count", continued.len().to_string()), ("names", first_names(continued))];
        found.push(Finding::hint("tablets", "continued", places));
    }
    Ok(found)
}

/// Whether the centre is open; settings that can not be read are told elsewhere.
pub async fn is_open(store: &Store, now: i64) -> bool {
    open_for(store, now).await.is_ok_and(|open| open.is_some())
}
