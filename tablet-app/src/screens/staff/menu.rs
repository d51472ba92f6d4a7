//! What can be done, and how the tablet is.

use super::{Screen, facts};
use crate::link::Link;
use crate::screens::sheet::GAP;
use crate::staff::{MenuPage, StaffInput, Who};
use crate::theme::TARGET;
use crate::widgets::list_button;
use eframe::egui;
use egui::{Pos2, Rect};

/// Width of the actions beside the facts.
const ACTIONS: f32 = 470.0;
/// How many of them stand beside the facts.
const BESIDE: usize = 4;

pub(super) fn show(screen: &Screen<'_>) -> Option<StaffInput> {
    let room = screen.sheet.room;
    let (left, right) = if screen.sheet.is_landscape() {
        (room.left(), room.left() + ACTIONS)
    } else {
        (room.left(), room.right())
    };
    let mut y = room.top();
    let mut touched = None;
    let mut actions = actions(screen);
    // As many as stand under one another; the rest below the facts, which are short.
    let most = if screen.sheet.is_landscape() { BESIDE.min(actions.len()) } else { actions.len() };
    let below = actions.split_off(most);
    for (key, input) in actions {
        let (height, pressed) = action(screen, left, right, y, key);
        if pressed {
            touched = Some(input);
        }
        y += height + GAP;
    }
    let mut area = if screen.sheet.is_landscape() {
        Rect::from_min_max(Pos2::new(right + 2.0 * GAP, room.top()), room.max)
    } else {
        Rect::from_min_max(Pos2::new(room.left(), y + GAP), room.max)
    };
    for (key, input) in below {
        let top = area.bottom() - TARGET;
        if action(screen, area.left(), area.right(), top, key).1 {
            touched = Some(input);
        }
        area.max.y = top - GAP;
    }
    facts::show(screen, area);
    touched
}

/// Draws what can be done; how high it is, and whether it was pressed.
fn action(screen: &Screen<'_>, left: f32, right: f32, y: f32, key: &str) -> (f32, bool) {
    list_button(&screen.sheet.pen, left, right, y, &screen.sheet.get(key), &about(screen, key))
}

fn actions(screen: &Screen<'_>) -> Vec<(&'static str, StaffInput)> {
    let test = ("staff-test", StaffInput::Go(MenuPage::TestTap));
    let wipe = ("staff-wipe", StaffInput::Go(MenuPage::Wipe));
    match screen.scene.staff.who() {
        Some(Who::Officer(code)) if screen.scene.signed_in == Some(code) => {
            vec![("staff-sign-out", StaffInput::SignOut), wipe, test]
        }
        Some(Who::Officer(_)) => vec![("staff-sign-in", StaffInput::SignIn), wipe, test],
        Some(Who::Technician) => vec![
            wipe,
            test,
            (enrol_key(screen), StaffInput::Go(MenuPage::Enrol)),
            ("staff-export", StaffInput::Go(MenuPage::Export)),
            ("staff-leave", StaffInput::Go(MenuPage::Leave)),
        ],
        None => Vec::new(),
    }
}

/// Enrolment is also what leads out of a chain that has forked from the server's, and of a retirement,
/// and says so then.
pub(super) fn enrol_key(screen: &Screen<'_>) -> &'static str {
    match screen.scene.facts.link {
        Link::Forked | Link::Refused => "staff-enrol-again",
        _ => "staff-enrol",
    }
}

fn about(screen: &Screen<'_>, key: &str) -> String {
    let name = screen.scene.staff.who().map_or_else(String::new, |who| screen.name(who));
    screen.sheet.with(&format!("{key}-about"), &[("name", &name)])
}
