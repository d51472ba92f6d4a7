//! Buttons: the one of the thanks screen and those of the languages. What is drawn may be smaller
//! than what can be touched.

use super::block;
use crate::theme;
use eframe::egui;
use egui::{
    Align, CornerRadius, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

/// A button with its words, centred on `centre`; whether it was pressed.
pub fn button(ui: &Ui, centre: Pos2, words: &str) -> bool {
    let text = block(ui, words, &theme::BUTTON, f32::INFINITY, Align::Center);
    let drawn = Rect::from_center_size(centre, Vec2::new(text.width() + 112.0, 88.0));
    let touched = Rect::from_center_size(centre, drawn.size().max(Vec2::splat(theme::TARGET)));
    let id = Id::unique(("button", words));
    let response = ui.interact(touched, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));

    let fill = if response.is_pointer_button_down_on() { theme::CHIP } else { theme::CARD };
    let edge = if response.has_focus() { theme::FOCUS } else { Stroke::new(2.0, theme::EDGE) };
    ui.painter().rect(drawn, CornerRadius::same(20), fill, edge, StrokeKind::Outside);
    let top = centre.y - text.height() / 2.0;
    text.paint(ui, drawn.left(), drawn.right(), top);

    let pressed = response.clicked();
    if pressed {
        ui.memory_mut(|memory| memory.surrender_focus(id));
    }
    pressed
}

/// A language in the header; whether it was chosen. `touched` is what can be touched, the words
/// stand at `middle` in it.
pub fn language(ui: &Ui, touched: Rect, middle: f32, name: &str, on: bool) -> bool {
    let id = Id::unique(("language", name));
    let response = ui.interact(touched, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, name));

    let set = if on { theme::LANGUAGE_ON } else { theme::LANGUAGE };
    let text = block(ui, name, &set, touched.width(), Align::Center);
    let centre = Pos2::new(touched.center().x, middle);
    let drawn = Rect::from_center_size(centre, Vec2::new(text.width() + 36.0, 50.0));
    if on {
        let edge = Stroke::new(1.5, theme::EDGE);
        ui.painter().rect(drawn, CornerRadius::same(12), theme::CARD, edge, StrokeKind::Outside);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(drawn, CornerRadius::same(12), theme::FOCUS, StrokeKind::Outside);
    }
    let top = middle - text.height() / 2.0;
    text.paint(ui, touched.left(), touched.right(), top);
    response.clicked()
}
