//! The staff's side: who is it, a PIN, a menu with the tablet's health, and what stands behind it.
//! It draws the staff machine's page and returns what was touched.

mod code;
mod facts;
mod menu;
mod names;
mod pin;
mod work;

use super::sheet::Sheet;
use crate::staff::{Facts, Input, Page, Staff, Who};
use crate::widgets::{Kind, button};
use eframe::egui::Ui;
use protocol::settings::Settings;

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
    sheet: Sheet<'a>,
    scene: &'a StaffScene<'a>,
}

impl Screen<'_> {
    /// Name of somebody, as the settings know it.
    fn name(&self, who: &Who) -> String {
        match who {
            Who::Technician => self.sheet.get("staff-technician"),
            Who::Officer(code) => {
                let staff = self.scene.settings.map_or(&[][..], |settings| &settings.staff);
                let known = staff.iter().find(|one| one.officer.code == *code);
                known.map_or_else(|| code.clone(), |one| one.officer.name.clone())
            }
        }
    }
}

/// Shows the page that is up; what was touched.
pub fn show(ui: &Ui, scene: &StaffScene<'_>) -> Option<Input> {
    let page = scene.staff.page()?;
    let screen = Screen { sheet: Sheet::new(ui, scene.language), scene };
    let header = header(&screen, page);
    let body = match page {
        Page::Names => names::show(&screen),
        Page::Pin { who, digits, pin } => pin::show(&screen, who, digits.len(), *pin),
        Page::Menu => menu::show(&screen),
        Page::TestTap { touched } => work::test(&screen, *touched),
        Page::Wipe => work::wipe(&screen),
        Page::Enrol { code, work } => code::show(&screen, code, work),
        Page::Export { work, sticks } if sticks.is_empty() => work::export(&screen, work),
        Page::Export { sticks, .. } => work::choose(&screen, sticks),
        Page::Leave => work::leave(&screen),
    };
    header.or(body)
}

/// The title between the way back and the way out.
fn header(screen: &Screen<'_>, page: &Page) -> Option<Input> {
    let sheet = &screen.sheet;
    let title = match page {
        Page::Names => "staff-title",
        Page::Pin { .. } => "staff-pin",
        Page::Menu => "staff-facts",
        Page::TestTap { .. } => "staff-test",
        Page::Wipe => "staff-wipe",
        Page::Enrol { .. } => menu::enrol_key(screen),
        Page::Export { .. } => "staff-export",
        Page::Leave => "staff-leave",
    };
    let mut touched = None;
    let (close, back) = (sheet.get("staff-close"), sheet.get("staff-back"));
    let (first, last) = (sheet.end_button(&back, false), sheet.end_button(&close, true));
    let wiping = *page == Page::Wipe;
    if !(matches!(page, Page::Names | Page::Menu) || wiping)
        && button(&sheet.pen, first, &back, Kind::Plain)
    {
        touched = Some(Input::Back);
    }
    if !wiping && button(&sheet.pen, last, &close, Kind::Plain) {
        touched = Some(Input::Close);
    }
    sheet.title(title, first.right(), last.left());
    touched
}
