//! Rows of the staff's screens: a list of things to press, and facts with their names.

use super::{Block, Pen, block};
use crate::theme::{self, TARGET};
use eframe::egui;
use egui::{Align, Pos2, Rect, Role, Shape, Stroke, Vec2, WidgetInfo};

/// Between a row's edge and its words.
const PADDING: f32 = 28.0;
/// Room of the arrow.
const ARROW: f32 = 48.0;
/// How much of the width the names of facts take.
const NAMES: f32 = 0.42;

/// A row that can be pressed, with what it is about below its words; its height and whether it was
/// pressed.
pub fn list_button(
    pen: &Pen<'_>,
    left: f32,
    right: f32,
    top: f32,
    words: &str,
    about: &str,
) -> (f32, bool) {
    let width = right - left - 2.0 * PADDING - ARROW;
    let title = block(pen, words, &theme::BUTTON, width, Align::Min);
    let more = (!about.is_empty()).then(|| block(pen, about, &theme::BODY, width, Align::Min));
    let texts = title.height() + more.as_ref().map_or(0.0, super::Block::height);
    let height = (texts + 32.0).max(TARGET);
    let area = Rect::from_min_max(Pos2::new(left, top), Pos2::new(right, top + height));

    let name = if about.is_empty() { words.to_owned() } else { format!("{words}. {about}") };
    let info = WidgetInfo::labeled(Role::Button, true, name);
    let response = pen.control(area, ("list", words), info);
    let palette = pen.theme.palette;
    let down = response.is_pointer_button_down_on();
    let fill = if down { palette.pressed } else { palette.card };
    pen.plate(area, theme::RADIUS, fill, pen.theme.edge(), response.has_focus());
    let mut y = area.center().y - texts / 2.0;
    let after = y + title.height();
    title.paint(pen, left + PADDING, right, y);
    if let Some(more) = more {
        y = after;
        more.paint(pen, left + PADDING, right, y);
    }
    let tip = Pos2::new(right - PADDING, area.center().y);
    let at = |x: f32, y: f32| tip + egui::vec2(x, y);
    let arrow = vec![at(-10.0, -12.0), at(0.0, 0.0), at(-10.0, 12.0)];
    pen.painter().add(Shape::line(arrow, Stroke::new(3.0, palette.text)));
    (height, response.clicked())
}

/// A fact with its name at the left and its value at the right.
pub struct Fact {
    name: Block,
    value: Block,
    width: f32,
}

impl Fact {
    /// Set in a width.
    pub fn new(pen: &Pen<'_>, width: f32, name: &str, value: &str) -> Self {
        let names = width * NAMES;
        let name = block(pen, name, &theme::BODY, names - 16.0, Align::Min);
        let value = block(pen, value, &theme::CHOICE, width - names, Align::Min);
        Self { name, value, width }
    }

    /// Its height with the line below it.
    pub fn height(&self) -> f32 {
        self.name.height().max(self.value.height()) + 16.0
    }

    /// Draws it; where it ends.
    pub fn place(self, pen: &Pen<'_>, left: f32, top: f32) -> f32 {
        let size = Vec2::new(self.width, self.height());
        let line = Rect::from_min_size(Pos2::new(left, top), size);
        let split = left + self.width * NAMES;
        let middle = |height: f32| line.center().y - height / 2.0;
        let (name_at, value_at) = (middle(self.name.height()), middle(self.value.height()));
        self.name.place(pen, left, split, name_at);
        self.value.place(pen, split, line.right(), value_at);
        pen.painter().hline(line.x_range(), line.bottom(), pen.theme.hem());
        line.bottom()
    }
}
