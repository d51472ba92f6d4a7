//! A face: the button of one level. Its shape and its word tell the level as well as its colour
//! does. The drawing follows the picture of the mock, in a square of 140 units.

use super::block;
use crate::theme;
use eframe::egui;
use egui::epaint::PathShape;
use egui::{Align, Id, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo};
use protocol::Level;

/// Side of the square the drawing is made in.
const UNITS: f32 = 140.0;
/// Radius of the head.
const HEAD: f32 = 66.0;
/// Straight pieces of a mouth: no corner can be seen at twice the size.
const PIECES: u8 = 24;

/// Shows a face with its word centred in `cell` from its top; whether it was chosen. The whole
/// cell can be touched.
pub fn face(ui: &Ui, cell: Rect, size: f32, level: Level, word: &str, active: bool) -> bool {
    let id = Id::unique(("face", level.name()));
    let response = ui.interact(cell, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, active, word));
    let pressed = active && response.is_pointer_button_down_on();

    let centre = Pos2::new(cell.center().x, cell.top() + size / 2.0);
    let drawing = Drawing {
        painter: ui.painter(),
        centre,
        scale: size / UNITS * if pressed { 0.95 } else { 1.0 },
    };
    drawing.face(level);
    if response.has_focus() {
        ui.painter().circle_stroke(centre, size / 2.0 + 4.0, theme::FOCUS);
    }
    let word = block(ui, word, &theme::WORD, cell.width(), Align::Center);
    word.paint(ui, cell.left(), cell.right(), cell.top() + size + 16.0);

    let chosen = active && response.clicked();
    if chosen {
        // A ring that stays would tell the officer which face it was.
        ui.memory_mut(|memory| memory.surrender_focus(id));
    }
    chosen
}

struct Drawing<'a> {
    painter: &'a Painter,
    centre: Pos2,
    scale: f32,
}

impl Drawing<'_> {
    fn face(&self, level: Level) {
        let radius = HEAD * self.scale;
        let around = Rect::from_center_size(self.centre, Vec2::splat(2.0 * radius));
        self.painter.add(theme::face_shadow().as_shape(around, radius));
        self.painter.circle_filled(self.centre, radius, theme::level(level));
        for x in [49.0, 91.0] {
            self.painter.circle_filled(self.at(x, 56.0), 7.5 * self.scale, theme::FEATURES);
        }
        match level {
            Level::VerySatisfied => self.laugh([(42.0, 78.0), (70.0, 112.0), (98.0, 78.0)]),
            Level::Satisfied => self.curve([(44.0, 82.0), (70.0, 104.0), (96.0, 82.0)], 7.0),
            Level::Neutral => self.curve([(46.0, 90.0), (70.0, 90.0), (94.0, 90.0)], 7.0),
            Level::Dissatisfied => self.curve([(46.0, 98.0), (70.0, 78.0), (94.0, 98.0)], 7.0),
            Level::VeryDissatisfied => {
                self.curve([(38.0, 42.0), (48.0, 45.0), (58.0, 48.0)], 6.0);
                self.curve([(102.0, 42.0), (92.0, 45.0), (82.0, 48.0)], 6.0);
                self.curve([(44.0, 102.0), (70.0, 74.0), (96.0, 102.0)], 7.0);
            }
        }
    }

    fn at(&self, x: f32, y: f32) -> Pos2 {
        self.centre + Vec2::new(x - UNITS / 2.0, y - UNITS / 2.0) * self.scale
    }

    /// A quadratic curve with round ends.
    fn curve(&self, points: [(f32, f32); 3], width: f32) {
        let line = self.sample(points);
        self.round(&line, width);
        self.painter.line(line, Stroke::new(width * self.scale, theme::FEATURES));
    }

    /// A filled mouth with a straight upper edge and round corners.
    fn laugh(&self, points: [(f32, f32); 3]) {
        let [from, _, to] = points;
        let shape = PathShape::convex_polygon(self.sample(points), theme::FEATURES, Stroke::NONE);
        self.painter.add(Shape::Path(shape));
        self.curve(points, 7.0);
        self.curve([from, from, to], 7.0);
    }

    fn round(&self, line: &[Pos2], width: f32) {
        for end in [line.first(), line.last()].into_iter().flatten() {
            self.painter.circle_filled(*end, width / 2.0 * self.scale, theme::FEATURES);
        }
    }

    fn sample(&self, [from, over, to]: [(f32, f32); 3]) -> Vec<Pos2> {
        let [from, over, to] = [from, over, to].map(|(x, y)| self.at(x, y));
        (0..=PIECES)
            .map(|piece| {
                let t = f32::from(piece) / f32::from(PIECES);
                from.lerp(over, t).lerp(over.lerp(to, t), t)
            })
            .collect()
    }
}
