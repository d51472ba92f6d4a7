//! Buttons with words, and those of the header. What is drawn may be smaller than what can be
//! touched.

use super::{Block, Pen, SMALLER, block, whole};
use crate::appearance::Appearance;
use crate::theme::{self, Ink, Style, TARGET};
use eframe::egui;
use egui::{Align, Color32, Pos2, Rect, Role, Shape, Stroke, Vec2, WidgetInfo};

/// Between a button's edge and its words, left and right.
const PADDING: f32 = 32.0;
/// The same in a narrow one, as a share of its width: large letters need the room.
const NARROW: f32 = 0.14;

/// Highest words, points: two lines of large letters, with a margin within [`TARGET`].
const HIGHEST: f32 = 74.0;
/// More room for words than they were measured with.
const SLACK: f32 = 24.0;
/// The same in a button, as a share of its padding.
const SLACK_SHARE: f32 = 0.75;

/// How prominent a button is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Filled: the way on.
    Primary,
    /// With an edge.
    Plain,
}

/// How large a button with these words is drawn, in at most `width` points.
pub fn button_size(pen: &Pen<'_>, words: &str, width: f32) -> Vec2 {
    let padding = padding(width);
    let text = label(pen, words, &theme::PRIMARY, width - 2.0 * padding);
    Vec2::new((text.width() + 2.0 * padding).max(TARGET), (text.height() + 36.0).max(76.0))
}

fn padding(width: f32) -> f32 {
    PADDING.min(width * NARROW)
}

/// The words of a button, so that they stand in one as high as a fingertip.
fn label(pen: &Pen<'_>, words: &str, style: &Style, width: f32) -> Block {
    let mut text = whole(pen, words, style, width, Align::Center, 2);
    for letters in SMALLER {
        if text.height() <= HIGHEST {
            break;
        }
        let pen = &pen.with(pen.theme.smaller(letters));
        text = whole(pen, words, style, width, Align::Center, 2);
    }
    text
}

/// A button with its words, drawn in the middle of `area`, all of which can be touched; whether it
/// was pressed.
pub fn button(pen: &Pen<'_>, area: Rect, words: &str, kind: Kind) -> bool {
    let response =
        pen.control(area, ("button", words), WidgetInfo::labeled(Role::Button, true, words));
    let palette = pen.theme.palette;
    let down = response.is_pointer_button_down_on();
    let (style, fill, edge) = match kind {
        Kind::Primary => (theme::PRIMARY, palette.primary, Stroke::NONE),
        Kind::Plain if down => (theme::BUTTON, palette.pressed, pen.theme.edge()),
        Kind::Plain => (theme::BUTTON, palette.card, pen.theme.edge()),
    };
    // A little more than was measured: a line breaks where its last space has no room.
    let room = area.width() - padding(area.width()) * (2.0 - SLACK_SHARE);
    let text = label(pen, words, &style, room);
    let size = Vec2::new(area.width(), (text.height() + 36.0).clamp(76.0, area.height()));
    let drawn = Rect::from_center_size(area.center(), size);
    let drawn = if down { drawn.shrink(3.0) } else { drawn };
    pen.plate(drawn, theme::RADIUS, fill, edge, response.has_focus());
    text.paint_in(pen, drawn);

    let pressed = response.clicked();
    if pressed {
        pen.ui.memory_mut(|memory| memory.surrender_focus(response.id));
    }
    pressed
}

/// How large [`quiet_button`] is drawn, in at most `width` points.
pub fn quiet_button_size(pen: &Pen<'_>, words: &str, width: f32) -> Vec2 {
    let text = block(pen, words, &theme::QUIET_BUTTON, width - 40.0, Align::Center);
    Vec2::new(text.width() + 40.0, (text.height() + 24.0).min(TARGET))
}

/// A button for what few people want: small, and as easy to touch as any. `area` is what can be
/// touched, it is drawn at `middle` in it; whether it was pressed.
pub fn quiet_button(pen: &Pen<'_>, area: Rect, middle: f32, words: &str) -> bool {
    let info = WidgetInfo::labeled(Role::Button, true, words);
    let response = pen.control(area, ("quiet button", words), info);
    let size = quiet_button_size(pen, words, area.width() + SLACK);
    let drawn = Rect::from_center_size(Pos2::new(area.center().x, middle), size);
    let down = response.is_pointer_button_down_on();
    let fill = if down { pen.theme.palette.pressed } else { pen.theme.palette.card };
    pen.plate(drawn, theme::RADIUS, fill, pen.theme.edge(), response.has_focus());
    let text = block(pen, words, &theme::QUIET_BUTTON, size.x - 16.0, Align::Center);
    text.paint_in(pen, drawn);
    let pressed = response.clicked();
    if pressed {
        pen.ui.memory_mut(|memory| memory.surrender_focus(response.id));
    }
    pressed
}

/// How wide a language's button is.
pub fn language_button_width(pen: &Pen<'_>, name: &str) -> f32 {
    let text = block(pen, name, &theme::LANGUAGE_ON, f32::INFINITY, Align::Center);
    (text.width() + 36.0).max(TARGET)
}

/// A language in the header; whether it was chosen. `area` is what can be touched, the words
/// stand at `middle` in it.
pub fn language_button(pen: &Pen<'_>, area: Rect, middle: f32, name: &str, on: bool) -> bool {
    let info = WidgetInfo::selected(Role::Button, true, on, name);
    let response = pen.control(area, ("language", name), info);
    let style = if on { theme::LANGUAGE_ON } else { theme::LANGUAGE };
    let text = block(pen, name, &style, f32::INFINITY, Align::Center);
    let centre = Pos2::new(area.center().x, middle);
    let size = Vec2::new(text.width() + 32.0, (text.height() + 24.0).min(72.0));
    let drawn = Rect::from_center_size(centre, size);
    let palette = pen.theme.palette;
    let (fill, edge) = if on {
        (palette.card, Stroke { color: palette.edge, ..pen.theme.edge() })
    } else {
        (Color32::TRANSPARENT, Stroke::NONE)
    };
    pen.plate(drawn, 12, fill, edge, response.has_focus());
    text.paint_in(pen, drawn);
    response.clicked()
}

/// The button of the text size: a small and a large A, and a dot for each size up to the one in
/// force. The look it leads to when it was pressed.
pub fn text_size_button(
    pen: &Pen<'_>,
    area: Rect,
    middle: f32,
    name: &str,
    look: Appearance,
) -> Option<Appearance> {
    let info = WidgetInfo::labeled(Role::Button, true, name);
    let response = pen.control(area, "text size", info);
    let drawn = badge(pen, Pos2::new(area.center().x, middle), &response);
    let pen = &pen.with(pen.theme.plain());
    let small = block(pen, "A", &theme::LANGUAGE_ON, f32::INFINITY, Align::Center);
    let large = block(pen, "A", &theme::NAME, f32::INFINITY, Align::Center);
    let base = drawn.center().y - 21.0;
    let colour = pen.theme.palette.ink(Ink::Text);
    small.paint(pen, drawn.left() + 10.0, drawn.center().x, base + 6.5);
    large.paint(pen, drawn.center().x - 4.0, drawn.right() - 8.0, base - 2.0);
    for (at, size) in crate::appearance::TextSize::ALL.into_iter().enumerate() {
        let dot = Pos2::new(drawn.center().x + 11.0 * (at as f32 - 1.0), drawn.bottom() - 10.0);
        if size <= look.size {
            pen.painter().circle_filled(dot, 3.5, colour);
        } else {
            pen.painter().circle_stroke(dot, 3.0, Stroke::new(1.5, colour));
        }
    }
    response.clicked().then(|| Appearance { size: look.size.next(), ..look })
}

/// The button of the contrast, a half-filled circle; the look it leads to when it was pressed.
pub fn contrast_button(
    pen: &Pen<'_>,
    area: Rect,
    middle: f32,
    name: &str,
    look: Appearance,
) -> Option<Appearance> {
    let on = look.high_contrast;
    let info = WidgetInfo::selected(Role::Button, true, on, name);
    let response = pen.control(area, "contrast", info);
    let drawn = badge(pen, Pos2::new(area.center().x, middle), &response);
    let (centre, colour) = (drawn.center(), pen.theme.palette.text);
    let half: Vec<Pos2> = (0..=24_u8)
        .map(|piece| {
            let angle = std::f32::consts::PI * (f32::from(piece) / 24.0 - 0.5);
            centre + 16.0 * Vec2::angled(angle)
        })
        .collect();
    pen.painter().add(Shape::convex_polygon(half, colour, Stroke::NONE));
    pen.painter().circle_stroke(centre, 16.0, Stroke::new(3.0, colour));
    response.clicked().then_some(Appearance { high_contrast: !on, ..look })
}

/// The button that has the screen read aloud, a loudspeaker; whether it was pressed.
pub fn read_aloud_button(pen: &Pen<'_>, area: Rect, middle: f32, name: &str) -> bool {
    let response = pen.control(area, "read aloud", WidgetInfo::labeled(Role::Button, true, name));
    let drawn = badge(pen, Pos2::new(area.center().x, middle), &response);
    let (centre, colour) = (drawn.center() - Vec2::new(6.0, 0.0), pen.theme.palette.text);
    let at = |x: f32, y: f32| centre + Vec2::new(x, y);
    let body = [at(-16.0, -6.0), at(-8.0, -6.0), at(-8.0, 6.0), at(-16.0, 6.0)];
    pen.painter().add(Shape::convex_polygon(body.into(), colour, Stroke::NONE));
    let horn = [at(-9.0, -6.0), at(2.0, -16.0), at(2.0, 16.0), at(-9.0, 6.0)];
    pen.painter().add(Shape::convex_polygon(horn.into(), colour, Stroke::NONE));
    for radius in [9.0, 17.0] {
        let arc: Vec<Pos2> = (0..=12_u8)
            .map(|piece| at(4.0, 0.0) + radius * Vec2::angled(f32::from(piece) / 8.0 - 0.75))
            .collect();
        pen.painter().add(Shape::line(arc, Stroke::new(3.0, colour)));
    }
    response.clicked()
}

/// The plate of a button without words.
fn badge(pen: &Pen<'_>, centre: Pos2, response: &egui::Response) -> Rect {
    let drawn = Rect::from_center_size(centre, Vec2::new(72.0, 60.0));
    let palette = pen.theme.palette;
    let down = response.is_pointer_button_down_on();
    let fill = if down { palette.pressed } else { palette.card };
    pen.plate(drawn, 12, fill, pen.theme.edge(), response.has_focus());
    drawn
}
