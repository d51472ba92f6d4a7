//! Pages with one thing to do: a test of the glass, the export, the way out.

use super::Screen;
use crate::screens::sheet::GAP;
use crate::screens::sticks;
use crate::staff::{Done, StaffInput, Work};
use crate::sticks::Stick;
use crate::theme::{self, FACE};
use crate::widgets::{Kind, face};
use eframe::egui;
use egui::{Pos2, Rect, Vec2};
use protocol::Level;

/// Faces that count nothing.
pub(super) fn test(screen: &Screen<'_>, touched: Option<Level>) -> Option<StaffInput> {
    let pen = &screen.sheet.pen;
    let said = touched.map_or_else(
        || screen.sheet.get("staff-test-hint"),
        |level| {
            let level = screen.sheet.get(&format!("level-{level}"));
            screen.sheet.with("staff-test-touched", &[("level", &level)])
        },
    );
    paragraph(screen, &said, screen.sheet.room.top() + GAP);
    let width = (screen.sheet.room.width() / Level::ALL.len() as f32).min(240.0);
    let left = screen.sheet.room.center().x - width * Level::ALL.len() as f32 / 2.0;
    let size = FACE.min(width - 12.0);
    let mut chosen = None;
    for (at, level) in Level::ALL.into_iter().enumerate() {
        let corner = Pos2::new(left + at as f32 * width, screen.sheet.room.center().y - size / 2.0);
        let cell = Rect::from_min_size(corner, Vec2::new(width, size + 72.0));
        let word = screen.sheet.get(&format!("level-{level}"));
        if face(pen, cell, size, level, &word, true) {
            chosen = Some(StaffInput::Face(level));
        }
    }
    chosen
}

/// Nothing can be touched until the time is over.
pub(super) fn wipe(screen: &Screen<'_>) -> Option<StaffInput> {
    let until = screen.scene.staff.wakes_at().unwrap_or_default();
    let seconds = until.saturating_sub(screen.scene.uptime).div_ceil(1_000).to_string();
    let said = screen.sheet.with("staff-wipe-hint", &[("seconds", &seconds)]);
    paragraph(screen, &said, screen.sheet.room.top() + 3.0 * GAP);
    None
}

/// The journal on a USB stick.
pub(super) fn export(screen: &Screen<'_>, work: &Work) -> Option<StaffInput> {
    let said = match work {
        Work::Idle => screen.sheet.get("staff-export-hint"),
        Work::Going => screen.sheet.get("staff-export-going"),
        Work::Done(Done { what, readable: false }) => {
            screen.sheet.with("staff-export-done", &[("file", what)])
        }
        Work::Done(Done { what, readable: true }) => {
            screen.sheet.with("staff-export-done-readable", &[("file", what)])
        }
        Work::Failed(why) => screen.sheet.get(&format!("staff-export-failed-{why}")),
    };
    paragraph(screen, &said, screen.sheet.room.top() + 3.0 * GAP);
    if matches!(work, Work::Going | Work::Done(_)) {
        return None;
    }
    screen.sheet.buttons(&[("staff-export-confirm", Kind::Primary)]).map(|_| StaffInput::Confirm)
}

/// The way out of the kiosk.
pub(super) fn leave(screen: &Screen<'_>) -> Option<StaffInput> {
    paragraph(screen, &screen.sheet.get("staff-leave-hint"), screen.sheet.room.top() + 3.0 * GAP);
    screen.sheet.buttons(&[("staff-leave-confirm", Kind::Primary)]).map(|_| StaffInput::Confirm)
}

/// Which stick the journal is written to.
pub(super) fn choose(screen: &Screen<'_>, sticks: &[Stick]) -> Option<StaffInput> {
    let room = screen.sheet.room;
    let y = paragraph(screen, &screen.sheet.get("staff-export-choose"), room.top()) + GAP;
    let room = Rect::from_min_max(Pos2::new(room.left(), y), room.max);
    sticks::choose(&screen.sheet, sticks, room).map(StaffInput::Stick)
}

/// A text in the middle of the room; where it ends.
fn paragraph(screen: &Screen<'_>, text: &str, top: f32) -> f32 {
    screen.sheet.paragraph(text, &theme::LEAD, top)
}
