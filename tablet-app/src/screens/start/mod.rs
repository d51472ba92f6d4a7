//! What stands on the glass before there is a question: the first enrolment, and whatever keeps the
//! tablet from starting. Drawn from the start machine's page; it returns what was touched.

mod enrol;
mod trouble;

use crate::look::Look;
use crate::startup::{Input, Page, Startup};
use crate::texts::Words;
use crate::theme::{self, BAR, MARGIN, TARGET, Theme};
use crate::widgets::{Kind, Pen, block, button, button_size, language, language_width};
use eframe::egui;
use egui::{Align, Pos2, Rect, Ui, Vec2};

/// Between two things on the screen.
const GAP: f32 = 16.0;
/// Widest lines, points: longer ones are hard to follow.
const WIDTH: f32 = 860.0;
/// The languages of those who set tablets up, by their own names.
const LANGUAGES: [(&str, &str); 2] = [("vi", "Tiếng Việt"), ("en", "English")];

/// Everything that is drawn.
pub struct Start<'a> {
    /// The start machine.
    pub startup: &'a Startup,
    /// Uptime in milliseconds, for waits that are counted down.
    pub uptime: u64,
}

/// The screen while it is drawn.
struct Sheet<'a> {
    pen: Pen<'a>,
    words: Words,
    start: &'a Start<'a>,
    /// What lies below the header.
    room: Rect,
}

impl Sheet<'_> {
    fn get(&self, key: &str) -> String {
        self.words.get(key)
    }

    fn with(&self, key: &str, places: &[(&str, &str)]) -> String {
        self.words.with(key, places)
    }

    /// Texts under one another, from `top` on; where the last one ends.
    fn paragraphs(&self, texts: &[String], top: f32) -> f32 {
        let width = self.room.width().min(WIDTH);
        texts.iter().fold(top, |y, text| {
            let text = block(&self.pen, text, &theme::LEAD, width, Align::Center);
            text.place(&self.pen, self.room.left(), self.room.right(), y) + GAP
        })
    }

    /// Buttons of their own size beside one another at the bottom; which was pressed.
    fn buttons(&self, all: &[(&str, Kind)]) -> Option<usize> {
        let words: Vec<String> = all.iter().map(|(key, _)| self.get(key)).collect();
        let share = (self.room.width() - GAP * (all.len() as f32 - 1.0)) / all.len() as f32;
        let sizes: Vec<Vec2> = words
            .iter()
            .map(|words| button_size(&self.pen, words, share).max(Vec2::splat(TARGET)))
            .collect();
        let whole = sizes.iter().map(|size| size.x).sum::<f32>() + GAP * (all.len() as f32 - 1.0);
        let mut x = self.room.center().x - whole / 2.0;
        let mut pressed = None;
        for (at, ((_, kind), (words, size))) in all.iter().zip(words.iter().zip(sizes)).enumerate()
        {
            let area = Rect::from_min_size(Pos2::new(x, self.room.bottom() - size.y), size);
            if button(&self.pen, area, words, *kind) {
                pressed = Some(at);
            }
            x += size.x + GAP;
        }
        pressed
    }

    /// Seconds until the next attempt.
    fn again_in(&self, again_at: Option<u64>) -> Option<String> {
        let seconds = again_at?.saturating_sub(self.start.uptime).div_ceil(1_000);
        Some(self.with("start-again-in", &[("seconds", &seconds.to_string())]))
    }
}

/// Shows the page that is up; what was touched.
pub fn show(ui: &Ui, start: &Start<'_>) -> Option<Input> {
    let full = ui.max_rect();
    let pen = Pen::new(ui, Theme::new(Look::default()));
    ui.painter().rect_filled(full, 0.0, pen.theme.palette.ground);
    let room = Rect::from_min_max(
        Pos2::new(full.left() + MARGIN, full.top() + BAR.max(TARGET) + GAP),
        Pos2::new(full.right() - MARGIN, full.bottom() - 24.0),
    );
    let sheet = Sheet { pen, words: Words::new(start.startup.language()), start, room };
    let header = header(&sheet, full);
    let body = match start.startup.page() {
        Page::Opening => {
            let opening = [sheet.get("start-opening")];
            sheet.paragraphs(&opening, room.center().y - 2.0 * GAP);
            None
        }
        Page::Trouble { trouble, detail, again_at } => {
            trouble::show(&sheet, *trouble, detail, *again_at)
        }
        Page::Salvage { work, sticks } => trouble::salvage(&sheet, work, sticks),
        Page::Saved(saved) => trouble::saved(&sheet, saved),
        Page::Enrol { form, work, again_at } => enrol::show(&sheet, form, work, *again_at),
    };
    header.or(body)
}

/// Languages at the right, the way out at the left, where there is one, and the title between.
fn header(sheet: &Sheet<'_>, full: Rect) -> Option<Input> {
    let pen = &sheet.pen;
    let mut touched = None;
    let mut right = full.right() - MARGIN;
    for (code, name) in LANGUAGES.into_iter().rev() {
        let width = language_width(pen, name);
        let area =
            Rect::from_min_size(Pos2::new(right - width, full.top()), Vec2::new(width, TARGET));
        let on = sheet.start.startup.language() == code;
        if language(pen, area, area.center().y, name, on) {
            touched = Some(Input::Language(code));
        }
        right -= width;
    }
    let (title, way) = match sheet.start.startup.page() {
        Page::Opening => ("start-title", None),
        Page::Trouble { .. } => ("start-trouble", None),
        Page::Salvage { .. } | Page::Saved(_) => ("start-salvage", None),
        Page::Enrol { .. } => ("start-enrol", Some(("start-leave", Input::Leave))),
    };
    let mut left = full.left() + MARGIN;
    if let Some((key, input)) = way {
        let words = sheet.get(key);
        let size = Vec2::new(button_size(pen, &words, full.width()).x, TARGET);
        let area = Rect::from_min_size(Pos2::new(left, full.top()), size);
        if button(pen, area, &words, Kind::Plain) {
            touched = Some(input);
        }
        left = area.right() + GAP;
    }
    let right = right - GAP;
    // In the middle of the glass where there is room on both sides, else in what is left of it.
    let half = (full.center().x - left).min(right - full.center().x);
    let (left, right) = if full.width() >= full.height() {
        (full.center().x - half, full.center().x + half)
    } else {
        (left, right)
    };
    let area =
        Rect::from_min_max(Pos2::new(left, full.top()), Pos2::new(right, full.top() + TARGET));
    let title = block(pen, &sheet.get(title), &theme::QUESTION, area.width(), Align::Center);
    title.place_in(pen, area);
    touched
}
