//! A level for each aspect of the service: a row of small faces for each, under the words of the
//! levels, which stand once above all rows.

use super::{Hand, Page, Touched, pages};
use crate::theme::{self, TARGET};
use crate::widgets::{Block, Pen, SMALLER, block, small_face};
use eframe::egui;
use egui::{Align, Pos2, Rect, Vec2};
use protocol::Level;
use protocol::questionnaire::Choice;
use protocol::settings::Settings;

/// Between two rows.
const GAP: f32 = 8.0;
/// Between a row's edge and its label.
const PADDING: f32 = 20.0;
/// Widest place of a face.
const CELL: f32 = 156.0;
/// How much higher than needed a row is where there is room, beside and under its label.
const LOOSE: (f32, f32) = (18.0, 64.0);
/// Room of the pager, and the space beside it.
const PAGER: f32 = TARGET + 14.0;

/// How the rows are set in a room.
struct Grid {
    levels: Vec<(Level, Block)>,
    labels: Vec<Block>,
    cell: f32,
    heading: f32,
    row: f32,
    /// Labels stand beside their faces, not above.
    beside: bool,
    /// Width of the rows.
    width: f32,
    on_page: usize,
}

impl Grid {
    /// In a room that needs no pager, or else in one with room for it.
    fn new(
        page: &Page<'_>,
        pen: &Pen<'_>,
        settings: &Settings,
        items: &[Choice],
        room: Vec2,
    ) -> Self {
        let whole = Self::set(page, pen, settings, items, room);
        if whole.on_page >= items.len() {
            return whole;
        }
        let room =
            if whole.beside { room - Vec2::new(PAGER, 0.0) } else { room - Vec2::new(0.0, PAGER) };
        Self::set(page, pen, settings, items, room)
    }

    fn set(
        page: &Page<'_>,
        pen: &Pen<'_>,
        settings: &Settings,
        items: &[Choice],
        room: Vec2,
    ) -> Self {
        let beside = page.is_landscape();
        let levels = settings.questionnaire.scale.levels();
        let count = levels.len() as f32;
        let share = if beside { 0.68 } else { 1.0 };
        let cell = (room.x * share / count).clamp(TARGET, CELL);
        let words = |letters: f32| -> Vec<(Level, Block)> {
            let pen = &pen.with(pen.theme.smaller(letters));
            let word = |level: &Level| {
                let word = page.words.level(&settings.questionnaire, *level);
                (*level, block(pen, &word, &theme::COLUMN, cell - 8.0, Align::Center))
            };
            levels.iter().map(word).collect()
        };
        // All of one size, so small that none is broken.
        let broken = |words: &[(Level, Block)]| words.iter().any(|(_, one)| !one.fits(cell - 8.0));
        let mut levels = words(1.0);
        for letters in SMALLER {
            if !broken(&levels) {
                break;
            }
            levels = words(letters);
        }
        let heading = levels.iter().map(|(_, word)| word.height()).fold(0.0, f32::max) + 8.0;
        let label_width =
            if beside { room.x - cell * count - 2.0 * PADDING } else { room.x - 2.0 * PADDING };
        let labels: Vec<_> = items
            .iter()
            .map(|item| {
                let text = page.words.of(&item.text);
                block(pen, text, &theme::CHOICE, label_width, Align::Min)
            })
            .collect();
        let tallest = labels.iter().map(Block::height).fold(0.0, f32::max);
        let row = if beside { TARGET.max(tallest + 16.0) } else { 10.0 + tallest + TARGET };
        let rows = ((room.y - heading + GAP) / (row + GAP)).floor().max(1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few rows")]
        let on_page = rows as usize;
        // What is left makes the rows a little higher.
        let shown = on_page.min(items.len()).max(1) as f32;
        let left_over = (room.y - heading + GAP) / shown - GAP - row;
        let row = row + left_over.clamp(0.0, if beside { LOOSE.0 } else { LOOSE.1 });
        Self { levels, labels, cell, heading, row, beside, width: room.x, on_page }
    }

    fn fits(&self, room: Vec2) -> bool {
        self.heading + self.row <= room.y
    }
}

/// Whether the step can be shown in a room, at least a row at a time.
pub(super) fn fits(
    page: &Page<'_>,
    pen: &Pen<'_>,
    settings: &Settings,
    items: &[Choice],
    room: Vec2,
) -> bool {
    let grid = Grid::new(page, pen, settings, items, room);
    let pager = if grid.on_page < items.len() && !grid.beside { PAGER } else { 0.0 };
    grid.fits(room - Vec2::new(0.0, pager))
}

/// How much of a room the rows take: all of it where they are paged.
pub(super) fn height(
    page: &Page<'_>,
    pen: &Pen<'_>,
    settings: &Settings,
    items: &[Choice],
    room: Vec2,
) -> f32 {
    let grid = Grid::new(page, pen, settings, items, room);
    let rows = items.len() as f32;
    if items.len() > grid.on_page { room.y } else { grid.heading + rows * (grid.row + GAP) - GAP }
}

/// Shows the rows; the level that was touched in one of them. Two touches in one frame are
/// ambiguous: neither counts.
pub(super) fn show(
    page: &Page<'_>,
    pen: &Pen<'_>,
    settings: &Settings,
    items: &[Choice],
    room: Rect,
    hand: &mut Hand,
) -> Option<Touched> {
    let grid = Grid::new(page, pen, settings, items, room.size());
    let count = items.len().div_ceil(grid.on_page).max(1);
    hand.page = hand.page.min(count - 1);
    let faces = grid.cell * grid.levels.len() as f32;
    // Beside the labels, or in the middle under them.
    let right = room.left() + grid.width;
    let first = if grid.beside { right - faces } else { room.left() + (grid.width - faces) / 2.0 };
    let mut y = room.top();
    for (at, (_, word)) in grid.levels.iter().enumerate() {
        let x = first + grid.cell * at as f32;
        let top = y + grid.heading - 8.0 - word.height();
        word.clone().place(pen, x, x + grid.cell, top);
    }
    y += grid.heading;
    let mut touched = Vec::new();
    let from = hand.page * grid.on_page;
    for (item, label) in items.iter().zip(&grid.labels).skip(from).take(grid.on_page) {
        let rect = Rect::from_min_max(Pos2::new(room.left(), y), Pos2::new(right, y + grid.row));
        touched.extend(row(page, pen, &grid, rect, first, item, label));
        y += grid.row + GAP;
    }
    if count > 1 {
        let area = if grid.beside {
            let high = (y - GAP - room.top()).max(2.0 * TARGET + 60.0).min(room.height());
            Rect::from_min_size(
                Pos2::new(room.right() - TARGET, room.top()),
                Vec2::new(TARGET, high),
            )
        } else {
            Rect::from_min_size(
                Pos2::new(room.left(), y + PAGER - TARGET - GAP),
                Vec2::new(room.width(), TARGET),
            )
        };
        pages(page, pen, area, hand, count);
    }
    match touched.len() {
        1 => touched.pop(),
        _ => None,
    }
}

fn row(
    page: &Page<'_>,
    pen: &Pen<'_>,
    grid: &Grid,
    rect: Rect,
    first: f32,
    item: &Choice,
    label: &Block,
) -> Vec<Touched> {
    pen.plate(rect, theme::RADIUS, pen.theme.palette.card, pen.theme.hem(), false);
    let (left, label_height) = (rect.left() + PADDING, label.height());
    let (label_top, middle) = if grid.beside {
        (rect.center().y - label_height / 2.0, rect.center().y)
    } else {
        let below = rect.top() + 10.0 + label_height;
        (rect.top() + 10.0, f32::midpoint(below, rect.bottom()))
    };
    let faces_top = middle - TARGET / 2.0;
    label.clone().place(pen, left, rect.right(), label_top);
    let mut touched = Vec::new();
    let chosen = page.scene.added.aspects.get(&item.id);
    for (at, (level, word)) in grid.levels.iter().enumerate() {
        let corner = Pos2::new(first + grid.cell * at as f32, faces_top);
        let cell = Rect::from_min_size(corner, Vec2::new(grid.cell, TARGET));
        let name = format!("{}: {}", page.words.of(&item.text), word.text());
        if small_face(pen, cell, &item.id, *level, &name, chosen == Some(level)) {
            touched.push(Touched::Aspect(item.id.clone(), *level));
        }
    }
    touched
}
