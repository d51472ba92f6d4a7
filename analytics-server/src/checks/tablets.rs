//! The tablets: whether they are heard of, whether they can write, whether they are of this version.

use super::{Finding, some};
use crate::alerts::{SETTING, Thresholds};
use crate::centre::Centre;
use crate::moments::local;
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
    let since = now - i64::from(silent_minutes) * MINUTE_MS;
    let is_open = is_open(store, now).await;
    let named = |which: &dyn Fn(&TabletRow) -> bool| -> Vec<String> {
        tablets.iter().filter(|one| which(one)).map(|one| one.counter.clone()).collect()
    };
    let mut found = Vec::new();
    let mut tell = |names: Vec<String>, finding: &dyn Fn(String, String) -> Finding| {
        if !names.is_empty() {
            found.push(finding(names.len().to_string(), some(names)));
        }
    };
    tell(
        named(&|one| one.health.as_ref().is_some_and(|health| health.trouble.is_some())),
        &|count, names| Finding::fault("tablets", "trouble", [("count", count), ("names", names)]),
    );
    if is_open {
        let minutes = ("minutes", silent_minutes.to_string());
        tell(named(&|one| one.last_contact_at.is_none_or(|at| at < since)), &|count, names| {
            let places = [("count", count), ("names", names), minutes.clone()];
            Finding::warning("tablets", "silent", places)
        });
    }
    let skewed = |one: &TabletRow| {
        let skew = one.health.as_ref().and_then(|health| health.skew_ms);
        skew.is_some_and(|skew| skew.saturating_abs() > SKEW_MS)
    };
    tell(named(&skewed), &|count, names| {
        Finding::warning("tablets", "clock", [("count", count), ("names", names)])
    });
    let version = env!("CARGO_PKG_VERSION");
    tell(named(&|one| one.app_version != version), &|count, names| {
        let places = [("count", count), ("names", names), ("version", version.to_owned())];
        Finding::warning("tablets", "version", places)
    });
    if store.technician_pin().await?.is_none() {
        found.push(Finding::warning("tablets", "pin", []));
    }
    if found.is_empty() {
        found.push(Finding::good("tablets", "good", [("count", tablets.len().to_string())]));
    }
    Ok(found)
}

/// Whether the centre is open; settings that can not be read are told elsewhere.
pub async fn is_open(store: &Store, now: i64) -> bool {
    let Ok(centre) = Centre::of(store).await else { return false };
    let Ok(zone) = centre.zone() else { return false };
    let here = local(now, &zone);
    let minute = u16::try_from(i32::from(here.hour()) * 60 + i32::from(here.minute()));
    let weekday = here.weekday().to_monday_one_offset().unsigned_abs();
    centre.hours.open_at(weekday, &here.date().to_string(), minute.unwrap_or(0))
}
