//! What tablets told of themselves, fact by fact.

use super::{Fact, TabletWords};
use crate::storage::heartbeats::Health;
use crate::storage::rows::Directory;
use crate::storage::tablets::TabletRow;

/// A clock that is off by more is shown in red: beyond it the moments of events are corrected.
const SKEW_MS: i64 = 120_000;
/// Charge below which a tablet that is not being charged is shown in red, percent.
const BATTERY_LOW: i16 = 20;
/// Free space below which a tablet is shown in red, megabytes.
const STORAGE_LOW: i64 = 200;

/// What a tablet last told of itself.
pub(super) fn heartbeat_facts(
    row: &TabletRow,
    directory: &Directory,
    words: TabletWords<'_>,
) -> Vec<Fact> {
    let mut facts = match &row.health {
        Some(health) => of_health(health, directory, words),
        None => vec![Fact::plain("health", words.texts.get("records-tablet-never-told"))],
    };
    facts.push(Fact::plain("version", row.app_version.clone()));
    facts
}

fn of_health(health: &Health, directory: &Directory, words: TabletWords<'_>) -> Vec<Fact> {
    let texts = words.texts;
    let mut facts = vec![Fact::new("pending", words.count(health.pending), health.pending > 0)];
    if let Some(word) = &health.trouble {
        facts.push(Fact::new("trouble", words.trouble(word), true));
    }
    if let Some(code) = &health.officer {
        let name = directory.officer(code).map_or(code, |officer| &officer.name);
        facts.push(Fact::plain("officer", name.clone()));
    }
    if let Some(version) = health.questionnaire {
        let places = [("version", &*version.to_string())];
        facts.push(Fact::plain("questionnaire", texts.with("records-tablet-asks", &places)));
    }
    if let Some(skew) = health.skew_ms {
        facts.push(Fact::new("skew", words.skew(skew), skew.abs() > SKEW_MS));
    }
    if let Some(percent) = health.battery {
        let is_charging = health.charging == Some(true);
        let key = if is_charging { "charging" } else { "discharging" };
        let places = [("percent", &*percent.to_string())];
        let charge = texts.with(&format!("records-tablet-{key}"), &places);
        facts.push(Fact::new("battery", charge, percent < BATTERY_LOW && !is_charging));
    }
    if let Some(bytes) = health.storage_free {
        let megabytes = bytes / 1_000_000;
        let places = [("count", &*words.count(megabytes))];
        let free = texts.with("records-tablet-megabytes", &places);
        facts.push(Fact::new("storage", free, megabytes < STORAGE_LOW));
    }
    facts
}
