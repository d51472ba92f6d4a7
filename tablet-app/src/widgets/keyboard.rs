//! The on-screen keyboard. It returns which keys were pressed; what they write is for `typing` to
//! say. Letters count when a finger comes down, with every finger by itself, so that two thumbs
//! lose nothing.

use super::keys::{Cap, Shift, rows};
use super::{Pen, block};
use crate::theme::{self, KEY_TARGET};
use crate::typing::{Key, Method};
use eframe::egui;
use egui::{
    Align, Color32, Event, Pos2, Rect, Response, Role, Shape, Stroke, TouchPhase, Vec2, WidgetInfo,
};

/// Between two keys.
const GAP: f32 = 6.0;
/// Highest key: more would only push the text away.
const HIGHEST: f32 = 92.0;
/// How long the erasing key is held before it repeats, and between two repeats; seconds.
const REPEAT_AFTER: f64 = 0.5;
const REPEAT_EVERY: f64 = 0.08;

/// What the keyboard shows.
pub struct Keyboard<'a> {
    /// The way of typing.
    pub method: Method,
    /// Names of the keys that are no letters, by what they do: `erase`, `shift`, `space`,
    /// `symbols`, `letters`, `method`.
    pub name: &'a dyn Fn(&str) -> String,
}

/// What the keyboard remembers between two presses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Typing {
    /// Whether letters are capitals.
    pub shift: Shift,
    /// Whether digits and marks are shown.
    pub symbols: bool,
    /// How often the erasing key has repeated since it was pressed.
    repeated: u32,
}

/// The least and the greatest height of the keyboard.
pub fn keyboard_height(method: Method) -> (f32, f32) {
    // The page of letters decides: a page must not move the others.
    let rows = rows(method, false).len() as f32;
    let gaps = GAP * (rows - 1.0);
    (rows * KEY_TARGET + gaps, rows * HIGHEST + gaps)
}

/// Shows the keyboard in `area`; the keys that were pressed, in their order.
pub fn keyboard(pen: &Pen<'_>, area: Rect, board: &Keyboard<'_>, typing: &mut Typing) -> Vec<Key> {
    let rows = rows(board.method, typing.symbols);
    let touches = KeyTouches::new(pen);
    let unit = (area.width() + GAP) / 10.0;
    let pitch = (area.height() + GAP) / rows.len() as f32;
    let mut pressed = Vec::new();
    let mut y = area.top();
    for row in &rows {
        let width: f32 = row.iter().map(|(_, width)| width * unit).sum::<f32>() - GAP;
        let mut x = area.center().x - width / 2.0;
        for (cap, width) in row {
            let size = Vec2::new(width * unit - GAP, pitch - GAP);
            let rect = Rect::from_min_size(Pos2::new(x, y), size);
            let key = OneKey { cap: *cap, rect, board };
            let response = key.show(pen, *typing);
            let times = touches.presses(pen, &response, *cap == Cap::Erase, typing);
            for _ in 0..times {
                pressed.extend(act(*cap, board.method, typing));
            }
            x += width * unit;
        }
        y += pitch;
    }
    pressed
}

/// What a press of this key writes; pages and capitals are changed in place.
fn act(cap: Cap, method: Method, typing: &mut Typing) -> Option<Key> {
    match cap {
        Cap::Letter(letter) => {
            let capital = typing.shift != Shift::Off;
            if typing.shift == Shift::Once && letter.is_alphabetic() {
                typing.shift = Shift::Off;
            }
            let letter = if capital { letter.to_ascii_uppercase() } else { letter };
            Some(Key::Letter(letter))
        }
        Cap::Erase => Some(Key::Erase),
        Cap::Shift => {
            typing.shift = typing.shift.next();
            None
        }
        Cap::Symbols => {
            typing.symbols = !typing.symbols;
            None
        }
        Cap::Method => {
            typing.symbols = false;
            let at = Method::ALL.iter().position(|one| *one == method).unwrap_or_default();
            Some(Key::Method(Method::ALL[(at + 1) % Method::ALL.len()]))
        }
    }
}

/// The fingers that came down in this frame.
struct KeyTouches {
    down: Vec<Pos2>,
    /// Touches are at work, so clicks that egui makes of them are not counted again.
    touching: bool,
}

impl KeyTouches {
    fn new(pen: &Pen<'_>) -> Self {
        pen.ui.input(|input| {
            let touches = input.events.iter().filter_map(|event| match event {
                Event::Touch { phase, pos, .. } => Some((*phase, *pos)),
                _ => None,
            });
            let down = |(phase, pos)| (phase == TouchPhase::Start).then_some(pos);
            let touching = input.any_touches() || touches.clone().next().is_some();
            Self { down: touches.filter_map(down).collect(), touching }
        })
    }

    /// How often a key was pressed in this frame.
    fn presses(
        &self,
        pen: &Pen<'_>,
        response: &Response,
        repeats: bool,
        typing: &mut Typing,
    ) -> usize {
        let mut times = self.down.iter().filter(|pos| response.rect.contains(**pos)).count();
        let (time, since) = pen.ui.input(|input| (input.time, input.pointer.press_start_time()));
        let mut held_on = false;
        if repeats {
            let held = since.filter(|_| response.is_pointer_button_down_on());
            held_on = typing.repeated > 0;
            if let Some(since) = held {
                let due = repeats_after(time - since);
                times += due.saturating_sub(typing.repeated) as usize;
                typing.repeated = due;
                pen.ui.ctx().request_repaint();
            } else {
                typing.repeated = 0;
            }
        }
        if response.clicked() && !self.touching && !held_on {
            times += 1;
        }
        times
    }
}

/// How often the erasing key has repeated after so many seconds.
fn repeats_after(held: f64) -> u32 {
    if held < REPEAT_AFTER {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
    let more = ((held - REPEAT_AFTER) / REPEAT_EVERY) as u32;
    1 + more
}

struct OneKey<'a> {
    cap: Cap,
    rect: Rect,
    board: &'a Keyboard<'a>,
}

impl OneKey<'_> {
    fn show(&self, pen: &Pen<'_>, typing: Typing) -> Response {
        let name = self.name(typing);
        let info = match self.cap {
            Cap::Shift => {
                WidgetInfo::selected(Role::Button, true, typing.shift != Shift::Off, &name)
            }
            _ => WidgetInfo::labeled(Role::Button, true, &name),
        };
        // By what it does: a key that becomes a capital is still the key that is pressed.
        let response = pen.control(self.rect, ("key", format!("{:?}", self.cap)), info);
        let palette = pen.theme.palette;
        let on = self.cap == Cap::Shift && typing.shift != Shift::Off;
        let down = response.is_pointer_button_down_on();
        let (fill, ink) = match self.cap {
            _ if down => (palette.text, palette.card),
            Cap::Letter(_) => (palette.card, palette.text),
            _ if on => (palette.card, palette.text),
            _ => (palette.pressed, palette.text),
        };
        let edge = if on { pen.theme.chosen() } else { pen.theme.edge() };
        pen.plate(self.rect, theme::KEY_RADIUS, fill, edge, response.has_focus());
        self.sign(pen, typing, &name, ink);
        response
    }

    /// What screen readers call the key.
    fn name(&self, typing: Typing) -> String {
        let name = self.board.name;
        match self.cap {
            Cap::Letter(' ') => name("space"),
            Cap::Letter(letter) if typing.shift != Shift::Off => {
                letter.to_ascii_uppercase().to_string()
            }
            Cap::Letter(letter) => letter.to_string(),
            Cap::Erase => name("erase"),
            Cap::Shift => name("shift"),
            Cap::Symbols if typing.symbols => name("letters"),
            Cap::Symbols => name("symbols"),
            Cap::Method => name("method"),
        }
    }

    fn sign(&self, pen: &Pen<'_>, typing: Typing, name: &str, ink: Color32) {
        let (words, style) = match self.cap {
            Cap::Erase => return erase_sign(pen, self.rect.center(), ink),
            Cap::Shift => return shift_sign(pen, self.rect.center(), typing.shift, ink),
            Cap::Letter(' ') => (name, theme::KEY_NAME),
            Cap::Letter(_) => (name, theme::KEY),
            Cap::Symbols if typing.symbols => ("abc", theme::KEY_NAME),
            Cap::Symbols => ("123", theme::KEY_NAME),
            Cap::Method => (self.board.method.name(), theme::KEY_NAME),
        };
        // A key is as large as the glass allows and its letter with it, at every text size.
        let theme = pen.theme.plain();
        let text = block(&pen.with(theme), words, &style, self.rect.width(), Align::Center);
        let y = self.rect.center().y - text.height() / 2.0;
        text.paint_in_colour(pen, self.rect.center().x, y, ink);
    }
}

/// An arrow to the left with a cross in it.
pub(super) fn erase_sign(pen: &Pen<'_>, centre: Pos2, ink: Color32) {
    let at = |x: f32, y: f32| centre + Vec2::new(x, y);
    let stroke = Stroke::new(2.5, ink);
    let around =
        vec![at(-20.0, 0.0), at(-8.0, -13.0), at(18.0, -13.0), at(18.0, 13.0), at(-8.0, 13.0)];
    pen.painter().add(Shape::closed_line(around, stroke));
    pen.painter().line_segment([at(-1.0, -5.5), at(10.0, 5.5)], stroke);
    pen.painter().line_segment([at(-1.0, 5.5), at(10.0, -5.5)], stroke);
}

/// An arrow upwards, filled for capitals, with a line under it when they stay.
fn shift_sign(pen: &Pen<'_>, centre: Pos2, shift: Shift, ink: Color32) {
    let at = |x: f32, y: f32| centre + Vec2::new(x, y);
    let stroke = Stroke::new(2.5, ink);
    let head = vec![at(0.0, -15.0), at(15.0, 1.0), at(-15.0, 1.0)];
    let foot = Rect::from_min_max(at(-6.0, 1.0), at(6.0, 11.0));
    if shift == Shift::Off {
        let around = [
            (0.0, -15.0),
            (15.0, 1.0),
            (6.0, 1.0),
            (6.0, 11.0),
            (-6.0, 11.0),
            (-6.0, 1.0),
            (-15.0, 1.0),
        ];
        let around = around.map(|(x, y)| at(x, y)).into();
        pen.painter().add(Shape::closed_line(around, stroke));
    } else {
        pen.painter().add(Shape::convex_polygon(head, ink, stroke));
        pen.painter().rect_filled(foot, 0, ink);
    }
    if shift == Shift::Lock {
        pen.painter().line_segment([at(-12.0, 17.0), at(12.0, 17.0)], Stroke::new(3.5, ink));
    }
}
