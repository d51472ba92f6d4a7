//! The tablet's health, fact by fact.

use super::Screen;
use crate::link::Link;
use crate::staff::Facts;
use crate::theme;
use crate::widgets::{Block, Fact, Pen, block};
use eframe::egui;
use egui::{Align, Rect};

/// A kilobyte has 1,000 bytes: as makers of disks count.
const GIGABYTE: f64 = 1e9;

/// With the largest letters with which all of it has room: a technician needs the last line most.
pub(super) fn show(screen: &Screen<'_>, area: Rect) {
    let rows = rows(screen, screen.scene.facts);
    let sized = |letters: f32| {
        let pen = screen.sheet.pen.with(screen.sheet.pen.theme.smaller(letters));
        (pen, Lines::new(screen, &pen, &rows, area.width()))
    };
    let mut smaller = [1.0, 0.92, 0.84, 0.76, 0.7, 0.64, 0.58].map(sized).into_iter();
    let fitting = smaller.find(|(_, lines)| lines.height() <= area.height());
    let (pen, lines) = fitting.unwrap_or_else(|| sized(0.52));
    lines.place(&pen, area);
}

/// All facts in one size of letters, each with what to do, and the tablet's id.
struct Lines {
    facts: Vec<(Fact, Option<Block>)>,
    id: Option<Block>,
}

impl Lines {
    fn new(screen: &Screen<'_>, pen: &Pen<'_>, rows: &[Row], width: f32) -> Self {
        let small = |text: &str| block(pen, text, &theme::SMALL, width, Align::Min);
        let fact = |row: &Row| {
            let fact = Fact::new(pen, width, &screen.sheet.get(row.name), &row.value);
            (fact, row.todo.as_deref().map(small))
        };
        let id = screen.scene.facts.tablet.map(|tablet| small(&tablet.to_string()));
        Self { facts: rows.iter().map(fact).collect(), id }
    }

    fn height(&self) -> f32 {
        let todo = |todo: &Option<Block>| todo.as_ref().map_or(0.0, |todo| todo.height() + 16.0);
        let facts = self.facts.iter().map(|(fact, after)| fact.height() + todo(after));
        facts.sum::<f32>() + self.id.as_ref().map_or(0.0, |id| id.height() + 8.0)
    }

    fn place(self, pen: &Pen<'_>, area: Rect) {
        let mut y = area.top();
        for (fact, todo) in self.facts {
            y = fact.place(pen, area.left(), y);
            if let Some(todo) = todo {
                y = todo.place(pen, area.left(), area.right(), y + 4.0) + 12.0;
            }
        }
        if let Some(id) = self.id {
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
            ("since", screen.sheet.words.clock_inside(blocked.since, zone)),
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
