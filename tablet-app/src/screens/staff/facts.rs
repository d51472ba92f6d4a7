//! The tablet's health, fact by fact.

use super::Screen;
use crate::link::Link;
use crate::staff::Facts;
use crate::theme;
use crate::widgets::{block, fact};
use eframe::egui;
use egui::{Align, Rect};

/// A kilobyte has 1,000 bytes: as makers of disks count.
const GIGABYTE: f64 = 1e9;

pub(super) fn show(screen: &Screen<'_>, area: Rect) {
    let pen = &screen.sheet.pen;
    let mut y = area.top();
    for Row { name, value, todo } in rows(screen, screen.scene.facts) {
        let todo = todo.map(|todo| block(pen, &todo, &theme::SMALL, area.width(), Align::Min));
        let more = todo.as_ref().map_or(0.0, |todo| todo.height() + 16.0);
        // What has no room is left out rather than drawn over the edge.
        if y + theme::BODY.on(&pen.theme).line + 16.0 + more > area.bottom() {
            break;
        }
        y = fact(pen, area.left(), area.right(), y, &screen.sheet.get(name), &value);
        if let Some(todo) = todo {
            y = todo.place(pen, area.left(), area.right(), y + 4.0) + 12.0;
        }
    }
    if let Some(tablet) = screen.scene.facts.tablet {
        let id = block(pen, &tablet.to_string(), &theme::SMALL, area.width(), Align::Min);
        if y + 8.0 + id.height() <= area.bottom() {
            id.place(pen, area.left(), area.right(), y + 8.0);
        }
    }
}

/// A fact, and what to do where something is wrong.
struct Row {
    name: &'static str,
    value: String,
    todo: Option<String>,
}

fn rows(screen: &Screen<'_>, facts: &Facts) -> Vec<Row> {
    let unknown = || screen.sheet.get("fact-unknown");
    let link = format!("fact-link-{}", facts.link.name());
    let link_todo = (facts.link != Link::Good).then(|| {
        let server = [("server", facts.server.as_str())];
        screen.sheet.with(&format!("fact-link-todo-{}", facts.link.name()), &server)
    });
    let zone = screen.scene.settings.map_or("", |settings| settings.time_zone.as_str());
    let contact = facts.last_contact.map(|at| screen.sheet.words.clock(at, zone));
    let (pending, recorded) = (grouped(facts.pending), grouped(facts.recorded));
    let skew = facts.skew_ms.map(|skew| {
        // Rounded to the nearest second, and never “-0”.
        let seconds = skew.saturating_abs().saturating_add(500) / 1_000 * skew.signum();
        screen.sheet.with("fact-skew-seconds", &[("seconds", &seconds.to_string())])
    });
    let battery = facts.battery.map(|percent| {
        let charging = facts.charging == Some(true);
        let key = if charging { "fact-battery-charging" } else { "fact-battery-percent" };
        screen.sheet.with(key, &[("percent", &percent.to_string())])
    });
    let storage = facts.storage_free.map(|bytes| {
        // A comma before the tenth, as it is written here.
        let gigabytes = format!("{:.1}", bytes as f64 / GIGABYTE).replace('.', ",");
        screen.sheet.with("fact-storage-gigabytes", &[("gigabytes", &gigabytes)])
    });
    let questionnaire = facts.questionnaire.map_or_else(unknown, |version| version.to_string());
    let version = [
        ("version", facts.version),
        ("questionnaire", questionnaire.as_str()),
        ("boots", &facts.boots.to_string()),
    ];
    let plain = |name, value| Row { name, value, todo: None };
    let mut rows = vec![
        Row { name: "fact-link", value: screen.sheet.get(&link), todo: link_todo },
        plain("fact-contact", contact.unwrap_or_else(unknown)),
        plain(
            "fact-pending",
            screen
                .sheet
                .with("fact-pending-count", &[("pending", &pending), ("recorded", &recorded)]),
        ),
    ];
    rows.extend(facts.blocked.map(|blocked| {
        let status = blocked.status.map_or_else(unknown, |status| status.to_string());
        let places = [
            ("number", grouped(blocked.number)),
            ("since", screen.sheet.words.clock(blocked.since, zone)),
            ("status", status),
        ];
        let places: Vec<_> = places.iter().map(|(name, text)| (*name, text.as_str())).collect();
        Row {
            name: "fact-blocked",
            value: screen.sheet.with("fact-blocked-event", &places),
            todo: Some(screen.sheet.get("fact-blocked-todo")),
        }
    }));
    rows.extend([
        plain("fact-skew", skew.unwrap_or_else(unknown)),
        plain("fact-battery", battery.unwrap_or_else(unknown)),
        plain("fact-storage", storage.unwrap_or_else(unknown)),
        plain("fact-counter", facts.counter.clone()),
        plain("fact-server", facts.server.clone()),
        plain("fact-version", screen.sheet.with("fact-version-text", &version)),
    ]);
    rows
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
