//! A choice that can be touched on and off: a box with a tick, and its words.

use super::{Block, Pen, block};
use crate::theme;
use eframe::egui;
use egui::{Align, Rect, Role, StrokeKind, Vec2, WidgetInfo};

/// Side of the box.
const BOX: f32 = 36.0;
/// Between edge, box and words.
const GAP: f32 = 20.0;

fn words(pen: &Pen<'_>, text: &str, width: f32) -> Block {
    block(pen, text, &theme::CHOICE, width - BOX - 3.0 * GAP, Align::Min)
}

/// How high a choice of these words is, in this width.
pub fn chip_height(pen: &Pen<'_>, text: &str, width: f32) -> f32 {
    (words(pen, text, width).height() + 32.0).max(theme::TARGET)
}

/// Shows a choice that fills `area`; whether it was touched. `id` tells it from the others.
pub fn chip(pen: &Pen<'_>, area: Rect, id: &str, text: &str, on: bool) -> bool {
    let info = WidgetInfo::selected(Role::CheckBox, true, on, text);
    let response = pen.control(area, ("chip", id), info);
    let (theme, palette) = (pen.theme, pen.theme.palette);
    let down = response.is_pointer_button_down_on();
    let fill = if on || down { palette.pressed } else { palette.card };
    let edge = if on { theme.chosen() } else { theme.edge() };
    pen.plate(area, theme::RADIUS, fill, edge, response.has_focus());

    let left = area.left() + GAP + BOX / 2.0;
    let square = Rect::from_center_size(egui::pos2(left, area.center().y), Vec2::splat(BOX));
    if on {
        pen.painter().rect_filled(square, 8, palette.text);
        pen.tick(square.center(), 66.0, palette.card);
    } else {
        let edge = egui::Stroke::new(3.0, palette.edge);
        pen.painter().rect(square, 8, palette.card, edge, StrokeKind::Inside);
    }
    let text = words(pen, text, area.width());
    let y = area.center().y - text.height() / 2.0;
    text.paint(pen, square.right() + GAP, area.right(), y);
    response.clicked()
}
