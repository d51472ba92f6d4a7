//! The staff's side: who is it, a PIN, a menu with the tablet's health, and what stands behind it.
//! It draws the staff machine's page and returns what was touched.

mod code;
mod facts;
mod menu;
mod names;
mod pin;
mod work;

use super::sheet::Sheet;
use crate::staff::{Facts, Staff, StaffInput, StaffPage, Who};
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
pub fn show(ui: &Ui, scene: &StaffScene<'_>) -> Option<StaffInput> {
    let page = scene.staff.page()?;
    let screen = Screen { sheet: Sheet::new(ui, scene.language), scene };
    let header = header(&screen, page);
    let body = match page {
        StaffPage::Names => names::show(&screen),
        StaffPage::Pin { who, digits, pin } => pin::show(&screen, who, digits.len(), *pin),
        StaffPage::Menu => menu::show(&screen),
        StaffPage::TestTap { touched } => work::test(&screen, *touched),
        StaffPage::Wipe => work::wipe(&screen),
        StaffPage::Enrol { code, work } => code::show(&screen, code, work),
        StaffPage::Export { work, sticks } if sticks.is_empty() => work::export(&screen, work),
        StaffPage::Export { sticks, .. } => work::choose(&screen, sticks),
        StaffPage::Leave => work::leave(&screen),
    };
    header.or(body)
}

/// The title between the way back and the way out.
fn header(screen: &Screen<'_>, page: &StaffPage) -> Option<StaffInput> {
    let sheet = &screen.sheet;
    let title = match page {
        StaffPage::Names => "staff-title",
        StaffPage::Pin { .. } => "staff-pin",
        StaffPage::Menu => "staff-facts",
        StaffPage::TestTap { .. } => "staff-test",
        StaffPage::Wipe => "staff-wipe",
        StaffPage::Enrol { .. } => menu::enrol_key(screen),
        StaffPage::Export { .. } => "staff-export",
        StaffPage::Leave => "staff-leave",
    };
    let mut touched = None;
    let (close, back) = (sheet.get("staff-close"), sheet.get("staff-back"));
    let (first, last) = (sheet.end_button(&back, false), sheet.end_button(&close, true));
    let wiping = *page == StaffPage::Wipe;
    if !(matches!(page, StaffPage::Names | StaffPage::Menu) || wiping)
        && button(&sheet.pen, first, &back, Kind::Plain)
    {
        touched = Some(StaffInput::Back);
    }
    if !wiping && button(&sheet.pen, last, &close, Kind::Plain) {
        touched = Some(StaffInput::Close);
    }
    sheet.title(title, first.right(), last.left());
    touched
}
