//! A pad of digits, for PINs and codes: digits, erase and OK, each as large as a fingertip asks.

use super::keyboard::erase_sign;
use super::{Pen, whole};
use crate::theme::{self, TARGET};
use eframe::egui;
use egui::{Align, Pos2, Rect, Role, Vec2, WidgetInfo};

/// Between two keys.
const GAP: f32 = 10.0;
/// How large the pad is, points.
pub const PAD: Vec2 = Vec2::new(3.0 * TARGET + 2.0 * GAP, 4.0 * TARGET + 3.0 * GAP);

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pad {
    /// A digit.
    Digit(char),
    /// Takes the last one away.
    Erase,
    /// That is all.
    Done,
}

/// Shows the pad around `centre`, as large as [`PAD`]; what was pressed. Two keys in one frame are
/// ambiguous: neither counts. A real keyboard's digits, Backspace and Enter count as well.
pub fn keypad(pen: &Pen<'_>, centre: Pos2, erase: &str, done: &str) -> Option<Pad> {
    let area = Rect::from_center_size(centre, PAD);
    let cell = |column: u8, row: u8| {
        let step = Vec2::new(f32::from(column), f32::from(row)) * (TARGET + GAP);
        Rect::from_min_size(area.min + step, Vec2::splat(TARGET))
    };
    let mut pressed = Vec::new();
    for (at, digit) in (0_u8..).zip("123456789".chars()) {
        if key(pen, cell(at % 3, at / 3), Pad::Digit(digit), "") {
            pressed.push(Pad::Digit(digit));
        }
    }
    for (column, pad, name) in
        [(0, Pad::Erase, erase), (1, Pad::Digit('0'), ""), (2, Pad::Done, done)]
    {
        if key(pen, cell(column, 3), pad, name) {
            pressed.push(pad);
        }
    }
    pressed.extend(typed(pen));
    match pressed[..] {
        [pressed] => Some(pressed),
        _ => None,
    }
}

fn key(pen: &Pen<'_>, area: Rect, pad: Pad, name: &str) -> bool {
    let name = match pad {
        Pad::Digit(digit) => digit.to_string(),
        Pad::Erase | Pad::Done => name.to_owned(),
    };
    let info = WidgetInfo::labeled(Role::Button, true, &name);
    let response = pen.control(area, ("pad", &name), info);
    let palette = pen.theme.palette;
    let down = response.is_pointer_button_down_on();
    let fill = match pad {
        Pad::Done => palette.primary,
        _ if down => palette.pressed,
        _ => palette.card,
    };
    let drawn = if down { area.shrink(3.0) } else { area };
    pen.plate(drawn, theme::RADIUS, fill, pen.theme.edge(), response.has_focus());
    // Signs as large as the keys allow, at every text size.
    let pen = &pen.with(pen.theme.plain());
    let style = if pad == Pad::Done { theme::PRIMARY } else { theme::TITLE };
    if pad == Pad::Erase {
        erase_sign(pen, area.center(), palette.text);
    } else {
        whole(pen, &name, &style, area.width() - 12.0, Align::Center, 2).paint_in(pen, area);
    }
    response.clicked()
}

/// What a real keyboard sent. Enter presses what it stands on, or is the end where it stands on
/// nothing.
fn typed(pen: &Pen<'_>) -> Option<Pad> {
    let standing = pen.ui.memory(|memory| memory.focused().is_some());
    pen.ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            egui::Event::Text(text) => text.chars().find(char::is_ascii_digit).map(Pad::Digit),
            egui::Event::Key { key: egui::Key::Backspace, pressed: true, .. } => Some(Pad::Erase),
            egui::Event::Key { key: egui::Key::Enter, pressed: true, .. } if !standing => {
                Some(Pad::Done)
            }
            _ => None,
        })
    })
}
