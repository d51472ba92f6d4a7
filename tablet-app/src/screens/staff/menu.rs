//! What can be done, and how the tablet is.

use super::{Desk, GAP, facts};
use crate::staff::{Door, Input, Who};
use crate::widgets::list_button;
use eframe::egui;
use egui::{Pos2, Rect};

/// Width of the actions beside the facts.
const ACTIONS: f32 = 470.0;

pub(super) fn show(desk: &Desk<'_>) -> Option<Input> {
    let room = desk.room;
    let (left, right) = if desk.is_lying() {
        (room.left(), room.left() + ACTIONS)
    } else {
        (room.left(), room.right())
    };
    let mut y = room.top();
    let mut touched = None;
    for (key, input) in actions(desk) {
        let about = about(desk, key);
        let (height, pressed) = list_button(&desk.pen, left, right, y, &desk.get(key), &about);
        if pressed {
            touched = Some(input);
        }
        y += height + GAP;
    }
    let area = if desk.is_lying() {
        Rect::from_min_max(Pos2::new(right + 2.0 * GAP, room.top()), room.max)
    } else {
        Rect::from_min_max(Pos2::new(room.left(), y + GAP), room.max)
    };
    facts::show(desk, area);
    touched
}

fn actions(desk: &Desk<'_>) -> Vec<(&'static str, Input)> {
    let test = ("staff-test", Input::Go(Door::TestTap));
    let wipe = ("staff-wipe", Input::Go(Door::Wipe));
    match desk.office.staff.who() {
        Some(Who::Officer(code)) if desk.office.signed_in == Some(code) => {
            vec![("staff-sign-out", Input::SignOut), wipe, test]
        }
        Some(Who::Officer(_)) => vec![("staff-sign-in", Input::SignIn), wipe, test],
        Some(Who::Technician) => vec![
            wipe,
            test,
            ("staff-enrol", Input::Go(Door::Enrol)),
            ("staff-export", Input::Go(Door::Export)),
            ("staff-leave", Input::Go(Door::Leave)),
        ],
        None => Vec::new(),
    }
}

fn about(desk: &Desk<'_>, key: &str) -> String {
    let name = desk.office.staff.who().map_or_else(String::new, |who| desk.name(who));
    desk.with(&format!("{key}-about"), &[("name", &name)])
}
