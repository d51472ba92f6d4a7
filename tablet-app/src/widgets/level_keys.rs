//! Five keys of a keypad for the five levels: who can not see the glass, or can not lift a hand to
//! it, presses 1 to 5. The keys may be digits of any keyboard.

use super::Pen;
use eframe::egui;
use egui::{Event, Id, Key};
use protocol::Level;
use std::time::Duration;

/// A digit counts after this long without another key, seconds: a barcode scanner types faster than
/// any finger, and what it reads is no rating.
const ALONE_S: f64 = 0.25;

/// The keys in the order of the faces.
const KEYS: [Key; 5] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
/// Reads the screen aloud.
const ALOUD: Key = Key::Num0;

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// The key of a level.
    Level(Level),
    /// The key that has the screen read aloud.
    Aloud,
}

#[derive(Clone, Copy, Debug, Default)]
struct Keys {
    waiting: Option<(Key, f64)>,
    /// When any key was pressed last.
    last: Option<f64>,
}

/// The level whose key was pressed alone, of those on offer.
pub fn level_key(pen: &Pen<'_>, levels: &[Level]) -> Option<Pressed> {
    let id = Id::unique("level keys");
    let mut keys = pen.ui.data(|data| data.get_temp::<Keys>(id)).unwrap_or_default();
    let time = pen.ui.input(|input| {
        for event in &input.events {
            let Event::Key { key, pressed: true, repeat: false, modifiers, .. } = event else {
                continue;
            };
            let alone = keys.last.is_none_or(|last| input.time - last >= ALONE_S);
            keys.last = Some(input.time);
            let counts = alone && modifiers.is_none() && (KEYS.contains(key) || *key == ALOUD);
            keys.waiting = counts.then_some((*key, input.time));
        }
        input.time
    });
    let due = keys.waiting.filter(|(_, since)| time - since >= ALONE_S);
    if due.is_some() {
        keys.waiting = None;
    } else if let Some((_, since)) = keys.waiting {
        let left = (ALONE_S - (time - since)).max(0.0);
        pen.ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
    }
    pen.ui.data_mut(|data| data.insert_temp(id, keys));
    match due?.0 {
        ALOUD => Some(Pressed::Aloud),
        key => {
            let at = KEYS.iter().position(|one| *one == key)?;
            levels.get(at).copied().map(Pressed::Level)
        }
    }
}
