//! Pages with one thing to do: a test of the glass, the export, the way out.

use super::{Desk, GAP};
use crate::staff::{Done, Input, Work};
use crate::theme::{self, FACE};
use crate::widgets::{block, face};
use eframe::egui;
use egui::{Align, Pos2, Rect, Vec2};
use protocol::Level;

/// Widest lines, points: longer ones are hard to follow.
const WIDTH: f32 = 860.0;

/// Faces that count nothing.
pub(super) fn test(desk: &Desk<'_>, touched: Option<Level>) -> Option<Input> {
    let pen = &desk.pen;
    let said = touched.map_or_else(
        || desk.get("staff-test-hint"),
        |level| {
            let level = desk.get(&format!("level-{level}"));
            desk.with("staff-test-touched", &[("level", &level)])
        },
    );
    paragraph(desk, &said, desk.room.top() + GAP);
    let width = (desk.room.width() / Level::ALL.len() as f32).min(240.0);
    let left = desk.room.center().x - width * Level::ALL.len() as f32 / 2.0;
    let size = FACE.min(width - 12.0);
    let mut chosen = None;
    for (at, level) in Level::ALL.into_iter().enumerate() {
        let corner = Pos2::new(left + at as f32 * width, desk.room.center().y - size / 2.0);
        let cell = Rect::from_min_size(corner, Vec2::new(width, size + 72.0));
        let word = desk.get(&format!("level-{level}"));
        if face(pen, cell, size, level, &word, true) {
            chosen = Some(Input::Face(level));
        }
    }
    chosen
}

/// Nothing can be touched until the time is over.
pub(super) fn wipe(desk: &Desk<'_>) -> Option<Input> {
    let until = desk.office.staff.wakes_at().unwrap_or_default();
    let seconds = until.saturating_sub(desk.office.uptime).div_ceil(1_000).to_string();
    let said = desk.with("staff-wipe-hint", &[("seconds", &seconds)]);
    paragraph(desk, &said, desk.room.top() + 3.0 * GAP);
    None
}

/// The journal on a USB stick.
pub(super) fn export(desk: &Desk<'_>, work: &Work) -> Option<Input> {
    let said = match work {
        Work::Idle => desk.get("staff-export-hint"),
        Work::Going => desk.get("staff-export-going"),
        Work::Done(Done { what, readable: false }) => {
            desk.with("staff-export-done", &[("file", what)])
        }
        Work::Done(Done { what, readable: true }) => {
            desk.with("staff-export-done-readable", &[("file", what)])
        }
        Work::Failed(why) => desk.get(&format!("staff-export-failed-{why}")),
    };
    paragraph(desk, &said, desk.room.top() + 3.0 * GAP);
    if matches!(work, Work::Going | Work::Done(_)) {
        return None;
    }
    desk.bottom_button(&desk.get("staff-export-confirm")).then_some(Input::Confirm)
}

/// The way out of the kiosk.
pub(super) fn leave(desk: &Desk<'_>) -> Option<Input> {
    paragraph(desk, &desk.get("staff-leave-hint"), desk.room.top() + 3.0 * GAP);
    desk.bottom_button(&desk.get("staff-leave-confirm")).then_some(Input::Confirm)
}

/// A text in the middle of the room; where it ends.
pub(super) fn paragraph(desk: &Desk<'_>, text: &str, top: f32) -> f32 {
    let width = desk.room.width().min(WIDTH);
    let text = block(&desk.pen, text, &theme::LEAD, width, Align::Center);
    text.place(&desk.pen, desk.room.left(), desk.room.right(), top)
}
