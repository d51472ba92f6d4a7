//! Pages with one thing to do: a test of the glass, the export, the way out.

use super::{GAP, Screen};
use crate::staff::{Done, Input, Work};
use crate::theme::{self, FACE};
use crate::widgets::{block, face};
use eframe::egui;
use egui::{Align, Pos2, Rect, Vec2};
use protocol::Level;

/// Widest lines, points: longer ones are hard to follow.
const WIDTH: f32 = 860.0;

/// Faces that count nothing.
pub(super) fn test(screen: &Screen<'_>, touched: Option<Level>) -> Option<Input> {
    let pen = &screen.pen;
    let said = touched.map_or_else(
        || screen.get("staff-test-hint"),
        |level| {
            let level = screen.get(&format!("level-{level}"));
            screen.with("staff-test-touched", &[("level", &level)])
        },
    );
    paragraph(screen, &said, screen.room.top() + GAP);
    let width = (screen.room.width() / Level::ALL.len() as f32).min(240.0);
    let left = screen.room.center().x - width * Level::ALL.len() as f32 / 2.0;
    let size = FACE.min(width - 12.0);
    let mut chosen = None;
    for (at, level) in Level::ALL.into_iter().enumerate() {
        let corner = Pos2::new(left + at as f32 * width, screen.room.center().y - size / 2.0);
        let cell = Rect::from_min_size(corner, Vec2::new(width, size + 72.0));
        let word = screen.get(&format!("level-{level}"));
        if face(pen, cell, size, level, &word, true) {
            chosen = Some(Input::Face(level));
        }
    }
    chosen
}

/// Nothing can be touched until the time is over.
pub(super) fn wipe(screen: &Screen<'_>) -> Option<Input> {
    let until = screen.scene.staff.wakes_at().unwrap_or_default();
    let seconds = until.saturating_sub(screen.scene.uptime).div_ceil(1_000).to_string();
    let said = screen.with("staff-wipe-hint", &[("seconds", &seconds)]);
    paragraph(screen, &said, screen.room.top() + 3.0 * GAP);
    None
}

/// The journal on a USB stick.
pub(super) fn export(screen: &Screen<'_>, work: &Work) -> Option<Input> {
    let said = match work {
        Work::Idle => screen.get("staff-export-hint"),
        Work::Going => screen.get("staff-export-going"),
        Work::Done(Done { what, readable: false }) => {
            screen.with("staff-export-done", &[("file", what)])
        }
        Work::Done(Done { what, readable: true }) => {
            screen.with("staff-export-done-readable", &[("file", what)])
        }
        Work::Failed(why) => screen.get(&format!("staff-export-failed-{why}")),
    };
    paragraph(screen, &said, screen.room.top() + 3.0 * GAP);
    if matches!(work, Work::Going | Work::Done(_)) {
        return None;
    }
    screen.bottom_button(&screen.get("staff-export-confirm")).then_some(Input::Confirm)
}

/// The way out of the kiosk.
pub(super) fn leave(screen: &Screen<'_>) -> Option<Input> {
    paragraph(screen, &screen.get("staff-leave-hint"), screen.room.top() + 3.0 * GAP);
    screen.bottom_button(&screen.get("staff-leave-confirm")).then_some(Input::Confirm)
}

/// A text in the middle of the room; where it ends.
pub(super) fn paragraph(screen: &Screen<'_>, text: &str, top: f32) -> f32 {
    let width = screen.room.width().min(WIDTH);
    let text = block(&screen.pen, text, &theme::LEAD, width, Align::Center);
    text.place(&screen.pen, screen.room.left(), screen.room.right(), top)
}
