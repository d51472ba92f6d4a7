//! The code that moves a tablet to another counter: letters and digits on the glass, since a kiosk
//! has no keyboard; a scanner that is plugged in reads the whole text of the QR.

use super::{GAP, Screen, work};
use crate::staff::{Input, Work};
use crate::theme::{self, KEY_TARGET};
use crate::widgets::{block, field, field_height};
use eframe::egui;
use egui::{Align, Pos2, Rect, Role, Vec2, WidgetInfo};

/// What codes are written with: letters and digits that can not be taken for one another.
const LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Between two keys.
const BETWEEN: f32 = 8.0;
/// Highest key.
const HIGHEST: f32 = 84.0;

pub(super) fn show(screen: &Screen<'_>, code: &str, state: &Work) -> Option<Input> {
    let pen = &screen.pen;
    let said = match state {
        Work::Idle => screen.get("staff-enrol-hint"),
        Work::Going => screen.get("staff-enrol-going"),
        Work::Done(done) => screen.with("staff-enrol-done", &[("counter", &done.what)]),
        Work::Failed(why) => screen.get(&format!("staff-enrol-failed-{why}")),
    };
    let y = work::paragraph(screen, &said, screen.room.top()) + GAP;
    if matches!(state, Work::Done(_) | Work::Going) {
        return None;
    }
    let width = screen.room.width().min(560.0);
    let left = screen.room.center().x - width / 2.0;
    let area = Rect::from_min_size(Pos2::new(left, y), Vec2::new(width, field_height(pen, 1.0)));
    field(pen, area, &screen.get("staff-enrol-code"), code, "");

    let confirm = screen.bottom_button(&screen.get("staff-enrol-confirm"));
    let bottom = screen.room.bottom() - theme::TARGET - GAP;
    let keys = keys(
        screen,
        Rect::from_min_max(
            Pos2::new(screen.room.left(), area.bottom() + GAP),
            Pos2::new(screen.room.right(), bottom),
        ),
    );
    let typed = || match typed(pen.ui)? {
        Typed::Text(text) => Some(Input::Write(text)),
        Typed::Erase => Some(Input::Erase),
    };
    keys.or_else(typed).or(confirm.then_some(Input::Confirm))
}

/// The keys, and one that erases; what was pressed.
fn keys(screen: &Screen<'_>, area: Rect) -> Option<Input> {
    let pen = &screen.pen;
    let columns = if screen.is_landscape() { 11 } else { 7 };
    let names: Vec<String> =
        LETTERS.chars().map(String::from).chain([screen.get("staff-erase")]).collect();
    let rows = names.len().div_ceil(columns) as f32;
    let width = (area.width() - BETWEEN * (columns as f32 - 1.0)) / columns as f32;
    let height = ((area.height() + BETWEEN) / rows - BETWEEN).clamp(KEY_TARGET, HIGHEST);
    let mut pressed = None;
    for (at, name) in names.iter().enumerate() {
        let step = Vec2::new((at % columns) as f32, (at / columns) as f32);
        let corner = area.min + step * Vec2::new(width + BETWEEN, height + BETWEEN);
        let letter = name.chars().next().filter(|_| at < LETTERS.len());
        let cell = Vec2::new(width, height);
        let rect = Rect::from_min_size(corner, cell);
        let response =
            pen.control(rect, ("code", name), WidgetInfo::labeled(Role::Button, true, name));
        let palette = pen.theme.palette;
        let down = response.is_pointer_button_down_on();
        let fill = if down { palette.pressed } else { palette.card };
        pen.plate(rect, theme::KEY_RADIUS, fill, pen.theme.edge(), response.has_focus());
        let style = if letter.is_some() { theme::KEY } else { theme::KEY_NAME };
        block(pen, name, &style, width, Align::Center).paint_in(pen, rect);
        if response.clicked() {
            pressed = Some(letter.map_or(Input::Erase, Input::Type));
        }
    }
    pressed
}

/// What a real keyboard sent.
pub(in crate::screens) enum Typed {
    /// Letters; a line's end confirms.
    Text(String),
    /// Takes the last one away.
    Erase,
}

/// What a real keyboard sent, or a scanner, which is one: many letters in one frame, Enter after
/// them. Enter presses what it stands on, and is the end where it stands on nothing.
pub(in crate::screens) fn typed(ui: &egui::Ui) -> Option<Typed> {
    let standing = ui.memory(|memory| memory.focused().is_some());
    ui.input(|input| {
        let mut written = String::new();
        for event in &input.events {
            match event {
                egui::Event::Text(text) => written.push_str(text),
                egui::Event::Paste(text) => written.push_str(text.trim()),
                egui::Event::Key { key: egui::Key::Enter, pressed: true, .. } if !standing => {
                    written.push('\n');
                }
                egui::Event::Key { key: egui::Key::Backspace, pressed: true, .. } => {
                    return Some(Typed::Erase);
                }
                _ => {}
            }
        }
        (!written.is_empty()).then_some(Typed::Text(written))
    })
}
