//! Asks for the PIN of the person who was chosen: dots, one sentence, and a pad of digits.

use super::Screen;
use crate::screens::sheet::GAP;
use crate::staff::{Pin, StaffInput, Who};
use crate::theme;
use crate::widgets::{PAD, Pad, block, keypad};
use eframe::egui;
use egui::{Align, Pos2, Rect, Role, Sense, Stroke, Vec2, WidgetInfo};
use protocol::limits::PIN_DIGITS;

/// Between the middles of two dots.
const STEP: f32 = 40.0;
/// Radius of a dot.
const DOT: f32 = 11.0;

pub(super) fn show(screen: &Screen<'_>, who: &Who, digits: usize, pin: Pin) -> Option<StaffInput> {
    let pen = &screen.sheet.pen;
    let room = screen.sheet.room;
    // Beside the pad where the screen is wide, over it where it is high.
    let (said, centre) = if screen.sheet.is_landscape() {
        let said = Rect::from_min_max(room.min, Pos2::new(room.center().x - GAP, room.bottom()));
        let x = f32::midpoint(room.center().x, room.right());
        (said, Pos2::new(x, room.bottom() - PAD.y / 2.0))
    } else {
        let top = room.bottom() - PAD.y - 2.0 * GAP;
        (
            Rect::from_min_max(room.min, Pos2::new(room.right(), top)),
            Pos2::new(room.center().x, room.bottom() - PAD.y / 2.0),
        )
    };
    let name = block(pen, &screen.name(who), &theme::TITLE, said.width(), Align::Center);
    let line = line(screen, pin);
    let line = block(pen, &line, &theme::LEAD, said.width(), Align::Center);
    // Always two lines: nothing moves when a longer sentence comes.
    let lines = 2.0 * theme::LEAD.on(&pen.theme).line;
    let height = name.height() + 3.0 * GAP + 2.0 * DOT + 2.0 * GAP + lines;
    let mut y = said.center().y - height / 2.0;
    y = name.place(pen, said.left(), said.right(), y) + 3.0 * GAP;
    dots(screen, Pos2::new(said.center().x, y + DOT), digits);
    line.place(pen, said.left(), said.right(), y + 2.0 * DOT + 2.0 * GAP);

    let pressed =
        keypad(pen, centre, &screen.sheet.get("staff-erase"), &screen.sheet.get("staff-ok"))?;
    Some(match pressed {
        Pad::Digit(digit) => StaffInput::Type(digit),
        Pad::Erase => StaffInput::Erase,
        Pad::Done => StaffInput::Confirm,
    })
}

fn line(screen: &Screen<'_>, pin: Pin) -> String {
    match pin {
        Pin::Typing => screen.sheet.get("staff-pin"),
        Pin::Checking => screen.sheet.get("staff-pin-checking"),
        Pin::Wrong => screen.sheet.get("staff-pin-wrong"),
        Pin::Locked(until) => {
            let seconds = until.saturating_sub(screen.scene.uptime).div_ceil(1_000);
            screen.sheet.with("staff-pin-locked", &[("seconds", &seconds.to_string())])
        }
    }
}

/// As many dots as a PIN may have digits, filled as far as they are typed.
fn dots(screen: &Screen<'_>, centre: Pos2, digits: usize) {
    let pen = &screen.sheet.pen;
    let most = *PIN_DIGITS.end();
    let whole = STEP * (most as f32 - 1.0);
    let palette = pen.theme.palette;
    for at in 0..most {
        let dot = centre + Vec2::new(at as f32 * STEP - whole / 2.0, 0.0);
        if at < digits {
            pen.painter().circle_filled(dot, DOT, palette.text);
        } else {
            pen.painter().circle_stroke(dot, DOT - 1.0, Stroke::new(2.0, palette.edge));
        }
    }
    let area = Rect::from_center_size(centre, Vec2::new(whole + 2.0 * DOT, 2.0 * DOT));
    let told = screen.sheet.with("staff-pin-digits", &[("count", &digits.to_string())]);
    let response = pen.ui.interact(area, pen.id("dots"), Sense::empty());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
}
