//! Reasons, any number of them: a grid of choices with a box each.

use super::{Hand, Page, Touched, pages};
use crate::theme::TARGET;
use crate::widgets::{Pen, chip, chip_height};
use eframe::egui;
use egui::{Pos2, Rect, Vec2};
use protocol::questionnaire::Choice;

/// Between two reasons.
const GAP: f32 = 12.0;
/// How much higher than needed a reason is where there is room.
const LOOSE: f32 = 44.0;

struct Grid {
    columns: usize,
    rows: usize,
    cell: Vec2,
}

impl Grid {
    /// The fewest columns with which all fit in `room`, or else the most.
    fn new(page: &Page<'_>, pen: &Pen<'_>, items: &[Choice], room: Vec2) -> Self {
        let columns = if page.is_landscape() { [2, 3] } else { [1, 2] };
        let grids = columns.map(|columns| Self::of(page, pen, items, room, columns));
        let [fewer, more] = grids;
        // Letters that grew need wide choices.
        if fewer.on_page() >= items.len() || pen.theme.letters > 1.1 && page.is_landscape() {
            fewer
        } else {
            more
        }
    }

    fn of(page: &Page<'_>, pen: &Pen<'_>, items: &[Choice], room: Vec2, columns: usize) -> Self {
        let count = columns as f32;
        let width = (room.x - GAP * (count - 1.0)) / count;
        let height = items
            .iter()
            .map(|item| chip_height(pen, page.words.of(&item.text), width))
            .fold(TARGET, f32::max);
        let rows = ((room.y + GAP) / (height + GAP)).floor().max(1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few rows")]
        let rows = rows as usize;
        let shown = items.len().div_ceil(columns).clamp(1, rows) as f32;
        let spare = (room.y + GAP) / shown - GAP - height;
        let height = height + spare.clamp(0.0, LOOSE);
        Self { columns, rows, cell: Vec2::new(width, height) }
    }

    fn on_page(&self) -> usize {
        self.columns * self.rows
    }
}

/// Whether the step can be shown in a room, at least a row at a time.
pub(super) fn fits(pen: &Pen<'_>, room: Vec2) -> bool {
    room.y >= 2.0 * (TARGET * pen.theme.letters.max(1.0) + GAP)
}

/// How much of a room the reasons take: all of it where they are paged.
pub(super) fn height(page: &Page<'_>, pen: &Pen<'_>, items: &[Choice], room: Vec2) -> f32 {
    let grid = Grid::new(page, pen, items, room);
    let rows = items.len().div_ceil(grid.columns) as f32;
    if items.len() > grid.on_page() { room.y } else { rows * (grid.cell.y + GAP) - GAP }
}

/// Shows the reasons; the one that was touched. Two in one frame are ambiguous: neither counts.
pub(super) fn show(
    page: &Page<'_>,
    pen: &Pen<'_>,
    items: &[Choice],
    room: Rect,
    hand: &mut Hand,
) -> Option<Touched> {
    let mut grid = Grid::new(page, pen, items, room.size());
    let paged = grid.on_page() < items.len();
    if paged {
        let less = if page.is_landscape() { Vec2::X } else { Vec2::Y } * (TARGET + GAP);
        grid = Grid::new(page, pen, items, room.size() - less);
    }
    let count = items.len().div_ceil(grid.on_page()).max(1);
    hand.page = hand.page.min(count - 1);
    let mut touched = Vec::new();
    let shown = items.iter().skip(hand.page * grid.on_page()).take(grid.on_page());
    for (at, item) in shown.enumerate() {
        let place = Vec2::new((at % grid.columns) as f32, (at / grid.columns) as f32);
        let corner = room.min + place * (grid.cell + Vec2::splat(GAP));
        let area = Rect::from_min_size(corner, grid.cell);
        let on = page.scene.added.reasons.contains(&item.id);
        if chip(pen, area, &item.id, page.words.of(&item.text), on) {
            touched.push(Touched::Reason(item.id.clone()));
        }
    }
    if count > 1 {
        let corner = if page.is_landscape() {
            Pos2::new(room.right() - TARGET, room.top())
        } else {
            Pos2::new(room.left(), room.bottom() - TARGET)
        };
        pages(page, pen, Rect::from_min_max(corner, room.max), hand, count);
    }
    match touched.len() {
        1 => touched.pop(),
        _ => None,
    }
}
