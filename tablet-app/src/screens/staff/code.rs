//! The code that moves a tablet to another counter: letters and digits on the glass, since a kiosk
//! has no keyboard; a scanner that is plugged in reads the whole text of the QR.

use super::Screen;
use crate::screens::sheet::GAP;
use crate::screens::typed::{Typed, typed};
use crate::staff::{StaffInput, Work};
use crate::theme::{self, KEY_TARGET};
use crate::widgets::{Kind, block, field, field_height};
use eframe::egui;
use egui::{Align, Pos2, Rect, Role, Vec2, WidgetInfo};

/// What codes are written with: letters and digits that can not be taken for one another.
const LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Between two keys.
const BETWEEN: f32 = 8.0;
/// Highest key.
const HIGHEST: f32 = 84.0;

pub(super) fn show(screen: &Screen<'_>, code: &str, state: &Work) -> Option<StaffInput> {
    let sheet = &screen.sheet;
    let pen = &sheet.pen;
    let said = match state {
        Work::Idle => sheet.get("staff-enrol-hint"),
        Work::Going => sheet.get("staff-enrol-going"),
        Work::Done(done) => sheet.with("staff-enrol-done", &[("counter", &done.what)]),
        Work::Failed(why) => sheet.get(&format!("staff-enrol-failed-{why}")),
    };
    let y = sheet.message(&said) + GAP;
    if matches!(state, Work::Done(_)) {
        return None;
    }
    let width = sheet.room.width().min(560.0);
    let left = sheet.room.center().x - width / 2.0;
    let area = Rect::from_min_size(Pos2::new(left, y), Vec2::new(width, field_height(pen, 1.0)));
    field(pen, area, &sheet.get("staff-enrol-code"), code, "");

    let confirm = sheet.buttons(&[("staff-enrol-confirm", Kind::Primary)]);
    let keys = keys(screen, sheet.above_buttons(area.bottom() + GAP));
    let typed = || match typed(pen.ui)? {
        Typed::Text(text) => Some(StaffInput::Write(text)),
        Typed::Erase => Some(StaffInput::Erase),
    };
    keys.or_else(typed).or(confirm.map(|_| StaffInput::Confirm))
}

/// The keys, and one that erases; what was pressed.
fn keys(screen: &Screen<'_>, area: Rect) -> Option<StaffInput> {
    let pen = &screen.sheet.pen;
    let columns = if screen.sheet.is_landscape() { 11 } else { 7 };
    let names: Vec<String> =
        LETTERS.chars().map(String::from).chain([screen.sheet.get("staff-erase")]).collect();
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
            pressed = Some(letter.map_or(StaffInput::Erase, StaffInput::Type));
        }
    }
    pressed
}
