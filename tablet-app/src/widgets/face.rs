//! A face: the button of one level. Its shape and its word tell the level as well as its colour
//! does. The drawing follows the picture of the mock, in a square of 140 units.

use super::{Block, Pen, block};
use crate::theme;
use eframe::egui;
use egui::epaint::PathShape;
use egui::{Align, Pos2, Rect, Role, Shape, Stroke, Vec2, WidgetInfo};
use protocol::Level;

/// Side of the square the drawing is made in.
const UNITS: f32 = 140.0;
/// Radius of the head.
const HEAD: f32 = 66.0;
/// Straight pieces of a mouth: no corner can be seen at twice the size.
const PIECES: u8 = 24;
/// Between a face and its word.
pub const ABOVE_WORD: f32 = 16.0;

/// Shows a face with its word centred in `cell` from its top; whether it was chosen. The whole
/// cell can be touched.
pub fn face(pen: &Pen<'_>, cell: Rect, size: f32, level: Level, word: &str, active: bool) -> bool {
    let info = WidgetInfo::labeled(Role::Button, active, word);
    let response = pen.control(cell, ("face", level.name()), info);
    let pressed = active && response.is_pointer_button_down_on();
    let centre = Pos2::new(cell.center().x, cell.top() + size / 2.0);
    draw(pen, centre, size, level, pressed);
    if response.has_focus() {
        pen.painter().circle_stroke(centre, size / 2.0 + 4.0, pen.theme.focus());
    }
    let word = face_word(pen, word, cell.width());
    word.paint(pen, cell.left(), cell.right(), cell.top() + size + ABOVE_WORD);

    let chosen = active && response.clicked();
    if chosen {
        // A ring that stays would tell the officer which face it was.
        pen.ui.memory_mut(|memory| memory.surrender_focus(response.id));
    }
    chosen
}

/// The word under a face. The last two of three words or more stay in one line: a Vietnamese word has
/// two syllables as a rule, and half of one stands badly alone.
pub fn face_word(pen: &Pen<'_>, word: &str, width: f32) -> Block {
    let together = match word.rsplit_once(' ') {
        Some((before, last)) if before.contains(' ') => format!("{before}\u{a0}{last}"),
        _ => word.to_owned(),
    };
    block(pen, &together, &theme::WORD, width, Align::Center)
}

/// Shows a small face that stays chosen, in the middle of `cell`, for the row `of`; whether it was
/// touched. `name` tells screen readers row and level. What is chosen has a ring and a tick.
pub fn small_face(
    pen: &Pen<'_>,
    cell: Rect,
    of: &str,
    level: Level,
    name: &str,
    chosen: bool,
) -> bool {
    let info = WidgetInfo::selected(Role::RadioButton, true, chosen, name);
    let response = pen.control(cell, ("small face", of, level.name()), info);
    let (centre, size) = (cell.center(), theme::SMALL_FACE.min(cell.width() - 24.0));
    draw(pen, centre, size, level, response.is_pointer_button_down_on());
    let palette = pen.theme.palette;
    if chosen {
        pen.painter().circle_stroke(centre, size / 2.0 + 5.0, pen.theme.chosen());
        let badge = centre + Vec2::splat(size / 2.0 * 0.78);
        pen.painter().circle_filled(badge, 18.0, palette.card);
        pen.painter().circle_filled(badge, 16.0, palette.text);
        pen.tick(badge, 46.0, palette.card);
    }
    if response.has_focus() {
        let ring = Rect::from_center_size(centre, Vec2::splat(size + 30.0));
        pen.plate(ring, theme::RADIUS, egui::Color32::TRANSPARENT, pen.theme.focus(), false);
    }
    response.clicked()
}

/// Draws the face of a level, of this diameter.
fn draw(pen: &Pen<'_>, centre: Pos2, size: f32, level: Level, pressed: bool) {
    let scale = size / UNITS * if pressed { 0.92 } else { 1.0 };
    Drawing { pen, centre, scale }.face(level);
}

struct Drawing<'a> {
    pen: &'a Pen<'a>,
    centre: Pos2,
    scale: f32,
}

impl Drawing<'_> {
    fn face(&self, level: Level) {
        let (painter, palette) = (self.pen.painter(), self.pen.theme.palette);
        let radius = HEAD * self.scale;
        let around = Rect::from_center_size(self.centre, Vec2::splat(2.0 * radius));
        painter.add(self.pen.theme.face_shadow().as_shape(around, radius));
        painter.circle_filled(self.centre, radius, palette.head(level));
        if let Some(edge) = palette.head_edge {
            let width = (6.0 * self.scale).max(3.0);
            painter.circle_stroke(self.centre, radius - width / 2.0, Stroke::new(width, edge));
        }
        // Neighbours differ in the mouth and in eyes or brows: who sees no colours, or not well,
        // tells them apart all the same.
        match level {
            Level::VerySatisfied => {
                self.pair([(38.0, 58.0), (49.0, 42.0), (60.0, 58.0)], 7.0);
                self.open_mouth([(42.0, 78.0), (70.0, 116.0), (98.0, 78.0)]);
            }
            Level::Satisfied => {
                self.eyes(56.0);
                self.curve([(44.0, 82.0), (70.0, 104.0), (96.0, 82.0)], 7.0);
            }
            Level::Neutral => {
                self.pair([(38.0, 40.0), (49.0, 40.0), (60.0, 40.0)], 6.0);
                self.eyes(58.0);
                self.curve([(46.0, 92.0), (70.0, 92.0), (94.0, 92.0)], 7.0);
            }
            Level::Dissatisfied => {
                self.pair([(36.0, 47.0), (48.0, 42.0), (58.0, 36.0)], 6.0);
                self.eyes(60.0);
                self.curve([(46.0, 100.0), (70.0, 78.0), (94.0, 100.0)], 7.0);
            }
            Level::VeryDissatisfied => {
                self.pair([(34.0, 36.0), (47.0, 41.0), (60.0, 48.0)], 9.0);
                self.eyes(62.0);
                self.open_mouth([(44.0, 108.0), (70.0, 70.0), (96.0, 108.0)]);
            }
        }
    }

    fn eyes(&self, y: f32) {
        for x in [49.0, 91.0] {
            let radius = 7.5 * self.scale;
            self.pen.painter().circle_filled(
                self.at(x, y),
                radius,
                self.pen.theme.palette.features,
            );
        }
    }

    /// The same curve at the left and, mirrored, at the right.
    fn pair(&self, points: [(f32, f32); 3], width: f32) {
        self.curve(points, width);
        self.curve(points.map(|(x, y)| (UNITS - x, y)), width);
    }

    fn at(&self, x: f32, y: f32) -> Pos2 {
        self.centre + Vec2::new(x - UNITS / 2.0, y - UNITS / 2.0) * self.scale
    }

    /// A quadratic curve with round ends.
    fn curve(&self, points: [(f32, f32); 3], width: f32) {
        let line = self.sample(points);
        let colour = self.pen.theme.palette.features;
        for end in [line.first(), line.last()].into_iter().flatten() {
            self.pen.painter().circle_filled(*end, width / 2.0 * self.scale, colour);
        }
        self.pen.painter().line(line, Stroke::new(width * self.scale, colour));
    }

    /// A filled mouth with one straight edge and round corners.
    fn open_mouth(&self, points: [(f32, f32); 3]) {
        let [from, _, to] = points;
        let colour = self.pen.theme.palette.features;
        let shape = PathShape::convex_polygon(self.sample(points), colour, Stroke::NONE);
        self.pen.painter().add(Shape::Path(shape));
        self.curve(points, 7.0);
        self.curve([from, from, to], 7.0);
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
