//! Where a text that is being typed stands: its last lines and a caret.

use super::{Pen, block, written};
use crate::theme;
use eframe::egui;
use egui::{Align, Rect, Response, Role, Sense, Stroke, WidgetInfo};

/// Between the edge and the text.
const PADDING: f32 = 16.0;
/// Before a hint: the caret stands there.
const HINT: f32 = 12.0;

/// How high a field of this many lines is.
pub fn field_height(pen: &Pen<'_>, lines: f32) -> f32 {
    theme::WRITING.on(&pen.theme).line * lines + 2.0 * PADDING
}

/// Shows `text` in `area`, at its end where it is longer. `name` is told to screen readers, `hint`
/// stands there while nothing is written.
pub fn field(pen: &Pen<'_>, area: Rect, name: &str, text: &str, hint: &str) -> Response {
    let (response, caret) = resting_field(pen, area, name, text, hint);
    let theme = pen.theme;
    let x = caret.center().x + 2.0;
    let middle = caret.center().y;
    let half = theme::WRITING.on(&theme).font.size * 0.62;
    let painter = pen.painter().with_clip_rect(area.shrink(PADDING).expand2(egui::vec2(4.0, 0.0)));
    painter.vline(x, middle - half..=middle + half, Stroke::new(3.0, theme.palette.focus));
    response
}

/// The same without a caret, for a field beside the one that is written in; and where it would stand.
pub fn resting_field(
    pen: &Pen<'_>,
    area: Rect,
    name: &str,
    text: &str,
    hint: &str,
) -> (Response, Rect) {
    let response = pen.ui.interact(area, pen.id(("field", name)), Sense::click());
    response.widget_info(|| WidgetInfo {
        enabled: true,
        label: Some(name.to_owned()),
        current_text_value: Some(text.to_owned()),
        hint_text: Some(hint.to_owned()),
        ..WidgetInfo::new(Role::TextInput)
    });
    let theme = pen.theme;
    pen.plate(area, theme::RADIUS, theme.palette.card, theme.edge(), response.has_focus());

    let inner = area.shrink(PADDING);
    let set = written(pen, text, &theme::WRITING, inner.width() - 4.0);
    let end = set.end();
    let over = (set.height().max(end.bottom()) - inner.height()).max(0.0);
    let painter = pen.painter().with_clip_rect(inner.expand2(egui::vec2(4.0, 0.0)));
    let top = inner.top() - over;
    if text.is_empty() {
        // Behind the caret, on its line.
        let hint = block(pen, hint, &theme::BODY, inner.width() - HINT, Align::Min);
        let row = hint.height() / hint.rows().max(1) as f32;
        let y = end.center().y + top - row / 2.0;
        hint.paint(pen, inner.left() + HINT, inner.right(), y);
    } else {
        set.paint_with(&painter, inner.left(), top);
    }
    (response, end.translate(egui::vec2(inner.left(), top)))
}
