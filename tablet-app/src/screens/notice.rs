//! A screen of words: starting, not in service, out of service.

use super::Page;
use crate::kiosk::View;
use crate::theme::{self, MARGIN, Style};
use crate::widgets::{Block, Pen, block};
use eframe::egui;
use egui::{Align, Pos2, Rect, Vec2};
use protocol::settings::Settings;

/// Widest lines, in points: longer ones are hard to follow.
const WIDTH: f32 = 860.0;
/// Between the days of the week and their hours.
const GUTTER: f32 = 32.0;

/// Shows a title, what follows from it, and, in trouble, what the officer is asked to do.
pub(super) fn show(
    page: &Page<'_>,
    content: Rect,
    title: &str,
    more: &[String],
    officer: Option<&str>,
) {
    let set = |letters: f32| {
        let mut column = Column::new(page.pen.with(page.pen.theme.smaller(letters)));
        let width = (content.width() - MARGIN).min(WIDTH);
        column.text(0.0, title, &theme::TITLE, width);
        for (at, text) in more.iter().enumerate() {
            column.text(if at == 0 { 16.0 } else { 0.0 }, text, &theme::LEAD, width);
        }
        if let Some(officer) = officer {
            column.text(40.0, officer, &theme::NOTICE, width);
        }
        column
    };
    Column::fitting(content.height(), set).place(content);
}

/// Somebody else served the person: what follows, and where that officer signs in. As long as it can
/// be taken back nobody is thanked: it is not written yet.
pub(super) fn disputed(page: &Page<'_>, content: Rect, settings: Option<&Settings>) {
    let taken = page.view != View::Disputing;
    let title = if taken { "tablet-officer-disputed" } else { "tablet-not-this-officer" };
    let mut more = vec![page.get("tablet-officer-disputed-more")];
    let sign_in = sign_in(page, settings);
    if sign_in.is_some() {
        more.push(page.get("tablet-officer-disputed-then"));
    }
    show(page, content, &page.get(title), &more, sign_in.as_deref());
}

/// Where an officer signs in, if anybody can at this counter.
fn sign_in(page: &Page<'_>, settings: Option<&Settings>) -> Option<String> {
    let anybody = settings.is_some_and(|settings| !settings.staff.is_empty());
    anybody.then(|| page.get("tablet-sign-in"))
}

/// Why nobody can be rated here just now, by the sentence of `key` and the one of `key`-more; when the
/// centre is open, and what it has to say today.
pub(super) fn not_in_service(
    page: &Page<'_>,
    content: Rect,
    settings: Option<&Settings>,
    key: &str,
) {
    let set = |letters: f32| {
        let width = (content.width() - MARGIN).min(WIDTH);
        let mut column = Column::new(page.pen.with(page.pen.theme.smaller(letters)));
        column.text(0.0, &page.get(key), &theme::TITLE, width);
        column.text(16.0, &page.get(&format!("{key}-more")), &theme::LEAD, width);
        if let Some(settings) = settings {
            column.hours(page, settings, width);
            column.notice(page, settings, width);
        }
        column
    };
    let mut column = Column::fitting(content.height(), set);
    if let Some(sign_in) = sign_in(page, settings) {
        // Where it has room: what citizens read is not made smaller for it.
        let width = (content.width() - MARGIN).min(WIDTH);
        let sign_in = block(&column.pen, &sign_in, &theme::NOTICE, width, Align::Center);
        if column.height() + 36.0 + sign_in.height() <= content.height() - 24.0 {
            column.parts.push((36.0, Part::Text(sign_in)));
        }
    }
    column.place(content);
}

/// Texts under one another, in the middle of a screen.
pub(super) struct Column<'a> {
    pen: Pen<'a>,
    parts: Vec<(f32, Part)>,
}

enum Part {
    Text(Block),
    /// Texts beside one another, line by line.
    Table(Vec<(Block, Block)>),
    /// A text on a plate.
    Plate(Block),
}

impl Part {
    fn height(&self) -> f32 {
        match self {
            Self::Text(text) => text.height(),
            Self::Table(lines) => lines.iter().map(line_height).sum(),
            Self::Plate(text) => text.height() + 40.0,
        }
    }
}

impl<'a> Column<'a> {
    pub fn new(pen: Pen<'a>) -> Self {
        Self { pen, parts: Vec::new() }
    }

    /// The largest letters with which everything stands in `height`.
    pub fn fitting(height: f32, set: impl Fn(f32) -> Self) -> Self {
        let mut column = set(1.0);
        for letters in [0.9, 0.8, 0.7, 0.6, 0.5] {
            if column.height() <= height - 24.0 {
                break;
            }
            column = set(letters);
        }
        column
    }

    /// Adds a text, with so much space above it.
    pub fn text(&mut self, above: f32, text: &str, style: &Style, width: f32) {
        let text = block(&self.pen, text, style, width, Align::Center);
        self.parts.push((above, Part::Text(text)));
    }

    /// Adds the hours of the week and the next closed days, where they are told.
    pub fn hours(&mut self, page: &Page<'_>, settings: &Settings, width: f32) {
        let pen = &self.pen;
        let week = page.words.week(&settings.hours);
        let set = |text: &str, style, width, align| block(pen, text, style, width, align);
        let days: Vec<_> = week
            .iter()
            .map(|(days, _)| set(days, &theme::LEAD, width * 0.56, Align::Max))
            .collect();
        let left = days.iter().map(Block::width).fold(0.0, f32::max);
        let right = width - left - GUTTER;
        let hours =
            week.iter().map(|(_, hours)| set(hours, &theme::LEAD_STRONG, right, Align::Min));
        let table: Vec<_> = days.into_iter().zip(hours).collect();
        if !table.is_empty() {
            self.parts.push((44.0, Part::Table(table)));
        }
        if let Some(closed) = page.words.closed_days(&settings.hours, page.scene.date) {
            self.text(12.0, &closed, &theme::LEAD, width);
        }
    }

    /// Adds today's notice, where there is one.
    pub fn notice(&mut self, page: &Page<'_>, settings: &Settings, width: f32) {
        let notice = page.words.of(&settings.notice);
        if !notice.trim().is_empty() {
            let notice = block(&self.pen, notice, &theme::LEAD_STRONG, width - 80.0, Align::Center);
            self.parts.push((36.0, Part::Plate(notice)));
        }
    }

    /// How high all of it is.
    pub fn height(&self) -> f32 {
        self.parts.iter().map(|(above, part)| above + part.height()).sum()
    }

    /// Draws it in the middle; where it ends.
    pub fn place(self, content: Rect) -> f32 {
        let mut y = content.center().y - self.height() / 2.0;
        let (pen, left, right) = (self.pen, content.left(), content.right());
        for (above, part) in self.parts {
            y += above;
            let height = part.height();
            match part {
                Part::Text(text) => {
                    text.place(&pen, left, right, y);
                }
                Part::Table(lines) => table(&pen, content, y, lines),
                Part::Plate(text) => {
                    let size = Vec2::new(text.width() + 80.0, height);
                    let centre = Pos2::new(content.center().x, y + height / 2.0);
                    let plate = Rect::from_center_size(centre, size);
                    pen.plate(plate, theme::RADIUS, pen.theme.palette.card, pen.theme.hem(), false);
                    text.place_in(&pen, plate);
                }
            }
            y += height;
        }
        y
    }
}

fn line_height((one, other): &(Block, Block)) -> f32 {
    one.height().max(other.height()) + 4.0
}

/// Draws a table that as a whole stands in the middle.
fn table(pen: &Pen<'_>, content: Rect, mut y: f32, lines: Vec<(Block, Block)>) {
    let widest = |side: fn(&(Block, Block)) -> f32| lines.iter().map(side).fold(0.0, f32::max);
    let (left, right) = (widest(|(one, _)| one.width()), widest(|(_, other)| other.width()));
    let split = content.center().x - (left + GUTTER + right) / 2.0 + left;
    for line in lines {
        let height = line_height(&line);
        line.0.place(pen, content.left(), split, y);
        line.1.place(pen, split + GUTTER, content.right(), y);
        y += height;
    }
}
