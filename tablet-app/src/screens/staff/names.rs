//! Who is it? Officers who may sign in, and the technician, a page at a time where they are many.

use super::Screen;
use crate::screens::sheet::{GAP, WIDTH};
use crate::staff::{StaffInput, Who};
use crate::theme::{self, TARGET};
use crate::widgets::{Pager, block, list_button, pager};
use eframe::egui;
use egui::{Align, Id, Pos2, Rect};

pub(super) fn show(screen: &Screen<'_>) -> Option<StaffInput> {
    let pen = &screen.sheet.pen;
    let people = people(screen);
    let room = screen.sheet.room;
    if people.is_empty() {
        let (text, width) = (screen.sheet.get("staff-nobody"), room.width().min(WIDTH));
        let text = block(pen, &text, &theme::LEAD, width, Align::Center);
        text.place_in(pen, room);
        return None;
    }
    // Where no officer has a PIN the title says so, since nobody would find their name in the list.
    let officers = people.iter().any(|(who, _)| matches!(who, Who::Officer(_)));
    let key = if officers { "staff-who" } else { "staff-no-officer" };
    let columns = if screen.sheet.is_landscape() { 2 } else { 1 };
    let title = block(pen, &screen.sheet.get(key), &theme::LEAD, room.width(), Align::Min);
    let top = title.place(pen, room.left(), room.right(), room.top()) + GAP;
    let fit = |height: f32| rows(height) * columns;
    let all = fit(room.bottom() - top);
    let on_page = if people.len() <= all { all } else { fit(room.bottom() - top - TARGET - GAP) };
    let pages = people.len().div_ceil(on_page.max(1));
    let id = Id::unique("staff names page");
    let page = pen.ui.data(|data| data.get_temp::<usize>(id)).unwrap_or_default().min(pages - 1);

    let width = (room.width() - GAP * (columns as f32 - 1.0)) / columns as f32;
    let mut touched = None;
    for (at, (who, about)) in people.iter().skip(page * on_page).take(on_page).enumerate() {
        let left = room.left() + (at % columns) as f32 * (width + GAP);
        let y = top + (at / columns) as f32 * (TARGET + GAP);
        let (_, pressed) = list_button(pen, left, left + width, y, &screen.name(who), about);
        if pressed {
            touched = Some(StaffInput::Choose(who.clone()));
        }
    }
    if pages > 1 {
        let place = [("page", (page + 1).to_string()), ("pages", pages.to_string())];
        let place = screen
            .sheet
            .with("staff-page", &place.each_ref().map(|(name, text)| (*name, text.as_str())));
        let (back, on) = (screen.sheet.get("staff-page-back"), screen.sheet.get("staff-page-on"));
        let area = Rect::from_min_max(Pos2::new(room.left(), room.bottom() - TARGET), room.max);
        let to = pager(pen, area, page, pages, &Pager { back: &back, on: &on, place: &place });
        pen.ui.data_mut(|data| data.insert_temp(id, to));
    }
    touched
}

/// How many rows have room.
fn rows(height: f32) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few rows")]
    let rows = ((height + GAP) / (TARGET + GAP)).floor().max(1.0) as usize;
    rows
}

/// Everybody who has a PIN, with a word about them.
fn people(screen: &Screen<'_>) -> Vec<(Who, String)> {
    let Some(settings) = screen.scene.settings else { return Vec::new() };
    let mut people: Vec<(Who, String)> = settings
        .staff
        .iter()
        .map(|staff| {
            let here = screen.scene.on_duty == Some(&staff.officer.code);
            let about =
                if here { screen.sheet.get("staff-on-duty") } else { staff.officer.title.clone() };
            (Who::Officer(staff.officer.code.clone()), about)
        })
        .collect();
    if settings.technician_pin.is_some() {
        people.push((Who::Technician, screen.sheet.get("staff-technician-about")));
    }
    people
}
