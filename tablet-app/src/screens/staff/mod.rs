//! The staff's side: who is it, a PIN, a menu with the tablet's health, and what stands behind it.
//! It draws the staff machine's page and returns what was touched.

mod code;
mod facts;
mod menu;
mod names;
mod pin;
mod stick;
mod work;

pub(in crate::screens) use code::{Typed, typed};
pub(in crate::screens) use stick::about_stick;

use crate::look::Look;
use crate::staff::{Facts, Input, Page, Staff, Who};
use crate::texts::Words;
use crate::theme::{self, BAR, MARGIN, TARGET, Theme};
use crate::widgets::{Kind, Pen, block, button, button_size};
use eframe::egui;
use egui::{Align, Pos2, Rect, Ui, Vec2};
use protocol::settings::Settings;

/// Between two things on the screen.
const GAP: f32 = 16.0;

/// Everything that is drawn of it.
pub struct StaffScene<'a> {
    /// The staff screen.
    pub staff: &'a Staff,
    /// The settings in force.
    pub settings: Option<&'a Settings>,
    /// Code of the officer on duty, by sign-in or by the roster.
    pub on_duty: Option<&'a str>,
    /// Code of the officer who signed in.
    pub signed_in: Option<&'a str>,
    /// How the tablet is.
    pub facts: &'a Facts,
    /// Uptime in milliseconds, for waits that are counted down.
    pub uptime: u64,
    /// Language of the screen (BCP 47).
    pub language: &'a str,
}

/// The screen while it is drawn.
struct Screen<'a> {
    pen: Pen<'a>,
    words: Words,
    scene: &'a StaffScene<'a>,
    /// What lies below the header.
    room: Rect,
}

impl Screen<'_> {
    fn get(&self, key: &str) -> String {
        self.words.get(key)
    }

    fn with(&self, key: &str, places: &[(&str, &str)]) -> String {
        self.words.with(key, places)
    }

    fn is_landscape(&self) -> bool {
        self.room.width() >= self.room.height()
    }

    /// Name of somebody, as the settings know it.
    fn name(&self, who: &Who) -> String {
        match who {
            Who::Technician => self.get("staff-technician"),
            Who::Officer(code) => {
                let staff = self.scene.settings.map_or(&[][..], |settings| &settings.staff);
                let known = staff.iter().find(|one| one.officer.code == *code);
                known.map_or_else(|| code.clone(), |one| one.officer.name.clone())
            }
        }
    }

    /// A button of its own size, centred at the bottom of the room.
    fn bottom_button(&self, words: &str) -> bool {
        let size = button_size(&self.pen, words, self.room.width()).max(Vec2::splat(TARGET));
        let centre = Pos2::new(self.room.center().x, self.room.bottom() - size.y / 2.0);
        button(&self.pen, Rect::from_center_size(centre, size), words, Kind::Primary)
    }
}

/// Shows the page that is up; what was touched.
pub fn show(ui: &Ui, scene: &StaffScene<'_>) -> Option<Input> {
    let page = scene.staff.page()?;
    let full = ui.max_rect();
    let pen = Pen::new(ui, Theme::new(Look::default()));
    ui.painter().rect_filled(full, 0.0, pen.theme.palette.ground);
    // Buttons of the header may be touched down to the end of their target.
    let room = Rect::from_min_max(
        Pos2::new(full.left() + MARGIN, full.top() + BAR.max(TARGET) + GAP),
        Pos2::new(full.right() - MARGIN, full.bottom() - 24.0),
    );
    let screen = Screen { pen, words: Words::new(scene.language), scene, room };
    let header = header(&screen, full, page);
    let body = match page {
        Page::Names => names::show(&screen),
        Page::Pin { who, digits, pin } => pin::show(&screen, who, digits.len(), *pin),
        Page::Menu => menu::show(&screen),
        Page::TestTap { touched } => work::test(&screen, *touched),
        Page::Wipe => work::wipe(&screen),
        Page::Enrol { code, work } => code::show(&screen, code, work),
        Page::Export { work, sticks } if sticks.is_empty() => work::export(&screen, work),
        Page::Export { sticks, .. } => stick::show(&screen, sticks),
        Page::Leave => work::leave(&screen),
    };
    header.or(body)
}

/// The title between the way back and the way out.
fn header(screen: &Screen<'_>, full: Rect, page: &Page) -> Option<Input> {
    let pen = &screen.pen;
    let title = match page {
        Page::Names => "staff-title",
        Page::Pin { .. } => "staff-pin",
        Page::Menu => "staff-facts",
        Page::TestTap { .. } => "staff-test",
        Page::Wipe => "staff-wipe",
        Page::Enrol { .. } => "staff-enrol",
        Page::Export { .. } => "staff-export",
        Page::Leave => "staff-leave",
    };
    let mut touched = None;
    let (close, back) = (screen.get("staff-close"), screen.get("staff-back"));
    let area = |words: &str, right: bool| {
        let size = Vec2::new(button_size(pen, words, full.width()).x, TARGET);
        let x = if right { full.right() - MARGIN - size.x } else { full.left() + MARGIN };
        Rect::from_min_size(Pos2::new(x, full.top()), size)
    };
    let (first, last) = (area(&back, false), area(&close, true));
    let wiping = *page == Page::Wipe;
    if !(matches!(page, Page::Names | Page::Menu) || wiping)
        && button(pen, first, &back, Kind::Plain)
    {
        touched = Some(Input::Back);
    }
    if !wiping && button(pen, last, &close, Kind::Plain) {
        touched = Some(Input::Close);
    }
    let width = full.width() - 2.0 * (MARGIN + first.width().max(last.width()) + GAP);
    let title = block(pen, &screen.get(title), &theme::QUESTION, width, Align::Center);
    title.place_in(pen, Rect::from_min_size(full.min, Vec2::new(full.width(), TARGET)));
    touched
}
