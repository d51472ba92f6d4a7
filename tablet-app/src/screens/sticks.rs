//! Which stick something is written to, where more than one is plugged in, or only a card that may
//! belong to the tablet itself.

use super::sheet::{GAP, Sheet};
use crate::sticks::Stick;
use crate::texts::Words;
use crate::theme::TARGET;
use crate::widgets::list_button;
use eframe::egui::Rect;
use std::path::PathBuf;

/// Bytes of a gigabyte, as makers of sticks count.
const GIGABYTE: f64 = 1e9;

/// Shows as many as have room; the folder of the one that was chosen.
pub(super) fn choose(sheet: &Sheet<'_>, sticks: &[Stick], room: Rect) -> Option<PathBuf> {
    let mut y = room.top();
    let mut chosen = None;
    for stick in sticks {
        // The likeliest come first; who has more than fit pulls some out.
        if y + TARGET > room.bottom() {
            break;
        }
        let about = about(&sheet.words, stick);
        let (height, pressed) =
            list_button(&sheet.pen, room.left(), room.right(), y, &stick.name, &about);
        if pressed {
            chosen = Some(stick.folder.clone());
        }
        y += height + GAP;
    }
    chosen
}

/// What a stick is, how large it is and how much of it is free.
fn about(words: &Words, stick: &Stick) -> String {
    let kind = words.get(if stick.removable { "staff-stick-usb" } else { "staff-stick-fixed" });
    let (Some(size), Some(free)) = (stick.size, stick.free) else { return kind };
    // A comma before the tenth, as it is written here.
    let gigabytes = |bytes: u64| format!("{:.1}", bytes as f64 / GIGABYTE).replace('.', ",");
    let (size, free) = (gigabytes(size), gigabytes(free));
    words.with("staff-stick-about", &[("kind", &kind), ("size", &size), ("free", &free)])
}
