//! The common layout of the staff screens and the start screens: a header with a title between controls at
//! both ends, a message with space reserved for every length, and buttons at the bottom.

use crate::appearance::Appearance;
use crate::texts::Words;
use crate::theme::{self, BAR, MARGIN, Style, TARGET, Theme};
use crate::widgets::{Kind, Pen, block, button, button_size, whole};
use eframe::egui;
use egui::{Align, Pos2, Rect, Ui, Vec2};

/// Between two things on the screen.
pub(super) const GAP: f32 = 16.0;
/// Widest lines, points: longer ones are hard to follow.
pub(super) const WIDTH: f32 = 860.0;
/// Lines that are kept for a message above what is typed: nothing moves under a finger when another
/// one comes.
const MESSAGE_LINES: u8 = 3;

/// A screen while it is drawn.
pub(super) struct Sheet<'a> {
    pub pen: Pen<'a>,
    pub words: Words,
    /// What lies below the header.
    pub room: Rect,
    full: Rect,
}

impl<'a> Sheet<'a> {
    /// An empty one, over the whole glass.
    pub fn new(ui: &'a Ui, language: &str) -> Self {
        let full = ui.max_rect();
        let pen = Pen::new(ui, Theme::new(Appearance::default()));
        ui.painter().rect_filled(full, 0.0, pen.theme.palette.ground);
        // Buttons of the header may be touched down to the end of their target.
        let room = Rect::from_min_max(
            Pos2::new(full.left() + MARGIN, full.top() + BAR.max(TARGET) + GAP),
            Pos2::new(full.right() - MARGIN, full.bottom() - 24.0),
        );
        Self { pen, words: Words::new(language), room, full }
    }

    pub fn get(&self, key: &str) -> String {
        self.words.get(key)
    }

    pub fn with(&self, key: &str, places: &[(&str, &str)]) -> String {
        self.words.with(key, places)
    }

    pub fn is_landscape(&self) -> bool {
        self.full.width() >= self.full.height()
    }

    /// Where something of this width stands in the header: at the left end, or at the right, so far
    /// from it.
    pub fn end(&self, width: f32, right: bool, from_end: f32) -> Rect {
        let x = if right {
            self.full.right() - MARGIN - from_end - width
        } else {
            self.full.left() + MARGIN + from_end
        };
        Rect::from_min_size(Pos2::new(x, self.full.top()), Vec2::new(width, TARGET))
    }

    /// Where a button of the header stands.
    pub fn end_button(&self, words: &str, right: bool) -> Rect {
        self.end(button_size(&self.pen, words, self.full.width()).x, right, 0.0)
    }

    /// The title: in the middle of the glass where it has room on both sides, or else in the middle of
    /// what is left between `left` and `right`.
    pub fn title(&self, key: &str, left: f32, right: f32) {
        let middle = self.full.center().x;
        let half = (middle - left).min(right - middle) - GAP;
        let set =
            |width: f32| block(&self.pen, &self.get(key), &theme::QUESTION, width, Align::Center);
        let between = |left: f32, right: f32| {
            let top = self.full.top();
            Rect::from_min_max(Pos2::new(left, top), Pos2::new(right, top + TARGET))
        };
        let title = set(2.0 * half.max(0.0));
        if title.fits(2.0 * half) && title.rows() <= 2 {
            title.place_in(&self.pen, between(middle - half, middle + half));
        } else {
            let area = between(left + GAP, right - GAP);
            set(area.width()).place_in(&self.pen, area);
        }
    }

    /// A text in the middle, from `top` on; where it ends.
    pub fn paragraph(&self, text: &str, style: &Style, top: f32) -> f32 {
        let text = block(&self.pen, text, style, self.room.width().min(WIDTH), Align::Center);
        text.place(&self.pen, self.room.left(), self.room.right(), top)
    }

    /// A message at the top, above what is typed; returns where its reserved space ends, for every length.
    pub fn message(&self, text: &str) -> f32 {
        let (room, style) = (self.room, &theme::LEAD);
        let (width, lines) = (room.width().min(WIDTH), MESSAGE_LINES.into());
        let set = whole(&self.pen, text, style, width, Align::Center, lines);
        set.place(&self.pen, room.left(), room.right(), room.top());
        room.top() + style.on(&self.pen.theme).line * f32::from(MESSAGE_LINES)
    }

    /// Buttons of their own size beside one another at the bottom; which was pressed.
    pub fn buttons(&self, all: &[(&str, Kind)]) -> Option<usize> {
        let gaps = GAP * (all.len() as f32 - 1.0);
        let share = (self.room.width() - gaps) / all.len() as f32;
        let sized = |(key, kind): &(&str, Kind)| {
            let words = self.get(key);
            let size = button_size(&self.pen, &words, share).max(Vec2::splat(TARGET));
            (words, size, *kind)
        };
        let all: Vec<_> = all.iter().map(sized).collect();
        let width = all.iter().map(|(_, size, _)| size.x).sum::<f32>() + gaps;
        let mut x = self.room.center().x - width / 2.0;
        let mut pressed = None;
        for (at, (words, size, kind)) in all.iter().enumerate() {
            let area = Rect::from_min_size(Pos2::new(x, self.room.bottom() - size.y), *size);
            if button(&self.pen, area, words, *kind) {
                pressed = Some(at);
            }
            x += size.x + GAP;
        }
        pressed
    }

    /// What stands above the buttons of the bottom, from `top` on.
    pub fn above_buttons(&self, top: f32) -> Rect {
        let end = Pos2::new(self.room.right(), self.room.bottom() - TARGET - GAP);
        Rect::from_min_max(Pos2::new(self.room.left(), top), end)
    }
}
