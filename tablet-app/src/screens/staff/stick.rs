//! Which stick the journal is written to, where more than one is plugged in, or only a card that may
//! belong to the tablet itself.

use super::{GAP, Screen, work};
use crate::staff::Input;
use crate::sticks::Stick;
use crate::texts::Words;
use crate::theme::TARGET;
use crate::widgets::list_button;

/// Bytes of a gigabyte, as makers of sticks count.
const GIGABYTE: f64 = 1e9;

pub(super) fn show(screen: &Screen<'_>, sticks: &[Stick]) -> Option<Input> {
    let room = screen.room;
    let mut y = work::paragraph(screen, &screen.get("staff-export-choose"), room.top()) + GAP;
    let mut touched = None;
    for stick in sticks {
        // The likeliest come first; who has more than fit pulls some out.
        if y + TARGET > room.bottom() {
            break;
        }
        let about = about_stick(&screen.words, stick);
        let (height, pressed) =
            list_button(&screen.pen, room.left(), room.right(), y, &stick.name, &about);
        if pressed {
            touched = Some(Input::Stick(stick.folder.clone()));
        }
        y += height + GAP;
    }
    touched
}

/// What a stick is, how large it is and how much of it is free.
pub(in crate::screens) fn about_stick(words: &Words, stick: &Stick) -> String {
    let kind = words.get(if stick.removable { "staff-stick-usb" } else { "staff-stick-fixed" });
    let (Some(size), Some(free)) = (stick.size, stick.free) else { return kind };
    // A comma before the tenth, as it is written here.
    let gigabytes = |bytes: u64| format!("{:.1}", bytes as f64 / GIGABYTE).replace('.', ",");
    let (size, free) = (gigabytes(size), gigabytes(free));
    words.with("staff-stick-about", &[("kind", &kind), ("size", &size), ("free", &free)])
}
