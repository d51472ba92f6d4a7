//! The tablet's health, fact by fact.

use super::Desk;
use crate::staff::Facts;
use crate::theme;
use crate::widgets::{block, fact};
use eframe::egui;
use egui::{Align, Rect};

/// A kilobyte has 1,000 bytes: as makers of disks count.
const GIGABYTE: f64 = 1e9;

pub(super) fn show(desk: &Desk<'_>, area: Rect) {
    let pen = &desk.pen;
    let mut y = area.top();
    for (name, value) in rows(desk, desk.office.facts) {
        // What has no room is left out rather than drawn over the edge.
        if y + theme::BODY.on(&pen.theme).line + 16.0 > area.bottom() {
            break;
        }
        y = fact(pen, area.left(), area.right(), y, &desk.get(name), &value);
    }
    if let Some(tablet) = desk.office.facts.tablet {
        let id = block(pen, &tablet.to_string(), &theme::SMALL, area.width(), Align::Min);
        if y + 8.0 + id.height() <= area.bottom() {
            id.place(pen, area.left(), area.right(), y + 8.0);
        }
    }
}

fn rows(desk: &Desk<'_>, facts: &Facts) -> [(&'static str, String); 9] {
    let unknown = || desk.get("fact-unknown");
    let link = match (facts.parted, facts.online) {
        (true, _) => "fact-link-parted",
        (false, true) => "fact-link-online",
        (false, false) => "fact-link-offline",
    };
    let zone = desk.office.settings.map_or("", |settings| settings.time_zone.as_str());
    let contact = facts.last_contact.map(|at| desk.words.clock(at, zone));
    let (pending, recorded) = (grouped(facts.pending), grouped(facts.recorded));
    let skew = facts.skew_ms.map(|skew| {
        // Rounded to the nearest second, and never “-0”.
        let seconds = skew.saturating_abs().saturating_add(500) / 1_000 * skew.signum();
        desk.with("fact-skew-seconds", &[("seconds", &seconds.to_string())])
    });
    let battery = facts.battery.map(|percent| {
        let charging = facts.charging == Some(true);
        let key = if charging { "fact-battery-charging" } else { "fact-battery-percent" };
        desk.with(key, &[("percent", &percent.to_string())])
    });
    let storage = facts.storage_free.map(|bytes| {
        // A comma before the tenth, as it is written here.
        let gigabytes = format!("{:.1}", bytes as f64 / GIGABYTE).replace('.', ",");
        desk.with("fact-storage-gigabytes", &[("gigabytes", &gigabytes)])
    });
    let questionnaire = facts.questionnaire.map_or_else(unknown, |version| version.to_string());
    let version = [
        ("version", facts.version),
        ("questionnaire", questionnaire.as_str()),
        ("boots", &facts.boots.to_string()),
    ];
    [
        ("fact-link", desk.get(link)),
        ("fact-contact", contact.unwrap_or_else(unknown)),
        (
            "fact-pending",
            desk.with("fact-pending-count", &[("pending", &pending), ("recorded", &recorded)]),
        ),
        ("fact-skew", skew.unwrap_or_else(unknown)),
        ("fact-battery", battery.unwrap_or_else(unknown)),
        ("fact-storage", storage.unwrap_or_else(unknown)),
        ("fact-counter", facts.counter.clone()),
        ("fact-server", facts.server.clone()),
        ("fact-version", desk.with("fact-version-text", &version)),
    ]
}

/// A count as it is written here, with a point before every three digits.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}
